//! A document goes on under another tag, without what was erased.
//!
//! The generation row is handled with the batch that it comes in: what this device had written to the
//! old document and the new one was made without is written to the new one ([`handbook::document::carry`]),
//! and everything under the old tag is deleted, in one transaction. What stays of it is [`Closed`]: which
//! changes were inside and where the new one begins, so that a relay that was restored to before can be
//! told again, and who has done the same.

use std::collections::BTreeMap;

use handbook::document::{self, Ground};
use handbook::erasure::Erasure;
use handbook::{DocumentId, RecordKey};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use replica::check;
use replica::{Inside, Step};
use wire::{Begins, DeviceKey, Hash, LogId, Millis, Seq, Tag};

use crate::apply::ApplyError;
use crate::codec::{self, Unreadable};
use crate::device::{Changed, Device};
use crate::doc_state::document_id;
use crate::erase::Wish;
use crate::keys;
use crate::loaded::{LoadError, Loaded, damaged};
use crate::objects::ObjectState;
use crate::storage::{Batch, Storage, StorageError, Table, Vault};
use crate::touched::Touched;

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
    fn of(row: &StepRow, life: Option<LogId>) -> Self {
        Self {
            to: row.begins.tag,
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

    /// The row that it was read from, as far as that is to be carried out once more.
    fn row(&self, tag: Tag) -> Result<StepRow, Unreadable> {
        Ok(StepRow {
            hash: self.generation,
            seq: self.seq,
            at: self.at,
            tag,
            begins: Begins { tag: self.to, snapshot: Hash::ZERO },
            step: self.step()?,
            by: self.by,
            devices: self.devices.clone(),
        })
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
    pub(crate) begins: Begins,
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

    /// Carries out the generations of a batch, on documents taken out of `open` or read.
    pub(crate) async fn close(
        &self,
        rows: &[StepRow],
        receipts: &[ReceiptRow],
        life: Option<LogId>,
        open: &mut BTreeMap<Tag, Touched>,
        batch: &mut Batch,
    ) -> Result<Steps, ApplyError> {
        let (mut closed, mut wishes) = {
            let index = self.index.borrow();
            (index.closed().clone(), index.wishes.clone())
        };
        let before = (closed.clone(), wishes.clone());
        let mut steps = Steps::default();
        for row in rows {
            self.close_one(row, life, open, batch, &mut closed, &mut wishes, &mut steps).await?;
        }
        self.forget_in_settings(&steps.erased, batch).await?;
        for ReceiptRow { tag, of, by, at } in receipts {
            if let Some(known) = closed.get_mut(tag).filter(|known| known.generation == *of) {
                known.receipts.entry(*by).or_insert(*at);
            }
        }
        for (tag, now) in &closed {
            let was = before.0.get(tag);
            if was != Some(now) {
                let key = keys::closed(*tag);
                batch.expect(Table::Local, key.clone(), was.map(codec::encode));
                batch.put(Table::Local, key, codec::encode(now));
            }
        }
        for (document, wish) in &before.1 {
            if !wishes.contains_key(document) {
                let key = keys::erasing(*document);
                batch.expect(Table::Local, key.clone(), Some(codec::encode(wish)));
                batch.delete(Table::Local, key);
            }
        }
        steps.closed = (closed != before.0).then_some(closed);
        steps.wishes = (wishes != before.1).then_some(wishes);
        Ok(steps)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one transaction")]
    async fn close_one(
        &self,
        row: &StepRow,
        life: Option<LogId>,
        open: &mut BTreeMap<Tag, Touched>,
        batch: &mut Batch,
        closed: &mut BTreeMap<Tag, Closed>,
        wishes: &mut BTreeMap<DocumentId, Wish>,
        steps: &mut Steps,
    ) -> Result<(), ApplyError> {
        let StepRow { tag, begins, step, .. } = row;
        // What was read again in the same life keeps its receipts.
        if closed.get(tag).is_none_or(|known| (known.generation, known.log) != (row.hash, life)) {
            closed.insert(*tag, Closed::of(row, life));
        }
        follow(closed, *tag, begins.tag, step)?;

        let mut new = match open.remove(&begins.tag) {
            Some(new) => new,
            None => Touched::of(self.take_for_rows(begins.tag).await?, life, &self.build),
        };
        if new.loaded.automerge.get_heads().is_empty() || new.loaded.is_shut() {
            // Nothing is deleted before what takes its place is here: it may have gone on from there, or be
            // read later.
            if new.loaded.stored.is_some() || !new.loaded.kept.is_empty() {
                open.insert(begins.tag, new);
            }
            return Ok(());
        }
        let document = document::home(&new.loaded.automerge);
        // Those, too, that were waiting for the document in between.
        for known in closed.values_mut().filter(|known| known.to == begins.tag) {
            known.document = document;
        }
        let olds: Vec<Tag> =
            closed.iter().filter(|(_, it)| it.to == begins.tag).map(|(old, _)| *old).collect();
        for old in olds {
            let taken = match open.remove(&old) {
                Some(touched) => Some(touched),
                None => {
                    let loaded = self.take_if_here(old).await?;
                    loaded.map(|loaded| Touched::of(loaded, life, &self.build))
                }
            };
            let (Some(touched), Some(known)) = (taken, closed.get(&old)) else { continue };
            // The log may hold it still, in another life: what others write there is not known yet. And
            // what of this device's own cannot be read is not thrown away unread.
            if known.log != life || touched.loaded.is_shut() {
                open.insert(old, touched);
                continue;
            }
            let step = known.step().map_err(|error| LoadError::from(StorageError::from(error)))?;
            let records: Vec<RecordKey> =
                step.erased.iter().filter_map(|key| RecordKey::parse(key)).collect();
            let erasure = self.erasure_in(&touched.loaded, &records, document::erased).await?;
            let erasure = erasure.with(step.erased.iter().map(String::as_str));
            if carry_over(&touched.loaded, &mut new, &step, &erasure).is_err() {
                // It stays where it is, and is tried again.
                open.insert(old, touched);
                continue;
            }
            let loaded = touched.loaded;
            let keys = loaded.keys().into_iter();
            steps.records.extend(keys.filter_map(|key| Some((document?, key))));
            self.delete_document(&loaded, batch).await?;
            steps.gone.push(old);
            steps.erased.push(erasure);
        }
        let ids = step.erased.iter().map(String::as_str);
        steps.erased.push(Erasure::default().with(ids));
        new.loaded.state.after = None;
        new.loaded.behind = true;
        open.insert(begins.tag, new);

        // First snapshots that were to follow on it as well, and came too late.
        let mut orphans = self.index.borrow().after(*tag);
        orphans.extend(
            open.values().filter(|it| it.loaded.state.after == Some(*tag)).map(|it| it.loaded.tag),
        );
        orphans.sort_unstable();
        orphans.dedup();
        for orphan in orphans.into_iter().filter(|orphan| *orphan != begins.tag) {
            let loaded = match open.remove(&orphan) {
                Some(touched) => Some(touched.loaded),
                None => self.take_if_here(orphan).await?,
            };
            if let Some(loaded) = loaded {
                self.delete_document(&loaded, batch).await?;
                steps.gone.push(orphan);
            }
        }
        for address in &step.objects {
            self.delete_object(address, batch).await?;
        }
        if let Some(document) = document
            && wishes.get(&document).is_some_and(|wish| wish.is_fulfilled_by(step))
        {
            wishes.remove(&document);
        }
        Ok(())
    }

    /// A document that is stored; one that cannot be read comes shut.
    async fn take_if_here(&self, tag: Tag) -> Result<Option<Loaded>, LoadError> {
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
    async fn delete_object(&self, address: &Hash, batch: &mut Batch) -> Result<(), StorageError> {
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
        match self.close_late().await {
            // A document that cannot be read keeps nobody from syncing the others.
            Err(ApplyError::Load(LoadError::Damaged { .. })) => Ok(Changed::default()),
            done => done,
        }
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

/// Writes to the new document what was written to the old one and is not in it.
fn carry_over(
    old: &Loaded,
    new: &mut Touched,
    step: &Step,
    erasure: &Erasure,
) -> Result<(), LoadError> {
    let first: Vec<_> = step.first.iter().copied().map(automerge::ChangeHash).collect();
    let skeleton = automerge::ChangeHash(step.skeleton);
    let ground = Ground { skeleton, first: &first };
    let inside = |hash: &automerge::ChangeHash| step.inside.contains(&hash.0);
    let tag = new.loaded.tag;
    let mut scratch = new.loaded.automerge.fork();
    let carried =
        document::carry(&old.automerge, &mut scratch, &ground, inside, erasure, actor_in(tag))
            .map_err(|error| damaged(tag, &error))?;
    let mut changes = Vec::new();
    let mut checked = new.loaded.automerge.fork();
    for raw in carried {
        let change = check::parse(&raw).map_err(|error| damaged(tag, &error))?;
        check::check(&checked, &change).map_err(|error| damaged(tag, &error))?;
        checked.apply_changes([change.clone()]).map_err(|error| damaged(tag, &error))?;
        changes.push((change, raw));
    }
    for (change, raw) in changes {
        let hash = change.hash();
        let applied = new.loaded.automerge.apply_changes([change]);
        applied.map_err(|error| damaged(tag, &error))?;
        new.applied.push((hash, raw));
    }
    Ok(())
}

/// Tags whose documents went to `old` go to `new` now. What another life of the log is told again leads
/// there at once: the document in between is gone.
fn follow(
    closed: &mut BTreeMap<Tag, Closed>,
    old: Tag,
    new: Tag,
    step: &Step,
) -> Result<(), LoadError> {
    let stale = |error: Unreadable| LoadError::from(StorageError::from(error));
    for (tag, earlier) in closed.iter_mut().filter(|(tag, it)| it.to == old && **tag != new) {
        let mut way = earlier.step().map_err(stale)?;
        debug_assert!(*tag != old, "a tag does not follow on itself");
        way.skeleton = step.skeleton;
        way.first.clone_from(&step.first);
        for (into, from) in [(&mut way.subjects, &step.subjects), (&mut way.erased, &step.erased)] {
            into.extend(from.iter().cloned());
            into.sort_unstable();
            into.dedup();
        }
        way.objects.extend(&step.objects);
        way.objects.sort_unstable();
        way.objects.dedup();
        earlier.to = new;
        earlier.step = way.encode().into();
    }
    Ok(())
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
