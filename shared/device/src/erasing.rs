//! Carrying an erasure through to the log, one row after another, and telling a log that was restored once
//! more.
//!
//! A wish is stored where it was made. Its document is made anew and stored beside the old one; the first
//! snapshot and then the generation are appended, each when nothing else is to be done. A crash on the way
//! costs nothing: what was stored tells how far it came.

use std::collections::BTreeSet;

use automerge::{Automerge, ReadDoc};
use handbook::document::{self, Begun};
use handbook::erasure::Erasure;
use handbook::kind::SCHEMA;
use handbook::{DocumentId, Moment, RecordKey, Stamp};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use replica::{Snapshot, Step, Task, check};
use uuid::Uuid;
use wire::{Begins, Hash, MemberId, RowKind, Tag};

use crate::codec;
use crate::device::Device;
use crate::doc_state::document_id;
use crate::edit::MAX_ATTEMPTS;
use crate::generation::{Closed, StepRow, actor_in, inside};
use crate::held;
use crate::keys;
use crate::loaded::{LoadError, Loaded};
use crate::storage::{Batch, Storage, StorageError, Table, Vault};

/// What the changes of a new document that nobody's edit lies behind were for.
const WHAT: &str = "erase";

/// An erasure that waits, stored under `erasing/<document>`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Wish {
    #[cbor(n(0), with = "document_id")]
    pub(crate) document: Option<DocumentId>,
    /// As kind/id.
    #[n(1)]
    subjects: Vec<String>,
    #[n(2)]
    member: ByteArray<16>,
    #[n(3)]
    at_ms: i64,
    #[n(4)]
    offset_min: i16,
    #[n(5)]
    command: ByteArray<16>,
    #[n(6)]
    pub(crate) began: Option<Began>,
}

/// A document that was made anew and stored, and is named by no generation yet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Began {
    #[n(0)]
    old: Tag,
    #[n(1)]
    pub(crate) new: Tag,
    #[n(2)]
    step: ByteVec,
}

impl Wish {
    /// What a person asked for.
    pub(crate) fn new(document: DocumentId, subjects: &[RecordKey], stamp: &Stamp) -> Self {
        Self {
            document: Some(document),
            subjects: subjects.iter().map(RecordKey::to_string).collect(),
            member: stamp.member.into(),
            at_ms: stamp.at.ms,
            offset_min: stamp.at.offset_min,
            command: (*stamp.command.as_bytes()).into(),
            began: None,
        }
    }

    /// What another way of the document had been rid of, and this row's has not.
    pub(crate) fn again(document: DocumentId, member: MemberId, row: &StepRow) -> Self {
        Self {
            document: Some(document),
            subjects: Vec::new(),
            member: member.0.into(),
            at_ms: i64::try_from(row.at).unwrap_or(i64::MAX),
            offset_min: 0,
            command: row.hash.0.first_chunk().copied().unwrap_or_default().into(),
            began: None,
        }
    }

    /// With more people; what was made without them was made in vain.
    pub(crate) fn with(mut self, subjects: Vec<String>) -> Self {
        self.subjects.extend(subjects);
        self.subjects.sort_unstable();
        self.subjects.dedup();
        self.unmade()
    }

    /// As if nothing had been made for it yet.
    pub(crate) fn unmade(self) -> Self {
        Self { began: None, ..self }
    }

    /// Whether nothing is left to do once these are erased.
    pub(crate) fn is_fulfilled_by(&self, erased: &BTreeSet<String>) -> bool {
        self.subjects.iter().all(|key| erased.contains(key))
    }

    /// Whether this is the document made anew that it is about.
    pub(crate) fn has_begun(&self, tag: Tag) -> bool {
        self.began.as_ref().is_some_and(|began| began.new == tag)
    }

    pub(crate) fn shares_with(&self, other: &Self) -> bool {
        self.subjects.iter().any(|key| other.subjects.contains(key))
    }

    pub(crate) fn keys(&self) -> Vec<RecordKey> {
        self.subjects.iter().filter_map(|key| RecordKey::parse(key)).collect()
    }

    fn stamp(&self) -> Stamp {
        Stamp {
            member: *self.member,
            at: Moment { ms: self.at_ms, offset_min: self.offset_min },
            command: Uuid::from_bytes(*self.command),
            batch: None,
            what: WHAT,
        }
    }
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// What is to be appended next for generations: a receipt, what a restored relay has forgotten, or
    /// the next part of an erasure; the last two on owners' devices only. Asked while nothing of others is missing here. For the generations in
    /// `said` the relay has this device's receipt.
    ///
    /// # Errors
    /// See [`LoadError`]. A document that cannot be read is passed over.
    pub async fn task(&self, said: &BTreeSet<Hash>) -> Result<Option<Task>, LoadError> {
        let _turn = self.turn.take().await;
        let life = self.life();
        let (me, closed, wishes) = {
            let index = self.index.borrow();
            (self.device(), index.closed().clone(), index.wishes.clone())
        };
        for (tag, known) in &closed {
            let done = self.index.borrow().state(*tag).is_none();
            let given = known.receipts.contains_key(&me) || said.contains(&known.generation);
            let owed = known.devices.contains(&me) && !given;
            if known.log == life && done && owed {
                return Ok(Some(Task::Receipt { tag: *tag, generation: known.generation }));
            }
        }
        if !self.may_go_on() {
            self.lay_aside().await?;
            return Ok(None);
        }
        for (tag, known) in &closed {
            // Who is there again on the way that this log knows goes first: this says that they are not there.
            let later = known.is_aside()
                && known.document.is_some_and(|document| wishes.contains_key(&document));
            if !later
                && self.index.borrow().is_open_again(*tag, known, life)
                && let Some(task) = self.again(*tag, known).await?
            {
                return Ok(Some(task));
            }
        }
        let wishes: Vec<_> = wishes.into_iter().collect();
        let named_elsewhere = |wish: &Wish, document: &DocumentId| {
            wishes.iter().any(|(other, it)| {
                other != document && it.shares_with(wish) && !self.is_home_of(*other, it)
            })
        };
        for (document, wish) in wishes.clone() {
            // What people are called says their record: where they are only named comes first.
            if self.is_home_of(document, &wish) && named_elsewhere(&wish, &document) {
                continue;
            }
            if let Some(task) = self.fulfil(document, wish).await? {
                return Ok(Some(task));
            }
        }
        Ok(None)
    }

    /// Whether generations are this device's to append.
    pub(crate) fn may_go_on(&self) -> bool {
        let space = self.space.borrow();
        let place = space.state.place.as_ref();
        place.is_some_and(|place| place.roster.may_append(&space.state.device, RowKind::Generation))
    }

    /// The log has forgotten that this tag was closed: it is told so again.
    async fn again(&self, tag: Tag, known: &Closed) -> Result<Option<Task>, LoadError> {
        let step = known.step().map_err(StorageError::from)?;
        self.name(tag, known.to, &step).await
    }

    /// The generation, if the first snapshot lies in the log; else that.
    async fn name(&self, old: Tag, new: Tag, step: &Step) -> Result<Option<Task>, LoadError> {
        let (clean, row) = {
            let index = self.index.borrow();
            let Some(state) = index.state(new) else { return Ok(None) };
            let row = state.begun.filter(|begun| begun.log == self.life()).map(|begun| begun.row);
            (state.is_clean() && index.state(old).is_some_and(|state| state.is_clean()), row)
        };
        if !clean {
            return Ok(None);
        }
        if let Some(snapshot) = row {
            let begins = Begins { tag: new, snapshot };
            return Ok(Some(Task::Close { tag: old, begins, step: step.clone() }));
        }
        let Some(loaded) = self.take_readable(new).await? else { return Ok(None) };
        let document = loaded.automerge.save_nocompress();
        let refused = loaded.state.refused.as_slice().iter().map(|hash| hash.0).collect();
        let hashes = loaded.automerge.get_changes_meta(&[]).iter().map(|it| it.hash.0).collect();
        self.cache.borrow_mut().put(loaded);
        let snapshot = Snapshot { refused, document };
        Ok(Some(Task::Begin { tag: new, after: old, snapshot, hashes }))
    }

    /// The next part of an erasure.
    async fn fulfil(&self, document: DocumentId, wish: Wish) -> Result<Option<Task>, LoadError> {
        let Some(old) = self.index.borrow().tag(document) else { return Ok(None) };
        if let Some(Began { new, step, .. }) = wish.began.as_ref().filter(|it| it.old == old) {
            let step = Step::decode(step)
                .map_err(|_| StorageError::Failed("an erasure that has begun".to_owned()))?;
            // What the relay has taken in since, the new document must hold as well.
            let whole = {
                let index = self.index.borrow();
                index.state(*new).is_some()
                    && index.state(old).is_some_and(|state| {
                        let heads = state.relay_heads_in(self.life());
                        heads.iter().all(|head| step.inside.contains(&head.0))
                    })
            };
            if whole {
                return self.name(old, *new, &step).await;
            }
        }
        match self.begin_again(document, old, wish).await? {
            Some((new, step)) => self.name(old, new, &step).await,
            None => Ok(None),
        }
    }

    /// Makes the document anew.
    pub(crate) async fn make(
        &self,
        loaded: &Loaded,
        wish: &Wish,
        new: Tag,
    ) -> Result<Made, LoadError> {
        let erasure = self.erasure_in(loaded, &wish.keys(), document::erasure).await?;
        let erasure = erasure.with(wish.subjects.iter().map(String::as_str));
        let stamp = wish.stamp();
        let begun = document::begin_again(&loaded.automerge, &erasure, &stamp, actor_in(new));
        let begun = begun.map_err(|error| {
            LoadError::Storage(StorageError::Failed(format!("an erasure: {error}")))
        })?;
        let objects = erasure.objects(&loaded.rows);
        let step = Step {
            skeleton: begun.skeleton.0,
            first: begun.first.iter().map(|hash| hash.0).collect(),
            inside: inside(&loaded.automerge),
            subjects: wish.subjects.clone(),
            erased: erasure.records().map(str::to_owned).collect(),
            objects: objects.iter().filter_map(|address| address.parse().ok()).collect(),
        };
        Ok(Made { begun, step })
    }

    /// Makes the document anew and stores it; `None` if this is not the moment.
    async fn begin_again(
        &self,
        document: DocumentId,
        old: Tag,
        wish: Wish,
    ) -> Result<Option<(Tag, Step)>, LoadError> {
        let mut failure = StorageError::Conflict;
        for _ in 0..MAX_ATTEMPTS {
            let Some(loaded) = self.take_readable(old).await? else { return Ok(None) };
            if !loaded.state.is_clean() || loaded.state.min_writer > SCHEMA {
                self.cache.borrow_mut().put(loaded);
                return Ok(None);
            }
            let new = self.random_tag();
            let made = self.make(&loaded, &wish, new).await;
            if !made.as_ref().is_ok_and(|made| fits(&made.begun.document)) {
                self.cache.borrow_mut().put(loaded);
                // It has grown since it was asked for, and can still be taken back.
                return made.map(|_| None);
            }
            let Made { begun: Begun { document: made, .. }, step } = made?;
            let mut batch = Batch::new();
            loaded.expect(&mut batch);
            self.cache.borrow_mut().put(loaded);
            // One that was made before may be on its way to the log. It goes with the old document.
            let mut fresh = Loaded::made(new, made);
            fresh.list();
            fresh.fold(&mut batch)?;
            fresh.state.after = Some(old);
            let changes = fresh.automerge.stats().num_changes;
            let life = self.life();
            let held = held::Held { heads: Vec::new(), unsynced: changes, changes };
            let sealed = fresh.seal(&mut batch, life, held);
            let began = Began { old, new, step: step.encode().into() };
            let next = Wish { began: Some(began), ..wish.clone() };
            let key = keys::erasing(document);
            batch.expect(Table::Local, key.clone(), Some(codec::encode(&wish)));
            batch.put(Table::Local, key, codec::encode(&next));
            match self.storage.commit(batch).await {
                Ok(()) => {
                    self.install(fresh, sealed);
                    self.index.borrow_mut().wishes.insert(document, next);
                    return Ok(Some((new, step)));
                }
                // Another tab was faster, or it did happen: the stored wish tells.
                Err(error @ (StorageError::Conflict | StorageError::Unknown(_))) => {
                    self.recall_steps().await?;
                    failure = error;
                    let others = self.index.borrow().wishes.get(&document) != Some(&wish);
                    let tags = [old];
                    let changed = if others {
                        self.refresh_all().await?
                    } else {
                        self.refresh_tags(&tags).await?
                    };
                    self.unsaid.borrow_mut().extend(changed);
                    if others {
                        return Ok(None);
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(failure.into())
    }

    /// Whether the record of somebody who is to go lies in this document.
    pub(crate) fn is_home_of(&self, document: DocumentId, wish: &Wish) -> bool {
        wish.keys().iter().any(|key| self.model.row(document, *key).is_some())
    }

    /// What goes with these records out of a document, as `of` finds it. Where some lie in others that are
    /// here, what goes with them there is known here as well: how people are called, above all.
    pub(crate) async fn erasure_in(
        &self,
        loaded: &Loaded,
        records: &[RecordKey],
        of: fn(&Automerge, &[RecordKey]) -> Erasure,
    ) -> Result<Erasure, LoadError> {
        let mut erasure = of(&loaded.automerge, records);
        let documents = self.model.documents();
        let is_home = |document: &DocumentId| {
            records.iter().any(|key| self.model.row(*document, *key).is_some())
        };
        for document in documents.into_iter().filter(is_home) {
            let tag = self.index.borrow().tag(document).filter(|tag| *tag != loaded.tag);
            let Some(tag) = tag else { continue };
            if let Some(home) = self.take_readable(tag).await? {
                erasure = erasure.and(&of(&home.automerge, records));
                self.cache.borrow_mut().put(home);
            }
        }
        Ok(erasure)
    }

    /// The document, unless it is not here or cannot be read.
    pub(crate) async fn take_readable(&self, tag: Tag) -> Result<Option<Loaded>, LoadError> {
        match self.take(tag).await {
            Err(LoadError::Damaged { .. }) => Ok(None),
            taken => taken,
        }
    }
}

/// A document made anew, and what the generation that names it says.
pub(crate) struct Made {
    pub(crate) begun: Begun,
    step: Step,
}

/// Whether others would take the document in as a first snapshot.
pub(crate) fn fits(document: &automerge::Automerge) -> bool {
    let document = document.save_nocompress();
    check::weigh(&document).is_ok()
        && replica::seal::fits(&Snapshot { refused: Vec::new(), document }.encode())
}
