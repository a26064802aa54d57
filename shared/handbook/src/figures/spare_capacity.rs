//! Spare capacity by week: who has time, and what it is spent on (S1.19, S1.20).

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use crate::ids::RecordId;
use crate::known::Known;
use crate::records::{Capacity, CapacityUse};

/// One week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: NaiveDate,
    /// Minutes to spare.
    pub spare: u64,
    /// Those of them for which no use is named.
    pub free: u64,
    /// By use, in the order of the choices; only named ones.
    pub by_use: Vec<(CapacityUse, u64)>,
    /// Who has how many minutes, most first.
    pub people: Vec<(RecordId, u64)>,
}

/// The weeks that have an entry, from the week of `from` on, earliest first. An entry of any day counts for its week.
pub fn spare_capacity(entries: &[Known<Capacity>], from: NaiveDate) -> Vec<Week> {
    let mut weeks: BTreeMap<NaiveDate, Vec<&Capacity>> = BTreeMap::new();
    for entry in entries {
        if let Some(monday) = entry.week.map(monday_of).filter(|monday| *monday >= monday_of(from))
        {
            weeks.entry(monday).or_default().push(entry);
        }
    }
    weeks.into_iter().map(|(monday, entries)| week(monday, &entries)).collect()
}

fn week(monday: NaiveDate, entries: &[&Capacity]) -> Week {
    let mut uses: BTreeMap<CapacityUse, u64> = BTreeMap::new();
    let mut people: BTreeMap<RecordId, u64> = BTreeMap::new();
    let (mut spare, mut free) = (0, 0);
    for entry in entries {
        let minutes = entry.spare.map_or(0, |spare| u64::from(spare.0));
        spare += minutes;
        match entry.used_for {
            Some(used) => *uses.entry(used).or_default() += minutes,
            None => free += minutes,
        }
        if let Some(person) = entry.person {
            *people.entry(person.id).or_default() += minutes;
        }
    }
    let mut people: Vec<_> = people.into_iter().collect();
    people.sort_by_key(|(person, minutes)| (std::cmp::Reverse(*minutes), *person));
    Week { monday, spare, free, by_use: uses.into_iter().collect(), people }
}

/// The Monday of the day's week.
pub fn monday_of(day: NaiveDate) -> NaiveDate {
    let since = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(since)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, id};
    use super::*;
    use crate::typed::{Id, Minutes};

    /// Covers: S1.19, S1.20
    #[test]
    fn week_by_week() {
        let entry = |person, week: &str, spare, used_for| {
            let person = Some(Id::new(id(person)));
            let (week, spare) = (week.parse().ok(), Some(Minutes(spare)));
            Known::new(id(50), Capacity { person, week, spare, used_for, ..Capacity::default() })
        };
        let entries = [
            entry(1, "2026-11-16", 120, None),
            entry(2, "2026-11-16", 300, Some(CapacityUse::Positioning)),
            entry(1, "2026-11-18", 60, Some(CapacityUse::ProactiveService)), // a Wednesday
            entry(1, "2026-11-09", 600, None),                               // the week of today
            entry(1, "2026-11-08", 600, None),                               // the Sunday before it
        ];
        let found = spare_capacity(&entries, day("2026-11-12"));
        let expected = [
            Week {
                monday: day("2026-11-09"),
                spare: 600,
                free: 600,
                by_use: vec![],
                people: vec![(id(1), 600)],
            },
            Week {
                monday: day("2026-11-16"),
                spare: 480,
                free: 120,
                by_use: vec![(CapacityUse::ProactiveService, 60), (CapacityUse::Positioning, 300)],
                people: vec![(id(2), 300), (id(1), 180)],
            },
        ];
        assert_eq!(found, expected);
    }
}
