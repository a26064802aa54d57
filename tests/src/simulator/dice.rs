//! The only source of chance in a world.

use std::cell::RefCell;

use rand_chacha::{ChaCha8Rng, ChaCha20Rng};
use rand_core::{Rng, SeedableRng};

/// Chance from a seed.
pub(super) struct Dice(RefCell<ChaCha8Rng>);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(RefCell::new(ChaCha8Rng::seed_from_u64(seed)))
    }

    /// A number below `limit`; 0 if there is none.
    pub(super) fn below(&self, limit: u64) -> u64 {
        match limit {
            0 => 0,
            limit => self.0.borrow_mut().next_u64() % limit,
        }
    }

    /// An index below `limit`.
    pub(super) fn index(&self, limit: usize) -> usize {
        usize::try_from(self.below(limit as u64)).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True so often in a thousand.
    pub(super) fn chance(&self, per_mille: u64) -> bool {
        per_mille > 0 && self.below(1000) < per_mille
    }

    /// Any of them.
    pub(super) fn pick<T: Clone>(&self, of: &[T]) -> Option<T> {
        of.get(self.index(of.len())).cloned()
    }

    /// Any of them, the first ones more often, so that people meet.
    pub(super) fn pick_early<T: Clone>(&self, of: &[T]) -> Option<T> {
        let first = self.index(of.len()).min(self.index(of.len()));
        of.get(first).cloned()
    }

    /// The seed of something that draws for itself.
    pub(super) fn seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        self.0.borrow_mut().fill_bytes(&mut seed);
        seed
    }

    /// Something that draws for itself.
    pub(super) fn rng(&self) -> ChaCha20Rng {
        ChaCha20Rng::from_seed(self.seed())
    }
}
