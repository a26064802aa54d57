//! People as vCards (RFC 6350). What vCard has a property for goes there; every other field that we hold goes into a property
//! of our own, `X-RAPPORT-` and the field's key, so that our import reads back the same fields.

use super::{
    content_line::{escaped, property},
    json,
};
use crate::{
    import::card::OWN,
    kind::{Field, FieldType},
    row::Row,
    text,
    value::Value,
};

/// Writes a card for each person, given with what their client is called.
pub fn cards<'r>(people: impl IntoIterator<Item = (&'r str, &'r Row)>) -> String {
    people.into_iter().map(|(client, row)| card(client, row)).collect()
}

/// Fields with a property of their own; N and ORG hold several.
const STANDARD: &[(&str, &str)] = &[
    ("job_title", "TITLE"),
    ("emails", "EMAIL"),
    ("phones", "TEL"),
    ("time_zone", "TZ"),
    ("notes", "NOTE"),
];

fn card(client: &str, row: &Row) -> String {
    let said = |key: &str| row.get(key).as_text().unwrap_or_default();
    let title = row.title();
    let name = [said("family_name"), said("given_name"), "", said("salutation"), ""].map(escaped);
    let mut card = [
        property("BEGIN", "VCARD"),
        property("VERSION", "4.0"),
        property("PRODID", "-//Rapport//Handbook//EN"),
        property("UID", &format!("urn:uuid:{}", hyphened(row))),
        property("FN", &escaped(if title.is_empty() { client } else { &title })),
        property("N", &name.join(";")),
    ]
    .concat();
    let department = said("department");
    if !client.is_empty() || !department.is_empty() {
        let mut organisation = escaped(client);
        if !department.is_empty() {
            organisation = format!("{organisation};{}", escaped(department));
        }
        card.push_str(&property("ORG", &organisation));
    }
    for (field, value) in row.kind.fields.iter().zip(&row.values) {
        if !value.is_empty() {
            add(&mut card, field, value);
        }
    }
    card.push_str(&property("END", "VCARD"));
    card
}

fn add(card: &mut String, field: &Field, value: &Value) {
    if ["family_name", "given_name", "salutation", "department"].contains(&field.key) {
        return;
    }
    let own = format!("{OWN}{}", field.key.to_ascii_uppercase().replace('_', "-"));
    let standard = STANDARD.iter().find(|(key, _)| *key == field.key).map(|(_, name)| *name);
    let name = standard.unwrap_or(&own);
    match (field.key, value, &field.ty) {
        ("address", Value::Text(address), _) => {
            card.push_str(&property("ADR", &format!(";;{};;;;", escaped(address))));
        }
        ("birthday", Value::Date(day), _) => {
            card.push_str(&property("BDAY", &day.format("%Y%m%d").to_string()));
        }
        ("language", Value::Text(language), _) if is_tag(language) => {
            card.push_str(&property("LANG", language));
        }
        (_, Value::Many(members), FieldType::Many(inner)) => {
            for member in members {
                card.push_str(&property(name, &escaped(&text::format(inner, member))));
            }
        }
        (_, Value::Facts(_), ty) => {
            card.push_str(&property(name, &escaped(&json::value(value, Some(ty)).to_string())));
        }
        (_, value, ty) => card.push_str(&property(name, &escaped(&text::format(ty, value)))),
    }
}

fn hyphened(row: &Row) -> String {
    let hex = row.id.to_string();
    let at = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", at(0, 8), at(8, 12), at(12, 16), at(16, 20), at(20, 32))
}

/// Whether a text is a language tag (RFC 5646) and not the language's name.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|sign| sign.is_ascii_lowercase())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|sign| sign.is_ascii_alphanumeric())
        })
}
