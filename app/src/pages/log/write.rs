//! What a logged touchpoint writes: itself, its promises, its next steps, and that a visit was held; one change in one
//! document.

use std::collections::BTreeSet;

use handbook::{
    Choice, Kind, Op, Record, RecordId, RecordKey, Value,
    pick::PickKind,
    records::{Action, ActionSource, Formality, Promise, ScheduledContact, Touchpoint},
    visits,
};

use leptos::prelude::With;

use super::{DIRECTION, Log, picked::Picked};
use crate::platform::clock;

/// The steps that log it.
pub fn ops(log: &Log) -> Vec<Op> {
    let app = &log.app;
    let touchpoint = app.new_id();
    let me = app.workspace.with(|workspace| workspace.member);
    let said = |picked: &Picked| !picked.left_out && !picked.text.trim().is_empty();
    let wanted: Vec<Picked> = log.picked().into_iter().filter(said).collect();
    let (promises, steps): (Vec<Picked>, Vec<Picked>) =
        wanted.into_iter().partition(|picked| picked.kind == PickKind::Promise);
    let contacts = log.get("contacts");
    let visit = log.visit();
    let planned = visit.as_ref().and_then(|row| ScheduledContact::from_row(row).ok());
    let begun = planned.as_ref().and_then(ScheduledContact::begins).map(clock::moment_here);
    let mut values: Vec<(&'static str, Value)> = vec![
        ("at", Value::Moment(begun.filter(|at| at.ms < app.now().ms).unwrap_or_else(|| app.now()))),
        ("function", log.get("function")),
        ("channel", log.get("channel")),
        ("direction", Value::Choice(DIRECTION.key().to_owned())),
        ("contacts", contacts.clone()),
        ("members", Value::Many(me.map(Value::Link).into_iter().collect())),
        ("notes", log.get("notes")),
        ("mood", log.get("mood")),
    ];
    if let Some(planned) = planned {
        let engagement = planned.engagement.map_or(Value::Empty, |id| Value::Link(id.id));
        let ours: BTreeSet<RecordId> =
            planned.members.iter().map(|member| member.id).chain(me).collect();
        values.retain(|(field, _)| *field != "members");
        values.extend([
            ("members", Value::Many(ours.into_iter().map(Value::Link).collect())),
            ("subject", Value::Text(planned.subject)),
            ("engagement", engagement),
            ("formality", Value::Choice(Formality::Formal.key().to_owned())),
        ]);
    }
    if let Some(step) = steps.first() {
        values.push(("next_step", Value::Text(step.text.clone())));
        values.push(("next_step_due", step.due.map_or(Value::Empty, Value::Date)));
        values.push(("next_step_by", me.map_or(Value::Empty, Value::Link)));
    }
    values.retain(|(_, value)| !value.is_empty());
    let mut ops = vec![Op::Create { key: RecordKey::new(Touchpoint::KIND, touchpoint), values }];
    let due = |picked: &Picked| picked.due.map_or(Value::Empty, Value::Date);
    ops.extend(promises.iter().map(|promise| {
        create(
            Promise::KIND,
            app.new_id(),
            vec![
                ("text", Value::Text(promise.text.clone())),
                ("to", contacts.clone()),
                ("by", me.map_or(Value::Empty, Value::Link)),
                ("made_on", Value::Date(app.today())),
                ("due", due(promise)),
                ("touchpoint", Value::Link(touchpoint)),
            ],
        )
    }));
    ops.extend(steps.iter().map(|step| {
        create(
            Action::KIND,
            app.new_id(),
            vec![
                ("text", Value::Text(step.text.clone())),
                ("owner", me.map_or(Value::Empty, Value::Link)),
                ("due", due(step)),
                ("source", Value::Choice(ActionSource::Touchpoint.key().to_owned())),
                ("touchpoint", Value::Link(touchpoint)),
            ],
        )
    }));
    if let Some(row) = visit {
        ops.extend(visits::hold(&row, touchpoint, app.today(), app.new_id(), app.new_id()));
    }
    ops
}

fn create(kind: &'static Kind, id: RecordId, mut values: Vec<(&'static str, Value)>) -> Op {
    values.retain(|(_, value)| !value.is_empty());
    Op::Create { key: RecordKey::new(kind, id), values }
}
