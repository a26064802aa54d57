//! The way in for what people do here: one change for each document, one strict transaction, and
//! only then it counts as saved.

use std::collections::{BTreeMap, BTreeSet};

use automerge::ChangeHash;
use handbook::{DocumentId, Op, Record, RecordKey, Stamp, document, records::Client};
use replica::check::{self, Rejected};
use replica::outbox;
use wire::{MemberId, RowKind, Tag};

use crate::device::{Changed, Device};
use crate::held;
use crate::loaded::{LoadError, Loaded, Sealed};
use crate::number::Counters;
use crate::storage::{Batch, Storage, StorageError, Vault};

/// How often a write is done again because other tabs wrote first. Each time one of them made
/// progress.
pub(crate) const MAX_ATTEMPTS: usize = 32;

/// What one command does to one document.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The document. A client's document that is not here is made; the steps must then create its
    /// client record.
    pub document: DocumentId,
    /// The steps.
    pub ops: Vec<Op>,
    /// Under whose name, when and in which command.
    pub stamp: Stamp,
}

/// What was written, durably.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// What reads differently now; empty if the command changed nothing.
    pub changed: Changed,
}

/// Why nothing was written. In every case nothing of the command is stored.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The storage failed; on [`StorageError::Full`] stop taking edits and offer an export.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The document cannot be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The document is not here, and is none that an edit could make.
    #[error("there is no document {0} on this device")]
    NoDocument(DocumentId),
    /// This device may read only, or was removed, or has not joined yet.
    #[error("this device may not write in this workspace")]
    NotAllowed,
    /// The handbook does not accept it; on `Newer` the app must be updated to edit here.
    #[error(transparent)]
    Content(#[from] document::WriteError),
    /// Other devices would refuse the change: on [`Rejected::TooLarge`] do it in smaller parts,
    /// anything else is a defect.
    #[error("other devices would refuse this: {0}")]
    Rejected(#[from] Rejected),
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// Does a command in one document. After `Ok` it is durable.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub async fn write(
        &self,
        document: DocumentId,
        ops: Vec<Op>,
        stamp: Stamp,
    ) -> Result<Written, WriteError> {
        self.write_many(vec![Edit { document, ops, stamp }]).await
    }

    /// Does several commands in one transaction: all of them or none. An import takes some fifty
    /// documents at a time.
    ///
    /// # Errors
    /// See [`WriteError`]. After [`StorageError::Unknown`] call [`Device::refresh`] with no tags.
    pub async fn write_many(&self, edits: Vec<Edit>) -> Result<Written, WriteError> {
        self.write_beside(edits, &Batch::new()).await
    }

    /// The same, with what else is to be stored in that transaction. It must be no part of a document.
    pub(crate) async fn write_beside(
        &self,
        edits: Vec<Edit>,
        beside: &Batch,
    ) -> Result<Written, WriteError> {
        let _turn = self.turn.take().await;
        let mut changed = Changed::default();
        let mut failure = StorageError::Conflict;
        for _ in 0..MAX_ATTEMPTS {
            let Draft { mut batch, documents } = self.draft(&edits).await?;
            if documents.is_empty() {
                return Ok(Written { changed });
            }
            batch.put.extend(beside.put.iter().cloned());
            failure = match self.storage.commit(batch).await {
                Ok(()) => {
                    changed.extend(self.install_drafts(documents));
                    return Ok(Written { changed });
                }
                Err(error) => error,
            };
            let tags: Vec<Tag> = documents.iter().map(|drafted| drafted.loaded.tag).collect();
            match &failure {
                StorageError::Conflict => changed.extend(self.refresh_tags(&tags).await?),
                StorageError::Unknown(_) => {
                    self.forget_signatures(&tags);
                    // Whatever happened is settled by now and can be read.
                    let kept = self.is_kept(&documents).await.map_err(|_| failure.clone())?;
                    changed.extend(self.refresh_tags(&tags).await.map_err(|_| failure.clone())?);
                    if kept {
                        return Ok(Written { changed });
                    }
                }
                _ => {
                    self.forget_signatures(&tags);
                    return Err(failure.into());
                }
            }
        }
        Err(failure.into())
    }

    /// Does the commands in memory, on documents taken out of the cache.
    async fn draft(&self, edits: &[Edit]) -> Result<Draft, WriteError> {
        let (member, ordinal) = self.may_write().ok_or(WriteError::NotAllowed)?;
        let mut counters = Counters::default();
        let mut drafts: BTreeMap<DocumentId, Drafted> = BTreeMap::new();
        let mut batch = Batch::new();
        for Edit { document, ops, stamp } in edits {
            let stamp = Stamp { member: member.0, ..stamp.clone() };
            let ops = counters.number(&self.storage, ops, stamp.at, ordinal).await?;
            let mut draft = match drafts.remove(document) {
                Some(draft) => draft,
                None => Drafted::of(self.take_document(*document).await?),
            };
            self.write_one(&mut draft, *document, &ops, &stamp, &mut batch)?;
            drafts.insert(*document, draft);
        }

        let life = self.life();
        let mut documents = Vec::new();
        for mut draft in drafts.into_values() {
            if draft.hashes.is_empty() {
                self.cache.borrow_mut().put(draft.loaded);
                continue;
            }
            let held = held::after_own(&draft.loaded.state, life, draft.hashes.len() as u64);
            draft.sealed = draft.loaded.seal(&mut batch, life, held);
            documents.push(draft);
        }
        if !documents.is_empty() {
            counters.put(&mut batch);
        }
        Ok(Draft { batch, documents })
    }

    /// Does one command on a draft, and puts its change.
    fn write_one(
        &self,
        draft: &mut Drafted,
        document: DocumentId,
        ops: &[Op],
        stamp: &Stamp,
        batch: &mut Batch,
    ) -> Result<(), WriteError> {
        let mut rng = self.rng.borrow_mut();
        let loaded = &mut draft.loaded;
        let (before, raw) = if loaded.document().is_none() && draft.hashes.is_empty() {
            if !begins(document, ops) {
                return Err(WriteError::NoDocument(document));
            }
            let before = document::blank();
            let made = document::create(document, ops, stamp, &mut *rng)?;
            let raw = made.get_changes(&[]).into_iter().map(|change| change.raw_bytes().to_vec());
            let raw = raw.collect::<Vec<_>>();
            *loaded = Loaded::made(loaded.tag, made);
            (before, raw)
        } else {
            let signature = self.signatures.borrow().get(&loaded.tag).cloned();
            loaded.sign_in(stamp.member, signature.as_ref(), &mut *rng);
            let before = loaded.automerge.fork();
            let raw = document::write(&mut loaded.automerge, ops, stamp, &mut *rng)?;
            (before, raw.into_iter().collect())
        };
        drop(rng);

        for raw in raw {
            let change = check::parse(&raw)?;
            check::check(&before, &change)?;
            if !outbox::fits(&raw) {
                return Err(Rejected::TooLarge.into());
            }
            loaded.keep_change(batch, change.hash(), raw);
            draft.hashes.push(change.hash());
        }
        for key in ops.iter().map(Op::key) {
            loaded.list_one(key);
            draft.keys.insert(key);
        }
        if loaded.behind {
            draft.keys.extend(loaded.keys());
        }
        Ok(())
    }

    /// The document to write to; a blank one for a client's that is not here.
    async fn take_document(&self, document: DocumentId) -> Result<Loaded, WriteError> {
        let tag = self.index.borrow().tag(document);
        match (tag, document) {
            (Some(tag), _) => {
                if let Some(loaded) = self.take(tag).await? {
                    return Ok(loaded);
                }
                // Another tab has read that it goes on under another tag.
                let changed = self.refresh_tags(&[tag]).await?;
                self.unsaid.borrow_mut().extend(changed);
                let next = self.index.borrow().tag(document);
                let next = next.ok_or(WriteError::NoDocument(document))?;
                self.take(next).await?.ok_or(WriteError::NoDocument(document))
            }
            (None, DocumentId::Client(_)) => Ok(Loaded::blank(self.random_tag())),
            (None, DocumentId::Firm) => Err(WriteError::NoDocument(document)),
        }
    }

    /// As whom this device may write, and its ordinal in the roster.
    pub(crate) fn may_write(&self) -> Option<(MemberId, u16)> {
        let space = self.space.borrow();
        let roster = &space.state.place.as_ref()?.roster;
        let device = roster.active(&space.state.device)?;
        roster
            .may_append(&space.state.device, RowKind::Changes)
            .then_some((space.state.member, device.ordinal))
    }

    fn install_drafts(&self, drafts: Vec<Drafted>) -> Changed {
        let mut changed = Changed::default();
        for draft in drafts {
            let tag = draft.loaded.tag;
            if let Some(last) = draft.hashes.last() {
                self.signatures.borrow_mut().insert(tag, draft.loaded.signature(*last));
            }
            if let Some(document) = draft.loaded.document() {
                changed.records.extend(draft.keys.into_iter().map(|key| (document, key)));
            }
            changed.tags.push(tag);
            self.install(draft.loaded, draft.sealed);
        }
        changed
    }

    /// Whether the changes of these drafts are stored after all.
    async fn is_kept(&self, drafts: &[Drafted]) -> Result<bool, LoadError> {
        let Some(Drafted { loaded, hashes, .. }) = drafts.first() else { return Ok(true) };
        let stored = Loaded::read(&self.storage, loaded.tag).await?;
        Ok(stored.is_some_and(|stored| hashes.iter().all(|hash| stored.has(hash))))
    }

    /// Takes other actors from here on: nobody knows, or it need not be known, what became of the
    /// changes.
    fn forget_signatures(&self, tags: &[Tag]) {
        let mut signatures = self.signatures.borrow_mut();
        for tag in tags {
            signatures.remove(tag);
        }
    }
}

/// Whether these steps begin a document: a second one of a client that has not arrived yet would hide the first.
fn begins(document: DocumentId, ops: &[Op]) -> bool {
    let DocumentId::Client(client) = document else { return false };
    let own = RecordKey::new(Client::KIND, client);
    ops.iter().any(|op| matches!(op, Op::Create { key, .. } if *key == own))
}

/// Commands done in memory, and the batch that makes them durable.
struct Draft {
    batch: Batch,
    documents: Vec<Drafted>,
}

/// One document with its new changes.
struct Drafted {
    loaded: Loaded,
    hashes: Vec<ChangeHash>,
    keys: BTreeSet<RecordKey>,
    sealed: Sealed,
}

impl Drafted {
    fn of(loaded: Loaded) -> Self {
        Self { loaded, hashes: Vec::new(), keys: BTreeSet::new(), sealed: Sealed::default() }
    }
}
