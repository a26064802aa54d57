//! What a command was, in few words, and whether it is offered to be taken back at once.

use std::collections::BTreeSet;

use crate::ids::RecordKey;
use crate::kind::Field;
use crate::lifecycles::TO;
use crate::op::Op;
use crate::records::Client;
use crate::typed::{Choice as _, Record as _};
use crate::value::Fact;
use crate::words::{Sentence, Words};

/// What these steps do: "Sector changed", "Complaint deleted", "Complaint: Recorded", "3 records deleted".
pub fn told(ops: &[Op]) -> Sentence {
    let keys: BTreeSet<RecordKey> = ops.iter().map(Op::key).collect();
    let Some(first) = ops.first() else { return Sentence::new("Nothing", "Nichts") };
    let deletes = ops.iter().all(|op| matches!(op, Op::Delete { .. }));
    match (keys.len(), ops.len()) {
        (1, 1) => one(first),
        (1, _) if is_new(ops) => of(first.key().kind.one, "added", "Angelegt"),
        (1, _) => of(first.key().kind.one, "changed", "Geändert"),
        (many, _) if deletes => {
            Sentence::new(format!("{many} records deleted"), format!("Gelöscht: {many} Einträge"))
        }
        // What is logged makes its promises with it: the first record is what it was about.
        _ if is_new(ops) => of(first.key().kind.one, "added", "Angelegt"),
        (many, _) => {
            Sentence::new(format!("{many} records changed"), format!("Geändert: {many} Einträge"))
        }
    }
}

/// Whether taking it back is offered at once: something vanishes from sight, a step was taken, or several records that were
/// there before have changed.
pub fn weighs(ops: &[Op]) -> bool {
    let changed: BTreeSet<RecordKey> =
        ops.iter().filter(|op| !matches!(op, Op::Create { .. })).map(Op::key).collect();
    let heavy = |op: &Op| match op {
        Op::Delete { .. } => true,
        Op::Set { key, field, .. } => key.kind == Client::KIND && *field == STATUS,
        Op::Include { key, field, .. } => key.kind == Client::KIND && *field == NOT_SAME,
        Op::Append { key, field, .. } => {
            key.kind.lifecycle.is_some_and(|life| life.field == *field)
        }
        _ => false,
    };
    !is_new(ops) && (changed.len() > 1 || ops.iter().any(heavy))
}

/// The field of a client that archives it.
const STATUS: &str = "status";
/// The field of a client that takes a pair off the list of possible duplicates.
const NOT_SAME: &str = "not_same_as";

fn is_new(ops: &[Op]) -> bool {
    matches!(ops.first(), Some(Op::Create { .. }))
}

fn one(op: &Op) -> Sentence {
    let kind = op.key().kind;
    let field = |key: &str| kind.field(key).map_or(kind.one, |field| field.label);
    match op {
        Op::Create { .. } => of(kind.one, "added", "Angelegt"),
        Op::Delete { .. } => of(kind.one, "deleted", "Gelöscht"),
        Op::Restore { .. } => of(kind.one, "restored", "Wiederhergestellt"),
        Op::Settle { field: key, .. } => of(field(key), "settled", "Entschieden"),
        Op::Append { field: key, fact, .. } => {
            step(op.key(), key, fact).unwrap_or_else(|| of(field(key), "added", "Ergänzt"))
        }
        Op::Set { field: key, value, .. } if kind == Client::KIND && *key == STATUS => {
            let state = value.as_text().and_then(crate::records::ClientStatus::from_key);
            match state.map(|state| state.label()) {
                Some(label) => pair(kind.one, label),
                None => of(field(key), "changed", "Geändert"),
            }
        }
        Op::Set { field: key, .. }
        | Op::Include { field: key, .. }
        | Op::Exclude { field: key, .. }
        | Op::Edit { field: key, .. } => of(field(key), "changed", "Geändert"),
        Op::Keep { .. } => of(kind.one, "changed", "Geändert"),
    }
}

/// A step of a record's life: "Complaint: Recorded".
fn step(key: RecordKey, field: &str, fact: &Fact) -> Option<Sentence> {
    let life = key.kind.lifecycle.filter(|life| life.field == field)?;
    let index = life.fact.iter().position(|field: &Field| field.key == TO)?;
    let state = life.states.get(fact.values.get(index)?.as_text()?)?;
    Some(pair(key.kind.one, state.label))
}

fn of(what: Words, en: &str, de: &str) -> Sentence {
    Sentence::new(format!("{} {en}", what.en), format!("{de}: {}", what.de))
}

fn pair(what: Words, state: Words) -> Sentence {
    Sentence::new(format!("{}: {}", what.en, state.en), format!("{}: {}", what.de, state.de))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RecordId;
    use crate::records::{Complaint, Contact};
    use crate::value::Value;

    fn key(kind: &'static crate::Kind, number: u8) -> RecordKey {
        RecordKey::new(kind, RecordId::from_bytes([number; 16]))
    }

    fn set(number: u8, field: &'static str, value: Value) -> Op {
        Op::Set { key: key(Client::KIND, number), field, value }
    }

    #[test]
    fn commands_in_words() {
        let check = |ops: &[Op], en: &str, de: &str, heavy: bool| {
            assert_eq!(told(ops), Sentence::new(en, de));
            assert_eq!(weighs(ops), heavy, "{en}");
        };
        let text = |text: &str| Value::Text(text.to_owned());
        let contact = |number| key(Contact::KIND, number);
        let create = Op::Create { key: contact(1), values: vec![] };
        let gone = |number| Op::Delete { key: contact(number) };
        let moved = |to: &str| Op::Append {
            key: key(Complaint::KIND, 1),
            field: "transitions",
            fact: Fact::new(
                RecordId::from_bytes([9; 16]),
                vec![Value::Empty, Value::Choice(to.to_owned()), Value::Empty, Value::Empty],
            ),
        };
        check(&[set(1, "sector", text("Food"))], "Sector changed", "Geändert: Branche", false);
        check(
            &[set(1, "sector", text("Food")), set(1, "name", text("X"))],
            "Client changed",
            "Geändert: Kunde",
            false,
        );
        check(
            &[set(1, "sector", text("Food")), set(2, "sector", text("Food"))],
            "2 records changed",
            "Geändert: 2 Einträge",
            true,
        );
        let archived = set(1, "status", Value::Choice("archived".to_owned()));
        check(&[archived], "Client: Archived", "Kunde: Archiviert", true);
        check(std::slice::from_ref(&create), "Contact added", "Angelegt: Ansprechpartner", false);
        check(
            &[create.clone(), set(1, "sector", text("Food"))],
            "Contact added",
            "Angelegt: Ansprechpartner",
            false,
        );
        check(&[gone(1)], "Contact deleted", "Gelöscht: Ansprechpartner", true);
        check(&[gone(1), gone(2)], "2 records deleted", "Gelöscht: 2 Einträge", true);
        check(&[moved("recorded")], "Complaint: Recorded", "Beschwerde: Erfasst", true);
        check(&[moved("from tomorrow")], "Transitions added", "Ergänzt: Verlauf", true);
        check(&[], "Nothing", "Nichts", false);
    }
}
