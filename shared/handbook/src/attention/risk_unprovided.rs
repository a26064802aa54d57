//! A high risk has no contingency measure (S1.28, S1.29).

use super::{Facts, Reason, Setting, Severity};
use crate::figures::risks::{is_open, lacks_contingency};
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, _: &Setting) -> Vec<Reason> {
    let high = facts.risks.iter().filter(|risk| is_open(risk) && lacks_contingency(risk));
    high.map(|risk| {
        let what = risk.description.trim_end_matches('.');
        let sentence = Sentence::new(
            format!("A high risk has no contingency measure: {what}."),
            format!("Für ein hohes Risiko fehlt eine Notfallmaßnahme: {what}."),
        );
        Reason::new("risk-unprovided", Severity::Soon, sentence)
            .seen_in(Sentence::new("Risk", "Risiko"), Some(("risk", risk.id)))
            .clears(
                "a contingency measure is planned, or the risk is lower",
                "eine Notfallmaßnahme geplant oder das Risiko kleiner ist",
            )
            .of(risk.owner.map(|owner| owner.id))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german};
    use super::*;
    use crate::figures::fixture::{id, step};
    use crate::known::Known;
    use crate::lifecycles::risk::State;
    use crate::records::Risk;
    use crate::typed::Scale;

    /// Covers: S1.29
    #[test]
    fn high_and_open() {
        let on = |probability, impact, contingency: &str, state| {
            let record = Risk {
                description: "Only one crane.".into(),
                probability: Scale::new(probability),
                impact: Scale::new(impact),
                contingency: contingency.into(),
                transitions: step(State::Identified, state, "2026-10-01"),
                ..Risk::default()
            };
            Facts { risks: vec![Known::new(id(1), record)], ..Facts::default() }
        };
        let sentence = "A high risk has no contingency measure: Only one crane.";
        check(rule, &on(3, 5, "", State::Assessed), &[(Severity::Soon, sentence)]);
        let german = [
            "Für ein hohes Risiko fehlt eine Notfallmaßnahme: Only one crane.",
            "Risiko",
            "eine Notfallmaßnahme geplant oder das Risiko kleiner ist",
        ];
        check_german(rule, &on(3, 5, "", State::Assessed), german);
        check(rule, &on(3, 4, "", State::Assessed), &[]);
        check(rule, &on(3, 5, "Rent one", State::Assessed), &[]);
        check(rule, &on(3, 5, "", State::Closed), &[]);
    }
}
