//! Rosters that are decoded already.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use wire::{Hash, Roster, SpaceId};

use crate::limits::ROSTERS;

/// The rosters used last. Found by the hash of their last record, which names all of their content,
/// so an entry can never be out of date.
#[derive(Default)]
pub(super) struct Rosters(Mutex<VecDeque<Arc<Roster>>>);

impl Rosters {
    /// The roster of that space that ends with that record: as it was decoded before, or as
    /// `decode` finds it.
    pub(super) fn get<E>(
        &self,
        space: &SpaceId,
        head: &Hash,
        decode: impl FnOnce() -> Result<Roster, E>,
    ) -> Result<Arc<Roster>, E> {
        let is_it = |roster: &Arc<Roster>| roster.head() == *head && roster.space() == *space;
        {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(at) = known.iter().position(is_it)
                && let Some(roster) = known.remove(at)
            {
                known.push_front(roster.clone());
                return Ok(roster);
            }
        }
        let roster = Arc::new(decode()?);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.push_front(roster.clone());
        known.truncate(ROSTERS);
        Ok(roster)
    }
}
