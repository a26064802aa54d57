//! Nobody has spoken with the client for too long (domain.md "Contact cadence").

use super::{Evidence, Facts, Reason, Setting, Severity};
use crate::figures::cadence::{Standing, cadence};

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let (true, Some(since)) = (facts.living, facts.since) else { return Vec::new() };
    let last = facts
        .touches
        .iter()
        .filter(|touch| touch.two_way && touch.on <= setting.today)
        .map(|touch| touch.on)
        .max();
    let cadence = cadence(last, since, setting.today, setting.rhythm);
    if cadence.standing != Standing::Overdue {
        return Vec::new();
    }
    let sentence = match last {
        Some(_) => format!("Nobody has spoken with them for {} days.", cadence.days),
        None => format!(
            "They have been in the handbook for {} days, and no conversation is logged.",
            cadence.days
        ),
    };
    vec![Reason {
        rule: "silence",
        severity: Severity::Soon,
        sentence,
        evidence: Evidence {
            words: format!("Cadence, at most {} days", setting.rhythm.max),
            record: None,
        },
        clears: "a conversation is logged".into(),
        owner: None,
    }]
}

#[cfg(test)]
mod tests {
    use super::super::{
        Touch,
        fixture::{check, day},
    };
    use super::*;

    #[test]
    fn after_the_maximum() {
        let touch = |on: &str, two_way| Touch { function: 0, on: day(on), two_way };
        let facts = |touches: Vec<Touch>| Facts {
            living: true,
            since: Some(day("2026-01-01")),
            touches,
            ..Facts::default()
        };
        let silent = "Nobody has spoken with them for 45 days.";
        check(rule, &facts(vec![touch("2026-09-28", true)]), &[(Severity::Soon, silent)]);
        check(
            rule,
            &facts(vec![touch("2026-09-28", true), touch("2026-11-01", false)]),
            &[(Severity::Soon, silent)],
        );
        check(rule, &facts(vec![touch("2026-09-29", true)]), &[]);
        let never = "They have been in the handbook for 315 days, and no conversation is logged.";
        check(rule, &facts(Vec::new()), &[(Severity::Soon, never)]);
        check(rule, &Facts { living: false, ..facts(Vec::new()) }, &[]);
    }
}
