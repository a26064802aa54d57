//! A document in memory, together with the exact state that it was loaded at.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ActorId, Author, Automerge, Change, ChangeHash};
use handbook::{DocumentId, MemberId, RecordKey, Row, document};
use rand_core::CryptoRng;
use wire::{Hash, LogId, Tag};

use crate::codec::{self, Unreadable};
use crate::doc_state::{DocState, KeptRow};
use crate::held::Held;
use crate::storage::{Batch, Storage, StorageError, Table};
use crate::{keys, model};

/// How often a document is read again because another tab wrote between two reads. Each further
/// attempt means that somebody else made progress.
const MAX_READS: usize = 16;

/// Why a document cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Its bytes are incomplete or changed: what is stored is not what was written. Its rows can
    /// still be read; it can be neither edited nor merged until it is fetched again.
    #[error("document {tag} is damaged on this device: {reason}")]
    Damaged {
        /// The document.
        tag: Tag,
        /// What is wrong.
        reason: String,
    },
}

/// This tab's actor in a document, and the last change it wrote there. Never stored: another tab
/// session takes another actor.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    actor: ActorId,
    last: ChangeHash,
}

/// A document in memory.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) tag: Tag,
    pub(crate) automerge: Automerge,
    pub(crate) state: DocState,
    /// The stored bytes of the state; `None` for a document that is not stored yet.
    pub(crate) stored: Option<Vec<u8>>,
    /// All rows, gone ones included, as the read model sorts them.
    pub(crate) rows: Vec<Row>,
    /// Rows that wait or are set aside, by their hash.
    pub(crate) kept: BTreeMap<Hash, KeptRow>,
    /// Changes that are stored one by one.
    changes: BTreeSet<ChangeHash>,
    /// Keys of the stored snapshots.
    snapshots: BTreeSet<String>,
    /// This tab writes here under an actor of its own.
    signed_in: bool,
    /// Its bytes cannot be read. Rows for it are kept until they can.
    shut: bool,
    /// It was read at a state that this tab does not show yet: another tab wrote, and nobody said so.
    pub(crate) behind: bool,
}

impl Loaded {
    /// A document that nobody has stored yet.
    pub(crate) fn blank(tag: Tag) -> Self {
        Self::new(tag, document::blank())
    }

    /// A document that was just made in this tab, under its own actor.
    pub(crate) fn made(tag: Tag, automerge: Automerge) -> Self {
        Self { signed_in: true, ..Self::new(tag, automerge) }
    }

    fn new(tag: Tag, automerge: Automerge) -> Self {
        Self {
            tag,
            automerge,
            state: DocState::default(),
            stored: None,
            rows: Vec::new(),
            kept: BTreeMap::new(),
            changes: BTreeSet::new(),
            snapshots: BTreeSet::new(),
            signed_in: false,
            shut: false,
            behind: false,
        }
    }

    /// Reads a document strictly; `None` if nothing is stored under the tag.
    pub(crate) async fn read(storage: &impl Storage, tag: Tag) -> Result<Option<Self>, LoadError> {
        let key = tag.to_string();
        let mut stored = storage.get(Table::Documents, &key).await?;
        for _ in 0..MAX_READS {
            let Some(bytes) = stored else { return Ok(None) };
            let state: DocState = codec::decode(&bytes).map_err(|error| damaged(tag, &error))?;
            let entries = storage.scan(Table::Bytes, &keys::of(tag)).await?;
            let assembled = Self::assemble(tag, state, entries);
            match assembled {
                Ok(mut loaded) => {
                    loaded.stored = Some(bytes);
                    return Ok(Some(loaded));
                }
                Err(error) => {
                    // Two reads are two transactions: between them another tab may have written.
                    let again = storage.get(Table::Documents, &key).await?;
                    if again.as_ref() == Some(&bytes) {
                        return Err(error);
                    }
                    stored = again;
                }
            }
        }
        Err(LoadError::Storage(StorageError::Conflict))
    }

    /// Reads the state of a document whose bytes cannot be read, so that its rows at least are
    /// kept.
    pub(crate) async fn read_shut(
        storage: &impl Storage,
        tag: Tag,
    ) -> Result<Option<Self>, LoadError> {
        let Some(bytes) = storage.get(Table::Documents, &tag.to_string()).await? else {
            return Ok(None);
        };
        let state = codec::decode(&bytes).map_err(|error| damaged(tag, &error))?;
        Ok(Some(Self { state, stored: Some(bytes), shut: true, ..Self::blank(tag) }))
    }

    fn assemble(
        tag: Tag,
        state: DocState,
        entries: Vec<(String, Vec<u8>)>,
    ) -> Result<Self, LoadError> {
        let mut loaded = Self::blank(tag);
        let mut tail = Vec::new();
        for (key, bytes) in entries {
            let mut parts = key.split('/').skip(1);
            match (parts.next(), parts.next().and_then(|hash| hash.parse::<Hash>().ok())) {
                (Some("snapshot"), Some(_)) => {
                    let mut snapshot =
                        document::load(&bytes).map_err(|error| damaged(tag, &error))?;
                    if loaded.snapshots.is_empty() {
                        loaded.automerge = snapshot;
                    } else {
                        loaded
                            .automerge
                            .merge(&mut snapshot)
                            .map_err(|error| damaged(tag, &error))?;
                    }
                    loaded.snapshots.insert(key);
                }
                (Some("change"), Some(hash)) => {
                    let change = Change::from_bytes(bytes).map_err(|error| damaged(tag, &error))?;
                    if change.hash().0 != hash.0 {
                        return Err(damaged(tag, &"a change is not the one that its key names"));
                    }
                    loaded.changes.insert(change.hash());
                    tail.push(change);
                }
                (Some("row"), Some(hash)) => {
                    let row = codec::decode(&bytes).map_err(|error| damaged(tag, &error))?;
                    loaded.kept.insert(hash, row);
                }
                _ => return Err(damaged(tag, &"an entry of an unknown kind")),
            }
        }
        loaded.automerge.apply_changes(tail).map_err(|error| damaged(tag, &error))?;
        if loaded.automerge.get_heads() != state.heads.as_slice() {
            return Err(damaged(tag, &"its changes do not lead to its heads"));
        }
        loaded.state = state;
        loaded.list();
        Ok(loaded)
    }

    /// Reads all rows from the document.
    pub(crate) fn list(&mut self) {
        self.rows = document::all(&self.automerge);
        model::sort(&mut self.rows);
    }

    /// Reads all rows again; gives the records that read differently.
    pub(crate) fn list_again(&mut self) -> Vec<RecordKey> {
        let before = std::mem::take(&mut self.rows);
        self.list();
        differing(&before, &self.rows)
    }

    /// Reads one row from the document again; says whether it reads differently.
    pub(crate) fn list_one(&mut self, key: RecordKey) -> bool {
        let place = self.rows.binary_search_by_key(&key, Row::key);
        match (place, document::row(&self.automerge, key)) {
            (Ok(place), Some(row)) => match self.rows.get_mut(place) {
                Some(old) if *old != row => *old = row,
                _ => return false,
            },
            (Err(place), Some(row)) => self.rows.insert(place, row),
            (Ok(place), None) => drop(self.rows.remove(place)),
            (Err(_), None) => return false,
        }
        true
    }

    /// Every record that it holds.
    pub(crate) fn keys(&self) -> Vec<RecordKey> {
        self.rows.iter().map(Row::key).collect()
    }

    /// Whose document it is, once its first change has arrived.
    pub(crate) fn document(&self) -> Option<DocumentId> {
        self.state.document
    }

    /// From here on this tab writes as `member`: under the actor that it had here before this
    /// document was last read, if all of that actor's changes are in, else under a fresh random
    /// one.
    pub(crate) fn sign_in(
        &mut self,
        member: MemberId,
        before: Option<&Signature>,
        rng: &mut impl CryptoRng,
    ) {
        if std::mem::replace(&mut self.signed_in, true) {
            return;
        }
        match before.filter(|before| self.has(&before.last)) {
            Some(before) => {
                // In this order: naming an author draws a new actor.
                self.automerge.set_author(Some(Author::from(member.to_vec())));
                self.automerge.set_actor(before.actor.clone());
            }
            None => document::sign_in(&mut self.automerge, member, rng),
        }
    }

    /// Under which actor this tab wrote its last change here.
    pub(crate) fn signature(&self, last: ChangeHash) -> Signature {
        Signature { actor: self.automerge.get_actor().clone(), last }
    }

    /// Whether its bytes cannot be read.
    pub(crate) fn is_shut(&self) -> bool {
        self.shut
    }

    /// About how much memory it takes, in records and single changes.
    pub(crate) fn weight(&self) -> usize {
        let changes = usize::try_from(self.state.changes).unwrap_or(usize::MAX);
        1 + self.rows.len().max(changes)
    }

    /// Whether the change is applied.
    pub(crate) fn has(&self, hash: &ChangeHash) -> bool {
        self.automerge.get_change_meta_by_hash(hash).is_some()
    }

    /// Puts a new change beside the document's other bytes.
    pub(crate) fn keep_change(&mut self, batch: &mut Batch, hash: ChangeHash, raw: Vec<u8>) {
        if self.changes.insert(hash) {
            batch.put(Table::Bytes, keys::change(self.tag, &hash), raw);
        }
    }

    /// Puts the bytes of a snapshot that this document was read from beside its other bytes.
    pub(crate) fn keep_snapshot(
        &mut self,
        batch: &mut Batch,
        heads: &[ChangeHash],
        bytes: Vec<u8>,
    ) {
        let key = keys::snapshot(self.tag, heads);
        self.snapshots.insert(key.clone());
        batch.put(Table::Bytes, key, bytes);
    }

    /// Replaces single changes and older snapshots by one snapshot of the document as it is. Only
    /// what is found inside the snapshot, after reading it back strictly, goes.
    pub(crate) fn fold(&mut self, batch: &mut Batch) -> Result<(), LoadError> {
        let tag = self.tag;
        let bytes = self.automerge.save();
        let again = document::load(&bytes).map_err(|error| damaged(tag, &error))?;
        let heads = self.automerge.get_heads();
        if again.get_heads() != heads {
            return Err(damaged(tag, &"a snapshot does not read back as it was written"));
        }
        let inside = |hash: &ChangeHash| again.get_change_meta_by_hash(hash).is_some();
        let covered: Vec<ChangeHash> =
            self.changes.iter().filter(|hash| inside(hash)).copied().collect();
        for hash in covered {
            self.changes.remove(&hash);
            batch.delete(Table::Bytes, keys::change(tag, &hash));
        }
        let key = keys::snapshot(tag, &heads);
        // An older snapshot was read into this document, so all its changes are inside.
        for old in std::mem::take(&mut self.snapshots) {
            if old != key {
                batch.delete(Table::Bytes, old);
            }
        }
        self.snapshots.insert(key.clone());
        batch.put(Table::Bytes, key, bytes);
        Ok(())
    }

    /// Brings the state up to date with the document and puts it. Gives its bytes for when the
    /// batch is durable, and the hot entry too if this tab shows an older one.
    pub(crate) fn seal_state(
        &mut self,
        batch: &mut Batch,
        life: Option<LogId>,
        held: Held,
    ) -> Sealed {
        let state = &mut self.state;
        state.version += 1;
        state.document = document::home(&self.automerge);
        state.heads = self.automerge.get_heads().into();
        state.changes = held.changes;
        state.life = life;
        state.unsynced = held.unsynced;
        state.relay_heads = held.heads.into();
        state.min_writer = document::min_writer(&self.automerge);
        state.tail = u32::try_from(self.changes.len()).unwrap_or(u32::MAX);

        let bytes = codec::encode(state);
        self.expect(batch);
        batch.put(Table::Documents, self.tag.to_string(), bytes.clone());
        let hot = self.behind.then(|| self.put_entries(batch));
        Sealed { state: bytes, hot }
    }

    /// The same, with both entries of the read model.
    pub(crate) fn seal(&mut self, batch: &mut Batch, life: Option<LogId>, held: Held) -> Sealed {
        self.behind = false;
        let sealed = self.seal_state(batch, life, held);
        Sealed { hot: Some(self.put_entries(batch)), ..sealed }
    }

    /// Puts the state alone, of a document whose bytes cannot be read.
    pub(crate) fn seal_shut(&mut self, batch: &mut Batch) -> Sealed {
        self.state.version += 1;
        let bytes = codec::encode(&self.state);
        self.expect(batch);
        batch.put(Table::Documents, self.tag.to_string(), bytes.clone());
        Sealed { state: bytes, hot: None }
    }

    /// Puts both entries of the read model, and gives the hot one.
    pub(crate) fn put_entries(&self, batch: &mut Batch) -> Vec<u8> {
        let key = self.tag.to_string();
        let hot = model::project_hot(self.state.document, &self.rows);
        let rows = model::project_rows(self.state.document, &self.rows);
        batch.put(Table::Hot, key.clone(), hot.clone());
        batch.put(Table::Rows, key, rows);
        hot
    }

    /// The batch fails if the document is no longer at the state that it was loaded at.
    pub(crate) fn expect(&self, batch: &mut Batch) {
        batch.expect(Table::Documents, self.tag.to_string(), self.stored.clone());
    }
}

/// What a document looks like once its batch is durable.
#[derive(Debug, Default)]
pub(crate) struct Sealed {
    pub(crate) state: Vec<u8>,
    /// The hot entry, where it was written too.
    pub(crate) hot: Option<Vec<u8>>,
}

pub(crate) fn damaged(tag: Tag, reason: &dyn std::fmt::Display) -> LoadError {
    LoadError::Damaged { tag, reason: reason.to_string() }
}

impl From<Unreadable> for StorageError {
    fn from(error: Unreadable) -> Self {
        Self::Failed(error.to_string())
    }
}

/// The records that are not the same in two sorted lists of rows.
fn differing(before: &[Row], after: &[Row]) -> Vec<RecordKey> {
    let lacks = |rows: &[Row], row: &Row| {
        let place = rows.binary_search_by_key(&row.key(), Row::key);
        place.ok().and_then(|place| rows.get(place)) != Some(row)
    };
    let mut keys: Vec<RecordKey> =
        before.iter().filter(|row| lacks(after, row)).map(Row::key).collect();
    keys.extend(after.iter().filter(|row| lacks(before, row)).map(Row::key));
    keys.sort_unstable();
    keys.dedup();
    keys
}
