//! Which records of a client are about one of its people: what somebody is given who asks what we hold about them.

use crate::ids::RecordId;
use crate::records::Contact;
use crate::row::Row;
use crate::search::fold;
use crate::typed::Record;
use crate::value::Value;

/// Chooses records by the person they are about.
#[derive(Debug, Clone)]
pub(super) struct AboutPerson {
    contact: RecordId,
    /// How records that are about another name it.
    key: String,
    /// Their whole name as the search reads it; empty where it is too short to tell anybody apart.
    name: String,
}

impl AboutPerson {
    /// About that contact, among these rows.
    pub(super) fn new(contact: RecordId, rows: &[Row]) -> Self {
        let own = rows.iter().find(|row| row.kind == Contact::KIND && row.id == contact);
        let name = |row: &Row| {
            let part = |field: &str| row.get(field).as_text().unwrap_or_default().trim().to_owned();
            let (given, family) = (part("given_name"), part("family_name"));
            let whole = !given.is_empty() && !family.is_empty();
            if whole { fold(&format!("{given} {family}")) } else { String::new() }
        };
        let key = format!("{}/{contact}", Contact::KEY);
        Self { contact, key, name: own.map(name).unwrap_or_default() }
    }

    /// Whether a record is their own, names them by a link, belongs to their record, or has their whole name in its words.
    pub(super) fn concerns(&self, row: &Row) -> bool {
        (row.kind == Contact::KIND && row.id == self.contact)
            || row.values.iter().any(|value| self.names(value))
            || row.unknown.iter().any(|(_, value)| self.names(value))
    }

    fn names(&self, value: &Value) -> bool {
        match value {
            Value::Link(id) => *id == self.contact,
            Value::Many(members) => members.iter().any(|member| self.names(member)),
            Value::Facts(facts) => {
                facts.iter().any(|fact| fact.values.iter().any(|value| self.names(value)))
            }
            Value::Text(text) | Value::Foreign(text) => {
                *text == self.key || (!self.name.is_empty() && fold(text).contains(&self.name))
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::{id, row};
    use crate::records::{Comment, Complaint, Promise, Touchpoint};
    use crate::typed::{Id, Note};

    fn contact(number: u8, given: &str, family: &str) -> Row {
        let (given_name, family_name) = (given.to_owned(), family.to_owned());
        row(number, Contact { given_name, family_name, ..Contact::default() })
    }

    #[test]
    fn their_own_and_whatever_names_them() {
        let talk = |number, with: &[u8], notes: &str| {
            let contacts = with.iter().map(|number| Id::new(id(*number))).collect();
            let notes = Note::from(notes);
            row(number, Touchpoint { contacts, notes, ..Touchpoint::default() })
        };
        let complaint = Complaint { complainant: Some(Id::new(id(1))), ..Complaint::default() };
        let promise = Promise { to: [Id::new(id(2))].into(), ..Promise::default() };
        let comment = |number, about: RecordId| {
            let about = format!("contact/{about}");
            row(number, Comment { about, ..Comment::default() })
        };
        let rows = [
            contact(1, "Zoë", "Müller"),
            contact(2, "Otto", "Brandt"),
            talk(3, &[2, 1], ""),
            talk(4, &[2], "Asked for ZOE MULLER, who was away."),
            talk(5, &[2], "Zoë was away."),
            row(6, complaint),
            row(7, promise),
            comment(8, id(1)),
            comment(9, id(2)),
        ];
        let check = |of: u8, rows: &[Row], expected: &[u8]| {
            let about = AboutPerson::new(id(of), rows);
            let found: Vec<_> = rows
                .iter()
                .filter(|row| about.concerns(row))
                .map(|row| row.id.bytes()[0])
                .collect();
            assert_eq!(found, expected);
        };
        check(1, &rows, &[1, 3, 4, 6, 8]);
        check(2, &rows, &[2, 3, 4, 5, 7, 9]);
        // A name of one word is everybody's.
        let short = [contact(1, "Zoë", ""), talk(5, &[], "Zoë was away.")];
        check(1, &short, &[1]);
    }
}
