//! The relay's log, row by row, as it was first seen.

use std::collections::{BTreeMap, BTreeSet};

use replica::DeviceSecrets;
use wire::{
    Envelope, Hash, LogId, Roster, Row, RowBody, RowKind, Seq, Tag, chain_next, chain_start,
};

use super::{ChangeHash, Verdict, Witness};

/// One life of the log.
#[derive(Default)]
pub(in super::super) struct Log {
    rows: Vec<Seen>,
    hashes: BTreeSet<Hash>,
    held: BTreeSet<ChangeHash>,
    closed: BTreeSet<Tag>,
    /// Tags that no generation has named yet, and on which they are to follow.
    after: BTreeMap<Tag, Tag>,
}

/// One row.
pub(in super::super) struct Seen {
    pub(in super::super) seq: Seq,
    pub(in super::super) hash: Hash,
    pub(in super::super) tag: Tag,
    pub(in super::super) changes: Vec<ChangeHash>,
    /// It has lost its bytes to a snapshot.
    pub(in super::super) covered: bool,
    /// Of a snapshot: up to where it stands for its document.
    covers: Seq,
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

    /// Whether the document goes on under another tag.
    pub(in super::super) fn is_closed(&self, tag: &Tag) -> bool {
        self.closed.contains(tag)
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
    ) -> Verdict<[(&'static str, u64); 5]> {
        let [mut snapshots, mut words, mut covered, mut stubs, mut closed] = [0; 5];
        for row in rows {
            let changes = match (&row.kind, &row.body) {
                (RowKind::Changes | RowKind::Snapshot, RowBody::Whole(bytes)) => {
                    snapshots += u64::from(row.kind == RowKind::Snapshot);
                    self.open(bytes)?.changes
                }
                (RowKind::Attest, RowBody::Whole(bytes)) => {
                    words += 1;
                    covered += self.attested(life, bytes)?;
                    Vec::new()
                }
                (RowKind::Generation, RowBody::Whole(bytes)) => {
                    closed += 1;
                    self.close(life, row, bytes)?;
                    Vec::new()
                }
                (_, RowBody::Stub { .. }) => {
                    stubs += 1;
                    Vec::new()
                }
                (RowKind::Roster, RowBody::Whole(bytes)) => {
                    self.rotated(roster, bytes, secrets())?;
                    Vec::new()
                }
                _ => Vec::new(),
            };
            self.row(life, roster, row, changes)?;
        }
        Ok([
            ("snapshots", snapshots),
            ("words for snapshots", words),
            ("rows covered", covered),
            ("stubs in a restored log", stubs),
            ("generations", closed),
        ])
    }

    /// A document goes on under another tag: nothing under the old one has to be anywhere any more.
    fn close(&mut self, life: LogId, row: &Row, bytes: &[u8]) -> Verdict {
        const RULE: &str = "a generation names what is there";
        let header = Envelope::parse(bytes).map_err(|error| (RULE, error.to_string()))?.header;
        let log = self.logs.entry(life).or_default();
        let begins = header.begins.ok_or((RULE, "nothing".to_owned()))?;
        let named = log.rows.iter().find(|seen| seen.hash == begins.snapshot);
        if named.is_none_or(|seen| seen.tag != begins.tag) {
            return Err((RULE, format!("row {}", row.seq)));
        }
        if let Some(late) = log.rows.iter().find(|seen| {
            seen.tag == row.tag && seen.seq > header.seen.seq && !seen.changes.is_empty()
        }) {
            return Err(("I2: a generation closes what its maker had read", late.seq.to_string()));
        }
        log.after.remove(&begins.tag);
        log.closed.insert(row.tag);
        let orphans = log.after.iter().filter(|(_, old)| **old == row.tag).map(|(tag, _)| *tag);
        log.closed.extend(orphans.collect::<Vec<_>>());
        for seen in &mut log.rows {
            seen.covered |= log.closed.contains(&seen.tag);
        }
        Ok(())
    }

    /// I2: what rows lose is in the snapshot for which somebody vouches.
    fn attested(&mut self, life: LogId, bytes: &[u8]) -> Verdict<u64> {
        const RULE: &str = "I2: a snapshot holds what it covers";
        let header = Envelope::parse(bytes).map_err(|error| (RULE, error.to_string()))?.header;
        let log = self.logs.entry(life).or_default();
        let named = log.rows.iter().find(|row| Some(row.hash) == header.attests);
        let (inside, covers) = match named {
            Some(row) => (row.changes.iter().copied().collect::<BTreeSet<_>>(), row.covers),
            None => return Err((RULE, "there is no such snapshot".to_owned())),
        };
        let mut covered = 0;
        for row in &mut log.rows {
            if row.tag == header.tag && row.seq <= covers && !row.covered {
                if !row.changes.iter().all(|change| inside.contains(change)) {
                    return Err((RULE, format!("row {} under row {covers}", row.seq)));
                }
                row.covered = true;
                covered += 1;
            }
        }
        Ok(covered)
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
        let (seq, hash, tag) = (row.seq, row.hash, row.tag);
        let covered = matches!(row.body, RowBody::Stub { .. });
        let header = match &row.body {
            RowBody::Whole(bytes) if row.kind == RowKind::Snapshot => Envelope::parse(bytes).ok(),
            _ => None,
        };
        if let Some(old) = header.as_ref().and_then(|envelope| envelope.header.after) {
            log.after.insert(tag, old);
        }
        let covers = header.and_then(|envelope| envelope.header.covers).unwrap_or_default();
        log.rows.push(Seen { seq, hash, tag, changes, covered, covers, chain });
        Ok(())
    }

    /// I2 and I8: what a replica that begins now finds in the rows that have their bytes is all that
    /// was ever acknowledged; by document, with its heads.
    pub(in super::super) fn found_by_a_newcomer(
        &mut self,
        life: LogId,
        rows: &[Row],
    ) -> Verdict<BTreeMap<Tag, BTreeSet<ChangeHash>>> {
        let mut found: BTreeMap<Tag, BTreeSet<ChangeHash>> = BTreeMap::new();
        for row in rows {
            if let (RowKind::Changes | RowKind::Snapshot, RowBody::Whole(bytes)) =
                (row.kind, &row.body)
            {
                found.entry(row.tag).or_default().extend(self.open(bytes)?.changes);
            }
        }
        let all: BTreeSet<ChangeHash> = found.values().flatten().copied().collect();
        let held = self.held(life);
        if held != all {
            let what = format!("{} of {} are there", all.len(), held.len());
            return Err(("I2: snapshot and tail hold what was acknowledged", what));
        }
        for changes in found.values_mut() {
            let all = changes.clone();
            for change in all {
                let deps = self.changes.get(&change).map_or(&[][..], |it| it.deps.as_slice());
                for dep in deps {
                    changes.remove(dep);
                }
            }
        }
        Ok(found)
    }

    /// The chain that the rows seen give.
    pub(in super::super) fn chain(&self, life: LogId) -> Option<Hash> {
        self.logs.get(&life)?.rows.last().map(|row| row.chain)
    }
}
