//! Somebody who reads.

use std::sync::Arc;
use std::time::Duration;

use relay::store::conformance::Person;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use wire::{ClientFrame, Hash, LogId, Refusal, RelayFrame, Seq, SpaceId, chain_next};

use super::AGAIN;
use super::line::Line;

/// How long a reader at rest waits for news. Less than the half minute after which a relay looks for
/// itself, so that whoever is woken in time was told.
const NEWS_WITHIN: Duration = Duration::from_secs(20);
/// What a reader read: the hash of each row from the first, and the chain at the last.
pub(super) struct Read {
    pub(super) hashes: Vec<Hash>,
    pub(super) chain: Hash,
    pub(super) connections: u64,
}

/// Goes on from its cursor, whichever relay it reaches.
pub(super) struct Reader {
    pub(super) person: Arc<Person>,
    pub(super) space: SpaceId,
    pub(super) log: LogId,
    pub(super) relays: Vec<String>,
    pub(super) head: watch::Receiver<Option<Seq>>,
    pub(super) cursor: Seq,
    pub(super) read: Read,
}

impl Reader {
    pub(super) async fn run(mut self) -> Read {
        for relay in self.relays.clone().iter().cycle() {
            if self.converse(relay).await.is_some() {
                return self.read;
            }
            sleep(AGAIN).await;
        }
        self.read
    }

    async fn converse(&mut self, relay: &str) -> Option<()> {
        let mut line = Line::open(relay).await?;
        let place = Some((self.cursor, self.log));
        let (log, head, chain) = line.enter(&self.person, self.space, relay, place).await?;
        assert_eq!(log, self.log);
        assert_eq!(chain, Some(self.read.chain), "the relay has another history");
        self.read.connections += 1;
        let mut told = head;
        loop {
            while self.cursor < told {
                told = told.max(self.pull(&mut line).await?);
            }
            // Copied out: what is borrowed of a watch must not be held while waiting.
            let last = *self.head.borrow();
            if last == Some(self.cursor) {
                return Some(());
            }
            tokio::select! {
                frame = timeout(NEWS_WITHIN, line.next()) => {
                    match frame.expect("news of rows that are there")? {
                        RelayFrame::Head { seq } => told = told.max(seq),
                        RelayFrame::Closing { .. } => return None,
                        other => panic!("not asked for: {other:?}"),
                    }
                }
                changed = self.head.changed() => changed.expect("the crowd is there"),
            }
        }
    }

    /// Takes in the next rows; gives the head at the same moment.
    async fn pull(&mut self, line: &mut Line) -> Option<Seq> {
        let pull = ClientFrame::Pull { after: self.cursor, max_bytes: 64 << 10 };
        match line.say(&pull).await? {
            RelayFrame::Rows { rows, head, chain } => {
                assert!(!rows.is_empty() || head <= self.cursor, "rows are kept back");
                for row in &rows {
                    assert_eq!(row.seq, self.cursor + 1, "a row was skipped");
                    assert!(row.body_fits());
                    self.cursor = row.seq;
                    self.read.chain = chain_next(&self.read.chain, row);
                    self.read.hashes.push(row.hash);
                }
                assert_eq!(self.read.chain, chain, "the chain breaks at row {}", self.cursor);
                Some(head)
            }
            RelayFrame::Refused { reason: Refusal::Unavailable, .. } => None,
            RelayFrame::Closing { .. } => None,
            other => panic!("no rows but {other:?}"),
        }
    }
}
