//! Rosters that are decoded already, and how one is made from its records.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use wire::{Hash, Roster, SpaceId};

use crate::limits::ROSTERS;

/// The rosters used last. Found by the hash of their last record, which names all of their content,
/// so an entry can never be out of date.
#[derive(Default)]
pub(super) struct Rosters(Mutex<VecDeque<Arc<Roster>>>);

impl Rosters {
    /// The roster of that space that ends with that record, if it was decoded before.
    pub(super) fn find(&self, space: &SpaceId, head: &Hash) -> Option<Arc<Roster>> {
        let is_it = |roster: &Arc<Roster>| roster.head() == *head && roster.space() == *space;
        let mut known = self.lock();
        let at = known.iter().position(is_it)?;
        let roster = known.remove(at)?;
        known.push_front(roster.clone());
        Some(roster)
    }

    /// Remembers a roster.
    pub(super) fn keep(&self, roster: Roster) -> Arc<Roster> {
        let roster = Arc::new(roster);
        let mut known = self.lock();
        known.push_front(roster.clone());
        known.truncate(ROSTERS);
        roster
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Arc<Roster>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The roster as stored; `None` if there is none, or another version stored it and it has to be
/// made again by [`replay`].
pub(super) fn decode(stored: Option<&[u8]>) -> Option<Roster> {
    stored.and_then(|stored| Roster::decode(stored).ok())
}

/// The roster that a log's records amount to, or what is wrong with them.
pub(super) fn replay(records: &[Vec<u8>]) -> Result<Roster, &'static str> {
    let broken = |_| "the roster's records do not follow on each other";
    let (first, rest) = records.split_first().ok_or("a space without a roster")?;
    let mut roster = Roster::start(first).map_err(broken)?;
    for record in rest {
        roster.apply(record).map_err(broken)?;
    }
    Ok(roster)
}
