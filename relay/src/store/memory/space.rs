//! One space in memory.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use wire::limits::MAX_PULL_ROWS;
use wire::{
    Counter, DeviceKey, Envelope, Hash, LogId, Millis, Refusal, Row, RowBody, Seq, SessionId, Tag,
    chain_start,
};

use super::objects::{KeptDrop, KeptObject};
use crate::limits::SESSIONS_PER_DEVICE;
use crate::log::{
    self, Addition, Beginning, Cover, Known, Quota, Receipt, Standing, Tail, Verdict, Vouched,
};
use crate::store::{Arrival, Entry, Pulled, SpaceStats, Taken};

#[derive(Clone)]
pub(super) struct Space {
    standing: Standing,
    /// Each row with the chain up to it; row *n* lies at *n* - 1.
    rows: Vec<(Row, Hash)>,
    places: HashMap<Hash, Seq>,
    tails: BTreeMap<Tag, Tail>,
    /// Who has given one for which generation.
    receipts: BTreeSet<(Hash, DeviceKey)>,
    sessions: BTreeMap<(DeviceKey, SessionId), Session>,
    pub(super) objects: BTreeMap<Hash, KeptObject>,
    pub(super) drops: BTreeMap<Hash, KeptDrop>,
}

#[derive(Clone, Copy)]
struct Session {
    counter: Counter,
    last_row: Seq,
}

impl Space {
    pub(super) fn begun(Beginning { standing, rows }: Beginning) -> Self {
        let empty = Standing { head: 0, chain: chain_start(&standing.space), bytes: 0, ..standing };
        let mut founded = Self {
            standing: empty,
            rows: Vec::new(),
            places: HashMap::new(),
            tails: BTreeMap::new(),
            receipts: BTreeSet::new(),
            sessions: BTreeMap::new(),
            objects: BTreeMap::new(),
            drops: BTreeMap::new(),
        };
        for row in rows {
            founded.add(row);
        }
        founded
    }

    /// What became of the entry, and whether it came in just now.
    pub(super) fn append(
        &mut self,
        entry: &Entry,
        quota: &Quota,
        now: Millis,
    ) -> Result<(Taken, bool), Refusal> {
        let verdict = match entry {
            Entry::Envelope(envelope) => {
                let known = self.known(envelope);
                log::decide_append(&self.standing, &known, quota, envelope, now)?
            }
            Entry::Record { author, bytes } => {
                let row = self.place(wire::Record::hash_of(bytes));
                let known = Known { row, ..Known::default() };
                log::decide_record(&self.standing, &known, quota, author, bytes, now)?
            }
        };
        match verdict {
            Verdict::Held(seq) => Ok((Taken { seq, hint: None }, false)),
            Verdict::Add(addition) => {
                if let Entry::Envelope(envelope) = entry {
                    self.count(envelope, addition.row.seq);
                }
                let hint = addition.hint;
                Ok((Taken { seq: self.add(*addition), hint }, true))
            }
        }
    }

    pub(super) fn new_life(&mut self, log: LogId, now: Millis) -> Seq {
        self.add(log::decide_life(&self.standing, log, now))
    }

    pub(super) fn arrive(&self, device: &DeviceKey, cursor: Seq) -> Arrival {
        let own = self.of_device(device).max_by_key(|(_, session)| session.last_row);
        Arrival {
            standing: self.standing.clone(),
            chain_at_cursor: self.chain_at(cursor),
            last: own.map(|(id, session)| (*id, session.counter)),
        }
    }

    pub(super) fn pull(&self, after: Seq, max_bytes: u32) -> Pulled {
        let from = usize::try_from(after).unwrap_or(usize::MAX).min(self.rows.len());
        let mut room = u64::from(max_bytes);
        let mut rows = Vec::new();
        let mut chain = self.chain_at(after);
        for (row, at_row) in self.rows.iter().skip(from).take(MAX_PULL_ROWS) {
            let size = log::row_bytes(row);
            if size > room && !rows.is_empty() {
                break;
            }
            room = room.saturating_sub(size);
            rows.push(row.clone());
            chain = Some(*at_row);
        }
        Pulled { standing: self.standing.clone(), rows, chain }
    }

    pub(super) fn stats(&self) -> SpaceStats {
        let is_stub = |row: &Row| !matches!(row.body, RowBody::Whole(_));
        SpaceStats {
            space: self.standing.space,
            log: self.standing.log,
            rows: self.standing.head,
            row_bytes: self.standing.bytes,
            stubs: self.rows.iter().filter(|(row, _)| is_stub(row)).count() as u64,
            last_row_at: self.rows.last().map_or(0, |(row, _)| row.received_at),
            objects: self.objects.len() as u64,
            object_bytes: self.objects.values().map(KeptObject::held).sum(),
            drops: self.drops.len() as u64,
            drop_bytes: self.drops.values().map(KeptDrop::held).sum(),
        }
    }

    fn known(&self, envelope: &Envelope) -> Known {
        let header = &envelope.header;
        let session = self.sessions.get(&(header.device, header.session));
        Known {
            row: self.place(envelope.hash()),
            counter: session.map_or(0, |session| session.counter),
            seen: self.chain_at(header.seen.seq),
            tail: self.tails.get(&header.tag).copied().unwrap_or_default(),
            other: header
                .other_tag()
                .and_then(|tag| self.tails.get(&tag))
                .copied()
                .unwrap_or_default(),
            vouched: header.names().and_then(|row| self.vouched(row)),
            receipt: header
                .attests
                .is_some_and(|generation| self.receipts.contains(&(generation, header.device))),
        }
    }

    fn vouched(&self, snapshot: Hash) -> Option<Vouched> {
        Vouched::of(self.row(self.place(snapshot)?)?)
    }

    fn row(&self, seq: Seq) -> Option<&Row> {
        self.rows.get(usize::try_from(seq.checked_sub(1)?).ok()?).map(|(row, _)| row)
    }

    /// Lets go of bytes, and says how many.
    fn cover(&mut self, cover: &Cover) -> u64 {
        let mut freed = 0;
        let mut others = Vec::new();
        if let Some(new) = cover.begins {
            for (tag, tail) in &mut self.tails {
                if tail.after == Some(cover.tag) {
                    tail.after = None;
                    tail.closed = *tag != new;
                    others.extend((*tag != new).then_some(*tag));
                }
            }
        }
        for (row, _) in &mut self.rows {
            let of_kind = cover.begins.is_some() || Cover::KINDS.contains(&row.kind);
            let covered = (row.tag == cover.tag && row.seq <= cover.up_to && of_kind)
                || others.contains(&row.tag);
            if let RowBody::Whole(bytes) = &row.body
                && covered
            {
                freed += bytes.len() as u64;
                row.body = RowBody::Stub { covered_by: Some(cover.by) };
            }
        }
        freed
    }

    fn place(&self, hash: Hash) -> Option<Seq> {
        self.places.get(&hash).copied()
    }

    fn chain_at(&self, seq: Seq) -> Option<Hash> {
        match seq.checked_sub(1) {
            None => Some(chain_start(&self.standing.space)),
            Some(index) => self.rows.get(usize::try_from(index).ok()?).map(|(_, chain)| *chain),
        }
    }

    fn count(&mut self, envelope: &Envelope, last_row: Seq) {
        let header = &envelope.header;
        let session = Session { counter: header.counter, last_row };
        self.sessions.insert((header.device, header.session), session);
        if self.of_device(&header.device).count() as u64 > SESSIONS_PER_DEVICE {
            let oldest = self.of_device(&header.device).min_by_key(|(_, session)| session.last_row);
            if let Some(oldest) = oldest.map(|(id, _)| *id) {
                self.sessions.remove(&(header.device, oldest));
            }
        }
    }

    fn of_device(&self, device: &DeviceKey) -> impl Iterator<Item = (&SessionId, &Session)> {
        let all = (*device, SessionId([0; 16]))..=(*device, SessionId([0xff; 16]));
        self.sessions.range(all).map(|((_, id), session)| (id, session))
    }

    fn add(&mut self, addition: Addition) -> Seq {
        debug_assert!(matches!(addition.row.body, RowBody::Whole(_)));
        let freed = addition.cover.map_or(0, |cover| self.cover(&cover));
        self.standing = self.standing.with(&addition, freed);
        if let Some(tail) = addition.tail {
            self.tails.insert(addition.row.tag, tail);
        }
        if let Some(Receipt { generation, device }) = addition.receipt {
            self.receipts.insert((generation, device));
        }
        let (row, chain) = (addition.row, addition.chain);
        let seq = row.seq;
        self.places.insert(row.hash, seq);
        self.rows.push((row, chain));
        seq
    }
}
