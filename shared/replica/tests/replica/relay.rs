//! A relay in a page of code: enough to talk to a session, and easy to make lie.

use std::collections::{HashMap, VecDeque};

use wire::roster::Body;
use wire::{
    ClientFrame, Counter, DeviceKey, Envelope, Hash, Life, LogId, Record, Refusal, RelayFrame,
    Roster, Row, RowBody, RowKind, Seq, SessionId, SpaceId, Tag, chain_next, chain_start,
    connect_input, verify,
};

pub(crate) const ORIGIN: &str = "https://relay.example";
pub(crate) const TOKEN: &str = "set-up token";

pub(crate) struct Relay {
    pub(crate) log: LogId,
    pub(crate) space: SpaceId,
    pub(crate) rows: Vec<Row>,
    pub(crate) roster: Option<Roster>,
    pub(crate) token_used: bool,
    /// Taken from the front: what the next appends are refused with, if at all.
    pub(crate) refuse: VecDeque<Option<Refusal>>,
    /// The same for records.
    pub(crate) refuse_records: VecDeque<Refusal>,
    /// Whom the relay sends away, whatever the roster says.
    pub(crate) banned: Vec<DeviceKey>,
    /// A record that comes in just before the next one.
    pub(crate) race: Option<Vec<u8>>,
    /// After how many rows of changes this relay asks for a snapshot.
    pub(crate) hint_after: Option<usize>,
    counters: HashMap<(DeviceKey, SessionId), Counter>,
    last: HashMap<DeviceKey, (SessionId, Counter)>,
}

/// One connection.
#[derive(Default)]
pub(crate) struct Connection {
    nonce: [u8; 32],
    who: Option<(DeviceKey, bool)>,
    sent: Vec<Hash>,
}

impl Relay {
    pub(crate) fn new() -> Self {
        Self {
            log: LogId([1; 16]),
            space: SpaceId([0; 32]),
            rows: Vec::new(),
            roster: None,
            token_used: false,
            refuse: VecDeque::new(),
            refuse_records: VecDeque::new(),
            banned: Vec::new(),
            race: None,
            hint_after: None,
            counters: HashMap::new(),
            last: HashMap::new(),
        }
    }

    pub(crate) fn head(&self) -> Seq {
        self.rows.len() as Seq
    }

    pub(crate) fn chain(&self, seq: Seq) -> Hash {
        self.rows[..seq as usize]
            .iter()
            .fold(chain_start(&self.space), |chain, row| chain_next(&chain, row))
    }

    pub(crate) fn open(&self, number: u8) -> (Connection, Vec<u8>) {
        let nonce = [number; 32];
        let hello = RelayFrame::Hello { versions: (1, 2), nonce }.encode();
        (Connection { nonce, ..Connection::default() }, hello)
    }

    pub(crate) fn push(&mut self, kind: RowKind, tag: Tag, bytes: Vec<u8>) -> Seq {
        let seq = self.head() + 1;
        self.rows.push(Row {
            seq,
            received_at: 1_000 + seq,
            kind,
            tag,
            hash: kind.hash_of(&bytes),
            body: RowBody::Whole(bytes),
        });
        seq
    }

    /// What an operator does after putting a backup back.
    pub(crate) fn begin_new_life(&mut self, log: LogId) {
        let life = Life { log, before: self.log };
        self.push(RowKind::Life, Tag::ZERO, life.encode());
        self.log = log;
    }

    /// The log as it was in a backup.
    pub(crate) fn restore(&mut self, head: Seq) {
        self.rows.truncate(head as usize);
        let mut records = self.rows.iter().filter(|row| row.kind == RowKind::Roster);
        let mut bytes = || match &records.next()?.body {
            RowBody::Whole(bytes) => Some(bytes.clone()),
            _ => None,
        };
        let mut roster = Roster::start(&bytes().unwrap()).unwrap();
        while let Some(record) = bytes() {
            roster.apply(&record).unwrap();
        }
        self.roster = Some(roster);
    }

    pub(crate) fn on(&mut self, connection: &mut Connection, frame: &[u8]) -> Vec<RelayFrame> {
        let frame = ClientFrame::decode(frame).unwrap();
        match self.answer(connection, frame) {
            Ok(frames) => frames,
            Err((hash, reason)) => vec![RelayFrame::Refused { hash, reason }],
        }
    }

    fn answer(
        &mut self,
        connection: &mut Connection,
        frame: ClientFrame,
    ) -> Result<Vec<RelayFrame>, (Hash, Refusal)> {
        let bare = |reason| (Hash::ZERO, reason);
        match frame {
            ClientFrame::Found { token, record } => {
                let space = SpaceId(Record::hash_of(&record).0);
                if self.space != space {
                    if self.token_used {
                        return Err(bare(Refusal::TokenUsed));
                    }
                    if token != TOKEN {
                        return Err(bare(Refusal::TokenWrong));
                    }
                    self.roster = Some(Roster::start(&record).unwrap());
                    self.space = space;
                    self.token_used = true;
                    self.push(RowKind::Roster, Tag::ZERO, record);
                }
                Ok(vec![RelayFrame::Founded { space, seq: 1 }])
            }
            ClientFrame::Connect {
                space,
                origin,
                device,
                as_invite,
                cursor,
                log,
                signature,
                ..
            } => {
                let Some(roster) = self.roster.as_ref().filter(|_| space == self.space) else {
                    return Err(bare(Refusal::SpaceUnknown));
                };
                let input = connect_input(&connection.nonce, &space, ORIGIN, &device);
                if origin != ORIGIN || verify(&device, &input, &signature).is_err() {
                    return Err(bare(Refusal::BadSignature));
                }
                let kit = roster.kit().is_some_and(|kit| kit.key == device);
                if as_invite && (kit || roster.removal(&device).is_some()) {
                    // They read the roster.
                } else if as_invite {
                    use wire::InviteState::*;
                    match roster.invite_by_key(&device).map(|(_, status)| status.state) {
                        Some(Open) => {}
                        Some(Used { .. }) => return Err(bare(Refusal::InviteUsed)),
                        Some(Revoked) => return Err(bare(Refusal::InviteRevoked)),
                        None => return Err(bare(Refusal::InviteUnknown)),
                    }
                } else if roster.active(&device).is_none() || self.banned.contains(&device) {
                    return Err(bare(Refusal::NotActive));
                }
                connection.who = Some((device, as_invite));
                let here = log.is_none_or(|log| log == self.log) && cursor <= self.head();
                let last = self.last.get(&device);
                Ok(vec![RelayFrame::Connected {
                    log: self.log,
                    head: self.head(),
                    chain_at_cursor: here.then(|| self.chain(cursor)),
                    last_session: last.map(|last| last.0),
                    last_counter: last.map_or(0, |last| last.1),
                }])
            }
            ClientFrame::Pull { after, .. } => {
                let (device, as_invite) = connection.who.unwrap();
                let roster = self.roster.as_ref().unwrap();
                let away = roster.active(&device).is_none() || self.banned.contains(&device);
                if !as_invite && away {
                    return Err(bare(Refusal::NotActive));
                }
                let removed_by = roster.removal(&device).map(|removal| removal.record);
                // A few rows at a time, so that every story pulls more than once.
                let mut rows: Vec<Row> =
                    self.rows.iter().skip(after as usize).take(3).cloned().collect();
                if let Some(last) = rows.iter().position(|row| Some(row.hash) == removed_by) {
                    rows.truncate(last + 1);
                }
                let last = after + rows.len() as Seq;
                let rows = rows
                    .into_iter()
                    .map(|row| {
                        let own = connection.sent.contains(&row.hash);
                        let bare = matches!(row.kind, RowKind::Roster | RowKind::Life);
                        let hide = !bare && (own || as_invite);
                        if hide { Row { body: RowBody::HashOnly, ..row } } else { row }
                    })
                    .collect();
                Ok(vec![RelayFrame::Rows { rows, head: self.head(), chain: self.chain(last) }])
            }
            ClientFrame::Append { envelope } => self.append(connection, &envelope),
            ClientFrame::AppendRecord { record } => {
                if let Some(faster) = self.race.take() {
                    self.roster.as_mut().unwrap().apply(&faster).unwrap();
                    self.push(RowKind::Roster, Tag::ZERO, faster);
                }
                let hash = Record::hash_of(&record);
                if let Some(refusal) = self.refuse_records.pop_front() {
                    return Err((hash, refusal));
                }
                let roster = self.roster.as_mut().unwrap();
                let known = self.rows.iter().find(|row| row.hash == hash).map(|row| row.seq);
                let seq = match known {
                    Some(seq) => seq,
                    None => {
                        roster.apply(&record).map_err(|error| (hash, Refusal::from(&error)))?;
                        self.push(RowKind::Roster, Tag::ZERO, record)
                    }
                };
                Ok(vec![
                    RelayFrame::Appended { counter: 0, hash, seq },
                    RelayFrame::Head { seq: self.head() },
                ])
            }
            ClientFrame::Ping { n } => Ok(vec![RelayFrame::Pong { n }]),
            ClientFrame::FoundAgain { token, records } => {
                if token != TOKEN {
                    return Err(bare(Refusal::TokenWrong));
                }
                let records: Vec<Vec<u8>> = records.into_iter().map(Vec::from).collect();
                let space = SpaceId(Record::hash_of(&records[0]).0);
                if self.space != space {
                    let mut roster = Roster::start(&records[0]).unwrap();
                    for record in &records[1..] {
                        roster.apply(record).unwrap();
                    }
                    (self.space, self.roster) = (space, Some(roster));
                    for record in records {
                        self.push(RowKind::Roster, Tag::ZERO, record);
                    }
                    self.begin_new_life(LogId([9; 16]));
                }
                Ok(vec![RelayFrame::Founded { space, seq: 1 }])
            }
            // No session sends them: transfers have connections of their own.
            ClientFrame::PutObject { .. }
            | ClientFrame::GetObject { .. }
            | ClientFrame::DropObject { .. }
            | ClientFrame::OpenDrop { .. }
            | ClientFrame::PullDrops { .. }
            | ClientFrame::CloseDrop { .. } => Err(bare(Refusal::Malformed)),
        }
    }

    fn append(
        &mut self,
        connection: &mut Connection,
        bytes: &[u8],
    ) -> Result<Vec<RelayFrame>, (Hash, Refusal)> {
        let envelope = Envelope::parse(bytes).unwrap();
        let hash = envelope.hash();
        let header = &envelope.header;
        if let Some(row) = self.rows.iter().find(|row| row.hash == hash) {
            let seq = row.seq;
            return Ok(vec![RelayFrame::Appended { counter: header.counter, hash, seq }]);
        }
        let key = (header.device, header.session);
        let expected = self.counters.get(&key).copied().unwrap_or(0) + 1;
        let refusal = if header.counter != expected {
            Some(Refusal::CounterGap { expected })
        } else if header.kind == RowKind::Snapshot && header.covers != Some(self.last(header.tag)) {
            Some(Refusal::SnapshotStale { last: self.last(header.tag) })
        } else if let Some(refusal) = self.refuse.pop_front().flatten() {
            Some(refusal)
        } else if self.roster.as_ref().unwrap().active(&header.device).is_none() {
            Some(Refusal::NotActive)
        } else if header.epoch < self.roster.as_ref().unwrap().epoch() {
            Some(Refusal::StaleEpoch { current: self.roster.as_ref().unwrap().epoch() })
        } else if header.log != self.log {
            Some(Refusal::WrongLog { current: self.log })
        } else if header.seen.chain != self.chain(header.seen.seq) {
            Some(Refusal::SeenMismatch)
        } else {
            envelope.verify().err().map(|_| Refusal::BadSignature)
        };
        if let Some(refusal) = refusal {
            return Err((hash, refusal));
        }
        self.counters.insert(key, header.counter);
        self.last.insert(header.device, (header.session, header.counter));
        connection.sent.push(hash);
        let (kind, tag, counter) = (header.kind, header.tag, header.counter);
        let seq = self.push(kind, tag, bytes.to_vec());
        let mut frames =
            vec![RelayFrame::Appended { counter, hash, seq }, RelayFrame::Head { seq }];
        let changes = self.rows.iter().filter(|row| row.kind == RowKind::Changes).count();
        if kind == RowKind::Changes && self.hint_after.is_some_and(|after| changes >= after) {
            frames.push(RelayFrame::Hint { tag, last: seq });
        }
        Ok(frames)
    }

    /// The last row of a document, attestations left out.
    fn last(&self, tag: Tag) -> Seq {
        let of = |row: &&Row| row.tag == tag && row.kind != RowKind::Attest;
        self.rows.iter().rfind(of).map_or(0, |row| row.seq)
    }

    /// Rows of a document lose their bytes to the snapshot with that hash.
    pub(crate) fn cover(&mut self, tag: Tag, up_to: Seq, by: Hash) {
        for row in self.rows.iter_mut().filter(|row| row.tag == tag && row.seq <= up_to) {
            row.body = RowBody::Stub { covered_by: Some(by) };
        }
    }

    /// The rows of a kind.
    pub(crate) fn of_kind(&self, kind: RowKind) -> Vec<Row> {
        self.rows.iter().filter(|row| row.kind == kind).cloned().collect()
    }

    /// The records in the log.
    pub(crate) fn bodies(&self) -> Vec<Body> {
        let roster = self.rows.iter().filter(|row| row.kind == RowKind::Roster);
        roster
            .map(|row| match &row.body {
                RowBody::Whole(bytes) => Record::parse(bytes).unwrap().body,
                other => panic!("{other:?}"),
            })
            .collect()
    }
}
