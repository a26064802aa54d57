//! A promise was broken, or its day has come (S4.31).

use super::{Evidence, Facts, Promise, Reason, Setting, Severity};

/// A broken promise stays a reason for so many days (domain.md: "broken promise in 30 d").
const REMEMBERED_DAYS: i64 = 30;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let open = facts.promises.iter().filter(|promise| !promise.kept);
    open.filter_map(|promise| reason(promise, setting)).collect()
}

fn reason(promise: &Promise, setting: &Setting) -> Option<Reason> {
    let late = (setting.today - promise.due).num_days();
    let day = promise.due.format("%-d %B");
    let what = promise.text.trim_end_matches('.');
    let (severity, sentence, clears) = match late {
        _ if promise.broken && late <= REMEMBERED_DAYS => (
            Severity::Urgent,
            format!("We broke a promise of {day}: {what}."),
            "a new day is agreed, or it is kept",
        ),
        _ if promise.broken => return None,
        1.. => (
            Severity::Urgent,
            format!("A promise was due on {day}: {what}."),
            "it is marked as kept, or a new day is agreed",
        ),
        0 => (Severity::Soon, format!("A promise is due today: {what}."), "it is marked as kept"),
        _ => return None,
    };
    let words = promise
        .made
        .map_or_else(|| "Promise".into(), |made| format!("Promise of {}", made.format("%-d %B")));
    Some(Reason {
        rule: "promise-overdue",
        severity,
        sentence,
        evidence: Evidence { words, record: Some(("promise", promise.id)) },
        clears: clears.into(),
        owner: promise.by,
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, day};
    use super::*;
    use crate::ids::RecordId;

    #[test]
    fn by_day_and_state() {
        let on = |due: &str, kept, broken| Facts {
            promises: vec![Promise {
                id: RecordId::default(),
                text: "Boiler survey.".into(),
                due: day(due),
                made: None,
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
        check(rule, &on("2026-10-01", false, true), &[]);
        check(rule, &on("2026-11-06", true, false), &[]);
        check(rule, &on("2026-11-13", false, false), &[]);
    }
}
