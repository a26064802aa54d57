//! How the facts of a client are read from the rows of its document.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Complaint, Facts, Parted, Promise};
use crate::figures::sponsor::holders;
use crate::figures::touch::Touch;
use crate::ids::RecordId;
use crate::known::{Known, known};
use crate::lifecycles::{Standing, complaint};
use crate::records::{self, Assignment, Client, ClientStatus, PromiseState, Role, Touchpoint};
use crate::row::Row;
use crate::typed::Record;
use crate::words::{Sentence, Words};

impl Facts {
    /// Reads the rows of a client's document, gone ones among them or not. Rows without notes and prose are enough.
    /// What rows cannot tell is left empty: [`Facts::stances_before`] and [`Facts::firm_rollouts`].
    pub fn from_rows(client: &Row, rows: &[Row], today: NaiveDate) -> Self {
        let assignments: Vec<Known<Assignment>> = known(rows);
        let read = Client::from_row(client).unwrap_or_default();
        let alive = || rows.iter().filter(|row| !row.gone);
        let touchpoints: Vec<Known<Touchpoint>> = known(rows);
        Self {
            id: client.id,
            living: matches!(read.status, ClientStatus::PreContract | ClientStatus::Active),
            client: read,
            since: client.created.at.day(),
            touches: touchpoints.iter().filter_map(Touch::of).collect(),
            promises: known(rows).iter().filter_map(promise).collect(),
            complaints: alive().filter_map(complaint).collect(),
            account_managers: holders(&assignments, Role::AccountManager, today).count(),
            two_versions: alive().flat_map(two_versions).collect(),
            parted: alive().filter_map(parted).collect(),
            contacts: known(rows),
            stances_before: BTreeMap::new(),
            engagements: known(rows),
            assignments,
            deliverables: known(rows),
            scheduled: known(rows),
            actions: known(rows),
            demands: known(rows),
            obligations: known(rows),
            slas: known(rows),
            sla_targets: known(rows),
            sla_results: known(rows),
            dialogues: known(rows),
            swots: known(rows),
            risks: known(rows),
            opportunities: known(rows),
            salvage_plans: known(rows),
            benefits: known(rows),
            rollouts: known(rows),
            snoozes: known(rows),
            reason_owners: known(rows),
            firm_rollouts: None,
        }
    }
}

fn promise(promise: &Known<records::Promise>) -> Option<Promise> {
    if promise.state == PromiseState::Withdrawn {
        return None;
    }
    Some(Promise {
        id: promise.id,
        text: promise.text.clone(),
        due: promise.due?,
        made: promise.made_on,
        kept: matches!(promise.state, PromiseState::Kept | PromiseState::Late),
        broken: promise.state == PromiseState::Broken,
        by: promise.by.map(|by| by.id.bytes()),
    })
}

fn complaint(row: &Row) -> Option<Complaint> {
    if row.kind != records::Complaint::KIND {
        return None;
    }
    let read = records::Complaint::from_row(row).ok()?;
    let here = complaint::states(&read);
    let steps = read.transitions.0.iter().filter_map(|step| step.at.local());
    Some(Complaint {
        id: row.id,
        number: name(row),
        received: read.received?.day()?,
        due: read.respond_due,
        responded: read.response_sent.is_some(),
        open: here.iter().any(|state| state.is_open()),
        captured: here == [complaint::State::Captured],
        complex: read.complexity == Some(records::Complexity::Complex),
        owner: read.owner.map(|owner| owner.id.bytes()),
        critical: read.severity == Some(records::Severity::Critical),
        cause: read.cause,
        state: here.last().copied().unwrap_or_default(),
        acknowledge_due: read.acknowledge_due,
        assess_due: read.assess_due,
        update_due: read.update_due,
        effect_due: read.effect_due,
        effect_told: read.effect.is_some(),
        last_step: steps.map(|at| at.date()).max(),
    })
}

/// A record's number, else what people call it.
fn name(row: &Row) -> Sentence {
    let number = row.get("number").as_text().filter(|number| !number.is_empty());
    number.map_or_else(|| row.named(), |number| Sentence::new(number, number))
}

fn two_versions(row: &Row) -> impl Iterator<Item = (Sentence, Words, &'static str, RecordId)> {
    let fields = row.two_versions.iter().filter_map(|index| row.kind.fields.get(*index));
    fields.map(|field| (name(row), field.label, row.kind.key, row.id))
}

fn parted(row: &Row) -> Option<Parted> {
    let life = row.kind.lifecycle?;
    let Standing::Parted(keys) = life.standing(row) else { return None };
    let label = |key: &String| life.states.get(key).map(|state| state.label);
    let states = keys.iter().filter_map(label).collect();
    Some(Parted { name: name(row), kind: row.kind.key, id: row.id, states })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::{day, id, row};
    use crate::records::{Contact, Direction, Function, Severity};
    use crate::typed::Id;
    use crate::value::{Fact, Moment, Value};

    /// A step of a complaint into that state.
    fn step(number: u8, to: &str) -> Fact {
        let body = complaint::LIFECYCLE.fact.iter().map(|field| match field.key {
            "to" => Value::Choice(to.to_owned()),
            "from" => Value::Choice("captured".to_owned()),
            _ => Value::Empty,
        });
        Fact {
            at: Moment::parse("2026-11-02T09:00:00.000+01:00").unwrap(),
            ..Fact::new(id(number), body.collect())
        }
    }

    #[test]
    fn from_the_rows_of_a_document() {
        let mut client = row(1, Client { status: ClientStatus::Active, ..Client::default() });
        client.created.at = Moment::parse("2026-01-05T09:00:00.000+01:00").unwrap();
        let touchpoint = Touchpoint {
            at: Moment::parse("2026-11-10T09:00:00.000+01:00"),
            function: Some(Function::Sales),
            direction: Some(Direction::TwoWay),
            contacts: [Id::new(id(5))].into(),
            ..Touchpoint::default()
        };
        let promise = |state| records::Promise {
            text: "Figures".into(),
            due: Some(day("2026-12-01")),
            state,
            ..records::Promise::default()
        };
        let complained = records::Complaint {
            number: "C-26-A3-014".into(),
            received: Moment::parse("2026-11-01T09:00:00.000+01:00"),
            severity: Some(Severity::Critical),
            ..records::Complaint::default()
        };
        let mut complaint = row(8, complained);
        let transitions = complaint.kind.index("transitions").unwrap();
        complaint.values[transitions] =
            Value::Facts(vec![step(30, "recorded"), step(31, "withdrawn")]);
        complaint.two_versions = vec![complaint.kind.index("severity").unwrap()];
        let ours = |number, until: &str| {
            let role = Some(Role::AccountManager);
            let (person, until) = (Some(Id::new(id(number))), until.parse().ok());
            row(number, Assignment { role, person, until, ..Assignment::default() })
        };
        let gone = Row { gone: true, ..row(12, promise(PromiseState::Made)) };
        let rows = [
            row(5, Contact { given_name: "Iris".into(), ..Contact::default() }),
            row(6, touchpoint),
            row(7, promise(PromiseState::Late)),
            row(13, promise(PromiseState::Withdrawn)),
            gone,
            complaint,
            ours(9, ""),
            ours(10, "2026-11-11"),
        ];
        let facts = Facts::from_rows(&client, &rows, day("2026-11-12"));
        assert_eq!((facts.id, facts.living, facts.since), (id(1), true, Some(day("2026-01-05"))));
        assert_eq!(facts.last_conversation(day("2026-11-12")), Some(day("2026-11-10")));
        assert_eq!(facts.touches[0].contacts, [id(5)]);
        let promises: Vec<_> = facts.promises.iter().map(|one| (one.id, one.kept)).collect();
        assert_eq!(promises, [(id(7), true)]);
        assert_eq!(facts.account_managers, 1);
        assert_eq!(facts.contacts.len(), 1);
        let complaint = &facts.complaints[0];
        assert_eq!(complaint.number.en, "C-26-A3-014");
        assert!(complaint.critical && complaint.open && !complaint.captured);
        assert_eq!(complaint.last_step, Some(day("2026-11-02")));
        let parted: Vec<_> = facts.parted[0].states.iter().map(|state| state.en).collect();
        assert_eq!(parted, ["Recorded", "Withdrawn"]);
        assert_eq!(facts.two_versions.len(), 1);
        assert_eq!(facts.two_versions[0].1.en, "Severity");
    }
}
