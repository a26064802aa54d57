//! An opportunity is past the day on which it was to be decided (S0.3).

use super::{Facts, Reason, Setting, Severity, day_named};
use crate::lifecycles::{opportunity::State, states};
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let overdue = facts.opportunities.iter().filter_map(|one| {
        let open = states(&one.transitions, State::Spotted).iter().any(|state| state.is_open());
        let day = day_named(one.close_date.filter(|day| *day < setting.today && open)?);
        let title = &one.title;
        let sentence = Sentence::new(
            format!("“{title}” was to be decided by {} and is still open.", day.en),
            format!(
                "Über „{title}“ sollte bis zum {} entschieden sein, es ist noch offen.",
                day.de
            ),
        );
        let reason = Reason::new("opportunity-overdue", Severity::Watch, sentence)
            .seen_in(Sentence::new("Opportunity", "Chance"), Some(("opportunity", one.id)))
            .clears(
                "it is won, lost or dropped, or has a new day",
                "sie gewonnen, verloren oder verworfen ist oder einen neuen Tag hat",
            )
            .of(one.owner.map(|owner| owner.id));
        Some(reason)
    });
    overdue.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, day};
    use super::*;
    use crate::figures::fixture::{id, step};
    use crate::known::Known;
    use crate::records::Opportunity;

    /// Covers: S0.3
    #[test]
    fn from_the_day_after() {
        let facts = |close: &str, state| {
            let record = Opportunity {
                title: "Third slip".into(),
                close_date: Some(day(close)),
                transitions: step(State::Spotted, state, "2026-10-01"),
                ..Opportunity::default()
            };
            Facts { opportunities: vec![Known::new(id(1), record)], ..Facts::default() }
        };
        let sentence = "“Third slip” was to be decided by 11 November and is still open.";
        check(rule, &facts("2026-11-11", State::Proposed), &[(Severity::Watch, sentence)]);
        let german = [
            "Über „Third slip“ sollte bis zum 11. November entschieden sein, es ist noch offen.",
            "Chance",
            "sie gewonnen, verloren oder verworfen ist oder einen neuen Tag hat",
        ];
        check_german(rule, &facts("2026-11-11", State::Proposed), german);
        check(rule, &facts("2026-11-12", State::Proposed), &[]);
        check(rule, &facts("2026-11-11", State::Won), &[]);
    }
}
