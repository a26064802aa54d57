//! Service levels period by period: what came of a target, and how often running it was missed (S2.15).

use chrono::NaiveDate;

use crate::ids::RecordId;
use crate::known::Known;
use crate::records::{SlaOutcome, SlaResult};

/// From so many periods in a row on a miss is no accident.
const RUNNING: usize = 2;

/// What came of one target.
#[derive(Debug, Clone, PartialEq)]
pub struct Levels<'r> {
    /// The results of periods that are over, the latest first.
    pub results: Vec<&'r Known<SlaResult>>,
    /// How many of the latest were missed running.
    pub missed_running: usize,
}

impl Levels<'_> {
    /// Whether it was missed so often running that somebody must act.
    pub fn is_missed_running(&self) -> bool {
        self.missed_running >= RUNNING
    }

    /// How many periods met the target: beside the number of results, the n of the figure.
    pub fn met(&self) -> usize {
        self.results.iter().filter(|one| one.outcome == Some(SlaOutcome::Met)).count()
    }
}

/// The results of a target until today. One without an outcome or an end has not been judged, and waits.
pub fn levels(target: RecordId, results: &[Known<SlaResult>], today: NaiveDate) -> Levels<'_> {
    let judged = |one: &&Known<SlaResult>| {
        one.outcome.is_some() && one.ends.is_some_and(|ends| ends <= today)
    };
    let is_about = |one: &&Known<SlaResult>| one.target.is_some_and(|about| about.id == target);
    let mut results: Vec<_> = results.iter().filter(is_about).filter(judged).collect();
    results.sort_by_key(|one| std::cmp::Reverse(one.ends));
    let missed = |one: &&&Known<SlaResult>| one.outcome == Some(SlaOutcome::Missed);
    let missed_running = results.iter().take_while(missed).count();
    Levels { results, missed_running }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, id};
    use super::*;
    use crate::typed::Id;

    /// Covers: S2.15
    #[test]
    fn period_by_period() {
        use SlaOutcome::{Met, Missed};
        let result = |target, ends: &str, outcome| {
            let record = SlaResult {
                target: Some(Id::new(id(target))),
                ends: ends.parse().ok(),
                outcome,
                ..SlaResult::default()
            };
            Known::new(id(9), record)
        };
        let check = |of: &[(u8, &str, Option<SlaOutcome>)], n, met, running, marked| {
            let results: Vec<_> =
                of.iter().map(|(target, ends, came)| result(*target, ends, *came)).collect();
            let found = levels(id(1), &results, day("2026-11-12"));
            let read =
                (found.results.len(), found.met(), found.missed_running, found.is_missed_running());
            assert_eq!(read, (n, met, running, marked), "{of:?}");
        };
        check(&[], 0, 0, 0, false);
        let (sep, oct, nov) = ("2026-09-30", "2026-10-31", "2026-11-30");
        check(&[(1, sep, Some(Met)), (1, oct, Some(Missed))], 2, 1, 1, false);
        check(&[(1, oct, Some(Missed)), (1, sep, Some(Missed))], 2, 0, 2, true);
        check(&[(1, oct, Some(Met)), (1, sep, Some(Missed))], 2, 1, 0, false);
        check(&[(1, nov, Some(Missed)), (1, oct, Some(Missed))], 1, 0, 1, false); // not over yet
        check(&[(1, oct, Some(Missed)), (2, sep, Some(Missed))], 1, 0, 1, false); // of another
        check(&[(1, oct, None), (1, "", Some(Missed))], 0, 0, 0, false);
    }
}
