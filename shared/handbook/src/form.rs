//! Forms as a declaration asks for them: which fields they offer, in which order, and what step a value becomes.
//!
//! Typed text becomes a value by [`text::parse`](crate::text::parse), a new record is judged whole by
//! [`validate`](crate::validate::validate()).

use crate::ids::RecordKey;
use crate::kind::{Field, FieldType, Kind};
use crate::op::Op;
use crate::records::Client;
use crate::row::Row;
use crate::typed::Record;
use crate::value::Value;

/// The fields that a form offers, in its order.
pub fn offered(kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
    kind.fields.iter().filter(|field| is_offered(kind, field))
}

/// The fields that the form of an existing record offers, in its order. Where a record stood when
/// it was written down can be put right until its first step; later it would change nothing.
pub fn editable(row: &Row) -> impl Iterator<Item = &'static Field> {
    let life = row.kind.lifecycle.filter(|life| !row.get(life.field).facts().is_empty());
    let settled = life.and_then(|life| life.start_field);
    offered(row.kind).filter(move |field| Some(field.key) != settled)
}

/// Whether a form offers this field: what is hidden is the program's, facts have their own acts, numbers are given when a record is saved.
pub fn is_offered(kind: &Kind, field: &Field) -> bool {
    let given_out = kind.number.is_some() && field.key == "number";
    // Merging clients has an act of its own, which asks what stands in its way.
    let merges = kind.key == Client::KEY && field.key == Client::KEYS.merged_into.key();
    !field.hidden && !given_out && !merges && !matches!(field.ty, FieldType::Facts(_))
}

/// Whether a form alone can make a record of this kind; otherwise it needs something that is not typed, such as a file.
pub fn is_typed(kind: &Kind) -> bool {
    !kind.fields.iter().any(|field| field.hidden && field.required)
}

/// Whether a new record's form shows this field at once; the others stand behind "all fields".
pub fn comes_first(field: &Field) -> bool {
    field.required || field.title || field.column
}

/// The step that gives a field of an existing record a value.
pub fn step(key: RecordKey, field: &'static Field, value: Value) -> Op {
    match (&field.ty, value) {
        (FieldType::Prose, Value::Text(text)) => Op::Edit { key, field: field.key, text },
        (FieldType::Prose, _) => Op::Edit { key, field: field.key, text: String::new() },
        (_, value) => Op::Set { key, field: field.key, value },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RecordId;
    use crate::records::{Action, Complaint, Engagement};
    use crate::value::Fact;

    #[test]
    fn facts_and_numbers_are_not_typed() {
        let check = |kind: &'static Kind, field: &str, expected: bool| {
            let is_there = offered(kind).any(|offered| offered.key == field);
            assert_eq!(is_there, expected, "{}.{field}", kind.key);
        };
        check(Complaint::KIND, "subject", true);
        check(Complaint::KIND, "description", true);
        check(Complaint::KIND, "number", false);
        check(Complaint::KIND, "transitions", false);
        check(Action::KIND, "due", true);
        check(Client::KIND, "parent", true);
        check(Client::KIND, "merged_into", false);
    }

    #[test]
    fn where_a_record_began_is_open_until_its_first_step() {
        let mut row = Row::empty(Engagement::KIND, RecordId::from_bytes([1; 16]));
        let is_there = |row: &Row, key: &str| editable(row).any(|field| field.key == key);
        assert!(is_there(&row, "stage") && is_there(&row, "name"));
        let step = Fact::new(RecordId::from_bytes([2; 16]), vec![Value::Empty; 3]);
        row.values[Engagement::KEYS.transitions.index()] = Value::Facts(vec![step]);
        assert!(!is_there(&row, "stage") && is_there(&row, "name"));
    }

    #[test]
    fn prose_is_spliced_and_all_else_is_set() {
        let key = RecordKey::new(Complaint::KIND, RecordId::from_bytes([1; 16]));
        let check = |field: &str, value: Value, expected: Op| {
            assert_eq!(step(key, Complaint::KIND.field(field).unwrap(), value), expected);
        };
        let text = || Value::Text("late".into());
        let edit = |text: &str| Op::Edit { key, field: "description", text: text.into() };
        check("description", text(), edit("late"));
        check("description", Value::Empty, edit(""));
        check("service", text(), Op::Set { key, field: "service", value: text() });
        check("service", Value::Empty, Op::Set { key, field: "service", value: Value::Empty });
    }
}
