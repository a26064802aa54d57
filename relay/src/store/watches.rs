//! Who is to be woken when a space has a new row.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use wire::{Seq, SpaceId};

/// One channel for each space that somebody watches; nothing for all others.
#[derive(Default)]
pub(super) struct Watches {
    channels: Mutex<HashMap<SpaceId, watch::Sender<Seq>>>,
}

impl Watches {
    /// Takes part in the news of a space.
    pub(super) fn watch(&self, space: SpaceId) -> watch::Receiver<Seq> {
        let mut channels = self.lock();
        if !channels.contains_key(&space) {
            // A new space is a rare moment, and the only one at which the map grows.
            channels.retain(|_, channel| channel.receiver_count() > 0);
        }
        channels.entry(space).or_insert_with(|| watch::Sender::new(0)).subscribe()
    }

    /// Tells that rows up to `head` are durable.
    pub(super) fn announce(&self, space: &SpaceId, head: Seq) {
        if let Some(channel) = self.lock().get(space) {
            channel.send_if_modified(|told| {
                let newer = head > *told;
                *told = head.max(*told);
                newer
            });
        }
    }

    /// The spaces that somebody watches.
    pub(super) fn watched(&self) -> Vec<SpaceId> {
        let mut channels = self.lock();
        channels.retain(|_, channel| channel.receiver_count() > 0);
        channels.keys().copied().collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SpaceId, watch::Sender<Seq>>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_head_is_told_and_only_upwards() {
        let (watches, space) = (Watches::default(), SpaceId([1; 32]));
        let mut news = watches.watch(space);
        for head in [1, 3, 2] {
            watches.announce(&space, head);
        }
        assert_eq!(*news.borrow_and_update(), 3);
        watches.announce(&space, 2);
        assert!(!news.has_changed().unwrap());
    }

    #[test]
    fn spaces_that_nobody_watches_any_more_leave_nothing() {
        let watches = Watches::default();
        for space in 0..100 {
            drop(watches.watch(SpaceId([space; 32])));
        }
        assert_eq!(watches.lock().len(), 1);
    }
}
