//! A team at the relay, and what its devices know of each other's rows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use relay::log::Standing;
use relay::store::conformance::Person;
use tokio::task::JoinSet;
use wire::{ClientFrame, Hash, RelayFrame, Role, Seq};

use super::device::{Burst, Device, Worked};
use crate::bench::Stopwatch;
use crate::crowd::Line;
use crate::relay::Relay;

/// People of one space, one device each.
pub(super) struct Team {
    number: usize,
    origin: String,
    standing: Standing,
    people: Vec<Arc<Person>>,
    board: Arc<Board>,
}

/// When which row was sent and by whom, and which is the last one.
#[derive(Default)]
pub(super) struct Board {
    sent: Mutex<HashMap<Hash, (usize, Stopwatch)>>,
    last: Mutex<Seq>,
}

impl Board {
    pub(super) fn sends(&self, hash: Hash, who: usize) {
        self.sent.lock().expect("no panic").insert(hash, (who, Stopwatch::start()));
    }

    /// How long ago somebody else sent it, milliseconds.
    pub(super) fn reached(&self, hash: &Hash, me: usize) -> Option<f64> {
        let sent = self.sent.lock().expect("no panic");
        sent.get(hash).filter(|(who, _)| *who != me).map(|(_, since)| since.milliseconds())
    }

    pub(super) fn appended(&self, seq: Seq) {
        let mut last = self.last.lock().expect("no panic");
        *last = (*last).max(seq);
    }

    pub(super) fn last(&self) -> Seq {
        *self.last.lock().expect("no panic")
    }
}

impl Team {
    /// Founds a space and lets everybody join.
    pub(super) async fn found(relay: &Relay, number: usize, size: usize) -> Self {
        let named = |who: usize| Arc::new(Person::named(&format!("team {number}, person {who}")));
        let people: Vec<_> = (0..size).map(named).collect();
        let founder = people.first().expect("a founder");
        let (record, roster) = founder.founds();
        let (space, origin) = (roster.space(), relay.url());
        let mut line = Line::open(&origin).await.expect("a connection");
        let found = ClientFrame::Found { token: String::new(), record };
        let founded = line.say(&found).await;
        assert!(matches!(founded, Some(RelayFrame::Founded { .. })), "{founded:?}");
        let (log, _, _) = line.enter(founder, space, &origin, None).await.expect("the founder");
        for (who, person) in people.iter().enumerate().skip(1) {
            let door = Person::named(&format!("team {number}, door {who}"));
            let invite = founder.invites(&line.roster(space).await, &door, Role::Editor, u64::MAX);
            line.records(invite).await;
            let mut visitor = Line::open(&origin).await.expect("a connection");
            let by_the_door = door.connects(&visitor.nonce, space, &origin, true, None);
            let entered = visitor.say(&by_the_door).await;
            assert!(matches!(entered, Some(RelayFrame::Connected { .. })), "{entered:?}");
            let join = person.joins(&line.roster(space).await, &door);
            visitor.records(join).await;
        }
        let (rows, chain) = line.rows(0).await;
        let roster = Arc::new(line.roster(space).await);
        let head = rows.len() as Seq;
        let standing = Standing { space, log, head, chain, roster, bytes: 0 };
        let board = Arc::new(Board::default());
        board.appended(head);
        Self { number, origin, standing, people, board }
    }

    /// Everybody works for that long, and then reads to the end.
    pub(super) fn work(&self, devices: &mut JoinSet<Worked>, lasts: Duration) {
        for who in 0..self.people.len() {
            devices.spawn(self.device(who).work(lasts));
        }
    }

    /// Everybody is connected and has so many rows in hand.
    pub(super) async fn bursts(&self, rows: usize) -> Vec<Burst> {
        let mut bursts = Vec::new();
        for who in 0..self.people.len() {
            bursts.push(self.device(who).prepare(self.number, rows).await);
        }
        bursts
    }

    fn device(&self, who: usize) -> Device {
        Device::new(
            who,
            self.people[who].clone(),
            self.origin.clone(),
            self.standing.clone(),
            self.board.clone(),
        )
    }
}
