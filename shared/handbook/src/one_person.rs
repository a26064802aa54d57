//! Two contacts of a client that are one person: what moves where when one of them becomes part of the other.
//!
//! Everything that names the one names the other from then on, what the other lacks is filled in from the one, and the one
//! is deleted. It is one command of ordinary steps, so that it can be taken back as a whole.

use crate::ids::RecordId;
use crate::kind::{Class, FieldType};
use crate::op::Op;
use crate::records::Contact;
use crate::row::Row;
use crate::typed::Record;
use crate::value::Value;

/// The steps that make `from` part of `into`, both among `rows`, all of one document with notes and prose. Nothing if
/// either is not there, or they are the same.
pub fn join(rows: &[Row], from: RecordId, into: RecordId) -> Vec<Op> {
    let find = |id: RecordId| {
        rows.iter().find(|row| row.kind == Contact::KIND && row.id == id && !row.gone)
    };
    let (Some(one), Some(other)) = (find(from), find(into)) else { return Vec::new() };
    if from == into {
        return Vec::new();
    }
    let mut ops = filled_in(one, other);
    for row in rows.iter().filter(|row| !row.gone && row.key() != one.key()) {
        ops.extend(renamed(row, from, into));
    }
    ops.push(Op::Delete { key: one.key() });
    ops
}

/// What `other` lacks and `one` has. Two names and two job titles are not joined: the deleted one still tells its own.
fn filled_in(one: &Row, other: &Row) -> Vec<Op> {
    let key = other.key();
    let mut ops = Vec::new();
    for (index, field) in one.kind.fields.iter().enumerate() {
        let (given, known) = (one.at(index), other.at(index));
        match field.class {
            Class::Set => {
                let lacks = given.members().iter().filter(|item| !known.members().contains(item));
                ops.extend(lacks.map(|item| Op::Include {
                    key,
                    field: field.key,
                    item: item.clone(),
                }));
            }
            Class::Prose => {
                if let Some(text) = given.as_text().filter(|text| !text.is_empty()) {
                    let known = known.as_text().unwrap_or_default();
                    let text = if known.is_empty() {
                        text.to_owned()
                    } else {
                        format!("{known}\n\n{text}")
                    };
                    ops.push(Op::Edit { key, field: field.key, text });
                }
            }
            Class::Decisive if known.is_empty() && !given.is_empty() => {
                if !matches!(given, Value::Foreign(_)) {
                    ops.push(Op::Set { key, field: field.key, value: given.clone() });
                }
            }
            Class::Decisive | Class::Fact => {}
        }
    }
    ops
}

/// The steps after which a row names `into` where it named `from`.
fn renamed(row: &Row, from: RecordId, into: RecordId) -> Vec<Op> {
    let key = row.key();
    let (old, new) = (Value::Link(from), Value::Link(into));
    let mut ops = Vec::new();
    for (index, field) in row.kind.fields.iter().enumerate() {
        let names = |ty: &FieldType| matches!(ty, FieldType::Link(kind) if *kind == Contact::KEY);
        match field.ty {
            ty if names(&ty) && *row.at(index) == old => {
                ops.push(Op::Set { key, field: field.key, value: new.clone() });
            }
            FieldType::Many(inner) if names(inner) => {
                let members = row.at(index).members();
                if members.contains(&old) {
                    ops.push(Op::Exclude { key, field: field.key, item: old.clone() });
                    if !members.contains(&new) {
                        ops.push(Op::Include { key, field: field.key, item: new.clone() });
                    }
                }
            }
            _ => {}
        }
    }
    ops
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Complaint, Touchpoint};
    use crate::typed::Id;

    fn id(n: u8) -> RecordId {
        RecordId::from_bytes([n; 16])
    }

    fn row<R: Record>(n: u8, record: R) -> Row {
        let mut row = Row::empty(R::KIND, id(n));
        for (field, value) in record.into_values() {
            row.values[R::KIND.index(field).unwrap()] = value;
        }
        row
    }

    fn rows() -> Vec<Row> {
        let ola = Contact {
            given_name: "Ola".into(),
            family_name: "Lindqvist".into(),
            job_title: "Head of works".into(),
            emails: ["ola@merrow.example".into()].into(),
            ..Contact::default()
        };
        let o = Contact {
            given_name: "O.".into(),
            family_name: "Lindqvist".into(),
            department: "Works".into(),
            emails: ["ola@merrow.example".into(), "works@merrow.example".into()].into(),
            ..Contact::default()
        };
        let both = Touchpoint {
            contacts: [Id::new(id(1)), Id::new(id(2))].into(),
            ..Touchpoint::default()
        };
        let only = Touchpoint { contacts: [Id::new(id(2))].into(), ..Touchpoint::default() };
        let complaint = Complaint { complainant: Some(Id::new(id(2))), ..Complaint::default() };
        vec![row(1, ola), row(2, o), row(3, both), row(4, only), row(5, complaint)]
    }

    /// Covers: S2.17
    #[test]
    fn nothing_is_lost() {
        let rows = rows();
        let ops = join(&rows, id(2), id(1));
        let key = |n: u8| rows[usize::from(n) - 1].key();
        let link = |n: u8| Value::Link(id(n));
        let text = |text: &str| Value::Text(text.into());
        let expected = [
            Op::Set { key: key(1), field: "department", value: text("Works") },
            Op::Include { key: key(1), field: "emails", item: text("works@merrow.example") },
            Op::Exclude { key: key(3), field: "contacts", item: link(2) },
            Op::Exclude { key: key(4), field: "contacts", item: link(2) },
            Op::Include { key: key(4), field: "contacts", item: link(1) },
            Op::Set { key: key(5), field: "complainant", value: link(1) },
            Op::Delete { key: key(2) },
        ];
        assert_eq!(ops, expected);
    }

    #[test]
    fn who_is_not_there_is_not_joined() {
        let rows = rows();
        let check = |from: u8, into: u8| assert_eq!(join(&rows, id(from), id(into)), []);
        check(1, 1);
        check(9, 1);
        check(2, 9);
        check(3, 1);
    }
}
