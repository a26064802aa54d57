//! Taking in envelopes and records.

use std::future::ready;

use futures_util::future::join_all;
use wire::roster::Record;
use wire::{ClientFrame, CloseReason, Counter, Envelope, Hash, Refusal, RelayFrame, RowKind, Seq};

use super::{Member, Reply, Session};
use crate::log::Author;
use crate::store::{AppendError, Entry, Store};

/// How many of its own rows a connection remembers. A device that pushes a great deal before it
/// pulls gets some of its bytes back, which is no harm.
const OWN_ROWS: usize = 512;

/// Something to be appended, as it arrived.
pub(super) enum Push {
    Envelope(Vec<u8>),
    Record(Vec<u8>),
}

/// The same, judged as far as that can be done outside the log.
struct Candidate {
    counter: Counter,
    hash: Hash,
    entry: Result<Entry, Refusal>,
}

impl Push {
    pub(super) fn of(frame: ClientFrame) -> Option<Self> {
        match frame {
            ClientFrame::Append { envelope } => Some(Self::Envelope(envelope)),
            ClientFrame::AppendRecord { record } => Some(Self::Record(record)),
            _ => None,
        }
    }

    fn hash(&self) -> Hash {
        match self {
            Self::Envelope(bytes) => RowKind::Changes.hash_of(bytes),
            Self::Record(bytes) => Record::hash_of(bytes),
        }
    }
}

impl Session {
    /// Appends all of them, in order, and answers each.
    pub(super) async fn push(&mut self, store: &dyn Store, pushes: Vec<Push>, reply: &mut Reply) {
        if pushes.is_empty() {
            return;
        }
        let Some(member) = &mut self.member else {
            for push in pushes {
                self.strike(push.hash(), Refusal::Malformed, reply);
            }
            return;
        };
        let space = member.space;
        let answers = join_all(pushes.into_iter().map(|push| {
            let Candidate { counter, hash, entry } = member.candidate(push);
            // Called here and waited for below: the store keeps the order of the calls.
            let seq = match entry {
                Ok(entry) => store.append(space, entry),
                Err(refusal) => Box::pin(ready(Err(AppendError::Refused(refusal)))),
            };
            async move { (counter, hash, seq.await) }
        }));
        let mut gone = false;
        for (counter, hash, seq) in answers.await {
            match seq {
                Ok(seq) => {
                    // Records come back whole: a reader of the roster needs them all in one place.
                    if counter > 0 {
                        member.sent(seq);
                    }
                    reply.say(&RelayFrame::Appended { counter, hash, seq });
                }
                Err(AppendError::Refused(refusal)) => {
                    reply.refuse(hash, refusal);
                    gone |= refusal == Refusal::NotActive;
                }
                Err(AppendError::Store(error)) => reply.fail(hash, &error),
            }
        }
        if gone {
            reply.end(CloseReason::NotActive);
        }
    }
}

impl Member {
    fn candidate(&self, push: Push) -> Candidate {
        let hash = push.hash();
        match push {
            Push::Envelope(bytes) => match self.envelope(&bytes) {
                Ok(envelope) => Candidate {
                    counter: envelope.header.counter,
                    hash,
                    entry: Ok(Entry::Envelope(Box::new(envelope))),
                },
                Err(refusal) => Candidate { counter: 0, hash, entry: Err(refusal) },
            },
            Push::Record(bytes) => {
                let entry = Entry::Record { author: self.author, bytes };
                Candidate { counter: 0, hash, entry: Ok(entry) }
            }
        }
    }

    fn envelope(&self, bytes: &[u8]) -> Result<Envelope, Refusal> {
        let envelope = Envelope::parse(bytes).map_err(|error| Refusal::from(&error))?;
        let key = match &self.author {
            Author::Device(key) => key,
            Author::Removed(_) => return Err(Refusal::NotActive),
            Author::Invite(_) | Author::Kit => return Err(Refusal::Role),
        };
        if envelope.header.space != self.space || envelope.header.device != *key {
            return Err(Refusal::Malformed);
        }
        envelope.verify().map_err(|error| Refusal::from(&error))?;
        Ok(envelope)
    }

    fn sent(&mut self, seq: Seq) {
        // Retries answer with old places; the queue stays in order without them.
        if self.own.back().is_none_or(|last| *last < seq) {
            self.own.push_back(seq);
        }
        if self.own.len() > OWN_ROWS {
            self.own.pop_front();
        }
    }
}
