//! Carrying out generations, in the transaction of the batch that they came in.
//!
//! A log that was restored may say that a tag goes on elsewhere than another life of it said. The log's
//! word stands: what was written where the document went on before is carried to where it goes on now
//! ([`Closing::part`]), and what was erased on that way only is asked for once more.

use std::collections::{BTreeMap, BTreeSet};

use automerge::ChangeHash;
use handbook::document::{self, Ground};
use handbook::erasure::Erasure;
use handbook::{DocumentId, RecordKey};
use replica::{Inside, Step, check};
use wire::{Hash, LogId, Tag};

use crate::apply::ApplyError;
use crate::codec::{self, Unreadable};
use crate::device::{Device, parse_tag};
use crate::doc_state::DocState;
use crate::erasing::Wish;
use crate::generation::{Closed, ReceiptRow, StepRow, Steps, inside};
use crate::keys;
use crate::loaded::{LoadError, Loaded, damaged};
use crate::storage::{Batch, Storage, StorageError, Table, Vault};
use crate::touched::Touched;

impl<S: Storage, V: Vault> Device<S, V> {
    /// Carries out the generations of a batch, on documents taken out of `open` or read.
    pub(crate) async fn close(
        &self,
        rows: &[StepRow],
        receipts: &[ReceiptRow],
        life: Option<LogId>,
        open: &mut BTreeMap<Tag, Touched>,
        batch: &mut Batch,
    ) -> Result<Steps, ApplyError> {
        let (closed, wishes) = {
            let index = self.index.borrow();
            (index.closed().clone(), index.wishes.clone())
        };
        let before = (closed.clone(), wishes.clone());
        let steps = Steps::default();
        let mut closing = Closing { device: self, life, open, batch, closed, wishes, steps };
        for row in rows {
            closing.carry_out(row).await?;
        }
        let Closing { batch, mut closed, wishes, mut steps, .. } = closing;
        self.forget_in_settings(&steps.erased, batch).await?;
        for ReceiptRow { tag, of, by, at } in receipts {
            if let Some(known) = closed.get_mut(tag).filter(|known| known.generation == *of) {
                known.receipts.entry(*by).or_insert(*at);
            }
        }
        put_changed(batch, &before.0, &closed, |tag| keys::closed(*tag));
        put_changed(batch, &before.1, &wishes, |document| keys::erasing(*document));
        steps.closed = (closed != before.0).then_some(closed);
        steps.wishes = (wishes != before.1).then_some(wishes);
        Ok(steps)
    }
}

/// Puts what differs, and deletes what is no longer there.
fn put_changed<K: Ord, T: minicbor::Encode<()> + PartialEq>(
    batch: &mut Batch,
    before: &BTreeMap<K, T>,
    now: &BTreeMap<K, T>,
    key: impl Fn(&K) -> String,
) {
    let both = before.keys().chain(now.keys().filter(|it| !before.contains_key(it)));
    for it in both {
        let (was, is) = (before.get(it), now.get(it));
        if was == is {
            continue;
        }
        batch.expect(Table::Local, key(it), was.map(codec::encode));
        match is {
            Some(is) => batch.put(Table::Local, key(it), codec::encode(is)),
            None => batch.delete(Table::Local, key(it)),
        }
    }
}

/// Generations being carried out: what is known with them, and the batch that makes it durable.
struct Closing<'a, S: Storage, V: Vault> {
    device: &'a Device<S, V>,
    life: Option<LogId>,
    open: &'a mut BTreeMap<Tag, Touched>,
    batch: &'a mut Batch,
    closed: BTreeMap<Tag, Closed>,
    wishes: BTreeMap<DocumentId, Wish>,
    steps: Steps,
}

impl<S: Storage, V: Vault> Closing<'_, S, V> {
    async fn carry_out(&mut self, row: &StepRow) -> Result<(), ApplyError> {
        let missing = self.note(row).await?;
        let Some(mut new) = self.begun(row).await? else { return Ok(()) };
        let document = document::home(&new.loaded.automerge);
        // Those, too, that were waiting for the document in between.
        let mut olds = Vec::new();
        for (old, known) in self.closed.iter_mut().filter(|(_, known)| known.to == row.to) {
            known.document = document;
            olds.push(*old);
        }
        let mut erased: BTreeSet<String> = row.step.erased.iter().cloned().collect();
        for old in olds {
            erased.extend(self.leave(old, &mut new, document).await?);
        }
        new.loaded.state.after = None;
        new.appears = true;
        self.open.insert(row.to, new);
        let ids = row.step.erased.iter().map(String::as_str);
        self.steps.erased.push(Erasure::default().with(ids));
        self.drop_orphans(row).await?;
        for address in &row.step.objects {
            self.device.delete_object(address, self.batch).await?;
        }
        if let Some(document) = document {
            if self.wishes.get(&document).is_some_and(|wish| wish.is_fulfilled_by(&erased)) {
                self.wishes.remove(&document);
            }
            self.ask_again(document, row, missing);
        }
        Ok(())
    }

    /// Keeps what the row says. Gives the people, as kind/id, who were erased on another way that the
    /// document had taken, and are not on this one.
    async fn note(&mut self, row: &StepRow) -> Result<Vec<String>, ApplyError> {
        let known = self.closed.get(&row.tag).cloned();
        // What was read again in the same life keeps its receipts.
        let again =
            known.as_ref().is_some_and(|it| (it.generation, it.log) == (row.hash, self.life));
        let mut missing = Vec::new();
        if !again {
            let mut now = Closed::of(row, self.life);
            if let Some(known) = known {
                now.document = known.document;
                // Unless the one leads to the other.
                let apart = known.to != row.to
                    && self.closed.get(&row.to).is_none_or(|next| next.to != known.to);
                if apart {
                    missing = self.part(row, &known).await?;
                }
            }
            self.closed.insert(row.tag, now);
        }
        follow(&mut self.closed, row.tag, row.to, &row.step)?;
        Ok(missing)
    }

    /// The document went on elsewhere in another life of the log: that way leads to the new one as well.
    async fn part(&mut self, row: &StepRow, known: &Closed) -> Result<Vec<String>, ApplyError> {
        let way = known.step().map_err(stale)?;
        let alone = self.closed.iter().all(|(tag, it)| it.to != known.to || *tag == row.tag);
        let mut step = row.step.clone();
        add(&mut step.subjects, &way.subjects);
        add(&mut step.erased, &way.erased);
        add(&mut step.objects, &way.objects);
        follow(&mut self.closed, known.to, row.to, &step)?;
        if let Some(touched) = self.take(known.to).await? {
            // What lay in the old document is in the new one, if whoever made that had all of it.
            let within = alone && way.inside.is_within(&row.step.inside);
            step.inside = if within {
                beginning(&touched.loaded, &way)
            } else {
                Inside::from_iter([way.skeleton])
            };
            // What this log has of it others have too: it is to be closed there as well. Not a first snapshot that was
            // to follow here: that went with this row.
            let begun = touched.loaded.state.begun.filter(|begun| begun.log == self.life);
            let orphan = begun.is_some_and(|begun| begun.after == Some(row.tag));
            let told = !orphan && !touched.held_heads().is_empty();
            self.open.insert(known.to, touched);
            let aside = StepRow { step, devices: Vec::new(), ..row.clone() };
            let mut closed = Closed::of(&aside, if told { known.log } else { self.life });
            closed.document = known.document;
            self.closed.insert(known.to, closed);
        }
        Ok(way.subjects.into_iter().filter(|key| !row.step.erased.contains(key)).collect())
    }

    /// The document as it goes on; `None` if it is not here, or cannot be read. Nothing is deleted before
    /// what takes its place is here: it may have gone on from there, or be read later.
    async fn begun(&mut self, row: &StepRow) -> Result<Option<Touched>, ApplyError> {
        let new = match self.open.remove(&row.to) {
            Some(new) => new,
            None => self.touched(self.device.take_for_rows(row.to).await?),
        };
        if !new.loaded.automerge.get_heads().is_empty() && !new.loaded.is_shut() {
            return Ok(Some(new));
        }
        if new.loaded.stored.is_some() || !new.loaded.kept.is_empty() {
            self.open.insert(row.to, new);
        }
        Ok(None)
    }

    /// Carries over what the old document has beyond the beginning of the new one, and deletes it. Gives
    /// what was erased with it, as kind/id.
    async fn leave(
        &mut self,
        old: Tag,
        new: &mut Touched,
        document: Option<DocumentId>,
    ) -> Result<Vec<String>, ApplyError> {
        let Some(known) = self.closed.get(&old) else { return Ok(Vec::new()) };
        let (log, step) = (known.log, known.step().map_err(stale)?);
        let Some(touched) = self.take(old).await? else { return Ok(step.erased) };
        // The log may hold it still, in another life: what others write there is not known yet. And
        // what of this device's own cannot be read is not thrown away unread.
        let waits = log != self.life || touched.loaded.is_shut();
        let erasure = self.erasure_in(&touched.loaded, &step).await?;
        if waits || carry_over(&touched.loaded, new, &step, &erasure).is_err() {
            // It stays where it is, and is tried again.
            self.open.insert(old, touched);
            return Ok(step.erased);
        }
        let loaded = touched.loaded;
        let objects = erasure.objects(&loaded.rows).into_iter();
        let objects: Vec<Hash> = objects.filter_map(|address| address.parse().ok()).collect();
        let keys = loaded.keys().into_iter();
        self.steps.records.extend(keys.filter_map(|key| Some((document?, key))));
        for address in objects.iter().chain(&step.objects) {
            self.device.delete_object(address, self.batch).await?;
        }
        self.delete(&loaded).await?;
        self.steps.erased.push(erasure);
        Ok(step.erased)
    }

    async fn erasure_in(&self, loaded: &Loaded, step: &Step) -> Result<Erasure, LoadError> {
        let records: Vec<_> = step.erased.iter().filter_map(|key| RecordKey::parse(key)).collect();
        let erasure = self.device.erasure_in(loaded, &records, document::erased).await?;
        Ok(erasure.with(step.erased.iter().map(String::as_str)))
    }

    /// Deletes first snapshots that were to follow on the tag as well, and came too late. Another tab may
    /// have made one.
    async fn drop_orphans(&mut self, row: &StepRow) -> Result<(), ApplyError> {
        let mut orphans = BTreeSet::new();
        for (tag, state) in self.device.storage.scan(Table::Documents, "").await? {
            let state: DocState = codec::decode(&state).map_err(StorageError::from)?;
            if state.after == Some(row.tag) {
                orphans.insert(parse_tag(&tag).map_err(StorageError::from)?);
            }
        }
        let open = self.open.values().filter(|it| it.loaded.state.after == Some(row.tag));
        orphans.extend(open.map(|it| it.loaded.tag));
        orphans.remove(&row.to);
        for orphan in orphans {
            if let Some(touched) = self.take(orphan).await? {
                self.delete(&touched.loaded).await?;
            }
        }
        Ok(())
    }

    /// Who was erased elsewhere is here again: whoever knows of it and may, asks once more.
    fn ask_again(&mut self, document: DocumentId, row: &StepRow, missing: Vec<String>) {
        if missing.is_empty() || !self.device.may_go_on() {
            return;
        }
        let wish = self.wishes.remove(&document);
        let wish = wish.unwrap_or_else(|| Wish::again(document, self.device.member(), row));
        self.wishes.insert(document, wish.with(missing));
    }

    /// A document that is stored, or is being worked on; one that cannot be read comes shut.
    async fn take(&mut self, tag: Tag) -> Result<Option<Touched>, LoadError> {
        if let Some(touched) = self.open.remove(&tag) {
            return Ok(Some(touched));
        }
        let loaded = self.device.take_if_here(tag).await?;
        Ok(loaded.map(|loaded| self.touched(loaded)))
    }

    fn touched(&self, loaded: Loaded) -> Touched {
        Touched::of(loaded, self.life, &self.device.build)
    }

    async fn delete(&mut self, loaded: &Loaded) -> Result<(), StorageError> {
        self.device.delete_document(loaded, self.batch).await?;
        self.steps.gone.push(loaded.tag);
        Ok(())
    }
}

/// Writes to the new document what was written to the old one and is not in it.
fn carry_over(
    old: &Loaded,
    new: &mut Touched,
    step: &Step,
    erasure: &Erasure,
) -> Result<(), LoadError> {
    let first: Vec<_> = step.first.iter().copied().map(ChangeHash).collect();
    let skeleton = ChangeHash(step.skeleton);
    let ground = Ground { skeleton, first: &first };
    let inside = |hash: &ChangeHash| step.inside.contains(&hash.0);
    let tag = new.loaded.tag;
    let mut scratch = new.loaded.automerge.fork();
    let actor = crate::generation::actor_in(tag);
    let carried = document::carry(&old.automerge, &mut scratch, &ground, inside, erasure, actor)
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
    for (tag, earlier) in closed.iter_mut().filter(|(tag, it)| it.to == old && **tag != new) {
        let mut way = earlier.step().map_err(stale)?;
        debug_assert!(*tag != old, "a tag does not follow on itself");
        way.skeleton = step.skeleton;
        way.first.clone_from(&step.first);
        add(&mut way.subjects, &step.subjects);
        add(&mut way.erased, &step.erased);
        add(&mut way.objects, &step.objects);
        earlier.lead(new, &way);
    }
    Ok(())
}

fn add<T: Ord + Clone>(to: &mut Vec<T>, more: &[T]) {
    to.extend(more.iter().cloned());
    to.sort_unstable();
    to.dedup();
}

/// The changes with which a document began.
fn beginning(loaded: &Loaded, way: &Step) -> Inside {
    let first: Vec<_> = way.first.iter().copied().map(ChangeHash).collect();
    match loaded.automerge.fork_at(&first) {
        Ok(begun) => inside(&begun),
        // Then it did not begin there: all of it is carried over.
        Err(_) => Inside::from_iter([way.skeleton]),
    }
}

fn stale(error: Unreadable) -> LoadError {
    LoadError::from(StorageError::from(error))
}
