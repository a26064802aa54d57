//! A promise was broken, or its day has come (S4.31).

use super::{Evidence, Facts, Promise, Reason, Setting, Severity, day_named};
use crate::words::Sentence;

/// A broken promise stays a reason for so many days (domain.md: "broken promise in 30 d").
const REMEMBERED_DAYS: i64 = 30;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let open = facts.promises.iter().filter(|promise| !promise.kept);
    open.filter_map(|promise| reason(promise, setting)).collect()
}

fn reason(promise: &Promise, setting: &Setting) -> Option<Reason> {
    let late = (setting.today - promise.due).num_days();
    let day = day_named(promise.due);
    let what = promise.text.trim_end_matches('.');
    let (severity, sentence, clears) = match late {
        _ if promise.broken && late <= REMEMBERED_DAYS => (
            Severity::Urgent,
            Sentence::new(
                format!("We broke a promise of {}: {what}.", day.en),
                format!("Wir haben eine Zusage zum {} gebrochen: {what}.", day.de),
            ),
            Sentence::new(
                "a new day is agreed, or it is kept",
                "ein neuer Tag vereinbart oder sie gehalten ist",
            ),
        ),
        _ if promise.broken => return None,
        1.. => (
            Severity::Urgent,
            Sentence::new(
                format!("A promise was due on {}: {what}.", day.en),
                format!("Eine Zusage war am {} fällig: {what}.", day.de),
            ),
            Sentence::new(
                "it is marked as kept, or a new day is agreed",
                "sie als gehalten vermerkt oder ein neuer Tag vereinbart ist",
            ),
        ),
        0 => (
            Severity::Soon,
            Sentence::new(
                format!("A promise is due today: {what}."),
                format!("Eine Zusage ist heute fällig: {what}."),
            ),
            Sentence::new("it is marked as kept", "sie als gehalten vermerkt ist"),
        ),
        _ => return None,
    };
    let words = match promise.made.map(day_named) {
        None => Sentence::new("Promise", "Zusage"),
        Some(made) => {
            Sentence::new(format!("Promise of {}", made.en), format!("Zusage vom {}", made.de))
        }
    };
    Some(Reason {
        rule: "promise-overdue",
        severity,
        sentence,
        evidence: Evidence { words, record: Some(("promise", promise.id)) },
        clears,
        owner: promise.by,
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, day};
    use super::*;
    use crate::ids::RecordId;

    #[test]
    fn by_day_and_state() {
        let on = |due: &str, kept, broken| Facts {
            promises: vec![Promise {
                id: RecordId::default(),
                text: "Boiler survey.".into(),
                due: day(due),
                made: Some(day("2026-10-01")),
                kept,
                broken,
                by: None,
            }],
            ..Facts::default()
        };
        let late = "A promise was due on 6 November: Boiler survey.";
        check(rule, &on("2026-11-06", false, false), &[(Severity::Urgent, late)]);
        let today = "A promise is due today: Boiler survey.";
        check(rule, &on("2026-11-12", false, false), &[(Severity::Soon, today)]);
        let broken = "We broke a promise of 6 November: Boiler survey.";
        check(rule, &on("2026-11-06", false, true), &[(Severity::Urgent, broken)]);
        let german = [
            "Eine Zusage war am 6. November fällig: Boiler survey.",
            "Zusage vom 1. Oktober",
            "sie als gehalten vermerkt oder ein neuer Tag vereinbart ist",
        ];
        check_german(rule, &on("2026-11-06", false, false), german);
        let german = [
            "Wir haben eine Zusage zum 6. November gebrochen: Boiler survey.",
            "Zusage vom 1. Oktober",
            "ein neuer Tag vereinbart oder sie gehalten ist",
        ];
        check_german(rule, &on("2026-11-06", false, true), german);
        check(rule, &on("2026-10-01", false, true), &[]);
        check(rule, &on("2026-11-06", true, false), &[]);
        check(rule, &on("2026-11-13", false, false), &[]);
    }
}
