//! The secrets of a device, an epoch, an invite and a recovery kit.
//!
//! Functions named `make` draw from the given randomness; those named `derive` give the same
//! result for the same input, for ever.

use ed25519_dalek::{Signer, SigningKey};
use hkdf::Hkdf;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, Serializable};
use minicbor::Decoder;
use rand_core::CryptoRng;
use sha2::Sha256;
use wire::{DeviceKey, Hash, SealKey, SpaceId, hash, label};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::codec::encode_secret;

pub(crate) type SealSecret = <X25519HkdfSha256 as Kem>::PrivateKey;

/// The version of the stored form of [`DeviceSecrets`].
const SECRETS_VERSION: u8 = 1;

/// Why stored secrets cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not the bytes that `encode` gave.
    #[error("the stored keys are damaged")]
    Damaged,
    /// Stored by a newer version.
    #[error("the stored keys are of version {version}, which is newer than this app")]
    Newer {
        /// The version found.
        version: u8,
    },
}

/// The two private keys of a device: one signs, the other opens what is sealed to it.
///
/// An invite has such a pair too, derived from its secret.
#[derive(Clone)]
pub struct DeviceSecrets {
    signing: SigningKey,
    sealing: SealSecret,
}

impl DeviceSecrets {
    /// Draws the keys of a new device.
    #[must_use]
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut());
        let (sealing, _) = X25519HkdfSha256::gen_keypair_with_rng(rng);
        Self { signing: SigningKey::from_bytes(&seed), sealing }
    }

    /// The public signing key, which is the device's id.
    #[must_use]
    pub fn device(&self) -> DeviceKey {
        DeviceKey(self.signing.verifying_key().to_bytes())
    }

    /// The public sealing key.
    #[must_use]
    pub fn seal_key(&self) -> SealKey {
        let mut bytes = [0; 32];
        X25519HkdfSha256::sk_to_pk(&self.sealing).write_exact(&mut bytes);
        SealKey(bytes)
    }

    /// Signs bytes that begin with their label, see [`wire::label`].
    #[must_use]
    pub fn sign(&self, input: &[u8]) -> [u8; 64] {
        self.signing.sign(input).to_bytes()
    }

    /// The stored form: CBOR `[1, signing, sealing]`. To be wrapped before it is stored.
    #[must_use]
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut sealing = Zeroizing::new([0; 32]);
        self.sealing.write_exact(sealing.as_mut());
        encode_secret(128, |encoder| {
            encoder
                .array(3)?
                .u8(SECRETS_VERSION)?
                .bytes(self.signing.as_bytes())?
                .bytes(sealing.as_ref())?
                .ok()
        })
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, KeyError> {
        let mut decoder = Decoder::new(bytes);
        expect_version(&mut decoder, 3, SECRETS_VERSION)?;
        let signing = secret_bytes(&mut decoder)?;
        let sealing = secret_bytes(&mut decoder)?;
        if decoder.position() != bytes.len() {
            return Err(KeyError::Damaged);
        }
        let sealing = SealSecret::from_bytes(sealing.as_ref()).map_err(|_| KeyError::Damaged)?;
        Ok(Self { signing: SigningKey::from_bytes(&signing), sealing })
    }

    fn derive(secret: &[u8], signing: &[u8], sealing: &[u8]) -> Self {
        let signing = derive(secret, &[signing]);
        let sealing = derive(secret, &[sealing]);
        let (sealing, _) = X25519HkdfSha256::derive_keypair(sealing.as_ref());
        Self { signing: SigningKey::from_bytes(&signing), sealing }
    }

    pub(crate) fn sealing(&self) -> &SealSecret {
        &self.sealing
    }
}

/// The key of one epoch of a space. Whoever has it reads what was sealed in that epoch.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct EpochKey([u8; 32]);

impl EpochKey {
    /// Draws a new key.
    #[must_use]
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut key = Self([0; 32]);
        rng.fill_bytes(&mut key.0);
        key
    }

    /// What a roster record says of the key: enough to recognise it, nothing to find it.
    #[must_use]
    pub fn commit(&self) -> Hash {
        hash(label::EPOCH_COMMIT, &[&self.0])
    }

    /// The key that seals the bodies of envelopes in this space.
    pub(crate) fn derive_body_key(&self, space: &SpaceId) -> Zeroizing<[u8; 32]> {
        derive(&self.0, &[label::EPOCH_BODY_KEY, space.as_ref()])
    }

    /// The key that seals the epoch key before this one.
    pub(crate) fn derive_previous_key(&self, space: &SpaceId) -> Zeroizing<[u8; 32]> {
        derive(&self.0, &[label::EPOCH_PREVIOUS_KEY, space.as_ref()])
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }
}

/// The secret of an invite, which travels behind the `#` of its link.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct InviteSecret([u8; 32]);

impl InviteSecret {
    /// Draws the secret of a new invite.
    #[must_use]
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut secret = Self([0; 32]);
        rng.fill_bytes(&mut secret.0);
        secret
    }

    /// The keys of the invite: its record names the public halves.
    #[must_use]
    pub fn derive_keys(&self) -> DeviceSecrets {
        DeviceSecrets::derive(&self.0, label::INVITE_SIGNING, label::INVITE_SEALING)
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }
}

/// The secret of a recovery kit. It exists on paper only.
///
/// Sixteen bytes, because people must type them: nobody tries 2^128 of them against the public keys
/// that the roster holds.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct KitSecret([u8; Self::LEN]);

impl KitSecret {
    /// How many bytes it has.
    pub const LEN: usize = 16;

    /// Draws the secret of a new kit.
    #[must_use]
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut secret = Self([0; Self::LEN]);
        rng.fill_bytes(&mut secret.0);
        secret
    }

    /// The keys of the kit: the roster names the public halves.
    #[must_use]
    pub fn derive_keys(&self) -> DeviceSecrets {
        DeviceSecrets::derive(&self.0, label::KIT_SIGNING, label::KIT_SEALING)
    }

    pub(crate) fn public(&self) -> KitKeys {
        let keys = self.derive_keys();
        KitKeys { key: keys.device(), seal_key: keys.seal_key() }
    }

    pub(crate) fn as_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }

    pub(crate) fn from_bytes(bytes: &[u8; Self::LEN]) -> Self {
        Self(*bytes)
    }
}

/// The public half of a recovery kit: enough to seal a key to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KitKeys {
    pub(crate) key: DeviceKey,
    pub(crate) seal_key: SealKey,
}

/// HKDF-SHA256 without salt: the input is a uniformly random key already.
fn derive(secret: &[u8], info: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    let expanded = Hkdf::<Sha256>::new(None, secret).expand_multi_info(info, key.as_mut());
    debug_assert!(expanded.is_ok(), "32 bytes are within HKDF's limit");
    key
}

/// Reads `[version, …` of an array of `length`.
pub(crate) fn expect_version(
    decoder: &mut Decoder<'_>,
    length: u64,
    known: u8,
) -> Result<(), KeyError> {
    let found = decoder.array().map_err(|_| KeyError::Damaged)?;
    match decoder.u8().map_err(|_| KeyError::Damaged)? {
        version if version > known => Err(KeyError::Newer { version }),
        version if version == known && found == Some(length) => Ok(()),
        _ => Err(KeyError::Damaged),
    }
}

pub(crate) fn secret_bytes(decoder: &mut Decoder<'_>) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let bytes = decoder.bytes().map_err(|_| KeyError::Damaged)?;
    Ok(Zeroizing::new(bytes.try_into().map_err(|_| KeyError::Damaged)?))
}

macro_rules! hidden {
    ($($name:ident),*) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }
    )*};
}
hidden!(DeviceSecrets, EpochKey, InviteSecret, KitSecret);
