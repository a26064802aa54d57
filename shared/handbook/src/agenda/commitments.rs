//! What we said we would do: promises, actions, major deliverables, and demands that wait for an answer (S2.14, S4.31).

use chrono::Days;

use super::{AgendaItem, around, dated};
use crate::attention::{Facts, Setting};
use crate::ids::{RecordId, RecordKey};
use crate::records::{self, ActionState, DemandStatus};
use crate::typed::Record;

pub(super) fn items(facts: &Facts, setting: &Setting) -> Vec<AgendaItem> {
    let mut items: Vec<AgendaItem> = promises(facts).chain(actions(facts)).collect();
    items.extend(effects(facts));
    items.extend(deliverables(facts));
    items.extend(demands(facts, setting));
    items
}

fn promises(facts: &Facts) -> impl Iterator<Item = AgendaItem> {
    let open = facts.promises.iter().filter(|promise| !promise.kept && !promise.broken);
    open.map(|promise| AgendaItem {
        source: "promise",
        day: promise.due,
        what: around(
            "Keep the promise: {}",
            "Zusage halten: {}",
            promise.text.trim_end_matches('.'),
        ),
        why: dated("It was promised for {}.", "Es ist für den {} zugesagt.", promise.due),
        record: Some(RecordKey::new(records::Promise::KIND, promise.id)),
        owner: promise.by.map(RecordId::from_bytes),
        client: Some(facts.id),
        again: None,
    })
}

fn actions(facts: &Facts) -> impl Iterator<Item = AgendaItem> {
    let open = facts
        .actions
        .iter()
        .filter(|action| matches!(action.state, ActionState::Open | ActionState::UnderWay));
    open.filter_map(|action| {
        let day = action.due?;
        let text = action.text.trim_end_matches('.');
        // What the client owes is mentioned, not chased.
        let (what, why) = if action.client_owner.is_some() {
            (
                around("The client's turn: {}", "Der Kunde ist am Zug: {}", text),
                dated("They meant to do it by {}.", "Der Kunde wollte es bis zum {} tun.", day),
            )
        } else {
            (
                around("Action: {}", "Maßnahme: {}", text),
                dated("It is to be done by {}.", "Sie ist bis zum {} zu erledigen.", day),
            )
        };
        Some(AgendaItem {
            source: "action",
            day,
            what,
            why,
            record: Some(action.key()),
            owner: action.owner.map(|owner| owner.id),
            client: Some(facts.id),
            again: None,
        })
    })
}

fn effects(facts: &Facts) -> impl Iterator<Item = AgendaItem> {
    let done = facts
        .actions
        .iter()
        .filter(|action| action.state == ActionState::Done && action.effect.is_none());
    done.filter_map(|action| {
        let day = action.effect_due?;
        let text = action.text.trim_end_matches('.');
        Some(AgendaItem {
            source: "action-effect",
            day,
            what: around("See whether it helped: {}", "Wirksamkeit prüfen: {}", text),
            why: dated(
                "The action is done, and its effect was to be checked on {}.",
                "Die Maßnahme ist erledigt, ihre Wirksamkeit war für den {} zu prüfen.",
                day,
            ),
            record: Some(action.key()),
            owner: action.owner.map(|owner| owner.id),
            client: Some(facts.id),
            again: None,
        })
    })
}

fn deliverables(facts: &Facts) -> impl Iterator<Item = AgendaItem> {
    let open = facts.deliverables.iter().filter(|deliverable| deliverable.done_on.is_none());
    open.filter_map(|deliverable| {
        let day = deliverable.due?;
        Some(AgendaItem {
            source: "deliverable",
            day,
            what: around("Deliver: {}", "Liefern: {}", &deliverable.name),
            why: dated(
                "It is a major deliverable, due on {}.",
                "Es ist ein Hauptergebnis, fällig am {}.",
                day,
            ),
            record: Some(deliverable.key()),
            owner: None,
            client: Some(facts.id),
            again: None,
        })
    })
}

fn demands(facts: &Facts, setting: &Setting) -> impl Iterator<Item = AgendaItem> {
    let waiting = facts.demands.iter().filter(|demand| demand.status == DemandStatus::New);
    waiting.filter_map(|demand| {
        let raised = demand.raised_on?;
        let days = Days::new(u64::from(setting.thresholds.answer_days));
        Some(AgendaItem {
            source: "demand",
            day: raised.checked_add_days(days)?,
            what: around("Answer: {}", "Beantworten: {}", demand.text.trim_end_matches('.')),
            why: dated(
                "The client raised it on {}, and nobody has answered.",
                "Der Kunde hat es am {} vorgebracht, und niemand hat geantwortet.",
                raised,
            ),
            record: Some(demand.key()),
            owner: None,
            client: Some(facts.id),
            again: None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::check;
    use super::*;
    use crate::attention::Promise;
    use crate::figures::fixture::{day, id};
    use crate::known::Known;
    use crate::records::{Action, Contact, Demand, Effect, MajorDeliverable};
    use crate::typed::Id;

    #[test]
    fn until_they_are_done() {
        let promise = |kept, broken| Promise {
            text: "Boiler survey.".into(),
            due: day("2026-11-20"),
            kept,
            broken,
            ..Promise::default()
        };
        let promises = vec![promise(false, false), promise(true, false), promise(false, true)];
        let expected = [("promise", "2026-11-20", "Keep the promise: Boiler survey")];
        check(items, &Facts { promises, ..Facts::default() }, &expected);

        let action = |state, client_owner: Option<Id<Contact>>, effect| {
            let (due, effect_due) = (Some(day("2026-11-01")), Some(day("2026-12-01")));
            let text = "Name a deputy".into();
            let action =
                Action { text, due, effect_due, state, client_owner, effect, ..Action::default() };
            Known::new(id(3), action)
        };
        let actions = vec![
            action(ActionState::UnderWay, None, None),
            action(ActionState::Open, Some(Id::new(id(9))), None),
            action(ActionState::Done, None, None),
            action(ActionState::Done, None, Some(Effect::Effective)),
            action(ActionState::Dropped, None, None),
        ];
        let expected = [
            ("action", "2026-11-01", "Action: Name a deputy"),
            ("action", "2026-11-01", "The client's turn: Name a deputy"),
            ("action-effect", "2026-12-01", "See whether it helped: Name a deputy"),
        ];
        check(items, &Facts { actions, ..Facts::default() }, &expected);
    }

    /// Covers: S2.14
    #[test]
    fn deliverables_and_demands() {
        let deliverable = |done: &str| {
            let (due, done_on) = (Some(day("2026-12-15")), done.parse().ok());
            let name = "Slip two".into();
            Known::new(
                id(1),
                MajorDeliverable { name, due, done_on, ..MajorDeliverable::default() },
            )
        };
        let demand = |status| {
            let (text, raised_on) = ("A second shift".into(), Some(day("2026-11-01")));
            Known::new(id(2), Demand { text, raised_on, status, ..Demand::default() })
        };
        let facts = Facts {
            deliverables: vec![deliverable(""), deliverable("2026-11-01")],
            demands: vec![demand(DemandStatus::New), demand(DemandStatus::Accepted)],
            ..Facts::default()
        };
        let expected = [
            ("demand", "2026-12-01", "Answer: A second shift"),
            ("deliverable", "2026-12-15", "Deliver: Slip two"),
        ];
        check(items, &facts, &expected);
    }
}
