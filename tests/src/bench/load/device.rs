//! A device that has a place in the log and no documents.

use std::sync::Arc;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use relay::log::Standing;
use relay::store::conformance::Person;
use tokio::time::{Instant, sleep_until, timeout};
use wire::limits::MAX_IN_FLIGHT;
use wire::{
    ClientFrame, Counter, Envelope, Header, RelayFrame, RowBody, RowKind, Seq, SessionId, Tag,
};

use super::floor::Row;
use super::team::Board;
use crate::bench::Stopwatch;
use crate::crowd::Line;
use crate::deadline::PATIENCE;

/// The documents of a team that are worked on at a time.
const DOCUMENTS: u64 = 8;
/// Between two edits of one device, milliseconds: twice this at most, this in the middle.
const THINKS: u64 = 1_000;
/// Between two connections of one device, milliseconds, likewise.
const STAYS: u64 = 30_000;
/// Bytes of a sealed edit without its header: a field to a long note.
const EDIT: std::ops::Range<u64> = 256..1_500;
/// The most that one pull asks for, bytes; what devices ask for.
const PULL: u32 = 256 << 10;

/// What a device did.
#[derive(Default)]
pub(super) struct Worked {
    pub(super) saved: usize,
    pub(super) reached: Vec<f64>,
    pub(super) returned: Vec<f64>,
    pub(super) behind: usize,
}

impl Worked {
    pub(super) fn extend(&mut self, other: Self) {
        self.saved += other.saved;
        self.reached.extend(other.reached);
        self.returned.extend(other.returned);
        self.behind += other.behind;
    }
}

/// One device of a team.
pub(super) struct Device {
    who: usize,
    person: Arc<Person>,
    origin: String,
    /// The place up to which it has read.
    standing: Standing,
    board: Arc<Board>,
    rng: ChaCha20Rng,
    session: SessionId,
    counter: Counter,
    /// Edits that are not acknowledged.
    flying: usize,
    /// A question for rows is not answered.
    asked: bool,
    /// The last row that the relay told of.
    told: Seq,
    /// Since it came back, until it has read everything.
    returning: Option<Stopwatch>,
    done: Worked,
}

impl Device {
    pub(super) fn new(
        who: usize,
        person: Arc<Person>,
        origin: String,
        standing: Standing,
        board: Arc<Board>,
    ) -> Self {
        let rng = ChaCha20Rng::from_seed(person.key().0);
        let told = standing.head;
        Self {
            who,
            person,
            origin,
            standing,
            board,
            rng,
            session: SessionId([0; 16]),
            counter: 0,
            flying: 0,
            asked: false,
            told,
            returning: None,
            done: Worked::default(),
        }
    }

    /// Edits, reads and returns for that long, then reads to the end.
    pub(super) async fn work(mut self, lasts: Duration) -> Worked {
        let end = now() + lasts;
        let mut line = self.connect().await;
        let (mut edit, mut leave) = (self.after(THINKS), self.after(STAYS));
        loop {
            let working = now() < end;
            if !working
                && self.flying == 0
                && self.standing.head >= self.board.last()
                && now() > end + CALM
            {
                return self.done;
            }
            tokio::select! {
                frame = line.next() => self.hear(frame.expect("the relay is there"), &mut line).await,
                () = sleep_until(edit), if working && self.flying < MAX_IN_FLIGHT => {
                    self.edit(&mut line).await;
                    edit = self.after(THINKS);
                }
                () = sleep_until(leave), if working && self.flying == 0 => {
                    drop(line);
                    self.returning = Some(Stopwatch::start());
                    line = self.connect().await;
                    leave = self.after(STAYS);
                }
                () = sleep_until(now() + CALM), if !working => {}
                () = sleep_until(end + PATIENCE) => {
                    self.done.behind = 1;
                    return self.done;
                }
            }
        }
    }

    async fn connect(&mut self) -> Line {
        let mut line = Line::open(&self.origin).await.expect("a connection");
        let place = Some((self.standing.head, self.standing.log));
        let entered = line.enter(&self.person, self.standing.space, &self.origin, place).await;
        let (_, head, chain) = entered.expect("a device of the team");
        assert_eq!(chain, Some(self.standing.chain), "the relay has another history");
        self.rng.fill_bytes(&mut self.session.0);
        (self.counter, self.asked, self.told) = (0, false, self.told.max(head));
        self.ask(&mut line).await;
        line
    }

    async fn edit(&mut self, line: &mut Line) {
        let envelope = self.envelope();
        self.board.sends(envelope.hash(), self.who);
        self.flying += 1;
        let envelope = envelope.bytes().to_vec();
        line.send(&ClientFrame::Append { envelope }).await.expect("the relay is there");
    }

    async fn hear(&mut self, frame: RelayFrame, line: &mut Line) {
        match frame {
            RelayFrame::Appended { seq, .. } => {
                self.flying -= 1;
                self.done.saved += 1;
                self.board.appended(seq);
            }
            RelayFrame::Head { seq } => self.told = self.told.max(seq),
            RelayFrame::Rows { rows, head, chain } => {
                for row in &rows {
                    assert_eq!(row.seq, self.standing.head + 1, "a row was skipped");
                    self.standing.head = row.seq;
                    let live = self.returning.is_none() && matches!(row.body, RowBody::Whole(_));
                    let reached = self.board.reached(&row.hash, self.who);
                    self.done.reached.extend(reached.filter(|_| live));
                }
                self.standing.chain = chain;
                self.told = self.told.max(head);
                self.asked = false;
            }
            // It has no documents to make snapshots of.
            RelayFrame::Hint { .. } => {}
            other => panic!("not expected: {other:?}"),
        }
        self.ask(line).await;
    }

    /// Asks for what is new, one question at a time.
    async fn ask(&mut self, line: &mut Line) {
        if self.told > self.standing.head {
            if !self.asked {
                self.asked = true;
                let pull = ClientFrame::Pull { after: self.standing.head, max_bytes: PULL };
                line.send(&pull).await.expect("the relay is there");
            }
        } else if let Some(since) = self.returning.take() {
            self.done.returned.push(since.milliseconds());
        }
    }

    fn envelope(&mut self) -> Envelope {
        self.counter += 1;
        let mut tag = self.standing.space.0;
        tag[0] = (self.rng.next_u64() % DOCUMENTS) as u8;
        let (tag, _) = tag.split_first_chunk().expect("an id is longer than a tag");
        let header = self.person.header(&self.standing, self.session, self.counter);
        let header = Header { tag: Tag(*tag), kind: RowKind::Changes, ..header };
        let length = EDIT.start + self.rng.next_u64() % (EDIT.end - EDIT.start);
        let mut body = vec![0; length as usize];
        self.rng.fill_bytes(&mut body);
        self.person.seals(&header, &body)
    }

    fn after(&mut self, mean: u64) -> Instant {
        now() + Duration::from_millis(self.rng.next_u64() % (2 * mean))
    }

    /// Connects, and makes so many rows before anybody sends.
    pub(super) async fn prepare(mut self, team: usize, rows: usize) -> Burst {
        // The same device in other sessions than those it worked in.
        self.rng = ChaCha20Rng::from_seed(wire::hash(b"burst", &[&self.person.key().0]).0);
        self.standing.head = 0;
        self.standing.chain = wire::chain_start(&self.standing.space);
        let mut line = self.connect().await;
        // What it asked for on connecting.
        while self.asked || self.told > self.standing.head {
            let frame = line.next().await.expect("the relay is there");
            self.hear(frame, &mut line).await;
        }
        let rows = (0..rows).map(|_| self.envelope());
        let rows = rows.collect();
        Burst { team, line, rows }
    }
}

/// A device that is about to send as fast as it may.
pub(super) struct Burst {
    team: usize,
    line: Line,
    rows: Vec<Envelope>,
}

impl Burst {
    pub(super) fn rows(&self) -> Vec<Row> {
        let row = |envelope: &Envelope| Row {
            team: self.team,
            tag: envelope.header.tag.0,
            hash: envelope.hash(),
            envelope: envelope.bytes().to_vec(),
        };
        self.rows.iter().map(row).collect()
    }

    /// Sends all of it; returns when all of it is acknowledged.
    pub(super) async fn send(mut self) {
        let (mut sent, mut acknowledged) = (0, 0);
        while acknowledged < self.rows.len() {
            while sent < self.rows.len() && sent - acknowledged < MAX_IN_FLIGHT {
                let envelope = self.rows[sent].bytes().to_vec();
                self.line
                    .send(&ClientFrame::Append { envelope })
                    .await
                    .expect("the relay is there");
                sent += 1;
            }
            let frame = timeout(PATIENCE, self.line.next()).await.expect("an answer in time");
            match frame.expect("the relay is there") {
                RelayFrame::Appended { .. } => acknowledged += 1,
                RelayFrame::Head { .. } | RelayFrame::Hint { .. } => {}
                other => panic!("not appended: {other:?}"),
            }
        }
    }
}

/// How long a device that has read everything waits for more before it goes home.
const CALM: Duration = Duration::from_millis(300);

fn now() -> Instant {
    Instant::now()
}
