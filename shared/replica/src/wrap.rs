//! An epoch key, sealed to one recipient, or to whoever has the next one.
//!
//! HPKE (RFC 9180) in base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305. The wrapped form
//! is encapsulated key (32) ‖ ciphertext (32) ‖ tag (16).

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
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

/// The length of XChaCha20's nonce.
const NONCE: usize = 24;

/// Seals the key `before` for whoever has `key`, the next one: that of `epoch`, begun by the record
/// behind `previous`.
///
/// # Errors
/// [`WrapError::Unopenable`], which would be a defect.
pub fn wrap_previous(
    before: &EpochKey,
    key: &EpochKey,
    space: &SpaceId,
    epoch: Epoch,
    previous: &Hash,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, WrapError> {
    let mut nonce = [0; NONCE];
    rng.fill_bytes(&mut nonce);
    let payload = Payload { msg: before.as_bytes(), aad: &previous_data(space, epoch, previous) };
    let sealed = previous_cipher(key, space).encrypt(&XNonce::from(nonce), payload);
    Ok([&nonce[..], &sealed.map_err(|_| WrapError::Unopenable)?].concat())
}

/// Opens the key before `key`, which is that of `epoch`.
///
/// # Errors
/// [`WrapError::Unopenable`].
pub fn unwrap_previous(
    wrapped: &[u8],
    key: &EpochKey,
    space: &SpaceId,
    epoch: Epoch,
    previous: &Hash,
) -> Result<EpochKey, WrapError> {
    let (nonce, sealed) = wrapped.split_first_chunk::<NONCE>().ok_or(WrapError::Unopenable)?;
    let payload = Payload { msg: sealed, aad: &previous_data(space, epoch, previous) };
    let opened = previous_cipher(key, space).decrypt(&XNonce::from(*nonce), payload);
    let opened = Zeroizing::new(opened.map_err(|_| WrapError::Unopenable)?);
    let bytes = Zeroizing::new(
        <[u8; KEY]>::try_from(opened.as_slice()).map_err(|_| WrapError::Unopenable)?,
    );
    Ok(EpochKey::from_bytes(&bytes))
}

fn previous_cipher(key: &EpochKey, space: &SpaceId) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(<&Key>::from(&*key.derive_previous_key(space)))
}

/// label ‖ space ‖ epoch ‖ previous.
fn previous_data(space: &SpaceId, epoch: Epoch, previous: &Hash) -> Vec<u8> {
    [label::EPOCH_PREVIOUS, space.as_ref(), &epoch.to_be_bytes(), previous.as_ref()].concat()
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
