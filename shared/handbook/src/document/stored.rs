//! Values as Automerge scalars, and as the text of keys.
//!
//! Dates, moments, amounts, links and choices are stored as text that reads well outside this
//! program too: a document must outlive it.

use automerge::{ObjType, ScalarValue, ScalarValueRef, ValueRef};
use chrono::{NaiveDate, NaiveTime, Timelike};

use super::layout::shown;
use crate::kind::FieldType;
use crate::text::time_of_day;
use crate::value::{Moment, Money, Value};

/// The scalar for a value; `None` if the value does not fit the type. Nothing is stored as null,
/// so that emptying a field can meet another decision visibly.
pub(super) fn to_scalar(ty: &FieldType, value: &Value) -> Option<ScalarValue> {
    Some(match (ty, value) {
        (_, Value::Empty) => ScalarValue::Null,
        (FieldType::Integer { min, max }, Value::Integer(number)) => {
            (min..=max).contains(&number).then_some(ScalarValue::Int(*number))?
        }
        (FieldType::Minutes, Value::Integer(minutes)) => {
            (*minutes >= 0).then_some(ScalarValue::Int(*minutes))?
        }
        (FieldType::Flag, Value::Flag(flag)) => ScalarValue::Boolean(*flag),
        _ => ScalarValue::Str(to_text(ty, value)?.into()),
    })
}

/// The text for a value of a type that is stored as text.
pub(super) fn to_text(ty: &FieldType, value: &Value) -> Option<String> {
    use FieldType as T;
    Some(match (ty, value) {
        (T::Line | T::Note | T::Email | T::Phone | T::Web, Value::Text(text)) => text.clone(),
        (T::Date, Value::Date(date)) => date.to_string(),
        (T::Moment, Value::Moment(moment)) => moment.to_string(),
        (T::Time, Value::Integer(minutes)) => is_time(minutes).then(|| time_of_day(*minutes))?,
        (T::Money, Value::Money(money)) => money.to_string(),
        (T::Choice(choices), Value::Choice(key)) => choices.get(key).map(|_| key.clone())?,
        (T::Link(_), Value::Link(id)) => id.to_string(),
        (T::Integer { .. } | T::Minutes, Value::Integer(number)) => number.to_string(),
        // What was kept from a newer version may be written back as it was.
        (T::Choice(_), Value::Foreign(text)) if !text.is_empty() => text.clone(),
        _ => return None,
    })
}

fn is_time(minutes: &i64) -> bool {
    (0..24 * 60).contains(minutes)
}

/// The value of a text that stands for this type.
pub(super) fn from_text(ty: &FieldType, text: &str) -> Value {
    use FieldType as T;
    let read = match ty {
        T::Line | T::Note | T::Prose | T::Email | T::Phone | T::Web => {
            Some(Value::Text(text.to_owned()))
        }
        T::Date => text.parse::<NaiveDate>().ok().map(Value::Date),
        T::Moment => Moment::parse(text).map(Value::Moment),
        T::Time => NaiveTime::parse_from_str(text, "%H:%M")
            .ok()
            .map(|time| Value::Integer(i64::from(time.hour() * 60 + time.minute()))),
        T::Money => Money::parse(text).map(Value::Money),
        T::Choice(choices) => choices.get(text).map(|_| Value::Choice(text.to_owned())),
        T::Link(_) => text.parse().ok().map(Value::Link),
        T::Integer { .. } | T::Minutes => text.parse().ok().map(Value::Integer),
        T::Flag | T::Many(_) | T::Facts(_) => None,
    };
    read.unwrap_or_else(|| Value::Foreign(text.to_owned()))
}

/// The value of a scalar in a field of this type.
pub(super) fn from_scalar(ty: &FieldType, scalar: &ScalarValueRef<'_>) -> Value {
    match (ty, scalar) {
        (_, ScalarValueRef::Null) => Value::Empty,
        (_, ScalarValueRef::Str(text)) => from_text(ty, text),
        (FieldType::Integer { min, max }, ScalarValueRef::Int(number))
            if (min..=max).contains(&number) =>
        {
            Value::Integer(*number)
        }
        (FieldType::Minutes, ScalarValueRef::Int(number)) if *number >= 0 => {
            Value::Integer(*number)
        }
        (FieldType::Flag, ScalarValueRef::Boolean(flag)) => Value::Flag(*flag),
        (_, other) => Value::Foreign(shown(&owned(other))),
    }
}

/// What can be said about a value in a field that this version does not know.
pub(super) fn unknown(value: &ValueRef<'_>) -> Value {
    match value {
        ValueRef::Object(ObjType::Text) => Value::Foreign("text".to_owned()),
        ValueRef::Object(kind) => Value::Foreign(format!("{kind:?}").to_lowercase()),
        ValueRef::Scalar(scalar) => match scalar {
            ScalarValueRef::Null => Value::Empty,
            ScalarValueRef::Str(text) => Value::Text(text.to_string()),
            ScalarValueRef::Int(number) => Value::Integer(*number),
            ScalarValueRef::Boolean(flag) => Value::Flag(*flag),
            other => Value::Foreign(shown(&owned(other))),
        },
    }
}

fn owned(scalar: &ScalarValueRef<'_>) -> ScalarValue {
    match ValueRef::Scalar(scalar.clone()).into_value() {
        automerge::Value::Scalar(scalar) => scalar.into_owned(),
        automerge::Value::Object(_) => ScalarValue::Null,
    }
}
