//! One device: its documents, its keys, its place in the log.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use handbook::DocumentId;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use replica::{DeviceSecrets, KeyRing, Place, unlock};
use wire::{DeviceKey, LogId, MemberId, Role, Tag};

use crate::cache::Cache;
use crate::codec::{self, Unreadable};
use crate::doc_state::DocState;
use crate::index::{Index, Standing};
use crate::keys;
use crate::loaded::{LoadError, Loaded, Sealed, Signature};
use crate::model::{Entry, Model};
use crate::quarantine::Suspects;
use crate::space_state::{SpaceKind, SpaceState};
use crate::storage::{Batch, Storage, StorageError, Table, Vault, VaultError};
use crate::turn::Turn;

/// What a tab brings when it opens a device.
#[derive(Clone, Debug)]
pub struct Opening {
    /// 32 bytes from the platform's source of randomness, fresh for each tab session: actors, tags
    /// and nonces come from them.
    pub seed: [u8; 32],
    /// Which build of the app this is. Rows that broke one build are tried again by another.
    pub build: String,
}

/// Why a device cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no space in this storage yet: found one, or join one.
    #[error("there is no workspace on this device yet")]
    Nothing,
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The vault does not open the stored keys.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// What is stored cannot be read: damaged, or written by a newer version of the app.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The stored keys cannot be read.
    #[error(transparent)]
    Keys(#[from] replica::keys::KeyError),
}

/// One device, whole, as one tab sees it. Several tabs are several of these over storages of the
/// same profile.
///
/// A `Device` is used by one thread; its methods take `&self`, and nothing is borrowed over an
/// `await`. Whatever a method reports as done is durable.
#[derive(Debug)]
pub struct Device<S, V> {
    pub(crate) storage: S,
    pub(crate) vault: V,
    pub(crate) build: String,
    pub(crate) secrets: DeviceSecrets,
    pub(crate) ring: RefCell<KeyRing>,
    pub(crate) rng: RefCell<ChaCha20Rng>,
    /// What was read anew where nobody could be told of it: the next who is told of something is.
    pub(crate) unsaid: RefCell<Changed>,
    /// Names this tab session in the storage.
    pub(crate) tab: String,
    pub(crate) turn: Turn,
    pub(crate) space: RefCell<Kept>,
    pub(crate) index: RefCell<Index>,
    pub(crate) cache: RefCell<Cache>,
    pub(crate) signatures: RefCell<BTreeMap<Tag, Signature>>,
    pub(crate) suspects: RefCell<Suspects>,
    pub(crate) model: Rc<Model>,
}

/// The space's state, and the stored bytes that it was read from.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) bytes: Vec<u8>,
    pub(crate) state: SpaceState,
}

impl Kept {
    pub(crate) fn read(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        let state = SpaceState::decode(&bytes)?;
        Ok(Self { bytes, state })
    }

    pub(crate) fn life(&self) -> Option<LogId> {
        self.state.place.as_ref().and_then(|place| place.log)
    }
}

/// What changed in memory and in the storage: for signals, and for the other tabs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Documents whose stored bytes changed: tell the other tabs these, and let them
    /// [`Device::refresh`].
    pub tags: Vec<Tag>,
    /// Records that read differently now.
    pub records: Vec<(DocumentId, handbook::RecordKey)>,
    /// The roster, the place in the log or another matter of the space changed.
    pub space: bool,
    /// Somebody was erased: what was read of settings before may hold what these do not hold any more.
    pub erased: bool,
}

impl Changed {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.records.is_empty() && !self.space
    }

    /// Adds what `other` names.
    pub fn extend(&mut self, other: Self) {
        self.tags.extend(other.tags);
        self.records.extend(other.records);
        self.space |= other.space;
        self.erased |= other.erased;
    }
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// Opens the space that this storage holds. Listen for other tabs' notices **before** opening,
    /// and hand them to [`Device::refresh`] afterwards: then none is missed.
    ///
    /// # Errors
    /// [`OpenError::Nothing`] on a device without a workspace.
    pub async fn open(storage: S, vault: V, opening: Opening) -> Result<Self, OpenError> {
        let Some(bytes) = storage.get(Table::Space, keys::SPACE_STATE).await? else {
            return Err(OpenError::Nothing);
        };
        let space = Kept::read(bytes)?;
        let wrapped = storage.get(Table::Keys, keys::DEVICE).await?;
        let wrapped = wrapped.ok_or(Unreadable::because("the device has lost its keys"))?;
        let secrets = DeviceSecrets::decode(&vault.unwrap(&wrapped).await?)?;
        let ring = stored_ring(&storage, &vault).await?;

        let mut rng = ChaCha20Rng::from_seed(opening.seed);
        let mut tab = [0; 16];
        rng.fill_bytes(&mut tab);
        let device = Self {
            storage,
            vault,
            build: opening.build,
            secrets,
            ring: RefCell::new(ring),
            rng: RefCell::new(rng),
            unsaid: RefCell::default(),
            tab: Tag(tab).to_string(),
            turn: Turn::default(),
            space: RefCell::new(space),
            index: RefCell::default(),
            cache: RefCell::default(),
            signatures: RefCell::default(),
            suspects: RefCell::default(),
            model: Rc::default(),
        };
        device.open_keys();
        device.read_all().await?;
        Ok(device)
    }

    /// Reads all states and all hot entries.
    async fn read_all(&self) -> Result<(), OpenError> {
        self.recall_steps().await?;
        let states = self.storage.scan(Table::Documents, "").await?;
        let entries = self.storage.scan(Table::Hot, "").await?;
        let mut entries: BTreeMap<String, Vec<u8>> = entries.into_iter().collect();
        for (key, bytes) in &states {
            let tag = parse_tag(key)?;
            self.install_state(tag, codec::decode(bytes)?);
            match entries.remove(key) {
                Some(entry) => self.install_entry(tag, entry),
                None => self.index.borrow_mut().set_stale(tag, true),
            }
        }
        // The two scans are two transactions: another tab may have written between them.
        let again = self.storage.scan(Table::Documents, "").await?;
        let mut late = Vec::new();
        for state in again {
            if states.binary_search(&state).is_err() {
                late.push(parse_tag(&state.0)?);
            }
        }
        self.refresh_tags(&late).await?;
        Ok(())
    }

    pub(crate) fn install_state(&self, tag: Tag, state: DocState) {
        self.index.borrow_mut().put(tag, state);
    }

    /// Shows a document's hot entry. One of an older version, or none that can be read, is left to
    /// [`Device::tidy`].
    pub(crate) fn install_entry(&self, tag: Tag, bytes: Vec<u8>) {
        let entry = Entry::new(bytes);
        let mut index = self.index.borrow_mut();
        index.set_stale(tag, !entry.as_ref().is_ok_and(Entry::is_current));
        let document = index.state(tag).and_then(|state| state.document);
        if let (Some(document), true, Ok(entry)) = (document, index.is_shown(tag), entry) {
            self.model.put(document, entry);
        }
    }

    pub(crate) fn install_space(&self, kept: Kept) {
        *self.space.borrow_mut() = kept;
        self.open_keys();
    }

    /// Takes the keys that the roster's records hold for this device. They are not stored a second
    /// time: the records are.
    fn open_keys(&self) {
        let space = self.space.borrow();
        let Some(place) = &space.state.place else { return };
        let mut ring = self.ring.borrow_mut();
        let read = unlock::top_up(&self.secrets, &place.roster, &place.records, &mut ring);
        debug_assert!(read.is_ok(), "the records of a place make its roster: {read:?}");
    }

    /// Puts another state of the space in place of the one that was read.
    pub(crate) fn put_space(&self, batch: &mut Batch, kept: &Kept, state: SpaceState) -> Kept {
        let state = SpaceState { version: kept.state.version + 1, ..state };
        let bytes = state.encode();
        batch.expect(Table::Space, keys::SPACE_STATE, Some(kept.bytes.clone()));
        batch.put(Table::Space, keys::SPACE_STATE, bytes.clone());
        Kept { bytes, state }
    }

    /// Takes over what became durable.
    pub(crate) fn install(&self, mut loaded: Loaded, sealed: Sealed) {
        self.install_state(loaded.tag, loaded.state.clone());
        if let Some(hot) = sealed.hot {
            self.install_entry(loaded.tag, hot);
        }
        loaded.stored = Some(sealed.state);
        loaded.behind = false;
        self.cache.borrow_mut().put(loaded);
    }

    pub(crate) fn random_tag(&self) -> Tag {
        let mut bytes = [0; 16];
        self.rng.borrow_mut().fill_bytes(&mut bytes);
        Tag(bytes)
    }

    /// The document under this tag at its stored state, taken out of the cache or read. Whoever
    /// takes it holds the turn.
    pub(crate) async fn take(&self, tag: Tag) -> Result<Option<Loaded>, LoadError> {
        let cached = self.cache.borrow_mut().take(tag);
        match cached {
            Some(loaded) => Ok(Some(loaded)),
            None => {
                let mut read = Loaded::read(&self.storage, tag).await?;
                if let Some(loaded) = &mut read {
                    loaded.behind = self.index.borrow().state(tag) != Some(&loaded.state);
                }
                Ok(read)
            }
        }
    }

    /// The life of the log that this device reads.
    pub(crate) fn life(&self) -> Option<LogId> {
        self.space.borrow().life()
    }

    /// The storage, for whoever measures or tests it.
    pub fn storage(&self) -> &S {
        &self.storage
    }

    /// Who this device belongs to.
    pub fn member(&self) -> MemberId {
        self.space.borrow().state.member
    }

    /// This device's name: its public signing key.
    pub fn device(&self) -> DeviceKey {
        self.secrets.device()
    }

    /// Whether this is a team's workspace or the sample.
    pub fn kind(&self) -> SpaceKind {
        self.space.borrow().state.kind
    }

    /// The relay's origin, as it is dialled.
    pub fn origin(&self) -> String {
        self.space.borrow().state.origin.clone()
    }

    /// Where the device stands in the log, with the roster; `None` while it has not joined yet.
    pub fn place(&self) -> Option<Place> {
        self.space.borrow().state.place.clone()
    }

    /// What this device may do; `None` while it has not joined, and once it was removed.
    pub fn role(&self) -> Option<Role> {
        let space = self.space.borrow();
        let place = space.state.place.as_ref()?;
        place.roster.active(&space.state.device).map(|device| device.role)
    }

    /// Rows of kinds that this version does not know.
    pub fn unknown_rows(&self) -> u64 {
        self.space.borrow().state.unknown_rows
    }

    /// Changes that are only on this device.
    pub fn unsynced(&self) -> u64 {
        self.index.borrow().unsynced(self.life())
    }

    /// The read model. It is the same object as long as the device is open.
    pub fn model(&self) -> Rc<Model> {
        Rc::clone(&self.model)
    }

    /// How a document stands; `None` if it is not here.
    pub fn standing(&self, document: DocumentId) -> Option<Standing> {
        let index = self.index.borrow();
        index.standing(index.tag(document)?, self.life())
    }

    /// Rows that wait or were set aside, over all documents.
    pub fn troubled(&self) -> Vec<(Option<DocumentId>, Standing)> {
        let index = self.index.borrow();
        let all = index.tags().into_iter().filter_map(|tag| {
            Some((index.state(tag)?.document, index.standing(tag, self.life())?))
        });
        all.filter(|(_, standing)| standing.pending + standing.quarantined > 0).collect()
    }
}

/// The keys of the space as they are stored; none before this device has joined.
pub(crate) async fn stored_ring(
    storage: &impl Storage,
    vault: &impl Vault,
) -> Result<KeyRing, OpenError> {
    match storage.get(Table::Keys, keys::RING).await? {
        Some(wrapped) => Ok(KeyRing::decode(&vault.unwrap(&wrapped).await?)?),
        None => Ok(KeyRing::new()),
    }
}

pub(crate) fn parse_tag(key: &str) -> Result<Tag, Unreadable> {
    key.parse().map_err(|_| Unreadable::because("a document under something that is no tag"))
}
