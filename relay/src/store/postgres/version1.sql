-- A space, its log's end and what it may still take. Numbered by hand under the lock of `relay`, not
-- by a sequence. Half of each page stays free, since every append writes its space anew.
CREATE TABLE spaces (
    id           bigint PRIMARY KEY,
    space        bytea NOT NULL UNIQUE,
    log          bytea NOT NULL,
    head         bigint NOT NULL,
    chain        bytea NOT NULL,
    roster_head  bytea NOT NULL,
    bytes        bigint NOT NULL,
    object_bytes bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- What the roster rows amount to. Can be made again from them.
CREATE TABLE rosters (
    space  bigint PRIMARY KEY REFERENCES spaces,
    roster bytea NOT NULL
);

-- The logs. A row without a body is a stub: all that the chain hashes is still here. Sealed bytes
-- cannot be compressed, so nobody tries.
CREATE TABLE rows (
    space       bigint NOT NULL REFERENCES spaces,
    seq         bigint NOT NULL,
    received_at bigint NOT NULL,
    kind        smallint NOT NULL,
    tag         bytea NOT NULL,
    hash        bytea NOT NULL,
    chain       bytea NOT NULL,
    covered_by  bytea,
    body        bytea,
    PRIMARY KEY (space, seq)
);

ALTER TABLE rows ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE UNIQUE INDEX rows_by_hash ON rows (space, hash);

-- How far each session has counted. Of its own, because rows lose their bodies and sessions go on.
CREATE TABLE sessions (
    space    bigint NOT NULL REFERENCES spaces,
    device   bytea NOT NULL,
    session  bytea NOT NULL,
    counter  bigint NOT NULL,
    last_row bigint NOT NULL,
    PRIMARY KEY (space, device, session)
) WITH (fillfactor = 50);

-- Set-up tokens, by their hash.
CREATE TABLE tokens (
    id      bigint PRIMARY KEY,
    digest  bytea NOT NULL,
    made_at bigint NOT NULL,
    used    boolean NOT NULL DEFAULT false
);

-- Sealed objects and the pieces they came in.
CREATE TABLE objects (
    space   bigint NOT NULL REFERENCES spaces,
    address bytea NOT NULL,
    size    bigint NOT NULL,
    held    bigint NOT NULL,
    PRIMARY KEY (space, address)
);

CREATE TABLE pieces (
    space   bigint NOT NULL,
    address bytea NOT NULL,
    start   bigint NOT NULL,
    bytes   bytea NOT NULL,
    PRIMARY KEY (space, address, start),
    FOREIGN KEY (space, address) REFERENCES objects ON DELETE CASCADE
);

ALTER TABLE pieces ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Answers from people without an account. Open until filled, gone once pulled and deleted.
CREATE TABLE drops (
    space       bigint NOT NULL REFERENCES spaces,
    token       bytea NOT NULL,
    expires     bigint NOT NULL,
    received_at bigint,
    sealed      bytea,
    PRIMARY KEY (space, token)
);
