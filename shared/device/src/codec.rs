//! The one way into CBOR and out of it, for all that this crate stores.

use std::convert::Infallible;

use minicbor::{Decode, Decoder, Encode, Encoder};

/// Encoding into memory: nothing there refuses a write.
pub(crate) type Written = Result<(), minicbor::encode::Error<Infallible>>;
/// The encoder that [`write()`] hands out.
pub(crate) type Sink = Encoder<Vec<u8>>;

/// Stored bytes that cannot be read: damaged, or written by a newer version.
#[derive(Debug, thiserror::Error)]
#[error("stored bytes cannot be read: {0}")]
pub struct Unreadable(#[from] minicbor::decode::Error);

impl Unreadable {
    pub(crate) fn because(reason: &'static str) -> Self {
        Self(minicbor::decode::Error::message(reason))
    }
}

/// What `fill` writes.
#[expect(
    clippy::expect_used,
    reason = "memory takes all writes, and no codec here refuses a value"
)]
pub(crate) fn write(fill: impl FnOnce(&mut Sink) -> Written) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    fill(&mut encoder).expect("encoding into memory");
    encoder.into_writer()
}

/// The CBOR of `value`.
pub(crate) fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    write(|e| value.encode(e, &mut ()))
}

/// Reads `bytes` whole: nothing may follow the value.
pub(crate) fn decode<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, Unreadable> {
    let mut decoder = Decoder::new(bytes);
    let value = decoder.decode()?;
    if decoder.position() == bytes.len() {
        Ok(value)
    } else {
        Err(Unreadable::because("something follows the value"))
    }
}
