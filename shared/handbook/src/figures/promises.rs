//! Promise-kept rate: of what fell due, how much was kept on or before its day (S4.31).

use chrono::NaiveDate;

/// One promise as the rate needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// When it was to be kept.
    pub due: NaiveDate,
    /// When it was kept, if it was.
    pub kept: Option<NaiveDate>,
    /// Whether it was taken back in agreement with the client: it then counts neither way.
    pub withdrawn: bool,
}

/// Kept on time, out of those due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptRate {
    /// Kept on or before the day.
    pub kept: usize,
    /// Fallen due.
    pub due: usize,
}

impl KeptRate {
    /// In whole per cent, rounded to nearest; `None` while nothing has fallen due.
    pub fn percent(&self) -> Option<usize> {
        (self.due > 0).then(|| (self.kept * 100 + self.due / 2) / self.due)
    }
}

/// The rate over promises due from `from` to `today`, both included. One that is open on its own day is not counted yet.
pub fn kept_rate(
    promises: impl IntoIterator<Item = Outcome>,
    from: NaiveDate,
    today: NaiveDate,
) -> KeptRate {
    let mut rate = KeptRate { kept: 0, due: 0 };
    for promise in promises {
        let decided = promise.due < today || (promise.due == today && promise.kept.is_some());
        if promise.withdrawn || promise.due < from || !decided {
            continue;
        }
        rate.due += 1;
        rate.kept += usize::from(promise.kept.is_some_and(|kept| kept <= promise.due));
    }
    rate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let promise = |due: &str, kept: &str, withdrawn| Outcome {
            due: day(due),
            kept: kept.parse().ok(),
            withdrawn,
        };
        let promises = [
            promise("2026-10-01", "2026-09-30", false),
            promise("2026-10-01", "2026-10-01", false),
            promise("2026-10-01", "2026-10-02", false), // late
            promise("2026-10-01", "", false),           // broken
            promise("2026-10-01", "", true),            // withdrawn
            promise("2025-10-01", "2025-10-01", false), // before the window
            promise("2026-11-12", "", false),           // today, still open
            promise("2026-11-30", "2026-11-01", false), // not due yet
        ];
        let rate = kept_rate(promises, day("2025-11-12"), day("2026-11-12"));
        assert_eq!(rate, KeptRate { kept: 2, due: 4 });
        assert_eq!(rate.percent(), Some(50));
        assert_eq!(kept_rate([], day("2025-11-12"), day("2026-11-12")).percent(), None);
    }
}
