//! What a row of foreign changes does to a document: pure, in memory.

use std::collections::btree_map::Entry;

use replica::check::{self, CHECK_VERSION, Rejected};
use wire::Hash;

use crate::codec;
use crate::doc_state::{KeptRow, Quarantined};
use crate::keys;
use crate::storage::{Batch, Table};
use crate::touched::Touched;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Each of its changes is applied, was here before, or is refused by all devices.
    Done,
    /// A change waits for another, or for a newer version of this program.
    Waits,
    /// It is not to be touched by this build.
    SetAside,
}

impl Touched {
    /// Applies a row, and after it the rows that waited for it.
    pub(crate) fn row(&mut self, batch: &mut Batch, hash: Hash, row: KeptRow) {
        self.follow(&row);
        let fate = self.apply(hash, &row);
        self.file(batch, hash, row, fate);
        self.retry(batch);
    }

    /// Keeps a row without applying what is new in it. What of it has been here before, as when a restored log is read again,
    /// cannot break anything and is held by the relay; a row with nothing else need not be kept.
    pub(crate) fn set_aside(&mut self, batch: &mut Batch, hash: Hash, row: KeptRow) {
        self.follow(&row);
        if row.snapshot.is_some() {
            self.begins(hash, &row);
        }
        let unread = self.loaded.is_shut() || row.snapshot.is_some();
        let mut fate = if unread { Fate::SetAside } else { Fate::Done };
        for change in row.changes.iter().filter_map(|raw| check::parse(raw).ok()) {
            if self.loaded.is_shut() || !self.loaded.has(&change.hash()) {
                fate = Fate::SetAside;
            } else if row.log == self.life {
                self.in_rows.push(change.hash());
            }
        }
        self.file(batch, hash, row, fate);
    }

    /// Tries the rows that wait, until none of them moves.
    pub(crate) fn retry(&mut self, batch: &mut Batch) {
        loop {
            let before = self.applied.len();
            for hash in self.loaded.state.pending.clone() {
                let Some(row) = self.loaded.kept.get(&hash).cloned() else { continue };
                let fate = self.apply(hash, &row);
                self.file(batch, hash, row, fate);
            }
            if self.applied.len() == before || self.broke.is_some() {
                return;
            }
        }
    }

    fn apply(&mut self, row_hash: Hash, row: &KeptRow) -> Fate {
        if self.loaded.is_shut() {
            return Fate::Waits;
        }
        match &row.snapshot {
            Some(payload) => self.unfold(row_hash, row, payload),
            None => self.apply_changes(row_hash, row),
        }
    }

    pub(crate) fn apply_changes(&mut self, row_hash: Hash, row: &KeptRow) -> Fate {
        let loaded = &mut self.loaded;
        let mut fate = Fate::Done;
        for raw in &row.changes {
            // Bytes that are no change are the same to every device, and have no name to remember.
            let Ok(change) = check::parse(raw) else { continue };
            let hash = change.hash();
            if !loaded.has(&hash) {
                if row.check > CHECK_VERSION {
                    fate = Fate::Waits;
                    continue;
                }
                let refused = &mut loaded.state.refused;
                if change.deps().iter().any(|dependency| refused.contains(dependency)) {
                    refused.insert(hash);
                }
                if refused.contains(&hash) {
                    continue;
                }
                match check::check(&loaded.automerge, &change) {
                    Ok(()) => {}
                    Err(Rejected::Missing { .. }) => {
                        fate = Fate::Waits;
                        continue;
                    }
                    Err(_) => {
                        refused.insert(hash);
                        continue;
                    }
                }
                // One at a time: a batch with one bad change is refused whole.
                if loaded.automerge.apply_changes([change]).is_err() || !loaded.has(&hash) {
                    self.broke = Some(row_hash);
                    return Fate::Waits;
                }
                self.applied.push((hash, raw.to_vec()));
            }
            if row.log == self.life {
                self.in_rows.push(hash);
            }
        }
        fate
    }

    /// Keeps a row's bytes as long as something in it is not done.
    fn file(&mut self, batch: &mut Batch, hash: Hash, row: KeptRow, fate: Fate) {
        let loaded = &mut self.loaded;
        let state = &mut loaded.state;
        state.pending.retain(|kept| *kept != hash);
        state.quarantined.retain(|kept| kept.row != hash);
        match fate {
            Fate::Done => {}
            Fate::Waits => state.pending.push(hash),
            Fate::SetAside => {
                state.quarantined.push(Quarantined { row: hash, build: self.build.clone() });
            }
        }
        let key = keys::row(loaded.tag, &hash);
        if fate == Fate::Done {
            if loaded.kept.remove(&hash).is_some() {
                batch.put.retain(|(_, put, _)| *put != key);
                batch.delete(Table::Bytes, key);
            }
        } else if let Entry::Vacant(place) = loaded.kept.entry(hash) {
            batch.delete.retain(|(_, deleted)| *deleted != key);
            batch.put(Table::Bytes, key, codec::encode(&row));
            place.insert(row);
        }
    }
}
