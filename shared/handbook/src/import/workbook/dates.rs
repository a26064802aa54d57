//! Dates in sheets: numbers of days that only a cell's format tells from other numbers (ECMA-376, part 1, 18.8.30 and 18.17.4).

use chrono::{Days, NaiveDate};

/// Whether one of the formats that every program knows by number shows a date or a time.
pub(super) const fn is_date_format(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a format of the workbook's own shows a date: it has a letter of a date outside of quotes, brackets and escapes.
pub(super) fn is_date_code(code: &str) -> bool {
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => while signs.next().is_some_and(|it| it != '"') {},
            '[' => while signs.next().is_some_and(|it| it != ']') {},
            '\\' | '_' | '*' => {
                signs.next();
            }
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' => return true,
            _ => {}
        }
    }
    false
}

/// A serial number of days as a date, with the minute where it has one; `None` beyond the calendar.
pub(super) fn day(serial: f64, since_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let minutes = (serial * 1440.0).round() as u64;
    let (days, minute) = (minutes / 1440, minutes % 1440);
    // Day 60 is the 29 February 1900 that never was.
    let first = match (since_1904, days) {
        (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1)?,
        (false, 0..=59) => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        (false, _) => NaiveDate::from_ymd_opt(1899, 12, 30)?,
    };
    let date = first.checked_add_days(Days::new(days))?;
    if minute == 0 {
        return Some(date.to_string());
    }
    Some(format!("{date} {:02}:{:02}", minute / 60, minute % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_by_number() {
        let check = |serial: f64, since_1904: bool, expected: Option<&str>| {
            assert_eq!(day(serial, since_1904).as_deref(), expected, "{serial}");
        };
        check(1.0, false, Some("1900-01-01"));
        check(61.0, false, Some("1900-03-01"));
        check(45_000.0, false, Some("2023-03-15"));
        check(45_000.5, false, Some("2023-03-15 12:00"));
        check(43_538.0, true, Some("2023-03-15"));
        check(-1.0, false, None);
        check(f64::NAN, false, None);
        check(1e18, false, None);
    }

    #[test]
    fn formats_of_dates() {
        let check = |code: &str, expected| assert_eq!(is_date_code(code), expected, "{code}");
        check("yyyy\\-mm\\-dd", true);
        check("[$-407]d. mmmm yyyy", true);
        check("#,##0.00 \"days\"", false);
        check("[Red]0", false);
        check("General", false);
    }
}
