//! What a snapshot row does to a document, and whether this device could vouch for it.

use automerge::{Automerge, ChangeHash};
use handbook::document;
use minicbor::bytes::ByteVec;
use replica::{Snapshot, check, outbox};
use wire::{DeviceKey, Hash, Millis};

use crate::absorb::Fate;
use crate::doc_state::{Heads, InLog, KeptRow, Noted};
use crate::storage::Batch;
use crate::touched::Touched;

/// A snapshot row, as it was read.
#[derive(Clone, Debug)]
pub(crate) struct SnapshotRow {
    pub(crate) hash: Hash,
    /// With the payload in it.
    pub(crate) row: KeptRow,
    /// Whether rows below it have lost their bytes to it.
    pub(crate) needed: bool,
    pub(crate) by: DeviceKey,
    pub(crate) at: Millis,
}

impl Touched {
    /// Takes in a snapshot row. One that is needed is merged like a row of changes, and kept like one
    /// until that can be done; any other is only compared with what is here.
    pub(crate) fn snapshot(&mut self, batch: &mut Batch, item: &SnapshotRow, me: &DeviceKey) {
        self.follow(&item.row);
        self.begins(item.hash, &item.row);
        if item.needed {
            self.row(batch, item.hash, item.row.clone());
            return;
        }
        let payload = item.row.snapshot.as_ref();
        let read = payload.and_then(|payload| self.read(&item.row, payload));
        let Some((snapshot, other)) = read else { return };
        let heads = self.held_heads();
        self.holds(&other, &item.row);
        if self.is_whole(&snapshot, &other, &heads) {
            self.note(item.hash, &item.row, item.by, item.at, heads, true);
        } else if item.by == *me {
            // Never to be vouched for, by whomever.
            self.loaded.state.snapshot = None;
        }
    }

    /// A first snapshot is shown by nobody before it is named, read or not, unless its document is
    /// known here from another life of the log. Where this life has other rows of it, and not as a
    /// first snapshot, the document went on there before a restore: it is one like any other until
    /// that is said again.
    pub(crate) fn follow(&mut self, row: &KeptRow) {
        let state = &mut self.loaded.state;
        let elsewhere = state.begun.is_some_and(|begun| begun.log != self.life);
        if row.after.is_some() {
            if self.loaded.automerge.get_heads().is_empty() {
                state.after = row.after;
            }
        } else if row.log == self.life && elsewhere {
            self.appears |= state.after.take().is_some();
        }
    }

    /// The document can go on where this snapshot lies.
    pub(crate) fn begins(&mut self, hash: Hash, row: &KeptRow) {
        if !self.loaded.is_shut() {
            self.loaded.state.begun = Some(InLog { row: hash, log: row.log, after: row.after });
        }
    }

    /// Takes in this device's own snapshot, whose bytes did not come back.
    pub(crate) fn own_snapshot(
        &mut self,
        hash: Hash,
        row: &KeptRow,
        held: &[ChangeHash],
        me: DeviceKey,
        at: Millis,
    ) {
        self.own(held);
        self.begins(hash, row);
        if !self.loaded.is_shut() {
            let heads = self.held_heads();
            if row.after.is_none() {
                self.note(hash, row, me, at, heads, false);
            }
        }
    }

    /// Somebody vouched for it.
    pub(crate) fn attested(&mut self, snapshot: &Hash) {
        let noted = &mut self.loaded.state.snapshot;
        if noted.as_ref().is_some_and(|noted| noted.hash == *snapshot) {
            *noted = None;
        }
    }

    /// Whether the snapshot is what this document is: everything inside that the relay held before it,
    /// nothing that was not checked here, and refused what is refused here.
    pub(crate) fn is_whole(
        &self,
        snapshot: &Snapshot,
        other: &Automerge,
        held: &[ChangeHash],
    ) -> bool {
        let loaded = &self.loaded;
        let refused = snapshot.refused.iter().copied().map(ChangeHash).collect::<Vec<_>>();
        loaded.state.is_clean()
            && held.iter().all(|head| other.get_change_meta_by_hash(head).is_some())
            && other.get_heads().iter().all(|head| loaded.has(head))
            && Heads::from(refused) == loaded.state.refused
    }

    /// Merges a snapshot. A document of which nothing is here yet becomes it; on any other each change
    /// that is missing goes through the same checks as if it came in its own row.
    pub(crate) fn unfold(&mut self, row_hash: Hash, row: &KeptRow, payload: &[u8]) -> Fate {
        let Some((snapshot, other)) = self.read(row, payload) else { return Fate::Done };
        let state = &mut self.loaded.state;
        let blank = state.changes == 0 && self.applied.is_empty() && self.adopted.is_none();
        // For a first snapshot nobody has vouched: each of its changes is looked at.
        if blank && row.after.is_none() {
            self.adopted = Some((other.get_heads(), snapshot.document));
            self.loaded.automerge = other;
            state.refused = Heads::from(hashes(&snapshot.refused));
            let inside = self.loaded.automerge.get_changes_meta(&[]);
            if row.log == self.life {
                self.in_rows.extend(inside.iter().map(|change| change.hash));
            }
            Fate::Done
        } else {
            let missing = other.get_changes(&self.loaded.automerge.get_heads());
            let changes = missing.iter().map(|change| ByteVec::from(change.raw_bytes().to_vec()));
            let row = KeptRow { changes: changes.collect(), snapshot: None, ..row.clone() };
            let fate = self.apply_changes(row_hash, &row);
            self.holds(&other, &row);
            for hash in hashes(&snapshot.refused) {
                if !self.loaded.has(&hash) {
                    self.loaded.state.refused.insert(hash);
                }
            }
            fate
        }
    }

    /// What the relay holds by the rows so far.
    pub(crate) fn held_heads(&self) -> Vec<ChangeHash> {
        let heads = self.loaded.state.relay_heads_in(self.life);
        outbox::advance(&self.loaded.automerge, heads, &self.in_rows)
    }

    /// The relay holds what is in a snapshot that lies in its log.
    fn holds(&mut self, other: &Automerge, row: &KeptRow) {
        if row.log == self.life {
            let held = self.loaded.state.relay_heads_in(self.life);
            let more = other.get_changes_meta(held);
            self.in_rows.extend(more.iter().map(|change| change.hash));
        }
    }

    fn note(
        &mut self,
        hash: Hash,
        row: &KeptRow,
        by: DeviceKey,
        at: Millis,
        heads: Vec<ChangeHash>,
        examined: bool,
    ) {
        let (seq, log) = (row.seq, row.log);
        let heads = heads.into();
        self.loaded.state.snapshot = Some(Noted { hash, seq, log, by, at, heads, examined });
    }

    /// Reads a payload strictly. What cannot be read is the same to every device.
    fn read(&mut self, row: &KeptRow, payload: &[u8]) -> Option<(Snapshot, Automerge)> {
        if self.loaded.is_shut() {
            return None;
        }
        let read = Snapshot::decode(payload).ok().and_then(|snapshot| {
            check::weigh(&snapshot.document).ok()?;
            let other = document::load(&snapshot.document).ok()?;
            Some((snapshot, other))
        });
        if read.is_none() {
            self.unreadable.push(row.seq);
        }
        read
    }
}

fn hashes(raw: &[replica::ChangeHash]) -> Vec<ChangeHash> {
    raw.iter().copied().map(ChangeHash).collect()
}
