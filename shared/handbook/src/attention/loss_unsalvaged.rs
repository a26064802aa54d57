//! An opportunity was lost for a reason beyond control, and nobody has planned what can still be gained (S1.30, S1.31).

use super::{Facts, Reason, Setting, Severity};
use crate::lifecycles::{opportunity::State, states};
use crate::records::Controllable;
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, _: &Setting) -> Vec<Reason> {
    let lost = facts.opportunities.iter().filter(|one| {
        let is_lost = states(&one.transitions, State::Spotted).contains(&State::Lost);
        let planned = facts
            .salvage_plans
            .iter()
            .any(|plan| plan.opportunity.is_none_or(|about| about.id == one.id));
        is_lost && one.controllable == Some(Controllable::No) && !planned
    });
    lost.map(|one| {
        let title = &one.title;
        let sentence = Sentence::new(
            format!("“{title}” was lost for a reason beyond our control, and there is no plan of what can still be gained."),
            format!("„{title}“ ging ohne unser Zutun verloren, und es gibt keinen Plan, was noch zu gewinnen ist."),
        );
        Reason::new("loss-unsalvaged", Severity::Watch, sentence)
            .seen_in(Sentence::new("Opportunity", "Chance"), Some(("opportunity", one.id)))
            .clears("a salvage plan is made", "ein Rettungsplan besteht")
            .of(one.owner.map(|owner| owner.id))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german};
    use super::*;
    use crate::figures::fixture::{id, step};
    use crate::known::Known;
    use crate::records::{Opportunity, SalvagePlan};
    use crate::typed::Id;

    /// Covers: S1.30, S1.31
    #[test]
    fn beyond_control_and_without_a_plan() {
        let facts = |state, controllable, plan: Option<Option<u8>>| {
            let record = Opportunity {
                title: "Third slip".into(),
                controllable: Some(controllable),
                transitions: step(State::Spotted, state, "2026-10-01"),
                ..Opportunity::default()
            };
            let plan = plan.map(|about| {
                let opportunity = about.map(|number| Id::new(id(number)));
                Known::new(id(2), SalvagePlan { opportunity, ..SalvagePlan::default() })
            });
            Facts {
                opportunities: vec![Known::new(id(1), record)],
                salvage_plans: plan.into_iter().collect(),
                ..Facts::default()
            }
        };
        use Controllable::{No, Yes};
        let sentence = "“Third slip” was lost for a reason beyond our control, and there is no plan of what can still be gained.";
        check(rule, &facts(State::Lost, No, None), &[(Severity::Watch, sentence)]);
        check(rule, &facts(State::Lost, No, Some(Some(9))), &[(Severity::Watch, sentence)]);
        let german = [
            "„Third slip“ ging ohne unser Zutun verloren, und es gibt keinen Plan, was noch zu gewinnen ist.",
            "Chance",
            "ein Rettungsplan besteht",
        ];
        check_german(rule, &facts(State::Lost, No, None), german);
        check(rule, &facts(State::Lost, No, Some(Some(1))), &[]);
        check(rule, &facts(State::Lost, No, Some(None)), &[]); // a plan for the client as a whole
        check(rule, &facts(State::Lost, Yes, None), &[]);
        check(rule, &facts(State::Dropped, No, None), &[]);
    }
}
