//! Values of our own JSON.

use serde_json::{Map, Value as Json};

use crate::{
    ids::RecordId,
    kind::{Field, FieldType},
    value::{Fact, Moment, Money, Value, currency_code},
};

type Fields = (Vec<Value>, Vec<(String, Value)>);

/// The declared fields' values, and what is not declared.
pub(super) fn fields(declared: &'static [Field], said: &Map<String, Json>) -> Fields {
    let mut values = vec![Value::Empty; declared.len()];
    let mut unknown = Vec::new();
    for (key, json) in said {
        match declared.iter().position(|field| field.key == key) {
            Some(index) => {
                if let (Some(slot), Some(field)) = (values.get_mut(index), declared.get(index)) {
                    *slot = value(&field.ty, json);
                }
            }
            None => unknown.push((key.clone(), untyped(json))),
        }
    }
    (values, unknown)
}

/// A value of a property that we wrote beside a standard's own.
pub(in crate::import) fn value_of_own(ty: &FieldType, text: &str) -> Option<Value> {
    let json = serde_json::from_str(text).ok()?;
    Some(value(ty, &json)).filter(|value| !matches!(value, Value::Foreign(_)))
}

/// A value of that type; what does not fit it is kept as foreign.
fn value(ty: &FieldType, json: &Json) -> Value {
    typed(ty, json).unwrap_or_else(|| match json {
        Json::Null => Value::Empty,
        Json::String(text) => Value::Foreign(text.clone()),
        other => Value::Foreign(other.to_string()),
    })
}

fn typed(ty: &FieldType, json: &Json) -> Option<Value> {
    use FieldType as T;
    Some(match ty {
        T::Line | T::Note | T::Prose | T::Email | T::Phone | T::Web => {
            Value::Text(json.as_str()?.to_owned())
        }
        T::Integer { min, max } => {
            Value::Integer(json.as_i64().filter(|number| (min..=max).contains(&number))?)
        }
        T::Minutes => Value::Integer(json.as_i64().filter(|minutes| *minutes >= 0)?),
        T::Time => Value::Integer(json.as_i64().filter(|minutes| (0..1_440).contains(minutes))?),
        T::Money => Value::Money(Money {
            minor: json.get("minor")?.as_i64()?,
            currency: currency_code(json.get("currency")?.as_str()?)?,
        }),
        T::Date => Value::Date(json.as_str()?.parse().ok()?),
        T::Moment => Value::Moment(Moment::parse(json.as_str()?)?),
        T::Flag => Value::Flag(json.as_bool()?),
        T::Choice(choices) => Value::Choice(choices.get(json.as_str()?)?.key.to_owned()),
        T::Link(_) => Value::Link(json.as_str()?.parse().ok()?),
        T::Many(inner) => {
            Value::Many(json.as_array()?.iter().map(|member| value(inner, member)).collect())
        }
        T::Facts(declared) => {
            Value::Facts(json.as_array()?.iter().filter_map(|it| fact(declared, it)).collect())
        }
    })
}

fn fact(declared: &'static [Field], json: &Json) -> Option<Fact> {
    let id = |key: &str| -> Option<RecordId> { json.get(key)?.as_str()?.parse().ok() };
    let after = json.get("after").and_then(Json::as_array).into_iter().flatten();
    let (values, unknown) = fields(declared, json.get("fields")?.as_object()?);
    Some(Fact {
        id: id("id")?,
        by: id("by")?.bytes(),
        at: Moment::parse(json.get("at")?.as_str()?)?,
        after: after.filter_map(|id| id.as_str()?.parse().ok()).collect(),
        values,
        unknown,
    })
}

fn untyped(json: &Json) -> Value {
    match json {
        Json::Null => Value::Empty,
        Json::Bool(flag) => Value::Flag(*flag),
        Json::Number(number) => {
            number.as_i64().map_or_else(|| Value::Foreign(number.to_string()), Value::Integer)
        }
        Json::String(text) => Value::Text(text.clone()),
        other => Value::Foreign(other.to_string()),
    }
}
