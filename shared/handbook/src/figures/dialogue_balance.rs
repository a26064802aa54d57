//! Dialogue and survey: a survey does not stand in for a conversation (S4.48, domain.md "Dialogue/survey balance").

use chrono::NaiveDate;

use super::thresholds::months_before;

/// How many months count.
const MONTHS: u32 = 12;

/// Personal dialogues against surveys in twelve months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// Sponsor dialogues held.
    pub dialogues: usize,
    /// Surveys held.
    pub surveys: usize,
}

impl Balance {
    /// Nobody has spoken with the client in person.
    pub fn warns(&self) -> bool {
        self.dialogues == 0
    }
}

/// Counts the days of dialogues and of surveys in the twelve months until today.
pub fn balance(
    dialogues: impl IntoIterator<Item = NaiveDate>,
    surveys: impl IntoIterator<Item = NaiveDate>,
    today: NaiveDate,
) -> Balance {
    let since = months_before(today, MONTHS);
    let counts = |day: &NaiveDate| *day > since && *day <= today;
    Balance {
        dialogues: dialogues.into_iter().filter(counts).count(),
        surveys: surveys.into_iter().filter(counts).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::day;
    use super::*;

    /// Covers: S4.48
    #[test]
    fn the_last_twelve_months() {
        let check = |dialogues: &[&str], surveys: &[&str], expected: (usize, usize, bool)| {
            let days = |texts: &[&str]| texts.iter().map(|text| day(text)).collect::<Vec<_>>();
            let found = balance(days(dialogues), days(surveys), day("2026-11-12"));
            assert_eq!((found.dialogues, found.surveys, found.warns()), expected);
        };
        check(&["2025-11-13", "2026-11-12"], &["2026-01-01"], (2, 1, false));
        check(&["2025-11-12", "2026-11-13"], &["2026-01-01"], (0, 1, true));
        check(&[], &[], (0, 0, true));
    }
}
