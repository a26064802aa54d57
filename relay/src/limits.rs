//! How much of everything the relay holds or allows, and why so much.
//!
//! The limits of the protocol itself (envelopes, records, frames, devices) are in
//! [`wire::limits`]; these are the relay's own and may be changed without asking any device.

use std::time::Duration;

/// Bytes of rows in one space. A busy team of thirty writes some tens of megabytes a year; this is
/// a thousand times that, and small enough for the disk of a rented machine.
pub const SPACE_BYTES: u64 = 16 << 30;

/// Rows in one space. Each has some hundred bytes besides its own, and a newcomer pulls them all: at
/// a thousand rows a second this many take hours.
pub const SPACE_ROWS: u64 = 20_000_000;

/// Rows of a document after which a device is asked for a snapshot of it, if they are as large as the
/// last one. A newcomer verifies a signature for each row of a tail, some tens of microseconds, and
/// has a thousand documents to read.
pub const TAIL_ROWS: u64 = 16;

/// Bytes of sealed objects (attachments) in one space.
pub const OBJECT_BYTES: u64 = 32 << 30;

/// How long an upload that broke off may wait for the device that goes on with it: longer than a
/// holiday. After that it makes room, and the device begins it anew.
pub const OBJECT_WAITS: Duration = Duration::from_secs(30 * 24 * 3600);

/// Sealed answers that wait in one space to be pulled and deleted.
pub const DROPS: u64 = 10_000;

/// How long a drop may stay open: longer than the longest survey, and than a contract's year.
pub const DROP_WAITS: Duration = Duration::from_secs(400 * 24 * 3600);

/// Spaces on one relay. Each was let in by an operator's token, so this only stops a script.
pub const SPACES: u64 = 10_000;

/// Sessions remembered per device. One connection is one session, so only the newest few are ever
/// continued; an envelope of a forgotten one is still known by its hash.
pub const SESSIONS_PER_DEVICE: u64 = 32;

/// Set-up tokens remembered, used ones included. More than this are the leftovers of old starts.
pub const TOKENS: u64 = 64;

/// Frames of one connection that may be refused without an append being judged: nonsense, wrong
/// tokens, failed greetings. A person mistypes twice and a buggy build a few times, then it is
/// closed.
pub const STRIKES: u8 = 16;

/// Frames a second at which a device may go on for ever. Faster than that it is slowed down, never
/// refused.
pub const DEVICE_FRAMES_PER_SECOND: u64 = 400;

/// Bytes a second at which a device may go on for ever.
pub const DEVICE_BYTES_PER_SECOND: u64 = 16 << 20;

/// How far a device may be ahead of that pace: four thousand frames at once, which is the import
/// of a large address book with one envelope a client.
pub const DEVICE_AHEAD: Duration = Duration::from_secs(10);

/// WebSockets a second that one address may open for ever.
pub const ADDRESS_OPENS_PER_SECOND: u64 = 10;

/// How far an address may be ahead of that pace: six hundred sockets at once, which is a large
/// office behind one address after a restart of the relay.
pub const ADDRESS_AHEAD: Duration = Duration::from_secs(60);

/// WebSockets that one address may have open.
pub const ADDRESS_SOCKETS: usize = 10_000;

/// Sockets in all, TCP connections included.
pub const CONNECTIONS: usize = 60_000;

/// Connections to the page with the relay's figures.
pub const WATCHERS: u32 = 16;

/// Devices and addresses whose pace is remembered. The ones longest at rest go first, and those
/// have nothing to remember.
pub const PACES: usize = 16_384;

/// How long a socket may stay without having proved who it is.
pub const CONNECT_WITHIN: Duration = Duration::from_secs(30);

/// How long one frame may take to leave. A reader slower than this has stopped draining; it is
/// closed and comes back by its cursor.
pub const DRAIN_WITHIN: Duration = Duration::from_secs(30);

/// The silence after which the relay pings. Below the minute after which many proxies and
/// address translators forget a connection.
pub const PING_AFTER: Duration = Duration::from_secs(40);

/// How long after a ping the other side must have been heard.
pub const PONG_WITHIN: Duration = Duration::from_secs(20);

/// How long a request's head may take to arrive.
pub const HEAD_WITHIN: Duration = Duration::from_secs(15);

/// How long a TLS handshake may take.
pub const HANDSHAKE_WITHIN: Duration = Duration::from_secs(10);

/// How long a renewed certificate may lie in its files before it is taken up without a word.
pub const RENEWED_WITHIN: Duration = Duration::from_secs(600);

/// How long a stop waits for sockets to close and writes to end.
pub const STOP_WITHIN: Duration = Duration::from_secs(8);

/// What a socket reads at a time, bytes. Most frames are smaller; it is held while idle, so it
/// decides what an idle connection costs.
pub const SOCKET_READ_BUFFER: usize = 2 << 10;

/// What a socket writes at a time, bytes. Larger messages go out in pieces of this size, so that
/// no large buffer stays behind.
pub const SOCKET_PIECE: usize = 4 << 10;

/// How much a socket gathers of small messages that are sent together, bytes: the answers to a batch
/// of appends. Held while idle, once used.
pub const SOCKET_GATHER: usize = 2 << 10;

/// Frames of one socket that are worked on as one batch: what a device may have in flight.
pub const BATCH_FRAMES: usize = wire::limits::MAX_IN_FLIGHT;

/// Bytes of frames that are worked on as one batch.
pub const BATCH_BYTES: usize = 2 << 20;

/// Bytes of frames that all connections together may have in work: handed to the store and not yet
/// answered. Beyond this they are read later, so a slow disk slows the devices down instead of
/// filling the memory.
pub const WORK_BYTES: u64 = 256 << 20;

/// Appends that share one commit. The first waits for the last, so this bounds the wait.
pub const GROUP: usize = 256;

/// Threads that read from SQLite. Reads are short; more threads than disks and processors gain
/// nothing.
pub const READERS: usize = 4;

/// Rosters kept decoded. A few kilobytes each; a miss costs one decoding.
pub const ROSTERS: usize = 128;

/// Connections of one relay to PostgreSQL, besides the one for its news. Work is short; six relays
/// fit into the hundred connections that PostgreSQL allows as it comes.
pub const DATABASE_CONNECTIONS: usize = 16;

/// How long PostgreSQL may take for one statement.
pub const DATABASE_STATEMENT_WITHIN: Duration = Duration::from_secs(10);

/// How long a write waits for a space that another relay is writing to. Their transactions take
/// milliseconds; one of this length is of a relay that hangs.
pub const DATABASE_LOCK_WITHIN: Duration = Duration::from_secs(5);

/// After this time PostgreSQL ends the transaction of a relay that has gone silent in the middle of
/// it, and with it the lock that others wait for. Longer than a pause for breath, shorter than
/// the patience of a device.
pub const DATABASE_IDLE_WITHIN: Duration = Duration::from_secs(4);

/// How long a whole piece of work may take, waiting for a connection included.
pub const DATABASE_WORK_WITHIN: Duration = Duration::from_secs(20);

/// How often the heads of watched spaces are looked at without news: what bounds how late a reader
/// is woken if news was lost.
pub const DATABASE_RECHECK: Duration = Duration::from_secs(30);
