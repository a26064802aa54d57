//! The one place that asks the operating system for the time or for randomness.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use rand_core::{CryptoRng, UnwrapErr};
use wire::Millis;

/// Where a store takes the time from while it holds a space's lock: milliseconds since 1970.
pub type Clock = Arc<dyn Fn() -> Millis + Send + Sync>;

/// The wall clock. A clock that stands before 1970 is read as 1970.
#[expect(clippy::disallowed_methods, reason = "this is the seam that the ban points to")]
#[must_use]
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}

/// The wall clock as a [`Clock`].
#[must_use]
pub fn wall() -> Clock {
    Arc::new(now)
}

/// The operating system's randomness. Panics if there is none, since nothing sound can follow.
#[must_use]
pub fn randomness() -> impl CryptoRng {
    UnwrapErr(getrandom::SysRng)
}
