//! Civil dates and working days.
//!
//! Complaint clocks and follow-ups are promised in **working days** (ISO 10002; S2.9), so the firm says which weekdays it
//! rests on and which days are holidays. A clock that starts on day *d* with *n* working days is due on the *n*-th working
//! day **after** *d*: what is received on Friday with one day to acknowledge is due on Monday.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Further than this no clock looks ahead: a calendar that rests on every day would otherwise never end.
const MAX_LOOKAHEAD_DAYS: u32 = 3_660;

/// Which days the firm works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    rest: Vec<Weekday>,
    holidays: BTreeSet<NaiveDate>,
}

impl Default for Calendar {
    /// Monday to Friday, no holidays.
    fn default() -> Self {
        Self::new([Weekday::Sat, Weekday::Sun], [])
    }
}

impl Calendar {
    /// A calendar from the weekdays on which the firm rests and its holidays.
    pub fn new(
        rest: impl IntoIterator<Item = Weekday>,
        holidays: impl IntoIterator<Item = NaiveDate>,
    ) -> Self {
        Self { rest: rest.into_iter().collect(), holidays: holidays.into_iter().collect() }
    }

    /// Whether the firm works on this day.
    pub fn works(&self, day: NaiveDate) -> bool {
        !self.rest.contains(&day.weekday()) && !self.holidays.contains(&day)
    }

    /// The `count`-th working day after `from`; `from` itself when `count` is 0.
    ///
    /// ```
    /// # use handbook::calendar::Calendar; use chrono::NaiveDate;
    /// let friday = NaiveDate::from_ymd_opt(2026, 11, 13).unwrap();
    /// let monday = NaiveDate::from_ymd_opt(2026, 11, 16).unwrap();
    /// assert_eq!(Calendar::default().after(friday, 1), monday);
    /// ```
    pub fn after(&self, from: NaiveDate, count: u32) -> NaiveDate {
        let mut day = from;
        let mut left = count;
        let mut looked = 0;
        while left > 0 && looked < MAX_LOOKAHEAD_DAYS {
            let Some(next) = day.checked_add_days(Days::new(1)) else { break };
            day = next;
            looked += 1;
            if self.works(day) {
                left -= 1;
            }
        }
        day
    }

    /// Working days from `from` (exclusive) to `to` (inclusive); negative when `to` lies before `from`.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.between(to, from);
        }
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        days.filter(|day| self.works(*day)).count() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn clocks_skip_rest_days_and_holidays() {
        let firm = Calendar::new([Weekday::Sat, Weekday::Sun], [day("2026-12-25")]);
        let check = |from: &str, count, expected: &str| {
            assert_eq!(firm.after(day(from), count), day(expected), "{count} after {from}");
        };
        check("2026-11-12", 0, "2026-11-12");
        check("2026-11-12", 1, "2026-11-13"); // Thursday to Friday
        check("2026-11-13", 1, "2026-11-16"); // Friday to Monday
        check("2026-11-14", 1, "2026-11-16"); // received on a Saturday
        check("2026-10-28", 10, "2026-11-11"); // the pictured complaint
        check("2026-12-24", 1, "2026-12-28"); // Christmas on a Friday
    }

    #[test]
    fn between_is_the_inverse_of_after() {
        let firm = Calendar::default();
        for count in 0..40 {
            let due = firm.after(day("2026-11-12"), count);
            assert_eq!(firm.between(day("2026-11-12"), due), i64::from(count));
            assert_eq!(firm.between(due, day("2026-11-12")), -i64::from(count));
        }
    }

    #[test]
    fn a_calendar_that_never_works_still_answers() {
        use Weekday::*;
        let never = Calendar::new([Mon, Tue, Wed, Thu, Fri, Sat, Sun], []);
        assert!(never.after(day("2026-11-12"), 1) > day("2036-01-01"));
    }
}
