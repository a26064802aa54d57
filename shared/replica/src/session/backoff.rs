//! How long to wait before the next attempt.

use wire::Millis;

use super::Cx;

const SHORTEST: Millis = 500;
const LONGEST: Millis = 30_000;

/// Counts failures in a row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    pub(super) fn reset(&mut self) {
        self.failures = 0;
    }

    pub(super) fn is_first(self) -> bool {
        self.failures == 0
    }

    /// The wait after one more failure: from half a second doubling to thirty, of which a random
    /// half is left out, so that a whole team does not come back in the same moment.
    pub(super) fn next(&mut self, cx: &mut Cx<'_>) -> Millis {
        let full = SHORTEST.saturating_mul(1 << self.failures.min(10)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        full / 2 + up_to(cx, full / 2)
    }

    /// The longest wait, for those who were sent away.
    pub(super) fn longest(&mut self, cx: &mut Cx<'_>) -> Millis {
        self.failures = u32::MAX;
        self.next(cx)
    }
}

/// A random number from 0 to `limit`. The slight bias of the remainder does not matter here.
pub(super) fn up_to(cx: &mut Cx<'_>, limit: Millis) -> Millis {
    cx.rng.next_u64() % (limit + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn waits_double_up_to_half_a_minute() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut cx = Cx { now: 0, rng: &mut rng };
        let mut backoff = Backoff::default();
        for full in [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000] {
            let wait = backoff.next(&mut cx);
            assert!((full / 2..=full).contains(&wait), "{wait} of {full}");
        }
        backoff.reset();
        assert!(backoff.next(&mut cx) <= 500);
        assert!(backoff.longest(&mut cx) >= 15_000);
    }
}
