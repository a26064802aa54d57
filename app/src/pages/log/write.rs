//! What a logged touchpoint writes: itself, its promises, its next steps; one change in one document.

use handbook::{
    Choice, Kind, Op, Record, RecordId, RecordKey, Value,
    pick::PickKind,
    records::{Action, ActionSource, Promise, Touchpoint},
};

use leptos::prelude::With;

use super::{DIRECTION, Log, picked::Picked};

/// The steps that log it.
pub fn ops(log: &Log) -> Vec<Op> {
    let app = &log.app;
    let touchpoint = app.new_id();
    let me = app.workspace.with(|workspace| workspace.member);
    let wanted: Vec<Picked> = log.picked().into_iter().filter(|picked| !picked.left_out).collect();
    let (promises, steps): (Vec<Picked>, Vec<Picked>) =
        wanted.into_iter().partition(|picked| picked.kind == PickKind::Promise);
    let contacts = log.get("contacts");
    let mut values: Vec<(&'static str, Value)> = vec![
        ("at", Value::Moment(app.now())),
        ("function", log.get("function")),
        ("channel", log.get("channel")),
        ("direction", Value::Choice(DIRECTION.key().to_owned())),
        ("contacts", contacts.clone()),
        ("members", Value::Many(me.map(Value::Link).into_iter().collect())),
        ("notes", log.get("notes")),
    ];
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
    ops
}

fn create(kind: &'static Kind, id: RecordId, mut values: Vec<(&'static str, Value)>) -> Op {
    values.retain(|(_, value)| !value.is_empty());
    Op::Create { key: RecordKey::new(kind, id), values }
}
