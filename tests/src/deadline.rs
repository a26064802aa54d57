//! Waiting for what must happen soon.

use std::time::{Duration, Instant};

/// How long anything may take before it counts as not happening. Generous: a small machine may run
/// two browsers, a relay and a compiler at once, and a test that passes does not wait for it.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// The pause between two looks.
pub const LOOK: Duration = Duration::from_millis(40);

/// A moment after which waiting is over.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Instant);

impl Deadline {
    /// [`PATIENCE`] from now.
    #[must_use]
    pub fn soon() -> Self {
        Self::after(PATIENCE)
    }

    /// `patience` from now.
    #[must_use]
    pub fn after(patience: Duration) -> Self {
        Self(now() + patience)
    }

    /// Whether it has passed.
    #[must_use]
    pub fn passed(self) -> bool {
        now() >= self.0
    }

    /// What is left until then; zero once it has passed.
    #[must_use]
    pub fn left(self) -> Duration {
        self.0.saturating_duration_since(now())
    }
}

/// Looks until there is something to see; None after [`PATIENCE`].
pub fn until<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Deadline::soon();
    loop {
        if let Some(seen) = look() {
            return Some(seen);
        }
        if deadline.passed() {
            return None;
        }
        std::thread::sleep(LOOK);
    }
}

#[expect(clippy::disallowed_methods, reason = "tests of real processes wait in real time")]
fn now() -> Instant {
    Instant::now()
}
