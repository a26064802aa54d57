//! Somebody who writes.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use relay::log::Standing;
use relay::store::conformance::Person;
use tokio::sync::watch;
use tokio::time::sleep;
use wire::limits::MAX_IN_FLIGHT;
use wire::{ClientFrame, Counter, Envelope, Hash, Refusal, RelayFrame, Seq, SessionId};

use super::AGAIN;
use super::line::Line;

/// What a writer sent: each envelope's hash with its acknowledged place, in the order of its
/// counters.
pub(super) struct Sent {
    pub(super) places: Vec<(Hash, Seq)>,
    pub(super) resent: u64,
}

/// Keeps its envelopes until they are acknowledged.
pub(super) struct Writer {
    pub(super) person: Arc<Person>,
    pub(super) standing: Standing,
    pub(super) session: SessionId,
    pub(super) relays: Vec<String>,
    pub(super) sending: watch::Receiver<bool>,
    pub(super) acknowledged: Arc<AtomicU64>,
    pub(super) next: Counter,
    /// Sent or to be sent, not acknowledged; and whether it was sent before.
    pub(super) waiting: VecDeque<(Envelope, bool)>,
    pub(super) sent: Sent,
}

impl Writer {
    pub(super) async fn run(mut self) -> Sent {
        for relay in self.relays.clone().iter().cycle() {
            if self.converse(relay).await.is_some() {
                return self.sent;
            }
            sleep(AGAIN).await;
        }
        self.sent
    }

    /// `None` if the connection came to an end before the work did.
    async fn converse(&mut self, relay: &str) -> Option<()> {
        let mut line = Line::open(relay).await?;
        line.enter(&self.person, self.standing.space, relay, None).await?;
        loop {
            while self.waiting.len() < MAX_IN_FLIGHT && *self.sending.borrow() {
                self.waiting.push_back((self.envelope(), false));
                self.next += 1;
            }
            if self.waiting.is_empty() {
                return Some(());
            }
            for (envelope, sent) in &mut self.waiting {
                self.sent.resent += u64::from(*sent);
                *sent = true;
                let envelope = envelope.bytes().to_vec();
                line.send(&ClientFrame::Append { envelope }).await?;
            }
            // Each is answered, so the line is clear again after as many answers.
            let mut clear = true;
            for _ in 0..self.waiting.len() {
                clear &= self.heard(line.hear().await?);
            }
            if !clear {
                return None;
            }
        }
    }

    /// Whether the answer is an acknowledgement.
    fn heard(&mut self, frame: RelayFrame) -> bool {
        match frame {
            RelayFrame::Appended { hash, seq, .. } => {
                let (envelope, _) = self.waiting.pop_front().expect("something that waits");
                assert_eq!(envelope.hash(), hash, "acknowledged out of order");
                self.sent.places.push((hash, seq));
                self.acknowledged.fetch_add(1, Ordering::Relaxed);
                true
            }
            // The store is away; what follows in the same breath is a gap. All of it is sent again.
            RelayFrame::Refused {
                reason: Refusal::Unavailable | Refusal::CounterGap { .. },
                ..
            } => false,
            other => panic!("not appended: {other:?}"),
        }
    }

    fn envelope(&self) -> Envelope {
        let header = self.person.header(&self.standing, self.session, self.next);
        self.person.seals(&header, &[&self.next.to_be_bytes()[..], &[7; 100]].concat())
    }
}
