//! Complaint clocks in working days, from the day the client spoke (ISO 10002; S2.9, S2.10).

use chrono::NaiveDate;

use crate::calendar::Calendar;

/// The promised times of the complaint procedure, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Targets {
    /// To acknowledge.
    pub acknowledge: u32,
    /// To assess.
    pub assess: u32,
    /// Between two updates while open.
    pub update: u32,
    /// To respond.
    pub respond: u32,
    /// To respond to a complex one.
    pub respond_complex: u32,
}

impl Default for Targets {
    fn default() -> Self {
        Self { acknowledge: 1, assess: 2, update: 5, respond: 10, respond_complex: 20 }
    }
}

/// What the clock of one promised time shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Done on or before the day.
    Kept,
    /// Done after it, by so many working days.
    KeptLate(u32),
    /// Open; so many working days are left, 0 meaning today.
    Left(u32),
    /// Open and late by so many working days.
    Late(u32),
}

/// One promised time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The day by which it is to be done.
    pub due: NaiveDate,
    /// What it shows today.
    pub reading: Reading,
}

/// Reads a clock: due on `due`, done on `done` if it was.
pub fn read(
    due: NaiveDate,
    done: Option<NaiveDate>,
    today: NaiveDate,
    calendar: &Calendar,
) -> Clock {
    let count =
        |from: NaiveDate, to: NaiveDate| u32::try_from(calendar.between(from, to)).unwrap_or(0);
    let reading = match done {
        Some(done) if done <= due => Reading::Kept,
        Some(done) => Reading::KeptLate(count(due, done).max(1)),
        None if today > due => Reading::Late(count(due, today).max(1)),
        None => Reading::Left(count(today, due)),
    };
    Clock { due, reading }
}

/// The day by which a complaint received on `received` is to be answered.
pub fn response_due(
    received: NaiveDate,
    complex: bool,
    targets: Targets,
    calendar: &Calendar,
) -> NaiveDate {
    calendar.after(received, if complex { targets.respond_complex } else { targets.respond })
}

/// The marks of the ruler: working days used, left and over, as a row of marks shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruler {
    /// Working days since it was received, those over the promise not counted.
    pub used: u32,
    /// Working days left until the promised day.
    pub left: u32,
    /// Working days past the promised day.
    pub over: u32,
}

/// The ruler of a complaint received on `received` and promised for `due`.
pub fn ruler(received: NaiveDate, due: NaiveDate, until: NaiveDate, calendar: &Calendar) -> Ruler {
    let count = |from, to| u32::try_from(calendar.between(from, to)).unwrap_or(0);
    let reached = until.min(due);
    Ruler { used: count(received, reached), left: count(reached, due), over: count(due, until) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn readings() {
        let check = |due: &str, done: &str, today: &str, expected: Reading| {
            let clock = read(day(due), done.parse().ok(), day(today), &Calendar::default());
            assert_eq!(clock.reading, expected, "{due} {done} {today}");
        };
        check("2026-11-11", "", "2026-11-12", Reading::Late(1));
        check("2026-11-13", "", "2026-11-15", Reading::Late(1)); // at the weekend: no working day over, late all the same
        check("2026-11-12", "", "2026-11-12", Reading::Left(0));
        check("2026-11-16", "", "2026-11-12", Reading::Left(2));
        check("2026-11-11", "2026-11-11", "2026-11-20", Reading::Kept);
        check("2026-11-11", "2026-11-13", "2026-11-20", Reading::KeptLate(2));
    }

    #[test]
    fn the_pictured_complaint() {
        let firm = Calendar::default();
        let received = day("2026-10-28");
        let due = response_due(received, false, Targets::default(), &firm);
        assert_eq!(due, day("2026-11-11"));
        assert_eq!(
            ruler(received, due, day("2026-11-12"), &firm),
            Ruler { used: 10, left: 0, over: 1 }
        );
        assert_eq!(
            ruler(received, due, day("2026-11-05"), &firm),
            Ruler { used: 6, left: 4, over: 0 }
        );
        assert_eq!(response_due(received, true, Targets::default(), &firm), day("2026-11-25"));
    }
}
