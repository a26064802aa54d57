//! Contact cadence: how long a client has not been spoken with, and whether that is too long (S1.14, domain.md
//! "Contact cadence").
//!
//! Only conversations count, that is two-way touchpoints: a newsletter is no contact.

use chrono::{Days, NaiveDate};

/// How often the firm wants to speak with a client, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// After so many days a contact is wanted.
    pub ideal: u32,
    /// After so many it is overdue.
    pub max: u32,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self { ideal: 30, max: 45 }
    }
}

/// Where a client stands in its rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Fewer days than the ideal.
    InTime,
    /// The ideal is reached.
    Wanted,
    /// The maximum is reached.
    Overdue,
}

/// The cadence of one client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cadence {
    /// The day of the last conversation, if there was one.
    pub last: Option<NaiveDate>,
    /// Days since then, or since the client was entered.
    pub days: i64,
    /// The day on which the next one is wanted.
    pub next: NaiveDate,
    /// What to make of it.
    pub standing: Standing,
}

/// The cadence on `today`, of a client known since `since` whose last conversation was on `last`.
pub fn cadence(
    last: Option<NaiveDate>,
    since: NaiveDate,
    today: NaiveDate,
    rhythm: Rhythm,
) -> Cadence {
    let from = last.unwrap_or(since);
    let days = (today - from).num_days().max(0);
    let standing = if days >= i64::from(rhythm.max) {
        Standing::Overdue
    } else if days >= i64::from(rhythm.ideal) {
        Standing::Wanted
    } else {
        Standing::InTime
    };
    let next = from.checked_add_days(Days::new(u64::from(rhythm.ideal))).unwrap_or(from);
    Cadence { last, days, next, standing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_standing() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let check = |last: Option<&str>, expected: (i64, Standing, &str)| {
            let found =
                cadence(last.map(day), day("2026-01-01"), day("2026-03-02"), Rhythm::default());
            assert_eq!(
                (found.days, found.standing, found.next),
                (expected.0, expected.1, day(expected.2)),
                "{last:?}"
            );
        };
        check(Some("2026-03-01"), (1, Standing::InTime, "2026-03-31"));
        check(Some("2026-02-01"), (29, Standing::InTime, "2026-03-03"));
        check(Some("2026-01-31"), (30, Standing::Wanted, "2026-03-02"));
        check(Some("2026-01-16"), (45, Standing::Overdue, "2026-02-15"));
        check(None, (60, Standing::Overdue, "2026-01-31"));
        check(Some("2026-03-05"), (0, Standing::InTime, "2026-04-04")); // logged on a clock ahead of ours
    }
}
