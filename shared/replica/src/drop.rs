//! Answers from people without an account, sealed to a key pair that a document keeps.
//!
//! Whoever asks draws a pair and a one-time token, and gives the public key and the token away in a link. The answer is sealed by
//! HPKE (RFC 9180) in base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305, never with a key of the space: whoever
//! answers is given none. It is bound to the space and to its drop.
//!
//! ```text
//! framed = length of content (u32, big-endian) ‖ content ‖ zeros up to the padded length
//! sealed = encapsulated key (32) ‖ sealed framed ‖ tag (16)
//! ```

use hpke::aead::{AeadTag, ChaCha20Poly1305};
use hpke::inout::InOutBuf;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand_core::CryptoRng;
use wire::{Hash, SealKey, SpaceId, label, limits};
use zeroize::Zeroizing;

use crate::keys::SealSecret;
use crate::seal::{OpenError, SealError, padded_length};

const KEY: usize = 32;
const TAG: usize = 16;
const LENGTH: usize = 4;

/// The private key of one drop. Its text is what a document keeps.
#[derive(Clone)]
pub struct DropSecret(SealSecret);

impl DropSecret {
    /// Draws a pair.
    #[must_use]
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        Self(X25519HkdfSha256::gen_keypair_with_rng(rng).0)
    }

    /// The public key, for the link.
    #[must_use]
    pub fn public(&self) -> SealKey {
        let mut bytes = [0; KEY];
        X25519HkdfSha256::sk_to_pk(&self.0).write_exact(&mut bytes);
        SealKey(bytes)
    }

    /// 64 hexadecimal digits.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut bytes = Zeroizing::new([0; KEY]);
        self.0.write_exact(bytes.as_mut());
        Hash(*bytes).to_string()
    }

    /// Reads that text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(text.parse::<Hash>().ok()?.0);
        SealSecret::from_bytes(bytes.as_ref()).ok().map(Self)
    }
}

impl std::fmt::Debug for DropSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DropSecret(hidden)")
    }
}

/// Seals an answer to the drop that the relay knows by this digest of its token.
///
/// # Errors
/// [`SealError::TooLarge`] if it does not fit [`limits::MAX_DROP`], or the key is none.
pub fn seal(
    content: &[u8],
    to: &SealKey,
    space: &SpaceId,
    drop: &Hash,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    let length = u32::try_from(content.len()).map_err(|_| SealError::TooLarge)?;
    let padded = padded_length(LENGTH + content.len());
    if KEY + padded + TAG > limits::MAX_DROP {
        return Err(SealError::TooLarge);
    }
    let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(to.as_ref());
    let public = public.map_err(|_| SealError::TooLarge)?;
    let mut framed = length.to_be_bytes().to_vec();
    framed.extend_from_slice(content);
    framed.resize(padded, 0);
    let (encapsulated, tag) = hpke::single_shot_seal_inout_detached_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        X25519HkdfSha256,
    >(
        &OpModeS::Base,
        &public,
        &info(space, drop, to),
        InOutBuf::from(&mut framed[..]),
        &[],
        rng,
    )
    .map_err(|_| SealError::TooLarge)?;
    Ok([encapsulated.to_bytes().as_ref(), &framed[..], tag.to_bytes().as_ref()].concat())
}

/// The answer.
///
/// # Errors
/// [`OpenError::Sealed`] if it was sealed to another key or drop, or changed; [`OpenError::Framing`] if what opens was
/// not framed here.
pub fn open(
    sealed: &[u8],
    secret: &DropSecret,
    space: &SpaceId,
    drop: &Hash,
) -> Result<Vec<u8>, OpenError> {
    let framed = unseal(sealed, secret, space, drop).ok_or(OpenError::Sealed)?;
    unframe(&framed).map(<[u8]>::to_vec).ok_or(OpenError::Framing)
}

fn unseal(
    sealed: &[u8],
    secret: &DropSecret,
    space: &SpaceId,
    drop: &Hash,
) -> Option<Zeroizing<Vec<u8>>> {
    let (encapsulated, rest) = sealed.split_at_checked(KEY)?;
    let (framed, tag) = rest.split_at_checked(rest.len().checked_sub(TAG)?)?;
    let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
    let tag = AeadTag::<ChaCha20Poly1305>::from_bytes(tag).ok()?;
    let mut framed = Zeroizing::new(framed.to_vec());
    hpke::single_shot_open_inout_detached::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &secret.0,
        &encapsulated,
        &info(space, drop, &secret.public()),
        InOutBuf::from(&mut framed[..]),
        &[],
        &tag,
    )
    .ok()?;
    Some(framed)
}

fn unframe(framed: &[u8]) -> Option<&[u8]> {
    let (length, rest) = framed.split_first_chunk::<LENGTH>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (content, padding) = rest.split_at_checked(length)?;
    let padded = framed.len() == padded_length(LENGTH + content.len());
    (padded && padding.iter().all(|byte| *byte == 0)).then_some(content)
}

/// Each part has a fixed length, so no two lists of parts are the same bytes.
fn info(space: &SpaceId, drop: &Hash, to: &SealKey) -> Vec<u8> {
    [label::SEAL_DROP, space.as_ref(), drop.as_ref(), to.as_ref()].concat()
}
