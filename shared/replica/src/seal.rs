//! From a payload to an envelope and back.
//!
//! The payload is deflated, framed and padded, sealed by XChaCha20-Poly1305 under a key derived
//! from the epoch's, bound to the header, and signed with it:
//!
//! ```text
//! framed   = length of deflated (u32, big-endian) ‖ deflated ‖ zeros up to the padded length
//! body     = nonce (24) ‖ sealed framed ‖ tag (16)
//! envelope = [header, body, signature over both]
//! ```

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rand_core::CryptoRng;
use wire::{Envelope, Header, label, limits};

use crate::keys::{DeviceSecrets, EpochKey};

/// Bodies are never shorter than this before sealing, bytes. A single edit is some hundred bytes,
/// and how long exactly would tell which field it was.
pub const MIN_PADDED: usize = 256;

/// More than header, nonce, tag and signature take.
const LARGEST_REST: usize = 1024;

/// A fair trade between the tablet's time and the relay's space.
const DEFLATE_LEVEL: u8 = 6;

const NONCE: usize = 24;

/// Why a payload cannot be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It would not fit an envelope, or nobody would inflate it.
    #[error("too large for an envelope")]
    TooLarge,
}

/// Why an envelope's body cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Another key, another header, or damaged.
    #[error("the key does not open the body")]
    Sealed,
    /// Opened, but not framed as [`seal`] does it.
    #[error("the body is not framed as it should be")]
    Framing,
    /// Not deflate, or inflating to more than [`limits::MAX_INFLATED`].
    #[error("the body does not inflate")]
    Inflate,
}

/// Seals and signs `payload` under `header`.
///
/// # Errors
/// [`SealError::TooLarge`].
pub fn seal(
    header: &Header,
    payload: &[u8],
    key: &EpochKey,
    secrets: &DeviceSecrets,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    if payload.len() > limits::MAX_INFLATED {
        return Err(SealError::TooLarge);
    }
    let framed = frame(&compress_to_vec(payload, DEFLATE_LEVEL))?;
    let header_bytes = header.encode();
    let mut nonce = [0; NONCE];
    rng.fill_bytes(&mut nonce);
    let sealed = cipher(key, header)
        .encrypt(
            &XNonce::from(nonce),
            Payload { msg: &framed, aad: &associated_data(&header_bytes) },
        )
        .map_err(|_| SealError::TooLarge)?;
    let body = [&nonce[..], &sealed].concat();
    let signature = secrets.sign(&Envelope::signing_input(&header_bytes, &body));
    let envelope = Envelope::assemble(header_bytes, body, signature);
    if envelope.len() > limits::MAX_ENVELOPE { Err(SealError::TooLarge) } else { Ok(envelope) }
}

/// Whether a payload has room in an envelope, whatever its header says.
#[must_use]
pub fn fits(payload: &[u8]) -> bool {
    let framed = || frame(&compress_to_vec(payload, DEFLATE_LEVEL));
    payload.len() <= limits::MAX_INFLATED
        && framed().is_ok_and(|framed| framed.len() + LARGEST_REST <= limits::MAX_ENVELOPE)
}

/// The payload of an envelope. Its signature is not looked at here.
///
/// # Errors
/// See [`OpenError`].
pub fn open(envelope: &Envelope, key: &EpochKey) -> Result<Vec<u8>, OpenError> {
    let (nonce, sealed) = envelope.body().split_first_chunk::<NONCE>().ok_or(OpenError::Sealed)?;
    let framed = cipher(key, &envelope.header)
        .decrypt(
            &XNonce::from(*nonce),
            Payload { msg: sealed, aad: &associated_data(envelope.header_bytes()) },
        )
        .map_err(|_| OpenError::Sealed)?;
    let deflated = unframe(&framed).ok_or(OpenError::Framing)?;
    decompress_to_vec_with_limit(deflated, limits::MAX_INFLATED).map_err(|_| OpenError::Inflate)
}

fn cipher(key: &EpochKey, header: &Header) -> XChaCha20Poly1305 {
    let body_key = key.derive_body_key(&header.space);
    XChaCha20Poly1305::new(<&Key>::from(&*body_key))
}

fn associated_data(header_bytes: &[u8]) -> Vec<u8> {
    [label::ENVELOPE_BODY, header_bytes].concat()
}

fn frame(deflated: &[u8]) -> Result<Vec<u8>, SealError> {
    let length = u32::try_from(deflated.len()).map_err(|_| SealError::TooLarge)?;
    let mut framed = length.to_be_bytes().to_vec();
    framed.extend_from_slice(deflated);
    framed.resize(padded_length(framed.len()), 0);
    Ok(framed)
}

fn unframe(framed: &[u8]) -> Option<&[u8]> {
    let (length, rest) = framed.split_first_chunk::<4>()?;
    let (deflated, padding) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    let padded = framed.len() == padded_length(4 + deflated.len());
    (padded && padding.iter().all(|byte| *byte == 0)).then_some(deflated)
}

/// Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", 2019): keeps as many
/// leading bits of a length as its magnitude has, so at most an eighth is added and only
/// O(log log n) bits of the length show.
pub(crate) fn padded_length(length: usize) -> usize {
    let length = length.max(MIN_PADDED);
    let magnitude = length.ilog2();
    let kept = magnitude.ilog2() + 1;
    let mask = (1_usize << (magnitude - kept)) - 1;
    (length + mask) & !mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_rounded_up_to_few_values() {
        let check = |length, expected| assert_eq!(padded_length(length), expected, "{length}");
        check(0, 256);
        check(256, 256);
        check(257, 272);
        check(272, 272);
        check(1000, 1024);
        check(1025, 1088);
        check(500_000, 507_904);
        for length in (256..100_000).step_by(77) {
            assert!(padded_length(length) >= length);
            assert!(padded_length(length) <= length + length / 8);
        }
    }

    #[test]
    fn only_our_own_framing_is_read() {
        let framed = frame(b"abc").unwrap();
        assert_eq!(framed.len(), MIN_PADDED);
        assert_eq!(unframe(&framed), Some(&b"abc"[..]));
        let check = |change: fn(&mut Vec<u8>)| {
            let mut changed = framed.clone();
            change(&mut changed);
            assert_eq!(unframe(&changed), None);
        };
        check(Vec::clear);
        check(|bytes| bytes.push(0));
        check(|bytes| bytes.truncate(255));
        check(|bytes| bytes[0] = 1);
        check(|bytes| bytes[255] = 1);
    }
}
