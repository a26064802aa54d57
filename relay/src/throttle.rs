//! How fast somebody goes, and how long they are to wait.
//!
//! A pace is kept as one number: the moment at which everything done so far would be paid for. That
//! moment may lie ahead of the clock by some credit; what goes beyond is waited for.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use wire::Millis;

use crate::limits::PACES;

/// The paces of many, by some key. Lost at a stop, and nobody is worse off for it.
pub struct Paces<K> {
    ahead_micros: u64,
    paid_at_micros: Mutex<HashMap<K, u64>>,
}

impl<K: Copy + Eq + Hash> Paces<K> {
    /// Paces of those who may be ahead by so much.
    #[must_use]
    pub fn new(ahead: Duration) -> Self {
        Self { ahead_micros: micros(ahead), paid_at_micros: Mutex::default() }
    }

    /// Has `key` do something worth `cost` at `now`, and says how long it is to wait before the
    /// next thing.
    pub fn spend(&self, key: K, cost: Duration, now: Millis) -> Duration {
        let now = now.saturating_mul(1000);
        let mut paid_at = self.paid_at_micros.lock().unwrap_or_else(PoisonError::into_inner);
        if paid_at.len() >= PACES && !paid_at.contains_key(&key) {
            make_room(&mut paid_at, now);
        }
        let paid = paid_at.entry(key).or_insert(now);
        *paid = (*paid).max(now).saturating_add(micros(cost));
        Duration::from_micros(paid.saturating_sub(now.saturating_add(self.ahead_micros)))
    }
}

/// What one of so many a second costs.
#[must_use]
pub fn each(per_second: u64) -> Duration {
    some(1, per_second)
}

/// What `count` of so many a second cost.
#[must_use]
pub fn some(count: u64, per_second: u64) -> Duration {
    Duration::from_micros(count.saturating_mul(1_000_000) / per_second.max(1))
}

/// Forgets those who have paid, which changes nothing for them; and if all are busy, everybody:
/// better than to grow, and better than to look for the least busy each time.
fn make_room<K: Eq + Hash>(paid_at: &mut HashMap<K, u64>, now: u64) {
    paid_at.retain(|_, paid| *paid > now);
    if paid_at.len() >= PACES {
        paid_at.clear();
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credit_is_spent_waited_for_and_earned_back() {
        let paces = Paces::new(Duration::from_secs(1));
        let cost = each(10);
        let waits: Vec<_> = (0..12).map(|_| paces.spend("Ada", cost, 5_000).as_millis()).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 200]);
        assert_eq!(paces.spend("Ben", cost, 5_000), Duration::ZERO);
        assert_eq!(paces.spend("Ada", cost, 5_300), Duration::ZERO);
        assert_eq!(paces.spend("Ada", cost, 5_300).as_millis(), 100);
        assert_eq!(paces.spend("Ada", cost, 60_000), Duration::ZERO);
    }

    #[test]
    fn no_more_are_remembered_than_there_is_room_for() {
        let paces = Paces::new(Duration::ZERO);
        for key in 0..PACES * 3 {
            paces.spend(key, each(1), key as u64);
        }
        assert!(paces.paid_at_micros.lock().unwrap().len() <= PACES);
    }
}
