//! How much of everything there may be, and why so much.
//!
//! The limits on what is stored or signed are part of the protocol: two devices that disagree
//! about one would disagree about the log. They can be raised with a new version only.

use crate::Millis;

/// One WebSocket message, bytes. Holds a full pull answer together with an envelope of maximal
/// size that did not fit the pull's own limit, with room to spare.
pub const MAX_FRAME: usize = 4 << 20;

/// One envelope, bytes. Large enough that a year of a client's changes travels as one snapshot,
/// small enough that a phone on a train delivers it within one connection.
pub const MAX_ENVELOPE: usize = 1 << 20;

/// An envelope's header, bytes. The present one needs at most 250.
pub const MAX_HEADER: usize = 1 << 10;

/// A body after opening and inflating, bytes. A sealed mebibyte of zeros could otherwise blow up
/// a thousandfold in the memory of a tablet.
pub const MAX_INFLATED: usize = 16 << 20;

/// One Automerge change, bytes. An import of some thousand records is one change of this order;
/// more is refused where it is made and can be split there.
pub const MAX_CHANGE: usize = 4 << 20;

/// What a device aims at when it fills an envelope, bytes before sealing. Leaves room for
/// padding (at most an eighth), header and signature below [`MAX_ENVELOPE`].
pub const TARGET_CHUNK: usize = 512 << 10;

/// The most bytes of rows that one pull may ask for. About a second on a slow mobile line, so the
/// progress shown moves, and a dropped connection costs little.
pub const MAX_PULL_BYTES: u32 = 1 << 20;

/// The most rows in one answer. Stubs are a few dozen bytes each; this keeps the work of applying
/// one answer, which is one transaction on the device, within a breath.
pub const MAX_PULL_ROWS: usize = 4096;

/// Envelopes that a device may have sent without having heard about them. Hides the round trip,
/// and bounds what is sent in vain after a refusal.
pub const MAX_IN_FLIGHT: usize = 8;

/// An origin such as `https://rapport.example:7117`, bytes. Host names end at 253.
pub const MAX_ORIGIN: usize = 300;

/// A set-up token, bytes.
pub const MAX_TOKEN: usize = 128;

/// One roster record, bytes. The largest is a rotation: 119 bytes for every device of a space, see
/// [`MAX_DEVICES`].
pub const MAX_RECORD: usize = 256 << 10;

/// A key sealed by HPKE, bytes. X25519 gives 80; the rest is for a longer suite.
pub const MAX_SEALED_KEY: usize = 256;

/// Devices that a space ever had, removed ones included: their keys must stay, because their old
/// rows must verify. Every roster is in memory on every device.
pub const MAX_DEVICES: usize = 2048;

/// Invites that are open at the same time. More are a mistake or an attack, not a team.
pub const MAX_OPEN_INVITES: usize = 64;

/// Records in a space's roster. All of them are pulled and verified by every newcomer, one
/// signature after the other: some ten thousand take a second.
pub const MAX_RECORDS: usize = 16_384;

/// Records after which nobody is invited or joins any more. What lies between this and
/// [`MAX_RECORDS`] is kept for taking back and removing, which must never fail for lack of room.
pub const MAX_ADMISSION_RECORDS: usize = 12_288;

/// How long a device that is the only one of its team waits before it vouches for its own snapshot,
/// milliseconds. A team of two has had a week to say who else is there; and an operator's nightly
/// backup holds the rows that go.
pub const ATTEST_ALONE_AFTER: Millis = 7 * 24 * 60 * 60 * 1000;

/// One sealed object (an attachment), bytes: a scanned contract or a recording of an interview.
pub const MAX_OBJECT: u64 = 256 << 20;

/// Bytes of an object that travel in one frame: what is held in memory at a time.
pub const MAX_OBJECT_PIECE: usize = 1 << 20;

/// What a device gives or asks for at a time, bytes. On a slow mobile line this is some ten seconds,
/// and a connection that breaks has lost no more than that.
pub const OBJECT_PIECE: usize = 128 << 10;

/// One sealed answer in a drop, bytes: a filled-in questionnaire with its remarks.
pub const MAX_DROP: usize = 64 << 10;

/// Answers in one frame: they fit, each with [`MAX_DROP`].
pub const MAX_DROPS_PULLED: usize = 32;
