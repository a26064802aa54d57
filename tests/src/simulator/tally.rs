//! What happened, counted: so that it can be seen that the faults really occur.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// Counts by what was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<Cow<'static, str>, u64>);

impl Tally {
    /// Counts one more.
    pub(super) fn add(&mut self, what: impl Into<Cow<'static, str>>, count: u64) {
        *self.0.entry(what.into()).or_default() += count;
    }

    /// Adds all of another world's.
    pub fn extend(&mut self, other: &Self) {
        for (what, count) in &other.0 {
            self.add(what.clone(), *count);
        }
    }

    /// How often something happened.
    #[must_use]
    pub fn count(&self, what: &str) -> u64 {
        self.0.get(what).copied().unwrap_or(0)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, count) in &self.0 {
            writeln!(f, "{count:>12}  {what}")?;
        }
        Ok(())
    }
}
