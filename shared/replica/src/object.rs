//! From an attachment to a sealed object and back.
//!
//! An object lies at the relay beside the log, under the hash of its sealed bytes. Its key is its
//! own, drawn for it and kept in the document that points to it: whoever has the document opens it,
//! and nobody else.
//!
//! ```text
//! framed = length of content (u64, big-endian) ‖ content ‖ zeros up to the padded length
//! sealed = for each 64 KiB of framed: XChaCha20-Poly1305 of it, with its tag (16)
//! nonce  = zeros (19) ‖ number of the chunk from 0 (u32, big-endian) ‖ 1 for the last, else 0
//! ```
//!
//! A key seals one content only, so a counted nonce is never used twice (the STREAM construction of Hoang, Reyhanitabar, Rogaway
//! and Vizár, 2015): chunks that are exchanged, left out or cut off at the end do not open. Chunks let a
//! large object be opened piece by piece one day without another form.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use rand_core::CryptoRng;
use wire::{Hash, label, limits};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::seal::{OpenError, SealError, padded_length};

/// Bytes of framed content in one chunk.
const CHUNK: usize = 64 << 10;
const TAG: usize = 16;
const LENGTH: usize = 8;

/// The key of one object. Its text is what a document keeps.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct ObjectKey([u8; 32]);

impl ObjectKey {
    /// 64 hexadecimal digits.
    #[must_use]
    pub fn to_text(&self) -> String {
        Hash(self.0).to_string()
    }

    /// Reads that text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<Hash>().ok().map(|hash| Self(hash.0))
    }
}

impl std::fmt::Debug for ObjectKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ObjectKey(hidden)")
    }
}

/// Content that was sealed, and what a document has to keep of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedObject {
    /// The hash of the sealed bytes.
    pub address: Hash,
    /// What opens them.
    pub key: ObjectKey,
    /// What the relay gets.
    pub sealed: Vec<u8>,
}

/// Seals content under a key drawn for it.
///
/// # Errors
/// [`SealError::TooLarge`] if the sealed bytes were more than [`limits::MAX_OBJECT`].
pub fn make(content: &[u8], rng: &mut impl CryptoRng) -> Result<SealedObject, SealError> {
    let most = usize::try_from(limits::MAX_OBJECT).unwrap_or(usize::MAX);
    let padded = content.len().checked_add(LENGTH).map(padded_length);
    let padded = padded.filter(|padded| padded + padded.div_ceil(CHUNK) * TAG <= most);
    let padded = padded.ok_or(SealError::TooLarge)?;
    let mut framed = Zeroizing::new(Vec::with_capacity(padded));
    framed.extend_from_slice(&(content.len() as u64).to_be_bytes());
    framed.extend_from_slice(content);
    framed.resize(padded, 0);

    let mut key = ObjectKey([0; 32]);
    rng.fill_bytes(&mut key.0);
    let cipher = XChaCha20Poly1305::new(<&Key>::from(&key.0));
    let last = padded.div_ceil(CHUNK) - 1;
    let mut sealed = Vec::with_capacity(padded + (last + 1) * TAG);
    for (number, chunk) in framed.chunks(CHUNK).enumerate() {
        let payload = Payload { msg: chunk, aad: label::OBJECT_CHUNK };
        let chunk = cipher.encrypt(&nonce(number, number == last), payload);
        sealed.extend(chunk.map_err(|_| SealError::TooLarge)?);
    }
    Ok(SealedObject { address: wire::object_address(&sealed), key, sealed })
}

/// The content of a sealed object.
///
/// # Errors
/// [`OpenError::Sealed`] for another key or other bytes, [`OpenError::Framing`] if what opens was not framed here.
pub fn open(sealed: &[u8], key: &ObjectKey) -> Result<Vec<u8>, OpenError> {
    let cipher = XChaCha20Poly1305::new(<&Key>::from(&key.0));
    let last = sealed.len().div_ceil(CHUNK + TAG).checked_sub(1).ok_or(OpenError::Sealed)?;
    let mut framed = Zeroizing::new(Vec::with_capacity(sealed.len()));
    for (number, chunk) in sealed.chunks(CHUNK + TAG).enumerate() {
        let payload = Payload { msg: chunk, aad: label::OBJECT_CHUNK };
        let chunk = cipher.decrypt(&nonce(number, number == last), payload);
        framed.extend(chunk.map_err(|_| OpenError::Sealed)?);
    }
    unframe(&framed).map(<[u8]>::to_vec).ok_or(OpenError::Framing)
}

fn unframe(framed: &[u8]) -> Option<&[u8]> {
    let (length, rest) = framed.split_first_chunk::<LENGTH>()?;
    let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
    let (content, padding) = rest.split_at_checked(length)?;
    let padded = framed.len() == padded_length(LENGTH + content.len());
    (padded && padding.iter().all(|byte| *byte == 0)).then_some(content)
}

fn nonce(number: usize, last: bool) -> XNonce {
    // At most MAX_OBJECT / CHUNK chunks, which is far below 2^32.
    let number = u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
    let mut nonce = [0; 24];
    let (_, end) = nonce.split_at_mut(19);
    for (place, byte) in end.iter_mut().zip(number.into_iter().chain([u8::from(last)])) {
        *place = byte;
    }
    XNonce::from(nonce)
}

/// How many bytes content of that length has when it is sealed.
#[must_use]
pub fn sealed_length(content: u64) -> u64 {
    let length = usize::try_from(content).unwrap_or(usize::MAX).saturating_add(LENGTH);
    // Beyond what can be sealed the exact number does not matter.
    let padded =
        padded_length(length.min(usize::try_from(limits::MAX_OBJECT).unwrap_or(usize::MAX)));
    (padded + padded.div_ceil(CHUNK) * TAG) as u64
}
