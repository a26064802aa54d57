//! Own fields: what a firm has thought of, read and written beside the declared fields of a record.
//!
//! A definition is a record of the firm ([`OwnField`]), a value a record beside the one it is about ([`OwnValue`]), so
//! that sync, export, search, history and conflicts are those of any record. A field's first value makes the record, every
//! later one changes it: two who change it apart give one field two versions, as ever. Two who both gave the *first* value
//! apart have made two records for one place; the older id stands, the other stays beside it until somebody decides
//! ([`Slot`]).

use crate::ids::{RecordId, RecordKey};
use crate::kind::{FieldType, Kind};
use crate::op::Op;
use crate::records::{OwnField, OwnType, OwnValue};
use crate::row::Row;
use crate::text;
use crate::typed::{Choice, Id, Record};
use crate::value::Value;
use crate::views::{Asks, Column};
use crate::words::{Language, Sentence};

/// An own field as it is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its record.
    pub id: RecordId,
    /// What stands before it.
    pub label: String,
    /// What belongs in it.
    pub hint: String,
    /// What it holds.
    pub holds: OwnType,
    /// What can be chosen.
    pub choices: Vec<String>,
}

/// The own fields of a kind, by label. One of a type that this version does not know is left out: it cannot be asked for.
pub fn definitions<'r>(
    fields: impl IntoIterator<Item = &'r Row>,
    kind: &'static Kind,
) -> Vec<Definition> {
    let read = |row: &Row| {
        let field = OwnField::from_row(row).ok()?;
        let own = field.kind.is_some_and(|home| home.key() == kind.key);
        let holds = field.holds.filter(|holds| *holds != OwnType::Foreign)?;
        own.then(|| Definition {
            id: row.id,
            label: field.label,
            hint: field.hint,
            holds,
            choices: field.choices.into_iter().collect(),
        })
    };
    let mut found: Vec<Definition> =
        fields.into_iter().filter(|row| !row.gone).filter_map(read).collect();
    found.sort_by_cached_key(|definition| (definition.label.to_lowercase(), definition.id));
    found
}

impl Definition {
    /// The type that its values read as.
    pub fn ty(&self) -> FieldType {
        match self.holds {
            OwnType::Number => FieldType::Integer { min: i64::MIN, max: i64::MAX },
            OwnType::Date => FieldType::Date,
            OwnType::YesNo => FieldType::Flag,
            OwnType::Text | OwnType::Pick | OwnType::Foreign => FieldType::Line,
        }
    }

    /// What stands in it. A text that does not fit, because the field held something else before, stays to be read.
    pub fn read(&self, stored: &str) -> Value {
        if stored.is_empty() {
            return Value::Empty;
        }
        text::parse(&self.ty(), stored).unwrap_or_else(|_| Value::Foreign(stored.to_owned()))
    }

    /// What was typed, as it is stored; a sentence for what is no such value.
    pub fn write(&self, typed: &str) -> Result<String, Sentence> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(String::new());
        }
        let ty = self.ty();
        text::parse(&ty, typed).map(|value| text::format(&ty, &value))
    }

    /// What stands in it, in words.
    pub fn show(&self, stored: &str, language: Language) -> String {
        text::show(&self.ty(), &self.read(stored), language, &|_, _| None)
    }

    /// Its column in lists.
    pub fn column(&self) -> Column {
        let asks = match self.holds {
            OwnType::Pick => Asks::OneOf,
            _ => Asks::of(&self.ty()).unwrap_or(Asks::Words),
        };
        Column { key: column_key(self.id), asks, order: self.choices.clone() }
    }
}

/// What a column of an own field is called in addresses.
pub fn column_key(field: RecordId) -> String {
    format!("own.{field}")
}

/// The place of one own field in one record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slot {
    /// What stands there.
    pub stands: Option<Row>,
    /// What others have put there apart, before either knew of the other.
    pub apart: Vec<Row>,
}

/// The place of a definition in a record, among the rows of its document.
pub fn slot<'r>(
    rows: impl IntoIterator<Item = &'r Row>,
    about: RecordKey,
    field: RecordId,
) -> Slot {
    let keys = &OwnValue::KEYS;
    let name = about.to_string();
    let mut here: Vec<&Row> = rows
        .into_iter()
        .filter(|row| row.kind == OwnValue::KIND && !row.gone)
        .filter(|row| keys.field.raw(row).as_link() == Some(field))
        .filter(|row| keys.about.raw(row).as_text() == Some(name.as_str()))
        .collect();
    here.sort_by_key(|row| row.id);
    let mut here = here.into_iter();
    let stands = here.next().cloned();
    // The same value twice is nothing to decide.
    let value = stands.as_ref().map(|row| keys.value.raw(row).clone());
    let apart = here.filter(|row| Some(keys.value.raw(row)) != value.as_ref()).cloned().collect();
    Slot { stands, apart }
}

impl Slot {
    /// What stands there, as it is stored; empty if nothing.
    pub fn stored(&self) -> &str {
        let row = self.stands.as_ref();
        row.and_then(|row| OwnValue::KEYS.value.raw(row).as_text()).unwrap_or_default()
    }

    /// Whether somebody has to decide.
    pub fn is_parted(&self) -> bool {
        !self.apart.is_empty()
            || self.stands.as_ref().is_some_and(|row| !row.two_versions.is_empty())
    }

    /// The steps that put a value there. Whoever gives one decides between those that stood there apart. `new` names the
    /// record of a first value.
    pub fn put(&self, about: RecordKey, field: RecordId, stored: &str, new: RecordId) -> Vec<Op> {
        let value = stored.to_owned();
        let Some(row) = &self.stands else {
            if value.is_empty() {
                return Vec::new();
            }
            let about = about.to_string();
            return vec![OwnValue { about, field: Some(Id::new(field)), value }.create(new)];
        };
        let mut ops = Vec::new();
        if self.stored() != value || !row.two_versions.is_empty() {
            let value = if value.is_empty() { Value::Empty } else { Value::Text(value) };
            ops.push(Op::Set { key: row.key(), field: OwnValue::KEYS.value.key(), value });
        }
        ops.extend(self.apart.iter().map(|row| Op::Delete { key: row.key() }));
        ops
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Client, Contact, OwnHome};

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

    fn field(n: u8, label: &str, kind: OwnHome, holds: OwnType) -> Row {
        row(
            n,
            OwnField {
                label: label.into(),
                kind: Some(kind),
                holds: Some(holds),
                ..OwnField::default()
            },
        )
    }

    fn about() -> RecordKey {
        RecordKey::new(Client::KIND, id(1))
    }

    fn value(n: u8, field: u8, value: &str) -> Row {
        let about = about().to_string();
        row(n, OwnValue { about, field: Some(Id::new(id(field))), value: value.into() })
    }

    #[test]
    fn own_fields_belong_to_kinds_that_are_there() {
        for home in OwnHome::ALL {
            let kind = crate::records::kind(home.key()).unwrap();
            assert_eq!(kind.home, crate::kind::Home::Client);
            assert_eq!(kind.one, home.label());
        }
    }

    /// Covers: S2.3
    #[test]
    fn a_kind_has_its_own_fields() {
        let rows = [
            field(10, "Vehicles", OwnHome::Client, OwnType::Number),
            field(11, "audited", OwnHome::Client, OwnType::YesNo),
            field(12, "Badge", OwnHome::Contact, OwnType::Text),
            Row { gone: true, ..field(13, "Old", OwnHome::Client, OwnType::Text) },
            row(14, OwnField { label: "Half".into(), ..OwnField::default() }),
        ];
        let check = |kind: &'static Kind, expected: &[&str]| {
            let found = definitions(&rows, kind);
            let labels: Vec<_> = found.iter().map(|found| found.label.as_str()).collect();
            assert_eq!(labels, expected);
        };
        check(Client::KIND, &["audited", "Vehicles"]);
        check(Contact::KIND, &["Badge"]);
        check(OwnField::KIND, &[]);
    }

    #[test]
    fn what_is_typed_and_what_is_read() {
        let check = |holds: OwnType, typed: &str, stored: Option<&str>, shown: &str| {
            let rows = [field(10, "Own", OwnHome::Client, holds)];
            let definition = definitions(&rows, Client::KIND).remove(0);
            assert_eq!(definition.write(typed).ok().as_deref(), stored, "{typed}");
            let read = stored.unwrap_or(typed);
            assert_eq!(definition.show(read, Language::En), shown, "{typed}");
        };
        check(OwnType::Text, "  by rail ", Some("by rail"), "by rail");
        check(OwnType::Number, "42", Some("42"), "42");
        check(OwnType::Number, "many", None, "many");
        check(OwnType::Date, "2026-11-22", Some("2026-11-22"), "22 Nov 2026");
        check(OwnType::Date, "22.11.2026", Some("2026-11-22"), "22 Nov 2026");
        check(OwnType::YesNo, "yes", Some("yes"), "yes");
        check(OwnType::Pick, "Gold", Some("Gold"), "Gold");
        check(OwnType::Number, "", Some(""), "");
    }

    /// Covers: S2.3, S2.19
    #[test]
    fn one_place_for_one_field_of_one_record() {
        let other = RecordKey::new(Client::KIND, id(2));
        let check = |rows: &[Row], stored: &str, apart: usize| {
            let found = slot(rows, about(), id(10));
            assert_eq!((found.stored(), found.apart.len()), (stored, apart));
            assert_eq!(found.is_parted(), apart > 0);
            assert_eq!(slot(rows, other, id(10)), Slot::default());
        };
        check(&[], "", 0);
        check(&[value(20, 10, "42")], "42", 0);
        check(&[value(20, 11, "42")], "", 0);
        check(&[Row { gone: true, ..value(20, 10, "42") }], "", 0);
        // Both were the first, apart: one stands on every device, the other is not lost.
        check(&[value(21, 10, "43"), value(20, 10, "42")], "42", 1);
        check(&[value(21, 10, "42"), value(20, 10, "42")], "42", 0);
    }

    #[test]
    fn putting_a_value_there() {
        let check = |rows: &[Row], put: &str, expected: Vec<Op>| {
            let ops = slot(rows, about(), id(10)).put(about(), id(10), put, id(99));
            assert_eq!(ops, expected, "{put}");
        };
        let made = |n: u8, text: &str| {
            let field = Some(Id::new(id(10)));
            OwnValue { about: about().to_string(), field, value: text.into() }.create(id(n))
        };
        let set = |n: u8, value: Value| Op::Set {
            key: RecordKey::new(OwnValue::KIND, id(n)),
            field: "value",
            value,
        };
        let text = |text: &str| Value::Text(text.into());
        check(&[], "42", vec![made(99, "42")]);
        check(&[], "", vec![]);
        check(&[value(20, 10, "42")], "42", vec![]);
        check(&[value(20, 10, "42")], "43", vec![set(20, text("43"))]);
        check(&[value(20, 10, "42")], "", vec![set(20, Value::Empty)]);
        let apart = [value(20, 10, "42"), value(21, 10, "43")];
        let out = Op::Delete { key: apart[1].key() };
        check(&apart, "43", vec![set(20, text("43")), out.clone()]);
        check(&apart, "42", vec![out]);
        let mut parted = value(20, 10, "42");
        parted.two_versions = vec![OwnValue::KEYS.value.index()];
        check(&[parted], "42", vec![set(20, text("42"))]);
    }
}
