//! The small database that knows which spaces this browser profile holds.

use device::storage::StorageError;
use minicbor::{Decode, Encode};
use wasm_bindgen::JsValue;
use wire::SpaceId;

use super::database::{Change, Database, OpenError};
use super::{SpaceStorage, seam};

const NAME: &str = "rapport";
const VERSION: u32 = 1;

/// One [`SpaceEntry`] for each space, by its id.
const SPACES: &str = "spaces";
/// What holds for all spaces of this profile, as text.
const SETTINGS: &str = "settings";
/// The vault's `CryptoKey`: the one value that is no bytes.
const VAULT: &str = "vault";
const VAULT_KEY: &str = "wrap";

/// What the start page shows of a space without opening it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SpaceEntry {
    /// The space.
    #[n(0)]
    pub space: SpaceId,
    /// The firm's name, as last seen.
    #[n(1)]
    pub firm: String,
    /// The name of the person who uses it here.
    #[n(2)]
    pub person: String,
    /// Whether it is the sample firm, which one tap discards.
    #[n(3)]
    pub sample: bool,
    /// When it was last opened, in milliseconds since 1970 by this device's clock.
    #[n(4)]
    pub opened: u64,
}

/// The list of spaces and the settings of this browser profile.
#[derive(Clone, Debug)]
pub struct Index(Database);

impl Index {
    /// Opens the index, making it if there is none.
    pub async fn open() -> Result<Self, OpenError> {
        Database::open(NAME, VERSION, vec![SPACES, SETTINGS, VAULT]).await.map(Self)
    }

    /// All spaces, the one opened last first. Entries that this app cannot read (a newer one wrote them) are left out.
    pub async fn spaces(&self) -> Result<Vec<SpaceEntry>, StorageError> {
        let mut entries: Vec<SpaceEntry> = self
            .0
            .scan(SPACES, "")
            .await?
            .iter()
            .filter_map(|(_, bytes)| minicbor::decode(bytes).ok())
            .collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.opened));
        Ok(entries)
    }

    /// Adds a space or renews what is known of it.
    pub async fn remember(&self, entry: &SpaceEntry) -> Result<(), StorageError> {
        let bytes =
            minicbor::to_vec(entry).map_err(|error| StorageError::Failed(error.to_string()))?;
        let key = entry.space.to_string();
        let put = vec![(SPACES, key.as_str(), seam::inward(&bytes))];
        self.0.commit(Change { put, ..Change::default() }).await
    }

    /// Takes a space off this device: its database first, then its entry, so that a crash between the two
    /// leaves an entry that can be discarded again and never a database that nobody knows of.
    pub async fn discard(&self, space: &SpaceId) -> Result<(), StorageError> {
        SpaceStorage::delete(space).await?;
        let key = space.to_string();
        let delete = vec![(SPACES, key.as_str())];
        self.0.commit(Change { delete, ..Change::default() }).await
    }

    /// A setting of this browser profile.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StorageError> {
        let bytes = self.0.get(SETTINGS, name).await?;
        Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    /// Keeps a setting, or forgets it.
    pub async fn set_setting(&self, name: &str, value: Option<&str>) -> Result<(), StorageError> {
        let mut change = Change::default();
        match value {
            Some(value) => change.put.push((SETTINGS, name, seam::inward(value.as_bytes()))),
            None => change.delete.push((SETTINGS, name)),
        }
        self.0.commit(change).await
    }

    /// Calls `told` once when the index is closed under us; only a reload helps then.
    pub fn on_shut(&self, told: impl FnOnce() + 'static) {
        self.0.on_shut(told);
    }

    pub(super) async fn vault_key(&self) -> Result<Option<JsValue>, StorageError> {
        self.0.value(VAULT, VAULT_KEY).await
    }

    /// Keeps `key` unless another tab was first; either way the answer is the key that counts.
    pub(super) async fn keep_vault_key(&self, key: &JsValue) -> Result<JsValue, StorageError> {
        let add = vec![(VAULT, VAULT_KEY, key.clone())];
        match self.0.commit(Change { add, ..Change::default() }).await {
            Ok(()) => Ok(key.clone()),
            Err(StorageError::Conflict) => self
                .vault_key()
                .await?
                .ok_or_else(|| StorageError::Failed("the vault lost its key".to_owned())),
            Err(error) => Err(error),
        }
    }
}
