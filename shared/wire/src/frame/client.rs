//! What a device says.

use minicbor::{Decode, Encode};

use super::{FrameError, decode, within};
use crate::{DeviceKey, LogId, Seq, SpaceId, codec, limits};

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
}

impl ClientFrame {
    const KNOWN: u64 = 6;

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
            Self::Pull { .. }
            | Self::Append { .. }
            | Self::AppendRecord { .. }
            | Self::Ping { .. } => {}
        }
        Ok(frame)
    }
}
