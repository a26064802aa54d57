//! The relay's log, row by row, as it was first seen.

use std::collections::BTreeSet;

use replica::DeviceSecrets;
use wire::{Hash, LogId, Roster, Row, RowBody, RowKind, Seq, chain_next, chain_start};

use super::{ChangeHash, Verdict, Witness};

/// One life of the log.
#[derive(Default)]
pub(in super::super) struct Log {
    rows: Vec<Seen>,
    hashes: BTreeSet<Hash>,
    held: BTreeSet<ChangeHash>,
}

/// One row.
pub(in super::super) struct Seen {
    pub(in super::super) seq: Seq,
    pub(in super::super) hash: Hash,
    pub(in super::super) changes: Vec<ChangeHash>,
    chain: Hash,
}

impl Log {
    /// How many rows it has.
    pub(in super::super) fn head(&self) -> Seq {
        self.rows.len() as Seq
    }

    /// The rows above `after` up to `to`.
    pub(in super::super) fn rows(&self, after: Seq, to: Seq) -> &[Seen] {
        let index = |seq: Seq| usize::try_from(seq).unwrap_or(usize::MAX).min(self.rows.len());
        self.rows.get(index(after)..index(to)).unwrap_or_default()
    }

    /// Whether a row holds the change.
    pub(in super::super) fn holds(&self, change: &ChangeHash) -> bool {
        self.held.contains(change)
    }

    /// All changes in all rows.
    pub(in super::super) fn held(&self) -> &BTreeSet<ChangeHash> {
        &self.held
    }
}

impl Witness {
    /// The relay's log ends at a row with this chain. I3: what was seen before is still there.
    pub(in super::super) fn still_there(&self, life: LogId, head: Seq, chain: Hash) -> Verdict {
        let rows = self.logs.get(&life).map_or(&[][..], |log| log.rows.as_slice());
        match rows.last() {
            Some(last) if last.seq > head => {
                let what = format!("there were {} rows, now {head}", last.seq);
                Err(("I3: a visible prefix only grows", what))
            }
            Some(last) if last.seq == head && last.chain != chain => {
                Err(("I3: a visible prefix only grows", format!("row {head} is another one")))
            }
            _ => Ok(()),
        }
    }

    /// The relay has these rows after those seen before.
    pub(in super::super) fn appended(
        &mut self,
        life: LogId,
        roster: &Roster,
        rows: &[Row],
        secrets: impl Fn() -> Vec<DeviceSecrets>,
    ) -> Verdict {
        for row in rows {
            let changes = match (&row.kind, &row.body) {
                (RowKind::Changes, RowBody::Whole(bytes)) => self.open(bytes)?.changes,
                (RowKind::Roster, RowBody::Whole(bytes)) => {
                    self.rotated(roster, bytes, secrets())?;
                    Vec::new()
                }
                _ => Vec::new(),
            };
            self.row(life, roster, row, changes)?;
        }
        Ok(())
    }

    fn row(
        &mut self,
        life: LogId,
        roster: &Roster,
        row: &Row,
        changes: Vec<ChangeHash>,
    ) -> Verdict {
        let log = self.logs.entry(life).or_default();
        if row.seq != log.head() + 1 {
            let what = format!("row {} follows row {}", row.seq, log.head());
            return Err(("I3: seq is contiguous from 1", what));
        }
        let before = log.rows.last().map_or_else(|| chain_start(&roster.space()), |row| row.chain);
        if !log.hashes.insert(row.hash) {
            return Err(("I4: retries make one row", format!("row {} is a repetition", row.seq)));
        }
        // Each change comes after those that it depends on: whoever reads the log never waits.
        for hash in &changes {
            let deps = self.changes.get(hash).map_or(&[][..], |change| change.deps.as_slice());
            if deps.iter().any(|dep| !log.held.contains(dep)) {
                let what = format!("row {} holds a change without its past", row.seq);
                return Err(("the log is causally closed", what));
            }
            log.held.insert(*hash);
        }
        let chain = chain_next(&before, row);
        log.rows.push(Seen { seq: row.seq, hash: row.hash, changes, chain });
        Ok(())
    }

    /// The chain that the rows seen give.
    pub(in super::super) fn chain(&self, life: LogId) -> Option<Hash> {
        self.logs.get(&life)?.rows.last().map(|row| row.chain)
    }
}
