//! The SWOT analysis no longer holds, or there is none (S1.34, S1.35).

use super::{Facts, Reason, Setting, Severity, day_named, days};
use crate::figures::{swots::staleness, thresholds::months_after};
use crate::records::Lens;
use crate::typed::Choice;
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    if !facts.living {
        return Vec::new();
    }
    let months = setting.thresholds.swot_months;
    let reason = |sentence, record| {
        Reason::new("swot-stale", Severity::Watch, sentence)
            .seen_in(Sentence::new("SWOT analysis", "SWOT-Analyse"), record)
            .clears("a new analysis is made current", "eine neue Analyse gilt")
    };
    if staleness(&facts.swots, None, setting.today, months).is_none() {
        let since = facts.since.filter(|since| months_after(*since, months) < setting.today);
        let sentence = Sentence::new(
            "There is no current SWOT analysis.",
            "Es gibt keine geltende SWOT-Analyse.",
        );
        return since.map(|_| reason(sentence, None)).into_iter().collect();
    }
    let stale = Lens::ALL.iter().filter_map(|lens| {
        let found = staleness(&facts.swots, Some(*lens), setting.today, months)?;
        let (label, age, until) = (lens.label(), days(found.days), day_named(found.due));
        let sentence = Sentence::new(
            format!(
                "The SWOT analysis “{}” is {} old; it held until {}.",
                label.en, age.en, until.en
            ),
            format!(
                "Die SWOT-Analyse „{}“ ist {} alt; sie galt bis zum {}.",
                label.de, age.de, until.de
            ),
        );
        found.stale.then(|| reason(sentence, Some(("swot", found.swot))))
    });
    stale.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, day};
    use super::*;
    use crate::figures::fixture::{id, step};
    use crate::known::Known;
    use crate::lifecycles::swot::State;
    use crate::records::Swot;

    /// Covers: S1.34, S1.35
    #[test]
    fn after_three_months() {
        let facts = |on: &str| Facts {
            living: true,
            since: Some(day("2026-01-01")),
            swots: vec![Known::new(
                id(1),
                Swot {
                    lens: Some(Lens::Relationship),
                    on: on.parse().ok(),
                    transitions: step(State::Draft, State::Current, "2026-08-11"),
                    ..Swot::default()
                },
            )],
            ..Facts::default()
        };
        let sentence =
            "The SWOT analysis “Relationship” is 93 days old; it held until 11 November.";
        check(rule, &facts("2026-08-11"), &[(Severity::Watch, sentence)]);
        let german = [
            "Die SWOT-Analyse „Beziehung“ ist 93 Tage alt; sie galt bis zum 11. November.",
            "SWOT-Analyse",
            "eine neue Analyse gilt",
        ];
        check_german(rule, &facts("2026-08-11"), german);
        check(rule, &facts("2026-08-12"), &[]);
        let none = Facts { swots: Vec::new(), ..facts("") };
        check(rule, &none, &[(Severity::Watch, "There is no current SWOT analysis.")]);
        check(rule, &Facts { since: Some(day("2026-08-12")), ..none.clone() }, &[]);
        check(rule, &Facts { living: false, ..none }, &[]);
    }
}
