//! The documents that are in memory, the least recently used first to go.

use std::collections::VecDeque;

use wire::Tag;

use crate::loaded::Loaded;

/// How much of all documents stays in memory, in records and in changes. A record of a touchpoint's
/// size takes about two kilobytes there, decoded and in its document, so this is some forty
/// megabytes: more than a person opens in a day, and enough for a newcomer's first pull to load few
/// documents twice.
pub const MAX_WEIGHT_IN_MEMORY: usize = 20_000;

/// Documents at their stored state. Whoever writes one takes it out, and puts it back only when
/// what was written is durable: a failed or abandoned write leaves nothing behind.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    /// Least recently used first.
    documents: VecDeque<Loaded>,
    weight: usize,
}

impl Cache {
    pub(crate) fn take(&mut self, tag: Tag) -> Option<Loaded> {
        let place = self.documents.iter().rposition(|loaded| loaded.tag == tag)?;
        let loaded = self.documents.remove(place)?;
        self.weight -= loaded.weight();
        Some(loaded)
    }

    /// A document that stays where it is; looking at it does not count as using it.
    pub(crate) fn peek(&self, tag: Tag) -> Option<&Loaded> {
        self.documents.iter().rfind(|loaded| loaded.tag == tag)
    }

    pub(crate) fn put(&mut self, loaded: Loaded) {
        self.take(loaded.tag);
        self.weight += loaded.weight();
        self.documents.push_back(loaded);
        while self.weight > MAX_WEIGHT_IN_MEMORY && self.documents.len() > 1 {
            let oldest = self.documents.pop_front();
            self.weight -= oldest.map_or(0, |oldest| oldest.weight());
        }
    }

    /// Forgets a document unless it is at exactly this stored state.
    pub(crate) fn forget_unless_at(&mut self, tag: Tag, stored: &[u8]) {
        if let Some(loaded) = self.take(tag).filter(|it| it.stored.as_deref() == Some(stored)) {
            self.put(loaded);
        }
    }
}
