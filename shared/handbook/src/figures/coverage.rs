//! 360° coverage: which of our functions speak with a client, month by month (S1.3).

use chrono::{Datelike, Days, Months, NaiveDate};

/// A function is silent after so many days without a touchpoint.
pub const WINDOW_DAYS: u64 = 90;
/// How many months the map shows, the current one included.
pub const MONTHS: usize = 12;

/// Touchpoints of one client by function and month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// First days of the months shown, oldest first.
    pub months: Vec<NaiveDate>,
    /// One line a function, in the order given.
    pub lines: Vec<Line>,
    /// The first day of the window.
    pub since: NaiveDate,
}

/// One function's touchpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its key.
    pub function: &'static str,
    /// Touchpoints in each month shown.
    pub counts: Vec<u32>,
    /// The last day on which it spoke with the client.
    pub last: Option<NaiveDate>,
}

impl Line {
    /// Whether it spoke within the window that begins on `since`.
    pub fn covers(&self, since: NaiveDate) -> bool {
        self.last.is_some_and(|last| last >= since)
    }
}

impl Coverage {
    /// How many functions spoke within the window.
    pub fn covered(&self) -> usize {
        self.lines.iter().filter(|line| line.covers(self.since)).count()
    }

    /// The function that has been silent for longest, among those that ever spoke; else the first that never did.
    pub fn most_silent(&self) -> Option<&Line> {
        let silent = || self.lines.iter().filter(|line| !line.covers(self.since));
        silent()
            .filter(|line| line.last.is_some())
            .min_by_key(|line| line.last)
            .or_else(|| silent().next())
    }
}

/// Counts touchpoints `(function, day)` on `today`; days ahead of today are left out.
pub fn coverage<'a>(
    functions: &[&'static str],
    touches: impl IntoIterator<Item = (&'a str, NaiveDate)>,
    today: NaiveDate,
) -> Coverage {
    let this_month = today.with_day(1).unwrap_or(today);
    let months: Vec<NaiveDate> = (0..MONTHS as u32)
        .rev()
        .filter_map(|back| this_month.checked_sub_months(Months::new(back)))
        .collect();
    let since = today.checked_sub_days(Days::new(WINDOW_DAYS)).unwrap_or(today);
    let mut lines: Vec<Line> = functions
        .iter()
        .map(|function| Line { function, counts: vec![0; months.len()], last: None })
        .collect();
    for (function, day) in touches {
        let Some(line) = lines.iter_mut().find(|line| line.function == function) else { continue };
        if day > today {
            continue;
        }
        line.last = line.last.max(Some(day));
        let month = months
            .iter()
            .position(|first| (first.year(), first.month()) == (day.year(), day.month()));
        if let Some(count) = month.and_then(|month| line.counts.get_mut(month)) {
            *count += 1;
        }
    }
    Coverage { months, lines, since }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Covers: S1.3, S1.4, S1.5, S1.6, S1.7, S1.8
    #[test]
    fn months_windows_and_silence() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let touches = [
            ("sales", day("2026-11-12")),
            ("sales", day("2026-10-01")),
            ("finance", day("2026-08-07")),
            ("delivery", day("2026-08-14")), // the first day of the window
            ("delivery", day("2025-11-30")), // before the map
            ("delivery", day("2026-11-13")), // ahead of today
            ("gardening", day("2026-11-01")),
        ];
        let map =
            coverage(&["sales", "finance", "delivery", "marketing"], touches, day("2026-11-12"));
        assert_eq!(map.months.first(), Some(&day("2025-12-01")));
        assert_eq!(map.months.last(), Some(&day("2026-11-01")));
        assert_eq!(map.lines[0].counts, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
        assert_eq!(map.lines[2].counts.iter().sum::<u32>(), 1);
        assert_eq!(map.covered(), 2);
        assert_eq!(map.most_silent().unwrap().function, "finance");
    }
}
