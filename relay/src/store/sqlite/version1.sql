-- A space, its log's end and what it may still take.
CREATE TABLE spaces (
    id           INTEGER PRIMARY KEY,
    space        BLOB NOT NULL UNIQUE,
    log          BLOB NOT NULL,
    head         INTEGER NOT NULL,
    chain        BLOB NOT NULL,
    roster_head  BLOB NOT NULL,
    bytes        INTEGER NOT NULL,
    object_bytes INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What the roster rows amount to. Can be made again from them.
CREATE TABLE rosters (
    space  INTEGER PRIMARY KEY REFERENCES spaces,
    roster BLOB NOT NULL
) STRICT;

-- The logs. A row without a body is a stub: all that the chain hashes is still here. The body is
-- last, so that asking for anything before it does not read it.
CREATE TABLE rows (
    space       INTEGER NOT NULL REFERENCES spaces,
    seq         INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    tag         BLOB NOT NULL,
    hash        BLOB NOT NULL,
    chain       BLOB NOT NULL,
    covered_by  BLOB,
    body        BLOB,
    PRIMARY KEY (space, seq)
) STRICT;

CREATE UNIQUE INDEX rows_by_hash ON rows (space, hash);

-- How far each session has counted. Of its own, because rows lose their bodies and sessions go on.
CREATE TABLE sessions (
    space    INTEGER NOT NULL REFERENCES spaces,
    device   BLOB NOT NULL,
    session  BLOB NOT NULL,
    counter  INTEGER NOT NULL,
    last_row INTEGER NOT NULL,
    PRIMARY KEY (space, device, session)
) STRICT, WITHOUT ROWID;

-- Set-up tokens, by their hash.
CREATE TABLE tokens (
    id      INTEGER PRIMARY KEY,
    digest  BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    used    INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Sealed objects and the pieces they came in.
CREATE TABLE objects (
    id      INTEGER PRIMARY KEY,
    space   INTEGER NOT NULL REFERENCES spaces,
    address BLOB NOT NULL,
    size    INTEGER NOT NULL,
    held    INTEGER NOT NULL,
    UNIQUE (space, address)
) STRICT;

CREATE TABLE pieces (
    object INTEGER NOT NULL REFERENCES objects ON DELETE CASCADE,
    start  INTEGER NOT NULL,
    bytes  BLOB NOT NULL,
    PRIMARY KEY (object, start)
) STRICT;

-- Answers from people without an account. Open until filled, gone once pulled and deleted.
CREATE TABLE drops (
    space       INTEGER NOT NULL REFERENCES spaces,
    token       BLOB NOT NULL,
    expires     INTEGER NOT NULL,
    received_at INTEGER,
    sealed      BLOB,
    PRIMARY KEY (space, token)
) STRICT;
