//! Walking along the log: an answer's rows are verified whole before any of them counts.

use std::collections::{HashMap, VecDeque};

use wire::{
    Counter, Covers, DeviceKey, Hash, Life, LogId, Record, Roster, RosterError, Row, RowBody,
    RowKind, Seen, Seq, SessionId, SpaceId, chain_next, chain_start, limits,
};

use super::judge;
use super::{Content, OpenedRow, SkipReason, Skipped};
use crate::place::PastLife;
use crate::{ChangeHash, DeviceSecrets, KeyRing, Place, unlock};

/// How many links of the chain are remembered, to compare what others have seen. Colleagues who
/// are online have seen some recent row.
const HISTORY: usize = 2 * limits::MAX_PULL_ROWS;

/// How many sessions' counters are remembered before all are forgotten: a bound on memory, on
/// nothing else. The relay refuses repetitions; this only notices if it does not.
const SESSIONS: usize = 16_384;

/// Where the walk along the log has come to.
#[derive(Debug)]
pub(super) struct Walker {
    pub(super) space: SpaceId,
    pub(super) cursor: Seq,
    pub(super) chain: Hash,
    /// By the records up to the cursor; `None` before the first row.
    pub(super) roster: Option<Roster>,
    /// How many records that is.
    pub(super) walked: usize,
    /// The life of the log at the cursor.
    pub(super) life: Option<LogId>,
    /// Lives in which this device was before.
    lives: Vec<PastLife>,
    /// Up to where the rows of the life at the cursor were read before. Above that a relay was restored
    /// to what this device had not seen, and its roster may have gone on in another way than was known.
    read: Seq,
    /// Stubs on the way, until they are found again.
    pub(super) covers: Covers,
    history: VecDeque<(Seq, Hash)>,
    counters: HashMap<(DeviceKey, SessionId), Counter>,
}

/// What the walker's owner knows and holds.
pub(super) struct Reader<'a> {
    /// The hashes of all records known, those above the cursor included.
    pub(super) known: &'a [Hash],
    /// The keys to open with, which the records on the way add to; `None` for whoever reads the
    /// roster only.
    pub(super) ring: Option<(&'a mut KeyRing, &'a DeviceSecrets)>,
    /// What was sent on this connection and did not come back yet, by envelope hash.
    pub(super) sent: &'a mut HashMap<Hash, Own>,
}

/// What an envelope of this device held.
#[derive(Clone, Debug)]
pub(super) enum Own {
    Changes(Vec<ChangeHash>),
    Snapshot,
    /// A word for the snapshot with that hash.
    Attest(Hash),
}

/// Rows that fit, and what is new in them.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) rows: Vec<OpenedRow>,
    /// Roster records that were not known before, verbatim.
    pub(super) records: Vec<Vec<u8>>,
    /// The roster up to where the log's records parted from those that were known, if they did:
    /// `records` follow on it.
    pub(super) parted: Option<Roster>,
}

/// Why an answer is not taken. Nothing of it counts then, and the walker is of no use any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WalkError {
    /// The rows do not follow on the cursor.
    Gap,
    /// Bytes do not fit their hash, or the rows not the chain.
    Damaged,
    /// Another history than the one known here, or to a colleague.
    Forked { seq: Seq },
    /// Something that only a newer version understands.
    Update,
    /// The key of the roster's epoch is not at hand.
    NoKey,
    /// A row came without its bytes as one of our own, which it is not.
    NotOurs,
}

impl Walker {
    /// Stands at the place's cursor.
    pub(super) fn at(place: &Place) -> Self {
        Self {
            cursor: place.cursor,
            chain: place.chain,
            // Records that make no roster cannot come from our own storage; the walk then stops at
            // the first row, for want of one.
            roster: place.roster_at_cursor().unwrap_or_default(),
            walked: place.walked,
            life: place.life,
            read: place.life.map_or(Seq::MAX, |life| read_of(&place.lives, life)),
            lives: place.lives.clone(),
            covers: place.covers.clone(),
            ..Self::at_start(place.space)
        }
    }

    /// Stands before the first row.
    pub(super) fn at_start(space: SpaceId) -> Self {
        Self {
            space,
            cursor: 0,
            chain: chain_start(&space),
            roster: None,
            walked: 0,
            life: None,
            lives: Vec::new(),
            read: Seq::MAX,
            covers: Covers::default(),
            history: VecDeque::new(),
            counters: HashMap::new(),
        }
    }

    /// Verifies rows against the chain value that the relay gave with them, then judges each.
    pub(super) fn walk(
        &mut self,
        rows: Vec<Row>,
        chain: &Hash,
        reader: &mut Reader<'_>,
    ) -> Result<Walked, WalkError> {
        let links = self.links(&rows)?;
        if links.last().unwrap_or(&self.chain) != chain {
            return Err(WalkError::Damaged);
        }
        let mut walked = Walked::default();
        for (row, link) in rows.into_iter().zip(links) {
            let content = self.content(&row, reader, &mut walked)?;
            self.step(row.seq, link);
            walked.rows.push(OpenedRow { row, content });
        }
        Ok(walked)
    }

    /// The chain after each of the rows.
    fn links(&self, rows: &[Row]) -> Result<Vec<Hash>, WalkError> {
        let (mut seq, mut chain) = (self.cursor, self.chain);
        let mut links = Vec::with_capacity(rows.len());
        for row in rows {
            seq += 1;
            if row.seq != seq {
                return Err(WalkError::Gap);
            }
            if !row.body_fits() {
                return Err(WalkError::Damaged);
            }
            chain = chain_next(&chain, row);
            links.push(chain);
        }
        Ok(links)
    }

    fn step(&mut self, seq: Seq, link: Hash) {
        self.cursor = seq;
        self.chain = link;
        self.history.push_back((seq, link));
        if self.history.len() > HISTORY {
            self.history.pop_front();
        }
    }

    fn content(
        &mut self,
        row: &Row,
        reader: &mut Reader<'_>,
        walked: &mut Walked,
    ) -> Result<Content, WalkError> {
        // The first row is the `found` record; without it nothing can be judged.
        if self.roster.is_none() && row.kind != RowKind::Roster {
            return Err(WalkError::Forked { seq: row.seq });
        }
        match row.kind {
            RowKind::Roster => self.record(row, reader, walked),
            RowKind::Life => Ok(self.new_life(row)),
            RowKind::Changes | RowKind::Snapshot | RowKind::Attest if reader.ring.is_some() => {
                self.covers.pass(row);
                judge::envelope(self, row, reader)
            }
            RowKind::Changes
            | RowKind::Snapshot
            | RowKind::Attest
            | RowKind::Generation
            | RowKind::Unknown(_) => Ok(Content::Unknown),
        }
    }

    fn record(
        &mut self,
        row: &Row,
        reader: &mut Reader<'_>,
        walked: &mut Walked,
    ) -> Result<Content, WalkError> {
        let forked = WalkError::Forked { seq: row.seq };
        // Records are public to the space: the relay never leaves their bytes out.
        let RowBody::Whole(bytes) = &row.body else { return Err(WalkError::Damaged) };
        let expected = reader.known.get(self.walked);
        let parts = expected.is_some_and(|hash| *hash != row.hash);
        if parts && row.seq <= self.read {
            return Err(forked);
        }
        let base = self.roster.clone().filter(|_| parts);
        let applied = Record::parse(bytes).and_then(|record| {
            match &mut self.roster {
                None => self.roster = Some(Roster::start(bytes)?),
                Some(roster) => drop(roster.apply(bytes)?),
            }
            Ok(record)
        });
        let record = match applied {
            Ok(_) if self.roster.as_ref().map(Roster::space) != Some(self.space) => {
                return Err(forked);
            }
            Ok(record) => record,
            Err(RosterError::Newer { .. }) => return Err(WalkError::Update),
            Err(_) if expected.is_some() && !parts || self.roster.is_none() => return Err(forked),
            Err(_) => {
                return Ok(Content::Skipped(Skipped {
                    reason: SkipReason::BadRecord,
                    signer: None,
                }));
            }
        };
        if parts {
            reader.known = &[];
            walked.parted = base;
        }
        if expected.is_none() || parts {
            walked.records.push(bytes.clone());
        }
        self.walked += 1;
        if let (Some((ring, secrets)), Some(roster)) = (&mut reader.ring, &self.roster) {
            unlock::open_record(secrets, roster, &record, ring);
        }
        Ok(Content::Roster(Box::new(record.body)))
    }

    fn new_life(&mut self, row: &Row) -> Content {
        let life = match &row.body {
            RowBody::Whole(bytes) => Life::decode(bytes).ok(),
            RowBody::HashOnly | RowBody::Stub { .. } => None,
        };
        match life {
            Some(Life { log, .. }) => {
                self.life = Some(log);
                self.read = read_of(&self.lives, log);
                Content::Life { log }
            }
            None => Content::Skipped(Skipped { reason: SkipReason::Malformed, signer: None }),
        }
    }

    /// Whether the roster at the cursor ends with that record.
    pub(super) fn ends_at(&self, record: &Hash) -> bool {
        self.roster.as_ref().is_some_and(|roster| roster.head() == *record)
    }

    /// The chain at a row, as far as it is remembered.
    pub(super) fn chain_at(&self, seq: Seq) -> Option<Hash> {
        if seq == self.cursor {
            return Some(self.chain);
        }
        if seq == 0 {
            return Some(chain_start(&self.space));
        }
        let (first, _) = self.history.front()?;
        let index = usize::try_from(seq.checked_sub(*first)?).ok()?;
        self.history.get(index).map(|(_, chain)| *chain)
    }

    /// Whether somebody who made the row `at` can have seen that.
    pub(super) fn agrees(&self, seen: &Seen, at: Seq) -> bool {
        seen.seq < at && self.chain_at(seen.seq).is_none_or(|chain| chain == seen.chain)
    }

    /// Notes a counter; false if the session has used it, or a later one, before.
    pub(super) fn count(
        &mut self,
        device: DeviceKey,
        session: SessionId,
        counter: Counter,
    ) -> bool {
        if self.counters.len() >= SESSIONS {
            self.counters.clear();
        }
        let last = self.counters.entry((device, session)).or_default();
        let fresh = counter > *last;
        *last = counter.max(*last);
        fresh
    }

    /// The place at the walker's cursor, after what was walked from the place before.
    pub(super) fn place(&self, before: &Place, walked: &Walked) -> Place {
        let mut before = match &walked.parted {
            Some(base) => before.parted_at(base),
            None => before.clone(),
        };
        let mut records = before.records;
        records.extend(walked.records.iter().cloned());
        let roster = match &self.roster {
            Some(roster) if self.walked == records.len() => roster.clone(),
            _ => before.roster,
        };
        before.lost.settle(&roster);
        Place {
            cursor: self.cursor,
            chain: self.chain,
            life: self.life,
            roster,
            records,
            walked: self.walked,
            sessions: before.sessions,
            covers: self.covers.clone(),
            lives: before.lives,
            lost: before.lost,
            space: before.space,
            log: before.log,
            founded: before.founded,
        }
    }
}

/// Up to where a life was read; not at all if it began without this device.
fn read_of(lives: &[PastLife], life: LogId) -> Seq {
    lives.iter().find(|past| past.log == life).map_or(0, |past| past.read)
}
