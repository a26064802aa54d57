//! SWOT staleness: how old the analysis that holds is, and when the next one is due (S1.34, S1.35).

use chrono::NaiveDate;

use super::thresholds::months_after;
use crate::ids::RecordId;
use crate::known::Known;
use crate::lifecycles::{states, swot::State};
use crate::records::{Lens, Swot};

/// The analysis that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staleness {
    /// Which one: the latest current one.
    pub swot: RecordId,
    /// Its day.
    pub on: NaiveDate,
    /// Days since then.
    pub days: i64,
    /// The last day on which it holds.
    pub due: NaiveDate,
    /// That day has passed.
    pub stale: bool,
}

/// The staleness of one lens, or of whichever lens is the newest; `None` without a current analysis.
pub fn staleness(
    swots: &[Known<Swot>],
    lens: Option<Lens>,
    today: NaiveDate,
    holds_months: u32,
) -> Option<Staleness> {
    let current = swots.iter().filter(|swot| {
        (lens.is_none() || swot.lens == lens)
            && states(&swot.transitions, State::Draft).contains(&State::Current)
    });
    let dated = current.filter_map(|swot| Some((swot.on?, swot.id)));
    let (on, swot) = dated.max()?;
    let due = months_after(on, holds_months);
    Some(Staleness { swot, on, days: (today - on).num_days(), due, stale: today > due })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, id, step};
    use super::*;

    /// Covers: S1.35
    #[test]
    fn three_calendar_months() {
        let swot = |number, on: &str, lens, state| {
            let transitions = step(State::Draft, state, "2026-01-01");
            let on = on.parse().ok();
            Known::new(id(number), Swot { lens: Some(lens), on, transitions, ..Swot::default() })
        };
        let swots = [
            swot(1, "2026-08-12", Lens::Relationship, State::Current),
            swot(2, "2026-11-01", Lens::Relationship, State::Draft),
            swot(3, "2026-09-30", Lens::Business, State::Current),
            swot(4, "2026-10-01", Lens::Business, State::Superseded),
        ];
        let check = |lens, today: &str, expected: Option<(u8, i64, &str, bool)>| {
            let found = staleness(&swots, lens, day(today), 3);
            let expected =
                expected.map(|(number, days, due, stale)| (id(number), days, day(due), stale));
            assert_eq!(found.map(|s| (s.swot, s.days, s.due, s.stale)), expected);
        };
        let relationship = Some(Lens::Relationship);
        check(relationship, "2026-11-12", Some((1, 92, "2026-11-12", false)));
        check(relationship, "2026-11-13", Some((1, 93, "2026-11-12", true)));
        check(Some(Lens::Business), "2026-11-13", Some((3, 44, "2026-12-30", false)));
        check(None, "2026-11-13", Some((3, 44, "2026-12-30", false)));
        assert_eq!(staleness(&swots[1..2], None, day("2026-11-12"), 3), None);
    }
}
