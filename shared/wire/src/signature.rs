//! Ed25519, strictly.

use ed25519_dalek::{Signature, VerifyingKey};

use crate::DeviceKey;

/// A signature that was not made by that key over that input, or a key that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not fit the key and what was signed")]
pub struct BadSignature;

/// Verifies in the strict way: weak keys and malleable signatures are refused, so that every
/// implementation gives the same answer.
///
/// # Errors
/// [`BadSignature`], whatever the cause.
pub fn verify(key: &DeviceKey, input: &[u8], signature: &[u8; 64]) -> Result<(), BadSignature> {
    let key = VerifyingKey::from_bytes(key.as_bytes()).map_err(|_| BadSignature)?;
    key.verify_strict(input, &Signature::from_bytes(signature)).map_err(|_| BadSignature)
}
