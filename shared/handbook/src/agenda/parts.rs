//! The agenda by time: what is late, today, the rest of the week, then month by month.

use chrono::{Datelike, Days, NaiveDate};

/// How far ahead "this week" looks.
const WEEK_DAYS: u64 = 7;

/// A stretch of time that items stand under; the order is that of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Before today.
    Late,
    /// Today.
    Today,
    /// The seven days from tomorrow.
    Week,
    /// Later, by the first day of its month.
    Month(NaiveDate),
}

impl Part {
    /// Where a day belongs.
    pub fn of(day: NaiveDate, today: NaiveDate) -> Self {
        if day < today {
            Self::Late
        } else if day == today {
            Self::Today
        } else if day <= week_end(today) {
            Self::Week
        } else {
            Self::Month(day.with_day(1).unwrap_or(day))
        }
    }
}

/// The last day of "this week".
pub fn week_end(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(WEEK_DAYS)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::day;

    #[test]
    fn late_first_then_nearer_before_later() {
        let check = |on: &str, expected| {
            assert_eq!(Part::of(day(on), day("2026-11-26")), expected);
        };
        check("2026-11-25", Part::Late);
        check("2026-11-26", Part::Today);
        check("2026-11-27", Part::Week);
        check("2026-12-03", Part::Week);
        check("2026-12-04", Part::Month(day("2026-12-01")));
        check("2027-01-31", Part::Month(day("2027-01-01")));
        assert!(Part::Late < Part::Today && Part::Week < Part::Month(day("2026-12-01")));
        assert!(Part::Month(day("2026-12-01")) < Part::Month(day("2027-01-01")));
    }
}
