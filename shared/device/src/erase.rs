//! Erasing what is held about a person, on every device and at the relay.
//!
//! [`Device::erase`] stores the wish. The engine carries it out when everything that others did is here:
//! it makes the document anew without them, appends its first snapshot under a new tag, and then the
//! generation that closes the old one ([`Device::task`]). Every device that reads that deletes what it
//! holds and says so; [`Device::erasures`] is the list of both.

use handbook::document;
use handbook::erasure::{Erasure, Passage};
use handbook::kind::SCHEMA;
use handbook::{DocumentId, RecordKey, Row, Stamp};
use wire::{DeviceKey, Millis, Role, Tag};

use crate::codec;
use crate::device::Device;
use crate::erasing::{Wish, fits};
use crate::generation::Closed;
use crate::keys;
use crate::loaded::LoadError;
use crate::storage::{Batch, Storage, StorageError, Table, Vault};

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
            let wish = Wish::new(*document, subjects, &stamp);
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

    /// Unmakes what was made for erasures that are not this device's to carry through any more: its person
    /// was an owner. They wait, and can be taken back. What lies in the log stays as it does everywhere.
    pub(crate) async fn lay_aside(&self) -> Result<(), LoadError> {
        let begun: Vec<(DocumentId, Wish)> = {
            let index = self.index.borrow();
            let begun = index.wishes.iter().filter(|(_, wish)| wish.began.is_some());
            begun.map(|(document, wish)| (*document, wish.clone())).collect()
        };
        for (document, wish) in begun {
            let Some(new) = wish.began.as_ref().map(|began| began.new) else { continue };
            let ours = self.index.borrow().state(new).is_some_and(|it| it.begun.is_none());
            let unmade = wish.clone().unmade();
            let key = keys::erasing(document);
            let mut batch = Batch::new();
            batch.expect(Table::Local, key.clone(), Some(codec::encode(&wish)));
            batch.put(Table::Local, key, codec::encode(&unmade));
            let made = if ours { self.take_if_here(new).await? } else { None };
            if let Some(made) = &made {
                self.delete_document(made, &mut batch).await?;
            }
            match self.storage.commit(batch).await {
                Ok(()) => {
                    self.index.borrow_mut().wishes.insert(document, unmade);
                    if made.is_some() {
                        self.forget_document(new);
                    }
                }
                // Another tab went on with it, and will be heard.
                Err(StorageError::Conflict) => {
                    self.recall_steps().await?;
                    let changed = self.refresh_all().await?;
                    self.unsaid.borrow_mut().extend(changed);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
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
            index.closed().iter().filter(|(_, closed)| !closed.is_aside()).collect();
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
}
