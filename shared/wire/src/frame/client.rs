//! What a device says.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::{FrameError, decode, within};
use crate::{DeviceKey, Hash, LogId, Millis, Seq, SpaceId, codec, limits};

/// A frame from a device to the relay.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum ClientFrame {
    /// Proves who it is, and says how far it has read. Answered by `Connected` or `Refused`.
    #[n(0)]
    Connect {
        /// The version it wants to speak.
        #[n(0)]
        version: u8,
        /// The space.
        #[n(1)]
        space: SpaceId,
        /// The origin as dialled, for example `https://rapport.example`.
        #[n(2)]
        origin: String,
        /// Its key, or the key of the invite it holds.
        #[n(3)]
        device: DeviceKey,
        /// Whether `device` is an invite's key: then it may read roster rows, get the hashes of
        /// all others, and append one `join`.
        #[n(4)]
        as_invite: bool,
        /// The last row it has stored; 0 if none.
        #[n(5)]
        cursor: Seq,
        /// The log in which `cursor` lies; `None` if it has read nothing yet.
        #[n(6)]
        log: Option<LogId>,
        /// Over [`connect_input`](super::connect_input), by `device`.
        #[cbor(n(7), with = "minicbor::bytes")]
        signature: [u8; 64],
    },
    /// Makes a new space. Answered by `Founded` or `Refused`; a `Connect` under the same nonce
    /// follows.
    #[n(1)]
    Found {
        /// The relay's set-up token; empty where registration is open.
        #[n(0)]
        token: String,
        /// The `found` record.
        #[cbor(n(1), with = "minicbor::bytes")]
        record: Vec<u8>,
    },
    /// Sets a space up again on a relay that does not have it, from what one of its devices knows.
    /// Answered as `Found`, by a relay that takes nothing of it or all.
    #[n(8)]
    FoundAgain {
        /// The relay's set-up token; empty where registration is open.
        #[n(0)]
        token: String,
        /// All records of the roster, in order, `found` first.
        #[n(1)]
        records: Vec<ByteVec>,
    },
    /// Asks for the rows after `after`. Answered by `Rows`.
    #[n(2)]
    Pull {
        /// The last row it has.
        #[n(0)]
        after: Seq,
        /// How many bytes of rows it wants at most; one row comes even if it is larger. The relay
        /// caps it at [`limits::MAX_PULL_BYTES`].
        #[n(1)]
        max_bytes: u32,
    },
    /// Asks for an envelope to be appended.
    #[n(3)]
    Append {
        /// The envelope's bytes.
        #[cbor(n(0), with = "minicbor::bytes")]
        envelope: Vec<u8>,
    },
    /// Asks for a roster record to be appended.
    #[n(4)]
    AppendRecord {
        /// The record's bytes.
        #[cbor(n(0), with = "minicbor::bytes")]
        record: Vec<u8>,
    },
    /// Asks for a `Pong` with the same number: a socket can be dead without saying so.
    #[n(5)]
    Ping {
        /// Any number.
        #[n(0)]
        n: u64,
    },
    /// Gives a piece of a sealed object. Answered by `ObjectHeld` or `Refused` (whose hash is the
    /// address). Without bytes it only asks how much of the object is there, which is where an
    /// upload that broke off goes on.
    #[n(16)]
    PutObject {
        /// The hash of all the object's bytes, see [`object_address`](crate::object_address).
        #[n(0)]
        address: Hash,
        /// How many bytes it has in all.
        #[n(1)]
        size: u64,
        /// Where these bytes begin.
        #[n(2)]
        offset: u64,
        /// The bytes, at most [`limits::MAX_OBJECT_PIECE`].
        #[cbor(n(3), with = "minicbor::bytes")]
        bytes: Vec<u8>,
    },
    /// Asks for bytes of a sealed object. Answered by `ObjectBytes`, `ObjectAbsent` or `Refused`.
    #[n(17)]
    GetObject {
        /// Its address.
        #[n(0)]
        address: Hash,
        /// Where the bytes begin.
        #[n(1)]
        offset: u64,
        /// How many at most; the relay gives no more than [`limits::MAX_OBJECT_PIECE`].
        #[n(2)]
        length: u32,
    },
    /// Asks for an object to be erased. Answered by `ObjectAbsent` or `Refused`.
    #[n(18)]
    DropObject {
        /// Its address.
        #[n(0)]
        address: Hash,
    },
    /// Opens a drop: whoever has the token may leave one answer there. Answered by `DropOpened` or
    /// `Refused` (whose hash is the token's digest). Opening it again changes nothing.
    #[n(24)]
    OpenDrop {
        /// The digest of its token, see [`drop_digest`](crate::drop_digest).
        #[n(0)]
        token: Hash,
        /// Until when, milliseconds since 1970; the relay may say less.
        #[n(1)]
        expires: Millis,
    },
    /// Asks for the answers that wait, oldest first. Answered by `Drops` or `Refused`.
    #[n(25)]
    PullDrops {
        /// How many at most; the relay gives no more than [`limits::MAX_DROPS_PULLED`].
        #[n(0)]
        most: u32,
    },
    /// Deletes a drop, filled or not: the answer is in a document now, or nobody shall answer any
    /// more. Answered by `DropClosed` or `Refused`.
    #[n(26)]
    CloseDrop {
        /// The digest of its token.
        #[n(0)]
        token: Hash,
    },
}

impl ClientFrame {
    const KNOWN: &[std::ops::Range<u64>] = &[0..6, 8..9, 16..19, 24..27];

    /// The frame's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }

    /// Reads a frame. Envelopes and records inside are still unread bytes. Those over **their**
    /// limits pass here, so that they can be refused by name.
    ///
    /// # Errors
    /// [`FrameError`] if it is none.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrameError> {
        let frame = decode(bytes, Self::KNOWN)?;
        match &frame {
            Self::Connect { origin, .. } => within(origin.len(), limits::MAX_ORIGIN)?,
            Self::Found { token, .. } => within(token.len(), limits::MAX_TOKEN)?,
            Self::FoundAgain { token, records } => {
                within(token.len(), limits::MAX_TOKEN)?;
                within(records.len(), limits::MAX_RECORDS)?;
            }
            Self::Pull { .. }
            | Self::Append { .. }
            | Self::AppendRecord { .. }
            | Self::Ping { .. }
            | Self::GetObject { .. }
            | Self::DropObject { .. }
            | Self::OpenDrop { .. }
            | Self::PullDrops { .. }
            | Self::CloseDrop { .. } => {}
            Self::PutObject { bytes, .. } => within(bytes.len(), limits::MAX_OBJECT_PIECE)?,
        }
        Ok(frame)
    }
}
