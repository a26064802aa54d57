//! The way in for what others did: a batch of rows and the cursor behind it, in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use automerge::ChangeHash;
use handbook::document;
use replica::session::{SkipReason, Skipped};
use replica::{Content, OpenedRow, Place};
use wire::{DeviceKey, Hash, LogId, Millis, Seq, Tag};

use crate::cache::MAX_WEIGHT_IN_MEMORY;
use crate::device::{Changed, Device, Kept};
use crate::doc_state::KeptRow;
use crate::edit::MAX_ATTEMPTS;
use crate::generation::{ReceiptRow, StepRow, Steps};
use crate::keys;
use crate::loaded::{LoadError, Loaded};
use crate::quarantine::Suspicion;
use crate::space_state::SpaceState;
use crate::storage::{Batch, Storage, StorageError, Table, Vault, VaultError};
use crate::touched::{Finished, Touched};
use crate::unfold::SnapshotRow;

/// What a batch of rows led to. It is durable.
#[derive(Debug)]
pub struct Applied {
    /// The place that is stored now: the one handed in, or another tab's that is further.
    pub place: Place,
    /// What reads differently.
    pub changed: Changed,
    /// Rows that were passed over, for people to know.
    pub skipped: Vec<(Seq, Skipped)>,
}

/// Why rows were not stored. Nothing of the batch is.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// The storage failed; the rows are pulled again later.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A document cannot be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The new keys cannot be wrapped.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Another tab has stored that the log began another life: begin again from the stored place.
    #[error("another tab reads another life of the log")]
    OtherLife,
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// Stores rows and the place behind them. What the stored place knows beyond it is kept.
    ///
    /// # Errors
    /// See [`ApplyError`].
    pub async fn apply(&self, rows: Vec<OpenedRow>, place: Place) -> Result<Applied, ApplyError> {
        let _turn = self.turn.take().await;
        let rows = Rows::sort(rows, place.log);
        let mut broken = BTreeSet::new();
        let mut changed = Changed::default();
        let mut failure = StorageError::Conflict;
        for _ in 0..MAX_ATTEMPTS {
            let kept = self.space.borrow().clone();
            match Ahead::of(&kept.state, &place) {
                Ahead::Ours => {}
                Ahead::Theirs(place) => {
                    return Ok(Applied { place: *place, changed, skipped: rows.skipped });
                }
                Ahead::OtherLife => return Err(ApplyError::OtherLife),
            }
            // Boxed, as all of it is too large for the futures that hold this one.
            let Some(absorbed) = Box::pin(self.absorb(&rows, &place, &kept, &mut broken)).await?
            else {
                continue;
            };
            let Absorption { batch, documents, space, unreadable, steps } = absorbed;
            match self.storage.commit(batch).await {
                Ok(()) => {
                    let place = space.state.place.clone().unwrap_or(place);
                    self.suspects.borrow_mut().retain(|row, _| !rows.hashes.contains(row));
                    self.install_space(space);
                    changed.space = true;
                    self.install_steps(steps, &mut changed);
                    for finished in documents {
                        self.install_finished(finished, &mut changed);
                    }
                    let mut skipped = rows.skipped;
                    let why = Skipped { reason: SkipReason::Unopenable, signer: None };
                    skipped.extend(unreadable.into_iter().map(|seq| (seq, why)));
                    return Ok(Applied { place, changed, skipped });
                }
                // What became of it can be read, and to apply a row twice is harmless.
                Err(error @ (StorageError::Conflict | StorageError::Unknown(_))) => {
                    let closed = rows.steps.iter().flat_map(|row| [row.tag, row.to]);
                    let tags: Vec<Tag> = rows.documents.keys().copied().chain(closed).collect();
                    changed.extend(self.refresh_tags(&tags).await?);
                    changed.space |= self.refresh_space().await?;
                    failure = error;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(failure.into())
    }

    /// Applies the rows in memory; `None` if one broke its document, which is dropped then, and all
    /// begins again with that row set aside.
    async fn absorb(
        &self,
        rows: &Rows,
        place: &Place,
        kept: &Kept,
        broken: &mut BTreeSet<Hash>,
    ) -> Result<Option<Absorption>, ApplyError> {
        let mut batch = Batch::new();
        let mut documents = Vec::new();
        let mut marked = None;
        let mut weight = 0;
        let mut unreadable = Vec::new();
        // Documents that generations are about are finished with these.
        let mut open = BTreeMap::new();
        for (tag, items) in &rows.documents {
            if !items.iter().any(|item| self.concerns(*tag, item)) {
                continue;
            }
            let loaded = self.take_for_rows(*tag).await?;
            let mut touched = Touched::of(loaded, place.log, &self.build);
            for item in items {
                let hash = match item {
                    Item::Own(hashes) => {
                        touched.own(hashes);
                        continue;
                    }
                    Item::OwnSnapshot { hash, row, held, at } => {
                        touched.own_snapshot(*hash, row, held, self.device(), *at);
                        continue;
                    }
                    Item::Attest(snapshot) => {
                        touched.attested(snapshot);
                        continue;
                    }
                    Item::Snapshot(item) => item.hash,
                    Item::Row(hash, _) => *hash,
                };
                let suspicion = self.suspects.borrow().get(&hash).copied();
                if broken.contains(&hash) || suspicion.is_some_and(Suspicion::is_enough) {
                    match item {
                        Item::Row(_, row) => touched.set_aside(&mut batch, hash, row.clone()),
                        Item::Snapshot(item) if item.needed => {
                            touched.set_aside(&mut batch, hash, item.row.clone());
                        }
                        // It holds nothing that is not here.
                        _ => {}
                    }
                    continue;
                }
                let alone = suspicion.is_some().then_some(hash);
                if marked != Some(alone) {
                    self.mark(alone.as_ref().map_or(rows.hashes.as_slice(), std::slice::from_ref))
                        .await?;
                    marked = Some(alone);
                }
                match item {
                    Item::Row(_, row) => touched.row(&mut batch, hash, row.clone()),
                    Item::Snapshot(item) => touched.snapshot(&mut batch, item, &self.device()),
                    _ => {}
                }
                if let Some(row) = touched.broke {
                    broken.insert(row);
                    return Ok(None);
                }
                if alone.is_some() {
                    // Reading it may be what broke the program: that belongs under its mark as
                    // well.
                    drop(document::rows(&touched.loaded.automerge));
                }
            }
            unreadable.append(&mut touched.unreadable);
            if rows.is_about(*tag, &touched) {
                open.insert(*tag, touched);
                continue;
            }
            let mut finished = touched.finish(&mut batch)?;
            weight += finished.weight();
            if weight > MAX_WEIGHT_IN_MEMORY {
                finished.unload();
            }
            documents.push(finished);
        }
        let steps = if rows.steps.is_empty() && rows.receipts.is_empty() {
            Steps::default()
        } else {
            let (closing, receipts) = (&rows.steps, &rows.receipts);
            // Boxed: it is seldom needed, and would make every batch's future larger.
            Box::pin(self.close(closing, receipts, place.log, &mut open, &mut batch)).await?
        };
        for touched in open.into_values() {
            documents.push(touched.finish(&mut batch)?);
        }
        if !rows.hashes.is_empty() {
            self.unmark(&mut batch, &rows.hashes);
        }
        let stored = kept.state.place.as_ref();
        if place.founded && stored.is_some_and(|stored| !stored.founded) {
            batch.delete(Table::Keys, keys::TOKEN);
        }
        let state = SpaceState {
            unknown_rows: kept.state.unknown_rows + rows.unknown,
            last_seen: rows.last_seen(&kept.state),
            place: Some(
                stored.map_or(place.clone(), |stored| place.clone().with_knowledge_of(stored)),
            ),
            ..kept.state.clone()
        };
        let space = self.put_space(&mut batch, kept, state);
        Ok(Some(Absorption { batch, documents, space, unreadable, steps }))
    }

    /// Whether the document has to be looked at for it. Somebody's word for a snapshot concerns those
    /// who could have given theirs.
    fn concerns(&self, tag: Tag, item: &Item) -> bool {
        let Item::Attest(snapshot) = item else { return true };
        let index = self.index.borrow();
        let noted = index.state(tag).and_then(|state| state.snapshot.as_ref());
        noted.is_some_and(|noted| noted.hash == *snapshot)
    }

    /// The document to apply rows to.
    pub(crate) async fn take_for_rows(&self, tag: Tag) -> Result<Loaded, LoadError> {
        let loaded = match self.take(tag).await {
            // One damaged document must not hold up all others.
            Err(LoadError::Damaged { .. }) => Loaded::read_shut(&self.storage, tag).await?,
            taken => taken?,
        };
        Ok(loaded.unwrap_or_else(|| Loaded::blank(tag)))
    }
}

/// Rows applied in memory, and the batch that makes that durable.
struct Absorption {
    batch: Batch,
    documents: Vec<Finished>,
    space: Kept,
    unreadable: Vec<Seq>,
    steps: Steps,
}

/// Who is further.
enum Ahead {
    Ours,
    Theirs(Box<Place>),
    OtherLife,
}

impl Ahead {
    fn of(state: &SpaceState, ours: &Place) -> Self {
        match &state.place {
            None => Self::Ours,
            Some(stored) if stored.log.is_some() && stored.log != ours.log => Self::OtherLife,
            Some(stored) if stored.log == ours.log && stored.cursor > ours.cursor => {
                Self::Theirs(Box::new(stored.clone()))
            }
            Some(_) => Self::Ours,
        }
    }
}

/// A batch of rows by document, each in the order of the log.
struct Rows {
    documents: BTreeMap<Tag, Vec<Item>>,
    /// Generations, in the order of the log.
    steps: Vec<StepRow>,
    /// Words for snapshots, and receipts.
    receipts: Vec<ReceiptRow>,
    /// The rows with changes of others.
    hashes: Vec<Hash>,
    skipped: Vec<(Seq, Skipped)>,
    unknown: u64,
    /// Who wrote, and when the relay took it in.
    seen: BTreeMap<DeviceKey, Millis>,
}

enum Item {
    /// Changes of a row, to be applied.
    Row(Hash, KeptRow),
    /// Changes that were pushed from here.
    Own(Vec<ChangeHash>),
    /// A document whole.
    Snapshot(SnapshotRow),
    /// One that was made here.
    OwnSnapshot { hash: Hash, row: KeptRow, held: Vec<ChangeHash>, at: Millis },
    /// Somebody's word for a snapshot.
    Attest(Hash),
}

impl Rows {
    fn sort(opened: Vec<OpenedRow>, log: Option<LogId>) -> Self {
        let mut rows = Self {
            documents: BTreeMap::new(),
            steps: Vec::new(),
            receipts: Vec::new(),
            hashes: Vec::new(),
            skipped: Vec::new(),
            unknown: 0,
            seen: BTreeMap::new(),
        };
        for OpenedRow { row, content } in opened {
            match content {
                Content::Changes { tag, changes, check, by, .. } => {
                    rows.seen.insert(by, row.received_at);
                    let changes = changes.into_iter().map(Into::into).collect();
                    let seq = row.seq;
                    let kept = KeptRow { seq, log, check, changes, snapshot: None, after: None };
                    rows.hashes.push(row.hash);
                    rows.documents.entry(tag).or_default().push(Item::Row(row.hash, kept));
                }
                Content::OwnChanges { tag, hashes } => {
                    let hashes = hashes.into_iter().map(ChangeHash).collect();
                    rows.documents.entry(tag).or_default().push(Item::Own(hashes));
                }
                Content::Snapshot { tag, snapshot, needed, after, by, check } => {
                    rows.seen.insert(by, row.received_at);
                    let payload = Some(snapshot.encode().into());
                    let (seq, changes) = (row.seq, vec![]);
                    let kept = KeptRow { seq, log, check, changes, snapshot: payload, after };
                    rows.hashes.push(row.hash);
                    let (hash, at) = (row.hash, row.received_at);
                    let needed = needed || after.is_some();
                    let item = SnapshotRow { hash, row: kept, needed, by, at };
                    rows.documents.entry(tag).or_default().push(Item::Snapshot(item));
                }
                Content::OwnSnapshot { tag, after, hashes } => {
                    let (hash, seq, at) = (row.hash, row.seq, row.received_at);
                    let changes = vec![];
                    let row = KeptRow { seq, log, check: 0, changes, snapshot: None, after };
                    let held = hashes.into_iter().map(ChangeHash).collect();
                    let item = Item::OwnSnapshot { hash, row, held, at };
                    rows.documents.entry(tag).or_default().push(item);
                }
                Content::Attest { tag, of, by } => {
                    let at = row.received_at;
                    rows.receipts.push(ReceiptRow { tag, of, by, at });
                    rows.documents.entry(tag).or_default().push(Item::Attest(of));
                }
                Content::Generation { tag, begins, step, by, devices } => {
                    rows.seen.insert(by, row.received_at);
                    let (hash, seq, at, step) = (row.hash, row.seq, row.received_at, *step);
                    let to = begins.tag;
                    let step = StepRow { hash, seq, at, tag, to, step, by, devices };
                    rows.steps.push(step);
                }
                Content::Skipped(skipped) => rows.skipped.push((row.seq, skipped)),
                Content::Unknown => rows.unknown += 1,
                Content::Roster(_) | Content::Life { .. } | Content::Covered => {}
            }
        }
        rows
    }

    /// Whether a generation of this batch is about the document: closes it, names it, or leaves it behind.
    fn is_about(&self, tag: Tag, touched: &Touched) -> bool {
        let after = touched.loaded.state.after;
        let about = |row: &StepRow| [row.tag, row.to].contains(&tag) || after == Some(row.tag);
        self.steps.iter().any(about)
    }

    /// When each device was last heard of, these rows included.
    fn last_seen(&self, before: &SpaceState) -> BTreeMap<DeviceKey, Millis> {
        let mut seen = before.last_seen.clone();
        for (device, at) in &self.seen {
            let last = seen.entry(*device).or_insert(*at);
            *last = (*last).max(*at);
        }
        seen
    }
}
