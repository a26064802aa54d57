//! An epoch key, sealed to one recipient.
//!
//! HPKE (RFC 9180) in base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305. The wrapped form
//! is encapsulated key (32) ‖ ciphertext (32) ‖ tag (16).

use hpke::aead::{AeadTag, ChaCha20Poly1305};
use hpke::inout::InOutBuf;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand_core::CryptoRng;
use wire::{Epoch, Hash, SealKey, SpaceId, label};
use zeroize::Zeroizing;

use crate::keys::{DeviceSecrets, EpochKey};

/// What a wrapped key belongs to. It is bound to the wrapping, so that a sealed key taken from
/// one record opens in no other.
#[derive(Clone, Copy, Debug)]
pub struct WrapContext<'a> {
    /// Where the key holds.
    pub scope: Scope<'a>,
    /// The epoch of the key.
    pub epoch: Epoch,
    /// The hash of the record before the one that carries the wrapped key.
    pub previous: &'a Hash,
}

/// A space, named by its id or, in the record whose hash will be the id, by that record's nonce.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// In every record but the first.
    Space(&'a SpaceId),
    /// In the `found` record.
    Founding(&'a [u8; 16]),
}

/// Why a key cannot be wrapped or unwrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrapError {
    /// The recipient's public key is none.
    #[error("the recipient's key is not usable")]
    Recipient,
    /// Not sealed to this recipient in this context, or damaged.
    #[error("the sealed key does not open")]
    Unopenable,
}

const KEY: usize = 32;

/// Seals `key` to `recipient`.
///
/// # Errors
/// [`WrapError::Recipient`].
pub fn wrap(
    key: &EpochKey,
    recipient: &SealKey,
    context: WrapContext<'_>,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, WrapError> {
    let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(recipient.as_ref())
        .map_err(|_| WrapError::Recipient)?;
    let mut sealed = Zeroizing::new(*key.as_bytes());
    let (encapsulated, tag) = hpke::single_shot_seal_inout_detached_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        X25519HkdfSha256,
    >(
        &OpModeS::Base,
        &public,
        &info(context, recipient),
        InOutBuf::from(&mut sealed[..]),
        &[],
        rng,
    )
    .map_err(|_| WrapError::Recipient)?;
    Ok([encapsulated.to_bytes().as_ref(), &sealed[..], tag.to_bytes().as_ref()].concat())
}

/// Opens a key that was sealed to `secrets`.
///
/// # Errors
/// [`WrapError::Unopenable`].
pub fn unwrap(
    wrapped: &[u8],
    secrets: &DeviceSecrets,
    context: WrapContext<'_>,
) -> Result<EpochKey, WrapError> {
    open(wrapped, secrets, context).ok_or(WrapError::Unopenable)
}

fn open(wrapped: &[u8], secrets: &DeviceSecrets, context: WrapContext<'_>) -> Option<EpochKey> {
    let (encapsulated, rest) = wrapped.split_at_checked(32)?;
    let (sealed, tag) = rest.split_at_checked(KEY)?;
    let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
    let tag = AeadTag::<ChaCha20Poly1305>::from_bytes(tag).ok()?;
    let mut key = Zeroizing::new(<[u8; KEY]>::try_from(sealed).ok()?);
    hpke::single_shot_open_inout_detached::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        secrets.sealing(),
        &encapsulated,
        &info(context, &secrets.seal_key()),
        InOutBuf::from(&mut key[..]),
        &[],
        &tag,
    )
    .ok()?;
    Some(EpochKey::from_bytes(&key))
}

/// label ‖ scope ‖ epoch ‖ recipient ‖ previous, each led by its length.
fn info(context: WrapContext<'_>, recipient: &SealKey) -> Vec<u8> {
    let epoch = context.epoch.to_be_bytes();
    let scope: &[u8] = match &context.scope {
        Scope::Space(space) => space.as_ref(),
        Scope::Founding(nonce) => nonce.as_slice(),
    };
    let mut info = Vec::new();
    for part in [label::SEAL_EPOCH, scope, &epoch, recipient.as_ref(), context.previous.as_ref()] {
        info.extend_from_slice(&(part.len() as u64).to_be_bytes());
        info.extend_from_slice(part);
    }
    info
}
