//! CBOR, written into memory.

use std::convert::Infallible;

use minicbor::encode::Error;
use minicbor::{Encode, Encoder};
use zeroize::Zeroizing;

/// Encodes what must not stay in memory. `capacity` bytes must suffice: a vector that grows leaves
/// copies behind.
pub(crate) fn encode_secret(
    capacity: usize,
    write: impl FnOnce(&mut Encoder<&mut Vec<u8>>) -> Result<(), Error<Infallible>>,
) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(capacity));
    infallible(write(&mut Encoder::new(&mut *bytes)));
    debug_assert!(bytes.len() <= capacity, "{} bytes do not fit {capacity}", bytes.len());
    bytes
}

/// Encodes anything else.
pub(crate) fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    infallible(minicbor::encode(value, &mut bytes));
    bytes
}

#[expect(
    clippy::expect_used,
    reason = "memory takes all writes, and no codec here refuses a value"
)]
fn infallible(result: Result<(), Error<Infallible>>) {
    result.expect("encoding into memory");
}
