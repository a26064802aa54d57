//! The one way in and the one way out of CBOR.

use minicbor::{Decode, Decoder, Encode};

/// Bytes that are not what they should be, or not in their one accepted encoding.
#[derive(Debug, thiserror::Error)]
#[error("malformed: {0}")]
pub struct Malformed(#[from] minicbor::decode::Error);

impl Malformed {
    pub(crate) fn because(reason: &'static str) -> Self {
        Self(minicbor::decode::Error::message(reason))
    }
}

/// Encodes into memory.
#[expect(
    clippy::expect_used,
    reason = "memory takes all writes, and no codec here refuses a value"
)]
pub(crate) fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("encoding into memory")
}

/// Decodes `bytes` if they are exactly what [`encode`] makes of the result. See the crate's text
/// on why.
pub(crate) fn decode<'b, T>(bytes: &'b [u8]) -> Result<T, Malformed>
where
    T: Decode<'b, ()> + Encode<()>,
{
    let value: T = minicbor::decode(bytes)?;
    if encode(&value) == bytes {
        Ok(value)
    } else {
        Err(Malformed::because("not in its one accepted encoding"))
    }
}

/// The number that leads an array, as in `[number, …]`: which variant of an enum this is. `None`
/// if the bytes begin in another way.
pub(crate) fn leading_number(bytes: &[u8]) -> Option<u64> {
    let mut decoder = Decoder::new(bytes);
    decoder.array().ok()??;
    decoder.u64().ok()
}
