//! Nobody has spoken with the client for too long (domain.md "Contact cadence").

use super::{Evidence, Facts, Reason, Setting, Severity, days};
use crate::figures::cadence::{Standing, cadence};
use crate::words::Sentence;

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
    let long = days(cadence.days);
    // The dative of "seit".
    let since =
        if cadence.days == 1 { "1 Tag".to_owned() } else { format!("{} Tagen", cadence.days) };
    let sentence = match last {
        Some(_) => Sentence::new(
            format!("Nobody has spoken with them for {}.", long.en),
            format!("Seit {since} hat niemand mit dem Kunden gesprochen."),
        ),
        None => Sentence::new(
            format!(
                "They have been in the handbook for {}, and no conversation is logged.",
                long.en
            ),
            format!(
                "Der Kunde steht seit {since} im Handbuch, und kein Gespräch ist festgehalten."
            ),
        ),
    };
    let most = days(setting.rhythm.max.into());
    vec![Reason {
        rule: "silence",
        severity: Severity::Soon,
        sentence,
        evidence: Evidence {
            words: Sentence::new(
                format!("Cadence, at most {}", most.en),
                format!("Kontaktrhythmus, höchstens {}", most.de),
            ),
            record: None,
        },
        clears: Sentence::new("a conversation is logged", "ein Gespräch festgehalten ist"),
        owner: None,
    }]
}

#[cfg(test)]
mod tests {
    use super::super::{
        Touch,
        fixture::{check, check_german, day},
    };
    use super::*;

    /// Covers: S0.6, S1.14
    #[test]
    fn after_the_maximum() {
        let touch = |on: &str, two_way| Touch { on: day(on), two_way, ..Touch::default() };
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
        let german = [
            "Seit 45 Tagen hat niemand mit dem Kunden gesprochen.",
            "Kontaktrhythmus, höchstens 45 Tage",
            "ein Gespräch festgehalten ist",
        ];
        check_german(rule, &facts(vec![touch("2026-09-28", true)]), german);
        check(rule, &facts(vec![touch("2026-09-29", true)]), &[]);
        let never = "They have been in the handbook for 315 days, and no conversation is logged.";
        check(rule, &facts(Vec::new()), &[(Severity::Soon, never)]);
        check(rule, &Facts { living: false, ..facts(Vec::new()) }, &[]);
    }
}
