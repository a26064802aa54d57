//! An engagement ends soon, or should have ended, and nothing follows (domain.md "engagement end ≤ 90 d without LCM plan").

use super::{Facts, Reason, Setting, Severity, day_named, days};
use crate::known::Known;
use crate::lifecycles::{opportunity, states};
use crate::records::{Engagement, Stage};
use crate::words::Sentence;

/// From so many days before the end it presses.
const PRESSING_DAYS: i64 = 30;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let ending = facts.current_engagements().filter(|one| !is_followed(one, facts));
    ending.filter_map(|one| reason(one, setting)).collect()
}

fn reason(engagement: &Known<Engagement>, setting: &Setting) -> Option<Reason> {
    let end = engagement.planned_end?;
    let left = (end - setting.today).num_days();
    if left > i64::from(setting.thresholds.end_days) {
        return None;
    }
    let (name, day, ahead) = (&engagement.name, day_named(end), days(left));
    let (severity, sentence) = match left {
        ..0 => (
            Severity::Soon,
            Sentence::new(
                format!("“{name}” was to end on {}, and nothing follows.", day.en),
                format!("„{name}“ sollte am {} enden, und nichts folgt.", day.de),
            ),
        ),
        _ => (
            if left <= PRESSING_DAYS { Severity::Soon } else { Severity::Watch },
            Sentence::new(
                format!("“{name}” ends on {} ({} left), and nothing follows.", day.en, ahead.en),
                format!("„{name}“ endet am {} (noch {}), und nichts folgt.", day.de, ahead.de),
            ),
        ),
    };
    let reason = Reason::new("engagement-ends", severity, sentence)
        .seen_in(Sentence::new("Engagement", "Auftrag"), Some(("engagement", engagement.id)))
        .clears(
            "it goes on to care, another engagement or an open opportunity follows, or it ends",
            "er in die Betreuung übergeht, ein Auftrag oder eine offene Chance folgt oder er beendet ist",
        );
    Some(reason)
}

/// It goes on in care, another engagement runs beyond it, or an opportunity of it is open.
fn is_followed(engagement: &Known<Engagement>, facts: &Facts) -> bool {
    let here = states(&engagement.transitions, engagement.stage);
    let later = facts.engagements.iter().any(|other| {
        let ended =
            states(&other.transitions, other.stage).iter().all(|stage| *stage == Stage::Ended);
        let begins =
            other.start.is_some_and(|start| engagement.start.is_none_or(|own| start > own));
        let beyond = other.planned_end.is_none_or(|end| Some(end) > engagement.planned_end);
        other.id != engagement.id && !ended && begins && beyond
    });
    let opportunity = facts.opportunities.iter().any(|one| {
        let open = states(&one.transitions, opportunity::State::Spotted)
            .iter()
            .any(|state| state.is_open());
        open && one.engagement.is_some_and(|of| of.id == engagement.id)
    });
    here.contains(&Stage::LifeCycle) || later || opportunity
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german};
    use super::*;
    use crate::figures::fixture::{id, step};
    use crate::records::Opportunity;
    use crate::typed::Id;

    fn engagement(number: u8, start: &str, end: &str, stage: Stage) -> Known<Engagement> {
        let record = Engagement {
            name: "Harbour".into(),
            start: start.parse().ok(),
            planned_end: end.parse().ok(),
            transitions: step(Stage::PreContract, stage, "2026-01-01"),
            ..Engagement::default()
        };
        Known::new(id(number), record)
    }

    /// Covers: S0.6
    #[test]
    fn by_the_day() {
        let on = |end, stage| Facts {
            engagements: vec![engagement(1, "2026-01-01", end, stage)],
            ..Facts::default()
        };
        let work = Stage::Implementation;
        let far = "“Harbour” ends on 10 February (90 days left), and nothing follows.";
        check(rule, &on("2027-02-10", work), &[(Severity::Watch, far)]);
        check(rule, &on("2027-02-11", work), &[]);
        let near = "“Harbour” ends on 12 December (30 days left), and nothing follows.";
        check(rule, &on("2026-12-12", work), &[(Severity::Soon, near)]);
        let german = [
            "„Harbour“ endet am 12. Dezember (noch 30 Tage), und nichts folgt.",
            "Auftrag",
            "er in die Betreuung übergeht, ein Auftrag oder eine offene Chance folgt oder er beendet ist",
        ];
        check_german(rule, &on("2026-12-12", work), german);
        let past = "“Harbour” was to end on 11 November, and nothing follows.";
        check(rule, &on("2026-11-11", work), &[(Severity::Soon, past)]);
        check(rule, &on("2026-12-12", Stage::Ended), &[]);
        check(rule, &on("2026-12-12", Stage::LifeCycle), &[]);
        check(rule, &on("", work), &[]);
    }

    #[test]
    fn what_follows() {
        let first = engagement(1, "2026-01-01", "2026-12-12", Stage::Implementation);
        let with = |second| Facts { engagements: vec![first.clone(), second], ..Facts::default() };
        let is_left = |facts: &Facts| !rule(facts, &super::super::fixture::setting()).is_empty();
        let second = |start, end, stage| with(engagement(2, start, end, stage));
        assert!(!is_left(&second("2026-12-01", "2027-12-31", Stage::PreContract)));
        assert!(!is_left(&second("2026-12-01", "", Stage::PreContract)));
        assert!(is_left(&second("2026-12-01", "", Stage::Ended)));
        assert!(is_left(&second("2025-01-01", "", Stage::PreContract))); // runs beside it
        let opportunity = |state| {
            let transitions = step(opportunity::State::Spotted, state, "2026-10-01");
            let engagement = Some(Id::new(id(1)));
            let record = Opportunity { engagement, transitions, ..Opportunity::default() };
            let opportunities = vec![Known::new(id(3), record)];
            Facts { opportunities, engagements: vec![first.clone()], ..Facts::default() }
        };
        assert!(!is_left(&opportunity(opportunity::State::Qualified)));
        assert!(is_left(&opportunity(opportunity::State::Lost)));
    }
}
