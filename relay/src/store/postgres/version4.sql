-- Of a tag with nothing but a first snapshot: the tag that it is to follow on.
ALTER TABLE tails ADD COLUMN after bytea;

-- Whether the tag is closed: its document goes on under another.
ALTER TABLE tails ADD COLUMN closed boolean NOT NULL DEFAULT false;

-- Which devices have said that they carried out a generation, by its hash. One word of each is enough.
CREATE TABLE receipts (
    space      bigint NOT NULL REFERENCES spaces,
    generation bytea NOT NULL,
    device     bytea NOT NULL,
    PRIMARY KEY (space, generation, device)
);
