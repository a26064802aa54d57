//! What the relay says.

use minicbor::{Decode, Encode};

use super::{CloseReason, FrameError, Refusal, decode, within};
use crate::{Counter, Hash, LogId, Millis, Row, Seq, SessionId, SpaceId, Tag, codec, limits};

/// A frame from the relay to a device.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum RelayFrame {
    /// The first frame of every connection.
    #[n(0)]
    Hello {
        /// The lowest and the highest version that the relay speaks.
        #[n(0)]
        versions: (u8, u8),
        /// To be signed, see [`connect_input`](super::connect_input).
        #[cbor(n(1), with = "minicbor::bytes")]
        nonce: [u8; 32],
    },
    /// The space exists now.
    #[n(1)]
    Founded {
        /// Its id: the hash of the `found` record.
        #[n(0)]
        space: SpaceId,
        /// Where the `found` record lies, which is 1.
        #[n(1)]
        seq: Seq,
    },
    /// The device is known. It may pull and append from now on.
    #[n(2)]
    Connected {
        /// The present life of the log.
        #[n(0)]
        log: LogId,
        /// The last row.
        #[n(1)]
        head: Seq,
        /// The chain at the device's cursor; `None` if that lies above `head` or in another life.
        #[n(2)]
        chain_at_cursor: Option<Hash>,
        /// The session in which this device last appended: one that it does not know tells it
        /// that a copy of its profile is at work.
        #[n(3)]
        last_session: Option<SessionId>,
        /// The last counter of that session; 0 if there is none.
        #[n(4)]
        last_counter: Counter,
    },
    /// Rows in the order of the log, at least one unless the device has all.
    #[n(3)]
    Rows {
        /// The rows after the one that the pull named.
        #[n(0)]
        rows: Vec<Row>,
        /// The last row of the log, from the same view of it.
        #[n(1)]
        head: Seq,
        /// The chain at the last of `rows`, or at the pull's `after` if there are none: what the
        /// device must arrive at before it applies any of them.
        #[n(2)]
        chain: Hash,
    },
    /// An envelope or record is durably in the log.
    #[n(4)]
    Appended {
        /// The envelope's counter; 0 for a record.
        #[n(0)]
        counter: Counter,
        /// The hash of what was appended.
        #[n(1)]
        hash: Hash,
        /// Where it lies. Appending the same bytes again gives the same place.
        #[n(2)]
        seq: Seq,
    },
    /// What was asked for did not happen.
    #[n(5)]
    Refused {
        /// The hash of the refused envelope or record; zero if it was something else.
        #[n(0)]
        hash: Hash,
        /// Why.
        #[n(1)]
        reason: Refusal,
    },
    /// Something new lies in the log: pull. May name a row that the device has already.
    #[n(6)]
    Head {
        /// The last row.
        #[n(0)]
        seq: Seq,
    },
    /// The answer to a `Ping`.
    #[n(7)]
    Pong {
        /// Its number.
        #[n(0)]
        n: u64,
    },
    /// The last frame before the relay closes the connection.
    #[n(8)]
    Closing {
        /// Why.
        #[n(0)]
        why: CloseReason,
    },
    /// A document's tail has grown long: whoever is told this makes a snapshot of it. Nothing
    /// depends on its being done. Since version 2.
    #[n(9)]
    Hint {
        /// The document.
        #[n(0)]
        tag: Tag,
        /// Its last row, which the snapshot is to cover.
        #[n(1)]
        last: Seq,
    },
    /// How much of an object the relay has durably stored: the answer to a `PutObject`.
    #[n(16)]
    ObjectHeld {
        /// Its address.
        #[n(0)]
        address: Hash,
        /// Its bytes from the first one on. All of them: the object is there, and their hash is
        /// the address.
        #[n(1)]
        held: u64,
    },
    /// Bytes of an object.
    #[n(17)]
    ObjectBytes {
        /// Its address.
        #[n(0)]
        address: Hash,
        /// Where the bytes begin.
        #[n(1)]
        offset: u64,
        /// The bytes; none at or beyond its end.
        #[cbor(n(2), with = "minicbor::bytes")]
        bytes: Vec<u8>,
    },
    /// The relay has no whole object at this address: it never came, or not all of it, or it was
    /// erased.
    #[n(18)]
    ObjectAbsent {
        /// The address.
        #[n(0)]
        address: Hash,
    },
    /// The drop is open.
    #[n(24)]
    DropOpened {
        /// The digest of its token.
        #[n(0)]
        token: Hash,
        /// Until when, milliseconds since 1970.
        #[n(1)]
        expires: Millis,
    },
    /// Answers that wait, oldest first; none: that is all.
    #[n(25)]
    Drops {
        /// The answers.
        #[n(0)]
        answers: Vec<DropAnswer>,
    },
    /// The relay has nothing of that drop any more.
    #[n(26)]
    DropClosed {
        /// The digest of its token.
        #[n(0)]
        token: Hash,
    },
}

/// What somebody without an account has left in a drop.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DropAnswer {
    /// The digest of the drop's token.
    #[n(0)]
    pub token: Hash,
    /// When it was left, by the relay's clock.
    #[n(1)]
    pub received_at: Millis,
    /// The answer, sealed to the key of the drop.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
}

impl RelayFrame {
    const KNOWN: &[std::ops::Range<u64>] = &[0..10, 16..19, 24..27];

    /// The frame's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }

    /// Reads a frame. Nothing that it says about the log is verified here.
    ///
    /// # Errors
    /// [`FrameError`] if it is none.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrameError> {
        let frame = decode(bytes, Self::KNOWN)?;
        if let Self::Rows { rows, .. } = &frame {
            within(rows.len(), limits::MAX_PULL_ROWS)?;
        }
        if let Self::Drops { answers } = &frame {
            within(answers.len(), limits::MAX_DROPS_PULLED)?;
        }
        Ok(frame)
    }
}
