//! Roster records that the person made and that wait for the relay's word.

use std::collections::VecDeque;

use wire::{ClientFrame, Hash, Record};

#[derive(Debug, Default)]
pub(super) struct Records {
    waiting: VecDeque<Waiting>,
}

#[derive(Debug)]
struct Waiting {
    hash: Hash,
    bytes: Vec<u8>,
    sent: bool,
}

impl Records {
    pub(super) fn push(&mut self, bytes: Vec<u8>) {
        let hash = Record::hash_of(&bytes);
        if self.waiting.iter().all(|record| record.hash != hash) {
            self.waiting.push_back(Waiting { hash, bytes, sent: false });
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The next frame to send. One record at a time: each builds on the one before it.
    pub(super) fn send(&mut self) -> Option<ClientFrame> {
        let first = self.waiting.front_mut().filter(|record| !record.sent)?;
        first.sent = true;
        Some(ClientFrame::AppendRecord { record: first.bytes.clone() })
    }

    /// Whether this answer is about one of these records, which is then done with.
    pub(super) fn settle(&mut self, hash: &Hash) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|record| record.hash != *hash);
        self.waiting.len() < before
    }

    /// Nobody knows whether what was sent arrived: it is sent again, which does no harm.
    pub(super) fn disconnected(&mut self) {
        for record in &mut self.waiting {
            record.sent = false;
        }
    }
}
