//! Erasing what is held about a person, on every device and at the relay.
//!
//! [`Device::erase`] stores the wish. The engine carries it out when everything that others did is here:
//! it makes the document anew without them, appends its first snapshot under a new tag, and then the
//! generation that closes the old one ([`Device::task`]). Every device that reads that deletes what it
//! holds and says so; [`Device::erasures`] is the list of both.

use std::collections::BTreeSet;

use automerge::{Automerge, ReadDoc};
use handbook::document::{self, Begun};
use handbook::erasure::{Erasure, Passage};
use handbook::kind::SCHEMA;
use handbook::{DocumentId, Moment, RecordKey, Row, Stamp};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use replica::{Snapshot, Step, Task, check};
use uuid::Uuid;
use wire::{Begins, DeviceKey, Hash, LogId, MemberId, Millis, Role, RowKind, Tag};

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

/// Why no erasure begins. Nothing is changed.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// Only owners erase.
    #[error("only an owner of this workspace erases what is held about a person")]
    NotAllowed,
    /// There is no such record on this device.
    #[error("there is no {0} on this device, so there is nothing to erase")]
    Missing(RecordKey),
    /// Rows of the document wait or were set aside: what they hold could neither be looked through nor
    /// carried on.
    #[error(
        "some changes of this client could not be read on this device yet, so nothing was erased: wait \
         until everything is here, or update the app, and try again"
    )]
    Troubled,
    /// An erasure in this document is under way.
    #[error("an erasure of this client is still under way; begin the next when it is done")]
    UnderWay,
    /// What would be left of the document does not fit the row with which it would begin again.
    #[error("what is left of this client is too large to begin again with, so nothing was erased")]
    TooLarge,
    /// It has begun: the relay may know of it.
    #[error("this erasure has begun already, so it cannot be taken back")]
    Begun,
    /// A newer version of the app has written there.
    #[error("a newer version of the app has written here: update it to erase")]
    Update,
    /// The document cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
}

impl From<StorageError> for EraseError {
    fn from(error: StorageError) -> Self {
        Self::Load(error.into())
    }
}

/// What an erasure would do, for the person to read before.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Records that go whole, the person's own first.
    pub records: Vec<Row>,
    /// Records that stay, without the person: links to them, and their name, addresses and numbers.
    pub touched: Vec<Row>,
    /// What is cut out of those.
    pub passages: Vec<Passage>,
}

/// One erasure, and who has carried it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureState {
    /// Where.
    pub document: DocumentId,
    /// Whose records were to be erased.
    pub subjects: Vec<RecordKey>,
    /// How many records went; 0 as long as it has not begun.
    pub records: usize,
    /// Who carried it through to the relay, and when the relay closed the old document and dropped what
    /// it held of it; `None` while it waits here for a connection, or for others' changes.
    pub begun: Option<(DeviceKey, Millis)>,
    /// Whether [`Device::withdraw`] still takes it back.
    pub withdrawable: bool,
    /// Every device that belonged to the team then, in the order of their keys.
    pub devices: Vec<(DeviceKey, Confirmation)>,
}

/// Whether a device has carried out an erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// It has not said so yet.
    Waiting,
    /// It has deleted what it held. When the relay took in its word.
    Done(Millis),
    /// It was removed from the team before it could say so: what it held it keeps, unless it was wiped.
    Gone,
    /// The log was restored to before its word, and has nothing of the old document any more. Should it
    /// bring that again, it is told again.
    Lost,
}

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
    began: Option<Began>,
}

/// A document that was made anew and stored, and is named by no generation yet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
struct Began {
    #[n(0)]
    old: Tag,
    #[n(1)]
    new: Tag,
    #[n(2)]
    step: ByteVec,
}

impl Wish {
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

    fn shares_with(&self, other: &Self) -> bool {
        self.subjects.iter().any(|key| other.subjects.contains(key))
    }

    fn keys(&self) -> Vec<RecordKey> {
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
    /// What [`Device::erase`] would do; empty for records that are not here. People are contacts.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn erasure(
        &self,
        documents: &[DocumentId],
        subjects: &[RecordKey],
    ) -> Result<Preview, LoadError> {
        let (mut rows, mut known) = (Vec::new(), None::<Erasure>);
        for document in documents {
            rows.extend(self.rows(*document).await?);
            let found = self.with(*document, |it, _| document::erasure(it, subjects)).await?;
            known = match (known, found) {
                (Some(known), Some(found)) => Some(known.and(&found)),
                (known, found) => known.or(found),
            };
        }
        let here = rows.iter().any(|row| subjects.contains(&row.key()));
        let Some(erasure) = known.filter(|_| here) else { return Ok(Preview::default()) };
        let touched = erasure.touched(&rows).cloned().collect();
        let passages = erasure.passages(&rows);
        rows.retain(|row| erasure.takes(&row.key().to_string()));
        rows.sort_by_key(|row| !subjects.contains(&row.key()));
        Ok(Preview { records: rows, touched, passages })
    }

    /// Erases people's records, and what hangs on them or names them, in documents that are read as one:
    /// their record lies in one of them. From every device and from the relay. After
    /// `Ok` the wish is durable; hand the engine [`crate::sync::LinkEvent::Dirty`], which carries it out as soon as
    /// it can, and tell the other tabs. It can be taken back while it is [`ErasureState::withdrawable`].
    ///
    /// # Errors
    /// See [`EraseError`].
    pub async fn erase(
        &self,
        documents: &[DocumentId],
        subjects: &[RecordKey],
        stamp: Stamp,
    ) -> Result<(), EraseError> {
        if self.role() != Some(Role::Owner) {
            return Err(EraseError::NotAllowed);
        }
        let Some(first) = subjects.first() else { return Ok(()) };
        let mut here = Vec::new();
        for document in documents {
            here.extend(self.rows(*document).await?.iter().map(Row::key));
        }
        if let Some(key) = subjects.iter().find(|key| !here.contains(key)) {
            return Err(EraseError::Missing(*key));
        }
        let _turn = self.turn.take().await;
        let mut batch = Batch::new();
        let mut wishes = Vec::new();
        for document in documents {
            let tag = self.may_begin(*document, *first)?;
            let wish = Wish {
                document: Some(*document),
                subjects: subjects.iter().map(RecordKey::to_string).collect(),
                member: self.member().0.into(),
                at_ms: stamp.at.ms,
                offset_min: stamp.at.offset_min,
                command: (*stamp.command.as_bytes()).into(),
                began: None,
            };
            let loaded = self.take_readable(tag).await?.ok_or(EraseError::Troubled)?;
            let made = self.make(&loaded, &wish, tag).await;
            self.cache.borrow_mut().put(loaded);
            if !fits(&made?.begun.document) {
                return Err(EraseError::TooLarge);
            }
            let key = keys::erasing(*document);
            batch.expect(Table::Local, key.clone(), None);
            batch.put(Table::Local, key, codec::encode(&wish));
            wishes.push((*document, wish));
        }
        match self.storage.commit(batch).await {
            Ok(()) => {
                self.index.borrow_mut().wishes.extend(wishes);
                Ok(())
            }
            Err(StorageError::Conflict) => {
                self.recall_steps().await?;
                Err(EraseError::UnderWay)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Whether an erasure can begin in a document.
    fn may_begin(&self, document: DocumentId, subject: RecordKey) -> Result<Tag, EraseError> {
        let index = self.index.borrow();
        let tag = index.tag(document).ok_or(EraseError::Missing(subject))?;
        let state = index.state(tag).ok_or(EraseError::Missing(subject))?;
        if !state.is_clean() {
            return Err(EraseError::Troubled);
        }
        if state.min_writer > SCHEMA {
            return Err(EraseError::Update);
        }
        if index.wishes.contains_key(&document) {
            return Err(EraseError::UnderWay);
        }
        Ok(tag)
    }

    /// Takes back an erasure of which nothing was made yet, in all the documents that it was asked for in:
    /// it is known to this device alone.
    ///
    /// # Errors
    /// [`EraseError::Begun`] if it is too late in one of them, or what the storage says.
    pub async fn withdraw(&self, documents: &[DocumentId]) -> Result<(), EraseError> {
        let _turn = self.turn.take().await;
        self.recall_steps().await?;
        let waiting: Vec<(DocumentId, Wish)> = {
            let index = self.index.borrow();
            let wish =
                |document: &DocumentId| Some((*document, index.wishes.get(document)?.clone()));
            documents.iter().filter_map(wish).collect()
        };
        if waiting.is_empty() || waiting.iter().any(|(_, wish)| wish.began.is_some()) {
            return Err(EraseError::Begun);
        }
        let mut batch = Batch::new();
        for (document, wish) in &waiting {
            let key = keys::erasing(*document);
            batch.expect(Table::Local, key.clone(), Some(codec::encode(wish)));
            batch.delete(Table::Local, key);
        }
        match self.storage.commit(batch).await {
            Ok(()) => {
                let gone = waiting.iter().map(|(document, _)| *document).collect::<Vec<_>>();
                self.index.borrow_mut().wishes.retain(|document, _| !gone.contains(document));
                Ok(())
            }
            // Another tab has begun it in this moment.
            Err(StorageError::Conflict) => Err(EraseError::Begun),
            Err(error) => Err(error.into()),
        }
    }

    /// All erasures that this device knows of: those that wait first, then the latest first.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn erasures(&self) -> Result<Vec<ErasureState>, StorageError> {
        let _turn = self.turn.take().await;
        self.recall_steps().await?;
        let index = self.index.borrow();
        let mut all: Vec<ErasureState> = index
            .wishes
            .iter()
            .map(|(document, wish)| ErasureState {
                document: *document,
                subjects: wish.keys(),
                records: 0,
                begun: None,
                withdrawable: wish.began.is_none(),
                devices: Vec::new(),
            })
            .collect();
        // Of another way that a document took, before a restore, nobody owes a word.
        let mut closed: Vec<_> =
            index.closed().iter().filter(|(_, closed)| !closed.devices.is_empty()).collect();
        closed.sort_by_key(|(_, closed)| std::cmp::Reverse((closed.at, closed.seq)));
        for (tag, closed) in closed {
            let (Some(document), step) = (closed.document, closed.step()?) else { continue };
            all.push(ErasureState {
                document,
                subjects: step.subjects.iter().filter_map(|key| RecordKey::parse(key)).collect(),
                records: step.erased.len(),
                begun: Some((closed.by, closed.at)),
                withdrawable: false,
                devices: closed
                    .devices
                    .iter()
                    .map(|key| (*key, self.confirmed(*tag, closed, key)))
                    .collect(),
            });
        }
        Ok(all)
    }

    fn confirmed(&self, tag: Tag, closed: &Closed, device: &DeviceKey) -> Confirmation {
        let space = self.space.borrow();
        let active = space.state.place.as_ref().and_then(|place| place.roster.active(device));
        match closed.receipts.get(device) {
            Some(at) => Confirmation::Done(*at),
            None if active.is_none() => Confirmation::Gone,
            None if closed.log != self.life() && self.index.borrow().state(tag).is_none() => {
                Confirmation::Lost
            }
            None => Confirmation::Waiting,
        }
    }

    /// Sealed objects that the relay is to erase: in this life of its log it has not been seen to. Hand each to
    /// [`crate::transfer::Transfer::erase`], and then to [`Device::object_is_erased`].
    ///
    /// # Errors
    /// What the storage says.
    pub async fn objects_to_erase(&self) -> Result<Vec<Hash>, StorageError> {
        let life = self.life();
        let mut owed = Vec::new();
        if self.may_write().is_none() {
            return Ok(owed);
        }
        for (key, bytes) in self.storage.scan(Table::Local, keys::ERASED).await? {
            let erased: Option<LogId> = codec::decode(&bytes)?;
            let address = key.strip_prefix(keys::ERASED).and_then(|text| text.parse().ok());
            let address: Hash =
                address.ok_or_else(|| StorageError::Failed(format!("the key {key}")))?;
            if (erased.is_none() || erased != life) && !self.attached().contains(&address) {
                owed.push(address);
            }
        }
        Ok(owed)
    }

    /// The relay has erased the object, in that life of its log.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn object_is_erased(
        &self,
        address: &Hash,
        life: Option<LogId>,
    ) -> Result<(), StorageError> {
        let mut batch = Batch::new();
        batch.put(Table::Local, keys::erased(address), codec::encode(&life));
        self.storage.commit(batch).await
    }

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
            return Ok(None);
        }
        for (tag, known) in &closed {
            if self.index.borrow().is_open_again(*tag, known, life)
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
    async fn make(&self, loaded: &Loaded, wish: &Wish, new: Tag) -> Result<Made, LoadError> {
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
    fn is_home_of(&self, document: DocumentId, wish: &Wish) -> bool {
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
    async fn take_readable(&self, tag: Tag) -> Result<Option<Loaded>, LoadError> {
        match self.take(tag).await {
            Err(LoadError::Damaged { .. }) => Ok(None),
            taken => taken,
        }
    }
}

/// A document made anew, and what the generation that names it says.
struct Made {
    begun: Begun,
    step: Step,
}

/// Whether others would take the document in as a first snapshot.
fn fits(document: &automerge::Automerge) -> bool {
    let document = document.save_nocompress();
    check::weigh(&document).is_ok()
        && replica::seal::fits(&Snapshot { refused: Vec::new(), document }.encode())
}
