//! A fact as one JSON text, and facts in their order.

use serde_json::{Map, Value as Json, json};

use super::stored::{from_text, to_text};
use crate::ids::RecordId;
use crate::kind::{Field, FieldType};
use crate::value::{Fact, Moment, Value};

/// `{"after":[…],"at":"…","by":"…","says":{…}}`; `None` if a value does not fit its field.
pub(super) fn to_json(fields: &[Field], fact: &Fact) -> Option<String> {
    let mut says: Vec<(&str, Json)> = Vec::new();
    for (field, value) in fields.iter().zip(&fact.values) {
        if !value.is_empty() {
            says.push((field.key, one_to_json(&field.ty, value)?));
        }
    }
    // What a newer version said beside them, as an export of it brings it.
    for (key, value) in &fact.unknown {
        let said = match value {
            Value::Text(text) | Value::Foreign(text) => Json::from(text.as_str()),
            Value::Integer(number) => Json::from(*number),
            Value::Flag(flag) => Json::from(*flag),
            _ => continue,
        };
        says.push((key, said));
    }
    // Sorted here, so that the bytes do not depend on how `serde_json` was built.
    says.sort_by_key(|(key, _)| *key);
    let says: Map<String, Json> =
        says.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let after: Vec<String> = fact.after.iter().map(RecordId::to_string).collect();
    let json = json!({
        "after": after,
        "at": fact.at.to_string(),
        "by": RecordId::from_bytes(fact.by).to_string(),
        "says": says,
    });
    Some(json.to_string())
}

/// Reads what [`to_json`] wrote, or a newer version of it; `None` if it is neither.
pub(super) fn from_json(fields: &[Field], id: RecordId, text: &str) -> Option<Fact> {
    let json: Json = serde_json::from_str(text).ok()?;
    let read = |key: &str| json.get(key).and_then(Json::as_str);
    let after = json.get("after").and_then(Json::as_array).into_iter().flatten();
    let mut fact = Fact {
        id,
        by: read("by")?.parse::<RecordId>().ok()?.bytes(),
        at: Moment::parse(read("at")?)?,
        after: after.filter_map(|id| id.as_str()?.parse().ok()).collect(),
        values: vec![Value::Empty; fields.len()],
        unknown: Vec::new(),
    };
    for (key, value) in json.get("says").and_then(Json::as_object).into_iter().flatten() {
        match fields.iter().position(|field| field.key == key) {
            Some(index) => {
                if let (Some(field), Some(slot)) = (fields.get(index), fact.values.get_mut(index)) {
                    *slot = one_from_json(&field.ty, value);
                }
            }
            None => fact.unknown.push((key.clone(), untyped(value))),
        }
    }
    Some(fact)
}

fn one_to_json(ty: &FieldType, value: &Value) -> Option<Json> {
    match (ty, value) {
        (FieldType::Integer { min, max }, Value::Integer(number)) => {
            (min..=max).contains(&number).then(|| json!(number))
        }
        (FieldType::Minutes, Value::Integer(minutes)) => Some(json!(minutes)),
        (FieldType::Flag, Value::Flag(flag)) => Some(json!(flag)),
        (FieldType::Many(ty), Value::Many(members)) => {
            members.iter().map(|member| one_to_json(ty, member)).collect::<Option<_>>()
        }
        _ => to_text(ty, value).map(Json::String),
    }
}

fn one_from_json(ty: &FieldType, json: &Json) -> Value {
    match (ty, json) {
        (_, Json::Null) => Value::Empty,
        (FieldType::Integer { .. } | FieldType::Minutes, Json::Number(number)) => {
            number.as_i64().map_or_else(|| Value::Foreign(number.to_string()), Value::Integer)
        }
        (FieldType::Flag, Json::Bool(flag)) => Value::Flag(*flag),
        (FieldType::Many(ty), Json::Array(members)) => {
            Value::Many(members.iter().map(|member| one_from_json(ty, member)).collect())
        }
        (_, Json::String(text)) => from_text(ty, text),
        (_, other) => Value::Foreign(other.to_string()),
    }
}

fn untyped(json: &Json) -> Value {
    match json {
        Json::Null => Value::Empty,
        Json::String(text) => Value::Text(text.clone()),
        Json::Bool(flag) => Value::Flag(*flag),
        other => other.as_i64().map_or_else(|| Value::Foreign(other.to_string()), Value::Integer),
    }
}

/// Each fact after those it was stated after; facts stated apart by their clocks, then their ids,
/// so that every device shows one order.
pub(super) fn in_order(mut facts: Vec<Fact>) -> Vec<Fact> {
    facts.sort_by_key(|fact| (fact.at.ms, fact.id));
    causes_first(facts, |fact| fact.id, |fact| &fact.after)
}

/// Puts things after those they name, and otherwise leaves their order. A circle cannot be made
/// honestly; whoever made one gets the order from before.
pub(super) fn causes_first<T, I: PartialEq>(
    mut things: Vec<T>,
    id: impl Fn(&T) -> I,
    after: impl Fn(&T) -> &[I],
) -> Vec<T> {
    let mut ordered = Vec::with_capacity(things.len());
    while !things.is_empty() {
        let waits =
            |thing: &T| after(thing).iter().any(|seen| things.iter().any(|t| id(t) == *seen));
        let ready = things.iter().position(|thing| !waits(thing)).unwrap_or(0);
        ordered.push(things.remove(ready));
    }
    ordered
}
