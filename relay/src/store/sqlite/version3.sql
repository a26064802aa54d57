-- What the rows of each document come to since its last snapshot, attestations left out.
CREATE TABLE tails (
    space    INTEGER NOT NULL REFERENCES spaces,
    tag      BLOB NOT NULL,
    last     INTEGER NOT NULL,
    rows     INTEGER NOT NULL,
    bytes    INTEGER NOT NULL,
    snapshot INTEGER NOT NULL,
    covered  INTEGER NOT NULL,
    PRIMARY KEY (space, tag)
) STRICT, WITHOUT ROWID;

INSERT INTO tails (space, tag, last, rows, bytes, snapshot, covered)
    SELECT space, tag, max(seq), count(*), sum(length(body)), 0, 0 FROM rows
    WHERE kind NOT IN (1, 4, 6) AND body IS NOT NULL GROUP BY space, tag;

-- The rows that a snapshot covers.
CREATE INDEX rows_by_tag ON rows (space, tag, seq) WHERE body IS NOT NULL;
