//! More pilots run than should before the first success (S4.56, S4.60).

use super::{Facts, Reason, Setting, Severity};
use crate::lifecycles::{rollout::State, states};
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let most = setting.thresholds.pilots;
    let over = facts.firm_rollouts.filter(|firm| !firm.succeeded && firm.running > most);
    let Some(running) = over.map(|firm| firm.running) else { return Vec::new() };
    let pilots = facts
        .rollouts
        .iter()
        .filter(|one| states(&one.transitions, State::Candidate).contains(&State::Pilot));
    pilots
        .map(|one| {
            let sentence = Sentence::new(
                format!("{running} pilots run at once; before the first success there should be at most {most}."),
                format!("{running} Piloten laufen zugleich; vor dem ersten Erfolg sollten es höchstens {most} sein."),
            );
            Reason::new("rollout-gate", Severity::Watch, sentence)
                .seen_in(Sentence::new("Rollout", "Einführung"), Some(("rollout", one.id)))
                .clears("a pilot is adopted or stopped", "ein Pilot eingeführt oder beendet ist")
                .of(one.owner.map(|owner| owner.id))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german};
    use super::*;
    use crate::figures::fixture::{id, step};
    use crate::figures::promises::KeptRate;
    use crate::figures::rollout_gate::Rollouts;
    use crate::known::Known;
    use crate::records::Rollout;

    /// Covers: S4.56, S4.60
    #[test]
    fn at_most_two_before_the_first_success() {
        let facts = |own, running, succeeded: bool| {
            let transitions = step(State::Candidate, own, "2026-10-01");
            let pilots = std::iter::repeat_n((State::Pilot, false), running);
            let adopted = succeeded.then_some((State::Adopted, false));
            let firm = Rollouts::count(pilots.chain(adopted), KeptRate { kept: 0, due: 0 });
            Facts {
                rollouts: vec![Known::new(id(1), Rollout { transitions, ..Rollout::default() })],
                firm_rollouts: Some(firm),
                ..Facts::default()
            }
        };
        let sentence = "3 pilots run at once; before the first success there should be at most 2.";
        check(rule, &facts(State::Pilot, 3, false), &[(Severity::Watch, sentence)]);
        let german = [
            "3 Piloten laufen zugleich; vor dem ersten Erfolg sollten es höchstens 2 sein.",
            "Einführung",
            "ein Pilot eingeführt oder beendet ist",
        ];
        check_german(rule, &facts(State::Pilot, 3, false), german);
        check(rule, &facts(State::Pilot, 2, false), &[]);
        check(rule, &facts(State::Pilot, 3, true), &[]);
        check(rule, &facts(State::Candidate, 3, false), &[]);
        check(rule, &Facts { firm_rollouts: None, ..facts(State::Pilot, 3, false) }, &[]);
    }
}
