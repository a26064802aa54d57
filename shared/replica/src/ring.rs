//! The epoch keys that a device holds.

use std::collections::BTreeMap;

use minicbor::Decoder;
use wire::{Epoch, Hash};
use zeroize::Zeroizing;

use crate::codec::encode_secret;
use crate::keys::{EpochKey, KeyError, expect_version, secret_bytes};

/// The version of the stored form.
const RING_VERSION: u8 = 1;

/// The epoch keys of a space, filed under the hash of the roster record that began the epoch.
///
/// Not under the epoch's number: after a restored backup two records may have begun an epoch of
/// the same number, and both keys are needed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct KeyRing {
    keys: BTreeMap<Hash, (Epoch, EpochKey)>,
}

impl KeyRing {
    /// A ring without a key.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Files a key under the record that began its epoch.
    pub fn insert(&mut self, record: Hash, epoch: Epoch, key: EpochKey) {
        self.keys.insert(record, (epoch, key));
    }

    /// Takes over what another ring has and this one lacks.
    pub fn extend(&mut self, other: &Self) {
        for (record, key) in &other.keys {
            self.keys.entry(*record).or_insert_with(|| key.clone());
        }
    }

    /// The key of the epoch that this record began.
    #[must_use]
    pub fn key(&self, record: &Hash) -> Option<&EpochKey> {
        self.keys.get(record).map(|(_, key)| key)
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The stored form: CBOR `[1, [[record, epoch, key], …]]`, ascending by record. To be wrapped
    /// before it is stored.
    #[must_use]
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        encode_secret(16 + 80 * self.keys.len(), |encoder| {
            encoder.array(2)?.u8(RING_VERSION)?.array(self.keys.len() as u64)?;
            for (record, (epoch, key)) in &self.keys {
                encoder.array(3)?.bytes(record.as_ref())?.u32(*epoch)?.bytes(key.as_bytes())?;
            }
            Ok(())
        })
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, KeyError> {
        let mut decoder = Decoder::new(bytes);
        expect_version(&mut decoder, 2, RING_VERSION)?;
        let count = decoder.array().map_err(|_| KeyError::Damaged)?.ok_or(KeyError::Damaged)?;
        let mut ring = Self::new();
        for _ in 0..count {
            if decoder.array().map_err(|_| KeyError::Damaged)? != Some(3) {
                return Err(KeyError::Damaged);
            }
            let record: Hash = decoder.decode().map_err(|_| KeyError::Damaged)?;
            let epoch = decoder.u32().map_err(|_| KeyError::Damaged)?;
            let key = EpochKey::from_bytes(&*secret_bytes(&mut decoder)?);
            ring.insert(record, epoch, key);
        }
        if decoder.position() == bytes.len() { Ok(ring) } else { Err(KeyError::Damaged) }
    }
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let epochs = self.keys.iter().map(|(record, (epoch, _))| (epoch, record));
        f.write_str("KeyRing ")?;
        f.debug_map().entries(epochs).finish()
    }
}
