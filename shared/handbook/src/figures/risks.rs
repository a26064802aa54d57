//! Risk exposure: the sum of probability times impact over the open risks, and what of them is not provided for (S1.28,
//! S1.29, domain.md "Risk exposure").

use chrono::{Days, NaiveDate};

use crate::ids::RecordId;
use crate::known::Known;
use crate::lifecycles::risk::{Level, State, exposure, level};
use crate::lifecycles::states;
use crate::records::Risk;

/// The exposure of one client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exposure {
    /// Open risks with probability times impact, the gravest first; `None` where they are not judged yet.
    pub open: Vec<(RecordId, Option<i64>)>,
    /// The sum over those that are judged.
    pub sum: i64,
    /// High ones without a contingency measure.
    pub without_contingency: Vec<RecordId>,
    /// Those whose review is overdue, with the day it was due.
    pub reviews_overdue: Vec<(RecordId, NaiveDate)>,
}

/// The exposure on `today`.
pub fn risk_exposure(risks: &[Known<Risk>], today: NaiveDate) -> Exposure {
    let mut found = Exposure::default();
    for risk in risks.iter().filter(|risk| is_open(risk)) {
        let grade = exposure(risk.probability, risk.impact);
        found.open.push((risk.id, grade));
        found.sum += grade.unwrap_or(0);
        if lacks_contingency(risk) {
            found.without_contingency.push(risk.id);
        }
        if let Some(due) = review_due(risk).filter(|due| *due < today) {
            found.reviews_overdue.push((risk.id, due));
        }
    }
    found.open.sort_by_key(|(id, grade)| (std::cmp::Reverse(*grade), *id));
    found.reviews_overdue.sort_by_key(|(_, due)| *due);
    found
}

/// Whether a risk is open in any state that devices left it in.
pub fn is_open(risk: &Risk) -> bool {
    states(&risk.transitions, State::Identified).iter().any(|state| *state != State::Closed)
}

/// Whether a high risk has no contingency measure. The measure is a note, which rows from the hot columns come without: a
/// risk whose response is planned has passed the guard that asks for it, and counts as provided for.
pub fn lacks_contingency(risk: &Risk) -> bool {
    let planned = states(&risk.transitions, State::Identified)
        .iter()
        .all(|state| !matches!(state, State::Identified | State::Assessed));
    level(risk.probability, risk.impact) == Some(Level::High)
        && risk.contingency.is_empty()
        && !planned
}

/// The day of the next review: the one somebody set, else as many days after the last step as its level allows.
pub fn review_due(risk: &Risk) -> Option<NaiveDate> {
    risk.next_review.or_else(|| {
        let days = level(risk.probability, risk.impact)?.review_days();
        let steps = risk.transitions.0.iter();
        let last = steps.filter_map(|step| step.at.day()).max()?;
        last.checked_add_days(Days::new(u64::try_from(days).ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, id, step};
    use super::*;
    use crate::typed::Scale;

    fn risk(number: u8, probability: i64, impact: i64, state: State) -> Known<Risk> {
        let (probability, impact) = (Scale::new(probability), Scale::new(impact));
        let transitions = step(State::Identified, state, "2026-10-13");
        Known::new(id(number), Risk { probability, impact, transitions, ..Risk::default() })
    }

    /// Covers: S1.28
    #[test]
    fn what_is_open_and_not_provided_for() {
        let mut reviewed = risk(2, 2, 3, State::Mitigating);
        reviewed.record.next_review = Some(day("2026-11-11"));
        let mut ready = risk(5, 5, 5, State::Assessed);
        ready.record.contingency = "A second supplier is named".into();
        let risks = [
            risk(1, 3, 5, State::Assessed), // 15, high: review was due on 12 November
            reviewed,                       // 6
            risk(3, 5, 5, State::Closed),   // closed
            risk(4, 0, 5, State::Identified), // no probability: not judged
            ready,                          // 25
            risk(6, 4, 4, State::ResponsePlanned), // 16, passed the guard
        ];
        let found = risk_exposure(&risks, day("2026-11-13"));
        let grades: Vec<_> = found.open.iter().map(|(id, grade)| (*id, *grade)).collect();
        let expected = [
            (id(5), Some(25)),
            (id(6), Some(16)),
            (id(1), Some(15)),
            (id(2), Some(6)),
            (id(4), None),
        ];
        assert_eq!(grades, expected);
        assert_eq!(found.sum, 62);
        assert_eq!(found.without_contingency, [id(1)]);
        let overdue = [
            (id(2), day("2026-11-11")),
            (id(1), day("2026-11-12")),
            (id(5), day("2026-11-12")),
            (id(6), day("2026-11-12")),
        ];
        assert_eq!(found.reviews_overdue, overdue);
        assert_eq!(risk_exposure(&risks, day("2026-11-12")).reviews_overdue, overdue[..1]);
        // One less than high needs no contingency measure.
        assert_eq!(
            risk_exposure(&[risk(1, 3, 4, State::Assessed)], day("2026-10-13")).without_contingency,
            []
        );
    }
}
