//! What happened last, for whoever has to understand a failing seed.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many events are kept. A failure is rarely older than this.
const KEPT: usize = 80;

/// The last events of a world, and the fingerprint of all.
#[derive(Default)]
pub(super) struct Trace {
    events: RefCell<VecDeque<String>>,
    fingerprint: Cell<u64>,
}

impl Trace {
    /// Notes an event at `now` milliseconds.
    pub(super) fn note(&self, now: u64, event: String) {
        let mut hasher = DefaultHasher::new();
        (self.fingerprint.get(), now, &event).hash(&mut hasher);
        self.fingerprint.set(hasher.finish());
        let mut events = self.events.borrow_mut();
        if events.len() == KEPT {
            events.pop_front();
        }
        events.push_back(format!("{:>9}.{:03}  {event}", now / 1000, now % 1000));
    }

    pub(super) fn events(&self) -> Vec<String> {
        self.events.borrow().iter().cloned().collect()
    }

    pub(super) fn fingerprint(&self) -> u64 {
        self.fingerprint.get()
    }
}
