-- What the rows of each document come to since its last snapshot, attestations left out.
CREATE TABLE tails (
    space    bigint NOT NULL REFERENCES spaces,
    tag      bytea NOT NULL,
    last     bigint NOT NULL,
    rows     bigint NOT NULL,
    bytes    bigint NOT NULL,
    snapshot bigint NOT NULL,
    covered  bigint NOT NULL,
    PRIMARY KEY (space, tag)
) WITH (fillfactor = 50);

INSERT INTO tails (space, tag, last, rows, bytes, snapshot, covered)
    SELECT space, tag, max(seq), count(*), sum(octet_length(body)), 0, 0 FROM rows
    WHERE kind NOT IN (1, 4, 6) AND body IS NOT NULL GROUP BY space, tag;

-- The rows that a snapshot covers.
CREATE INDEX rows_by_tag ON rows (space, tag, seq) WHERE body IS NOT NULL;
