//! A document goes on under another tag, without what was erased.
//!
//! The generation row is handled with the batch that it comes in ([`crate::closing`]): what this device
//! had written to the old document and the new one was made without is written to the new one
//! ([`handbook::document::carry`]), and everything under the old tag is deleted, in one transaction. What stays of it is [`Closed`]: which
//! changes were inside and where the new one begins, so that a relay that was restored to before can be
//! told again, and who has done the same.

use std::collections::BTreeMap;

use handbook::erasure::Erasure;
use handbook::{DocumentId, RecordKey};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use replica::{Inside, Step};
use wire::{DeviceKey, Hash, LogId, Millis, Seq, Tag};

use crate::apply::ApplyError;
use crate::codec::{self, Unreadable};
use crate::device::{Changed, Device};
use crate::doc_state::document_id;
use crate::erasing::Wish;
use crate::keys;
use crate::loaded::{LoadError, Loaded};
use crate::objects::ObjectState;
use crate::storage::{Batch, Storage, StorageError, Table, Vault};

/// Leads the hash from which the actors of a new document come.
const ACTOR: &[u8] = b"rapport/device/generation/1";

/// A tag that was closed, and where its document went on. Stored under `closed/<tag>`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Closed {
    /// Where it goes on.
    #[n(0)]
    pub(crate) to: Tag,
    #[cbor(n(1), with = "document_id")]
    pub(crate) document: Option<DocumentId>,
    /// See [`Step::encode`]: what another life of the log is told again.
    #[n(2)]
    step: ByteVec,
    /// The hash of the generation row.
    #[n(3)]
    pub(crate) generation: Hash,
    #[n(4)]
    pub(crate) seq: Seq,
    /// The life of the log that it lies in.
    #[n(5)]
    pub(crate) log: Option<LogId>,
    #[n(6)]
    pub(crate) by: DeviceKey,
    /// When the relay took it in.
    #[n(7)]
    pub(crate) at: Millis,
    /// The devices of the team at that row.
    #[n(8)]
    pub(crate) devices: Vec<DeviceKey>,
    /// When the relay took in each one's receipt.
    #[n(9)]
    pub(crate) receipts: BTreeMap<DeviceKey, Millis>,
}

impl Closed {
    pub(crate) fn of(row: &StepRow, life: Option<LogId>) -> Self {
        Self {
            to: row.to,
            document: None,
            step: row.step.encode().into(),
            generation: row.hash,
            seq: row.seq,
            log: life,
            by: row.by,
            at: row.at,
            devices: row.devices.clone(),
            receipts: BTreeMap::new(),
        }
    }

    /// Whether it is another way that the document took, before a restore: no row of this life of the log closed it, and
    /// nobody owes a word.
    pub(crate) fn is_aside(&self) -> bool {
        self.devices.is_empty()
    }

    /// The row that it was read from, as far as that is to be carried out once more.
    fn row(&self, tag: Tag) -> Result<StepRow, Unreadable> {
        Ok(StepRow {
            hash: self.generation,
            seq: self.seq,
            at: self.at,
            tag,
            to: self.to,
            step: self.step()?,
            by: self.by,
            devices: self.devices.clone(),
        })
    }

    /// Another way on.
    pub(crate) fn lead(&mut self, to: Tag, way: &Step) {
        self.to = to;
        self.step = way.encode().into();
    }

    pub(crate) fn step(&self) -> Result<Step, Unreadable> {
        Step::decode(&self.step).map_err(|_| Unreadable::because("a generation"))
    }
}

/// A generation row, as it was read.
#[derive(Clone, Debug)]
pub(crate) struct StepRow {
    pub(crate) hash: Hash,
    pub(crate) seq: Seq,
    pub(crate) at: Millis,
    pub(crate) tag: Tag,
    pub(crate) to: Tag,
    pub(crate) step: Step,
    pub(crate) by: DeviceKey,
    pub(crate) devices: Vec<DeviceKey>,
}

/// Somebody's word in a row of a closed tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReceiptRow {
    pub(crate) tag: Tag,
    pub(crate) of: Hash,
    pub(crate) by: DeviceKey,
    pub(crate) at: Millis,
}

/// What generations change besides documents, to be taken over once it is durable.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    /// Documents that are deleted.
    pub(crate) gone: Vec<Tag>,
    /// All closed tags, where anything about one changed.
    pub(crate) closed: Option<BTreeMap<Tag, Closed>>,
    /// All wishes, where one was fulfilled.
    pub(crate) wishes: Option<BTreeMap<DocumentId, Wish>>,
    /// Records that were in what is deleted.
    pub(crate) records: Vec<(DocumentId, RecordKey)>,
    /// What went, for the settings of this device.
    pub(crate) erased: Vec<Erasure>,
}

/// 16 bytes for each name, in a document under this tag.
pub(crate) fn actor_in(tag: Tag) -> impl Fn(&[u8]) -> [u8; 16] {
    move |name| {
        let hash = wire::hash(ACTOR, &[tag.as_ref(), name]);
        hash.0.first_chunk().copied().unwrap_or_default()
    }
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// Takes over what is stored about closed tags, and about erasures that wait.
    pub(crate) async fn recall_steps(&self) -> Result<(), StorageError> {
        let mut closed = BTreeMap::new();
        for (key, bytes) in self.storage.scan(Table::Local, keys::CLOSED).await? {
            let tag = key.strip_prefix(keys::CLOSED).and_then(|tag| tag.parse().ok());
            let tag = tag.ok_or_else(|| StorageError::Failed(format!("the key {key}")))?;
            closed.insert(tag, codec::decode(&bytes)?);
        }
        let mut wishes = BTreeMap::new();
        for (_, bytes) in self.storage.scan(Table::Local, keys::ERASING).await? {
            let wish: Wish = codec::decode(&bytes)?;
            if let Some(document) = wish.document {
                wishes.insert(document, wish);
            }
        }
        let mut index = self.index.borrow_mut();
        index.set_closed(closed);
        index.wishes = wishes;
        Ok(())
    }

    /// A document that is stored; one that cannot be read comes shut.
    pub(crate) async fn take_if_here(&self, tag: Tag) -> Result<Option<Loaded>, LoadError> {
        match self.take(tag).await {
            Err(LoadError::Damaged { .. }) => Loaded::read_shut(&self.storage, tag).await,
            taken => taken,
        }
    }

    /// Deletes everything under a tag, what is in this batch included.
    pub(crate) async fn delete_document(
        &self,
        loaded: &Loaded,
        batch: &mut Batch,
    ) -> Result<(), StorageError> {
        let (tag, key) = (loaded.tag, loaded.tag.to_string());
        let (all, whole) = (keys::of(tag), [Table::Documents, Table::Hot, Table::Rows]);
        let is_of = |table: Table, at: &str| match table {
            Table::Bytes => at.starts_with(&all),
            table => whole.contains(&table) && at == key,
        };
        batch.put.retain(|(table, at, _)| !is_of(*table, at));
        batch.delete.retain(|(table, at)| !is_of(*table, at));
        batch.expect.retain(|(table, at, _)| !is_of(*table, at));
        loaded.expect(batch);
        for (at, _) in self.storage.scan(Table::Bytes, &all).await? {
            batch.delete(Table::Bytes, at);
        }
        for table in whole {
            batch.delete(table, key.clone());
        }
        Ok(())
    }

    /// Deletes an object's bytes here, and notes that the relay is to do so.
    pub(crate) async fn delete_object(
        &self,
        address: &Hash,
        batch: &mut Batch,
    ) -> Result<(), StorageError> {
        let key = keys::object(address);
        if let Some(bytes) = self.storage.get(Table::Local, &key).await? {
            let state: ObjectState = codec::decode(&bytes)?;
            if !batch.delete.iter().any(|(_, deleted)| *deleted == key) {
                batch.expect(Table::Local, key.clone(), Some(bytes));
                batch.delete(Table::Local, key);
                state.delete_pieces(address, batch);
            }
        }
        let owed = keys::erased(address);
        if !batch.put.iter().any(|(_, put, _)| *put == owed) {
            batch.put(Table::Local, owed, codec::encode(&None::<LogId>));
        }
        Ok(())
    }

    /// See `close_late`.
    pub(crate) async fn close_late_now(&self) -> Result<Changed, ApplyError> {
        let _turn = self.turn.take().await;
        let mut changed = self.unsaid.take();
        match self.close_late().await {
            // A document that cannot be read keeps nobody from syncing the others.
            Err(ApplyError::Load(LoadError::Damaged { .. })) => {}
            done => changed.extend(done?),
        }
        Ok(changed)
    }

    /// Deletes first snapshots that a restored log has lost, and carries out generations whose new document was not here, or could not be read, when they were
    /// read. For whoever holds the turn.
    pub(crate) async fn close_late(&self) -> Result<Changed, ApplyError> {
        let life = self.life();
        let mut changed = Changed::default();
        let forgotten = self.index.borrow().forgotten(life);
        for tag in forgotten {
            let Some(loaded) = self.take_if_here(tag).await? else { continue };
            let mut batch = Batch::new();
            self.delete_document(&loaded, &mut batch).await?;
            match self.storage.commit(batch).await {
                Ok(()) => {
                    self.forget_document(tag);
                    changed.tags.push(tag);
                }
                Err(StorageError::Conflict) => changed.extend(self.refresh_all().await?),
                Err(error) => return Err(error.into()),
            }
        }
        let late = self.index.borrow().late(life);
        for (tag, known) in late {
            let mut batch = Batch::new();
            let mut open = BTreeMap::new();
            let row = known.row(tag).map_err(StorageError::from)?;
            let steps = self.close(&[row], &[], life, &mut open, &mut batch).await?;
            let mut documents = Vec::new();
            for touched in open.into_values() {
                documents.push(touched.finish(&mut batch)?);
            }
            match self.storage.commit(batch).await {
                Ok(()) => {
                    self.install_steps(steps, &mut changed);
                    for finished in documents {
                        self.install_finished(finished, &mut changed);
                    }
                }
                Err(StorageError::Conflict) => {
                    self.recall_steps().await?;
                    changed.extend(self.refresh_all().await?);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(changed)
    }

    /// Takes over what generations made durable.
    pub(crate) fn install_steps(&self, steps: Steps, changed: &mut Changed) {
        for tag in &steps.gone {
            self.forget_document(*tag);
        }
        let mut index = self.index.borrow_mut();
        if let Some(closed) = steps.closed {
            index.set_closed(closed);
        }
        if let Some(wishes) = steps.wishes {
            index.wishes = wishes;
        }
        changed.erased |= !steps.gone.is_empty();
        changed.tags.extend(steps.gone);
        changed.records.extend(steps.records);
    }

    /// Lets go of a document that is no longer stored.
    pub(crate) fn forget_document(&self, tag: Tag) {
        self.cache.borrow_mut().take(tag);
        self.signatures.borrow_mut().remove(&tag);
        self.index.borrow_mut().remove(tag);
    }
}

/// All changes of a document.
pub(crate) fn inside(document: &automerge::Automerge) -> Inside {
    document.get_changes_meta(&[]).iter().map(|change| change.hash.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is stored about a closed tag keeps its bytes: a device meets them again after years.
    #[test]
    fn a_closed_tag_is_stored_as_ever() {
        let step = Step {
            skeleton: [1; 32],
            first: vec![[2; 32]],
            inside: [[3; 32]].into_iter().collect(),
            subjects: vec!["contact/00".to_owned()],
            erased: vec!["contact/00".to_owned()],
            objects: vec![Hash([4; 32])],
        };
        let closed = Closed {
            to: Tag([5; 16]),
            document: Some(DocumentId::Firm),
            step: step.encode().into(),
            generation: Hash([6; 32]),
            seq: 7,
            log: Some(LogId([8; 16])),
            by: DeviceKey([9; 32]),
            at: 10,
            devices: vec![DeviceKey([9; 32])],
            receipts: BTreeMap::from([(DeviceKey([9; 32]), 11)]),
        };
        let bytes = codec::encode(&closed);
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/closed.hex");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(golden, &hex).unwrap();
        }
        assert_eq!(hex, std::fs::read_to_string(golden).unwrap());
        assert_eq!(codec::decode::<Closed>(&bytes).ok(), Some(closed.clone()));
        assert_eq!(closed.step().ok(), Some(step));
    }
}
