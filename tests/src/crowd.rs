//! People without an app, who only push and read: many rows through several relays on one store,
//! while those die, and every row accounted for.
//!
//! A writer keeps its envelopes until they are acknowledged and sends the very same ones again, to
//! whichever relay it reaches; a reader goes on from its cursor and checks every row against the
//! chain. What they have seen is compared at the end by [`Crowd::settle`].

mod line;
mod reader;
mod writer;

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use relay::log::Standing;
use relay::store::conformance::Person;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;
use wire::{ClientFrame, Hash, RelayFrame, Role, Seq, SessionId, SpaceId, chain_start};

use crate::relay::Relay;
pub(crate) use line::Line;
use reader::{Read, Reader};
use writer::{Sent, Writer};

/// The pause after a connection that failed.
const AGAIN: Duration = Duration::from_millis(20);

/// A space, its people, and what they are doing.
pub struct Crowd {
    space: SpaceId,
    standing: Standing,
    people: Vec<Arc<Person>>,
    sending: watch::Sender<bool>,
    head: watch::Sender<Option<Seq>>,
    acknowledged: Arc<AtomicU64>,
    writers: JoinSet<Sent>,
    readers: JoinSet<Read>,
}

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Account {
    /// Envelopes that were acknowledged.
    pub acknowledged: u64,
    /// Envelopes that were sent more than once.
    pub resent: u64,
    /// Connections of readers.
    pub connections: u64,
    /// Rows of the log.
    pub rows: u64,
    /// Acknowledged envelopes that do not lie where they were said to.
    pub lost: u64,
    /// Envelopes that lie in more than one row.
    pub doubled: u64,
    /// Envelopes of one session that lie before an earlier one.
    pub reordered: u64,
    /// Readers who saw another log than the first.
    pub disagreeing: u64,
}

impl Crowd {
    /// A space with so many people, founded through this relay by its set-up link.
    ///
    /// # Panics
    /// If the relay does not take them.
    pub async fn found(relay: &Relay, people: usize) -> Self {
        let people: Vec<_> = (0..people)
            .map(|number| Arc::new(Person::named(&format!("person {number}"))))
            .collect();
        let founder = people.first().expect("a founder");
        let (record, roster) = founder.founds();
        let (space, origin) = (roster.space(), relay.url());
        let link = relay.setup_link();
        let (_, token) = link.split_once("#setup=").expect("a set-up link");
        let mut line = Line::open(&origin).await.expect("a connection");
        let found = ClientFrame::Found { token: token.to_owned(), record };
        assert!(matches!(line.say(&found).await, Some(RelayFrame::Founded { .. })));
        let (log, _, _) = line.enter(founder, space, &origin, None).await.expect("the founder");
        for person in people.iter().skip(1) {
            let door = Person::named(&format!("door of {}", person.key()));
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
        Self {
            space,
            standing,
            people,
            sending: watch::Sender::new(true),
            head: watch::Sender::new(None),
            acknowledged: Arc::default(),
            writers: JoinSet::new(),
            readers: JoinSet::new(),
        }
    }

    /// Somebody writes, as fast as a device may, through the first of these relays that answers.
    pub fn write(&mut self, relays: &[String]) {
        let number = self.writers.len();
        let person = self.people[number % self.people.len()].clone();
        let mut session = [0; 16];
        session[..8].copy_from_slice(&(number as u64 + 1).to_be_bytes());
        let writer = Writer {
            person,
            standing: self.standing.clone(),
            session: SessionId(session),
            relays: relays.to_vec(),
            sending: self.sending.subscribe(),
            acknowledged: self.acknowledged.clone(),
            next: 1,
            waiting: VecDeque::new(),
            sent: Sent { places: Vec::new(), resent: 0 },
        };
        self.writers.spawn(writer.run());
    }

    /// Somebody reads everything through the first of these relays that answers.
    pub fn read(&mut self, relays: &[String]) {
        let number = self.readers.len();
        let reader = Reader {
            person: self.people[number % self.people.len()].clone(),
            space: self.space,
            log: self.standing.log,
            relays: relays.to_vec(),
            head: self.head.subscribe(),
            cursor: 0,
            read: Read { hashes: Vec::new(), chain: chain_start(&self.space), connections: 0 },
        };
        self.readers.spawn(reader.run());
    }

    /// Waits until so many more envelopes have been acknowledged.
    ///
    /// # Panics
    /// If somebody cannot go on meanwhile.
    pub async fn acknowledges(&mut self, more: u64) {
        let enough = self.acknowledged.load(Ordering::Relaxed) + more;
        while self.acknowledged.load(Ordering::Relaxed) < enough {
            let (writer, reader) = (self.writers.try_join_next(), self.readers.try_join_next());
            assert!(writer.is_none() && reader.is_none(), "somebody came to an end early");
            sleep(Duration::from_millis(1)).await;
        }
    }

    /// Lets the writers end with what they have begun and the readers come to the end, and compares.
    ///
    /// # Panics
    /// If somebody cannot go on, or a row does not fit the chain.
    pub async fn settle(mut self) -> Account {
        let _ = self.sending.send(false);
        let mut sent = Vec::new();
        while let Some(writer) = self.writers.join_next().await {
            sent.push(writer.expect("a writer who comes to the end"));
        }
        let envelopes: u64 = sent.iter().map(|sent| sent.places.len() as u64).sum();
        let head = self.standing.head + envelopes;
        let _ = self.head.send(Some(head));
        let mut read = Vec::new();
        while let Some(reader) = self.readers.join_next().await {
            read.push(reader.expect("a reader who comes to the end"));
        }
        self.account(&sent, &read)
    }

    fn account(&self, sent: &[Sent], read: &[Read]) -> Account {
        let first = read.first().expect("a reader");
        let mut rows_of: HashMap<Hash, u64> = HashMap::new();
        for hash in &first.hashes {
            *rows_of.entry(*hash).or_default() += 1;
        }
        let places = || sent.iter().flat_map(|sent| &sent.places);
        let at = |seq: Seq| first.hashes.get(usize::try_from(seq).ok()?.checked_sub(1)?);
        let count = |unfit: usize| unfit as u64;
        Account {
            acknowledged: count(places().count()),
            resent: sent.iter().map(|sent| sent.resent).sum(),
            connections: read.iter().map(|read| read.connections).sum(),
            rows: count(first.hashes.len()),
            lost: count(places().filter(|(hash, seq)| at(*seq) != Some(hash)).count()),
            doubled: count(rows_of.values().filter(|rows| **rows > 1).count()),
            reordered: count(
                sent.iter()
                    .flat_map(|sent| sent.places.windows(2))
                    .filter(|pair| pair[0].1 >= pair[1].1)
                    .count(),
            ),
            disagreeing: count(
                read.iter()
                    .filter(|read| read.chain != first.chain || read.hashes != first.hashes)
                    .count(),
            ),
        }
    }
}
