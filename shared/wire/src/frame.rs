//! The conversation on one connection: binary CBOR, one frame in one WebSocket message.
//!
//! The relay speaks first ([`RelayFrame::Hello`]). The device answers with
//! [`ClientFrame::Connect`], or founds a space first; then it pulls and appends as it likes. Every
//! `Append` and `AppendRecord` is answered by one `Appended` or one `Refused`, in order.
//!
//! Numbers from 16 on are those of sealed objects, which travel beside the log: usually on a connection of their own, so that
//! a large one delays nobody's changes. Those from 24 on are those of drops, where people without an account leave an answer.

mod client;
mod refusal;
mod relay;

use crate::codec::Malformed;
use crate::digest::signing_input;
use crate::{DeviceKey, SpaceId, label, limits};

pub use client::ClientFrame;
pub use refusal::{CloseReason, Refusal};
pub use relay::{DropAnswer, RelayFrame};

/// The versions of this conversation that the crate speaks. The relay offers its own in `Hello`;
/// the device takes the highest that both know. Version 2 has [`RelayFrame::Hint`].
pub const PROTOCOL: std::ops::RangeInclusive<u8> = 1..=2;

/// From this version on a device understands [`RelayFrame::Hint`].
pub const HINTS_SINCE: u8 = 2;

/// Why bytes are no frame.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// Not a frame, or with a part that is over its limit.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// A frame that this version does not know. Not sent to those who negotiated their version.
    #[error("unknown frame number {number}")]
    Unknown {
        /// The number that leads the frame.
        number: u64,
    },
    /// Over [`limits::MAX_FRAME`].
    #[error("the frame has {size} bytes, more than {}", limits::MAX_FRAME)]
    TooLarge {
        /// How large it is, bytes.
        size: usize,
    },
}

/// What a device signs to connect. The origin is the one it dialled, so that no relay can pass the
/// signature on to another; the nonce is the relay's, so that nobody can use it again.
#[must_use]
pub fn connect_input(
    nonce: &[u8; 32],
    space: &SpaceId,
    origin: &str,
    device: &DeviceKey,
) -> Vec<u8> {
    signing_input(label::CONNECT, &[nonce, space.as_ref(), origin.as_bytes(), device.as_ref()])
}

/// Decodes a frame whose number is in one of the ranges `known`.
fn decode<'b, T>(bytes: &'b [u8], known: &[std::ops::Range<u64>]) -> Result<T, FrameError>
where
    T: minicbor::Decode<'b, ()> + minicbor::Encode<()>,
{
    if bytes.len() > limits::MAX_FRAME {
        return Err(FrameError::TooLarge { size: bytes.len() });
    }
    match crate::codec::leading_number(bytes) {
        Some(number) if !known.iter().any(|range| range.contains(&number)) => {
            Err(FrameError::Unknown { number })
        }
        _ => Ok(crate::codec::decode(bytes)?),
    }
}

/// Refuses a part that is over its limit.
fn within(size: usize, limit: usize) -> Result<(), FrameError> {
    if size <= limit {
        Ok(())
    } else {
        Err(Malformed::because("a part of the frame is over its limit").into())
    }
}
