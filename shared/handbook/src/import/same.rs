//! Who is who: whether a person or a client of a file is one that is known, and why.

use super::{card::dialled, drafts::Values};
use crate::{ids::RecordId, row::Row, search::fold, value::Value, words::Sentence};

/// Why a row's person is taken for a known one; the surest last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Same {
    /// The same name, and nothing that speaks against it.
    Name,
    /// The same name and this telephone number.
    Phone(String),
    /// The same name and this e-mail address.
    Email(String),
    /// The file says so: by the record's own id, or by a card's.
    Id,
}

/// Where the known one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// In the handbook.
    Here,
    /// On an earlier line of the same file.
    Line(u64),
}

/// Fields that speak against one person where both are filled and differ.
const AGAINST: &[&str] = &["job_title", "birthday"];

/// The same id; or the same name with a shared address or number; or the same name, addresses on one side at most, and
/// nothing else that speaks against it.
pub(super) fn person(row: &Row, values: &Values, id: Option<RecordId>) -> Option<Same> {
    if id == Some(row.id) {
        return Some(Same::Id);
    }
    if fold(&row.title()) != fold(&contact_title(values)) {
        return None;
    }
    if let Some(email) = shared(row, values, "emails", fold) {
        return Some(Same::Email(email));
    }
    if let Some(phone) = shared(row, values, "phones", dialled) {
        return Some(Same::Phone(phone));
    }
    let both = |key: &str| !row.get(key).is_empty() && !value_in(values, key).is_empty();
    let differs = |key: &&str| both(key) && !same_value(row.get(key), value_in(values, key));
    (!both("emails") && !AGAINST.iter().any(differs)).then_some(Same::Name)
}

fn same_value(known: &Value, given: &Value) -> bool {
    match (known.as_text(), given.as_text()) {
        (Some(known), Some(given)) => fold(known) == fold(given),
        _ => known == given,
    }
}

fn shared(row: &Row, values: &Values, key: &str, same: fn(&str) -> String) -> Option<String> {
    let known: Vec<String> =
        row.get(key).members().iter().filter_map(Value::as_text).map(same).collect();
    let given = value_in(values, key).members().iter().filter_map(Value::as_text);
    given.into_iter().find(|text| known.contains(&same(text))).map(str::to_owned)
}

fn value_in<'v>(values: &'v Values, key: &str) -> &'v Value {
    const NOTHING: &Value = &Value::Empty;
    values.iter().find(|(field, _)| field.key == key).map_or(NOTHING, |(_, value)| value)
}

/// A field's text; `None` if there is none.
pub(super) fn text_in(values: &Values, key: &str) -> Option<String> {
    value_in(values, key).as_text().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Given and family name.
pub(super) fn contact_title(values: &Values) -> String {
    let names = ["given_name", "family_name"].iter().filter_map(|key| text_in(values, key));
    names.collect::<Vec<_>>().join(" ")
}

/// Why a row's person is a known one.
pub(super) fn person_sentence(known: &Row, same: &Same, origin: Origin) -> Sentence {
    let title = known.title();
    let (en, de) = match origin {
        Origin::Here => (format!("“{title}” is here"), format!("„{title}“ ist hier")),
        Origin::Line(line) => (
            format!("“{title}” stands on line {line} already"),
            format!("„{title}“ steht schon in Zeile {line}"),
        ),
    };
    let (because, weil) = match same {
        Same::Id => (
            "the file says that they are one".to_owned(),
            "die Datei sagt, dass sie eins sind".to_owned(),
        ),
        Same::Email(email) => (
            format!("the same name and the e-mail address {email}"),
            format!("gleicher Name und E-Mail-Adresse {email}"),
        ),
        Same::Phone(phone) => (
            format!("the same name and the telephone number {phone}"),
            format!("gleicher Name und Telefonnummer {phone}"),
        ),
        Same::Name => (
            "the same name at the same client, and nothing speaks against it".to_owned(),
            "gleicher Name beim selben Kunden, und nichts spricht dagegen".to_owned(),
        ),
    };
    Sentence::new(format!("{en}: {because}."), format!("{de}: {weil}."))
}

/// Why a row's client is a known one.
pub(super) fn client_sentence(title: &str, origin: Origin) -> Sentence {
    match origin {
        Origin::Here => Sentence::new(
            format!("A client named “{title}” is here."),
            format!("Ein Kunde namens „{title}“ ist hier."),
        ),
        Origin::Line(line) => Sentence::new(
            format!("The client “{title}” stands on line {line} already."),
            format!("Der Kunde „{title}“ steht schon in Zeile {line}."),
        ),
    }
}
