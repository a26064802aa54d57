-- Of a tag with nothing but a first snapshot: the tag that it is to follow on.
ALTER TABLE tails ADD COLUMN after BLOB;

-- Whether the tag is closed: its document goes on under another.
ALTER TABLE tails ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;

-- Which devices have said that they carried out a generation, by its hash. One word of each is enough.
CREATE TABLE receipts (
    space      INTEGER NOT NULL REFERENCES spaces,
    generation BLOB NOT NULL,
    device     BLOB NOT NULL,
    PRIMARY KEY (space, generation, device)
) STRICT, WITHOUT ROWID;
