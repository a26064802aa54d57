//! A service level was missed in two periods running (S2.15, domain.md "SLA missed 2 periods running").

use super::{Facts, Reason, Setting, Severity};
use crate::figures::service_levels::levels;
use crate::known::Known;
use crate::records::SlaTarget;
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let of = |target: &Known<SlaTarget>| {
        let found = levels(target.id, &facts.sla_results, setting.today);
        let last = found.results.first().filter(|_| found.is_missed_running())?;
        let (metric, missed) = (&target.metric, found.missed_running);
        let sentence = Sentence::new(
            format!("“{metric}” was missed {missed} periods running."),
            format!("„{metric}“ wurde {missed} Zeiträume in Folge verfehlt."),
        );
        let reason = Reason::new("sla-missed", Severity::Urgent, sentence)
            .seen_in(
                Sentence::new(
                    format!("Result {}", last.period),
                    format!("Ergebnis {}", last.period),
                ),
                Some(("sla_result", last.id)),
            )
            .clears("it is met in a later period", "es in einem späteren Zeitraum erreicht ist");
        Some(reason)
    };
    facts.sla_targets.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, day};
    use super::*;
    use crate::figures::fixture::id;
    use crate::records::{SlaOutcome, SlaResult};
    use crate::typed::Id;

    /// Covers: S2.15
    #[test]
    fn two_periods_running() {
        use SlaOutcome::{Met, Missed};
        let facts = |results: &[(&str, SlaOutcome)]| Facts {
            sla_targets: vec![Known::new(
                id(1),
                SlaTarget { metric: "Answer time".into(), ..SlaTarget::default() },
            )],
            sla_results: results
                .iter()
                .map(|(ends, outcome)| SlaResult {
                    target: Some(Id::new(id(1))),
                    period: "October".into(),
                    ends: Some(day(ends)),
                    outcome: Some(*outcome),
                    ..SlaResult::default()
                })
                .map(|record| Known::new(id(2), record))
                .collect(),
            ..Facts::default()
        };
        let two = facts(&[("2026-10-31", Missed), ("2026-08-31", Met), ("2026-09-30", Missed)]);
        let sentence = "“Answer time” was missed 2 periods running.";
        check(rule, &two, &[(Severity::Urgent, sentence)]);
        let german = [
            "„Answer time“ wurde 2 Zeiträume in Folge verfehlt.",
            "Ergebnis October",
            "es in einem späteren Zeitraum erreicht ist",
        ];
        check_german(rule, &two, german);
        check(
            rule,
            &facts(&[("2026-10-31", Met), ("2026-09-30", Missed), ("2026-08-31", Missed)]),
            &[],
        );
        check(
            rule,
            &facts(&[("2026-10-31", Missed), ("2026-09-30", Met), ("2026-08-31", Missed)]),
            &[],
        );
        check(rule, &facts(&[("2026-10-31", Missed), ("2026-11-30", Missed)]), &[]); // not over yet
    }
}
