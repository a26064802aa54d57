//! A consent for a reference or its like runs out, or has run out and is still offered for use (S1.22 to S1.24).

use super::{Facts, Reason, Setting, Severity, day_named};
use crate::lifecycles::{benefit::State, states};
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let ahead = i64::from(setting.thresholds.expiry_days);
    let usable = facts.benefits.iter().filter(|one| {
        states(&one.transitions, State::Idea).iter().any(|state| state.may_be_used())
    });
    let expiring = usable.filter_map(|one| {
        let until = one.consent_until?;
        let (title, day) = (&one.title, day_named(until));
        let (severity, sentence) = match (until - setting.today).num_days() {
            ..0 => (
                Severity::Urgent,
                Sentence::new(
                    format!("The consent for “{title}” ran out on {}; it must not be used.", day.en),
                    format!("Die Einwilligung für „{title}“ lief am {} aus; bitte nicht mehr verwenden.", day.de),
                ),
            ),
            left if left <= ahead => (
                Severity::Watch,
                Sentence::new(
                    format!("The consent for “{title}” runs out on {}.", day.en),
                    format!("Die Einwilligung für „{title}“ läuft am {} aus.", day.de),
                ),
            ),
            _ => return None,
        };
        let reason = Reason::new("consent-expiring", severity, sentence)
            .seen_in(Sentence::new("Intangible benefit", "Immaterieller Nutzen"), Some(("intangible_benefit", one.id)))
            .clears("the consent is renewed, or the benefit is marked as expired", "die Einwilligung erneuert oder der Nutzen als abgelaufen vermerkt ist")
            .of(one.owner.map(|owner| owner.id));
        Some(reason)
    });
    expiring.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, day};
    use super::*;
    use crate::figures::fixture::{id, step};
    use crate::known::Known;
    use crate::records::IntangibleBenefit;

    /// Covers: S1.22, S1.23, S1.24
    #[test]
    fn before_and_after_the_day() {
        let facts = |until: &str, state| {
            let record = IntangibleBenefit {
                title: "Reference call".into(),
                consent_until: Some(day(until)),
                transitions: step(State::Idea, state, "2026-01-01"),
                ..IntangibleBenefit::default()
            };
            Facts { benefits: vec![Known::new(id(1), record)], ..Facts::default() }
        };
        let soon = "The consent for “Reference call” runs out on 12 December.";
        check(rule, &facts("2026-12-12", State::Usable), &[(Severity::Watch, soon)]);
        check(rule, &facts("2026-12-13", State::Usable), &[]);
        let today = "The consent for “Reference call” runs out on 12 November.";
        check(rule, &facts("2026-11-12", State::Used), &[(Severity::Watch, today)]);
        let over = "The consent for “Reference call” ran out on 11 November; it must not be used.";
        check(rule, &facts("2026-11-11", State::Usable), &[(Severity::Urgent, over)]);
        let german = [
            "Die Einwilligung für „Reference call“ lief am 11. November aus; bitte nicht mehr verwenden.",
            "Immaterieller Nutzen",
            "die Einwilligung erneuert oder der Nutzen als abgelaufen vermerkt ist",
        ];
        check_german(rule, &facts("2026-11-11", State::Usable), german);
        check(rule, &facts("2026-11-11", State::Expired), &[]);
    }
}
