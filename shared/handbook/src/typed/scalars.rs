//! What the scalar types are as fields.

use std::fmt;
use std::marker::PhantomData;

use chrono::{NaiveDate, NaiveTime, Timelike};

use super::{FieldValue, Misfit, Record};
use crate::ids::RecordId;
use crate::kind::{Class, FieldType};
use crate::value::{Moment, Money, Value};

/// A reference to a record of the kind `R`.
pub struct Id<R> {
    /// The record.
    pub id: RecordId,
    marker: PhantomData<fn() -> R>,
}

impl<R> Id<R> {
    /// A reference to that record.
    pub const fn new(id: RecordId) -> Self {
        Self { id, marker: PhantomData }
    }
}

impl<R> From<RecordId> for Id<R> {
    fn from(id: RecordId) -> Self {
        Self::new(id)
    }
}

// Written out, because a derive would ask the same of `R`.
impl<R> Clone for Id<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Id<R> {}

impl<R> PartialEq for Id<R> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<R> Eq for Id<R> {}

impl<R> PartialOrd for Id<R> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<R> Ord for Id<R> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id.cmp(&other.id)
    }
}

impl<R> std::hash::Hash for Id<R> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl<R> fmt::Debug for Id<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.id, f)
    }
}

impl<R: Record> FieldValue for Id<R> {
    const TYPE: FieldType = FieldType::Link(R::KEY);

    fn from_value(value: &Value) -> Result<Self, Misfit> {
        value.as_link().map(Self::new).ok_or(Misfit)
    }

    fn into_value(self) -> Value {
        Value::Link(self.id)
    }
}

/// A kind of text that is more than a `String`: a newtype, its field type and its class.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $ty:expr, $class:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub String);

        impl FieldValue for $name {
            const TYPE: FieldType = $ty;
            const CLASS: Class = $class;

            fn from_value(value: &Value) -> Result<Self, Misfit> {
                String::from_value(value).map(Self)
            }

            fn into_value(self) -> Value {
                self.0.into_value()
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl std::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

texts! {
    /// Some lines of text that one person writes.
    Note = FieldType::Note, Class::Decisive;
    /// Long text that several people edit at once.
    Prose = FieldType::Prose, Class::Prose;
    /// An e-mail address.
    Email = FieldType::Email, Class::Decisive;
    /// A telephone number as people write it.
    Phone = FieldType::Phone, Class::Decisive;
    /// A web address.
    Web = FieldType::Web, Class::Decisive;
}

impl FieldValue for String {
    const TYPE: FieldType = FieldType::Line;

    fn from_value(value: &Value) -> Result<Self, Misfit> {
        match value {
            Value::Text(text) => Ok(text.clone()),
            Value::Empty => Ok(Self::new()),
            _ => Err(Misfit),
        }
    }

    fn into_value(self) -> Value {
        if self.is_empty() { Value::Empty } else { Value::Text(self) }
    }
}

impl FieldValue for bool {
    const TYPE: FieldType = FieldType::Flag;

    fn from_value(value: &Value) -> Result<Self, Misfit> {
        match value {
            Value::Flag(flag) => Ok(*flag),
            Value::Empty => Ok(false),
            _ => Err(Misfit),
        }
    }

    fn into_value(self) -> Value {
        Value::Flag(self)
    }
}

/// The types that are exactly one variant of [`Value`].
macro_rules! plain {
    ($($rust:ty = $ty:expr, $variant:ident;)*) => {$(
        impl FieldValue for $rust {
            const TYPE: FieldType = $ty;

            fn from_value(value: &Value) -> Result<Self, Misfit> {
                match value {
                    Value::$variant(inner) => Ok(*inner),
                    _ => Err(Misfit),
                }
            }

            fn into_value(self) -> Value {
                Value::$variant(self)
            }
        }
    )*};
}

plain! {
    i64 = FieldType::Integer { min: i64::MIN, max: i64::MAX }, Integer;
    NaiveDate = FieldType::Date, Date;
    Moment = FieldType::Moment, Moment;
    Money = FieldType::Money, Money;
}

/// A whole number from `MIN` to `MAX`: a rating, a mood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scale<const MIN: i64, const MAX: i64>(i64);

impl<const MIN: i64, const MAX: i64> Scale<MIN, MAX> {
    /// `None` outside the bounds.
    pub const fn new(number: i64) -> Option<Self> {
        if MIN <= number && number <= MAX { Some(Self(number)) } else { None }
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl<const MIN: i64, const MAX: i64> FieldValue for Scale<MIN, MAX> {
    const TYPE: FieldType = FieldType::Integer { min: MIN, max: MAX };

    fn from_value(value: &Value) -> Result<Self, Misfit> {
        match value {
            Value::Integer(number) => Self::new(*number).ok_or(Misfit),
            _ => Err(Misfit),
        }
    }

    fn into_value(self) -> Value {
        Value::Integer(self.0)
    }
}

/// A time of day on the clock of the place, in minutes after midnight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayTime(pub u16);

impl DayTime {
    /// Of a clock that shows `time`.
    pub fn of(time: NaiveTime) -> Self {
        Self(u16::try_from(time.hour() * 60 + time.minute()).unwrap_or_default())
    }

    /// What the clock shows.
    pub fn clock(self) -> NaiveTime {
        let seconds = u32::from(self.0) * 60;
        NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or(NaiveTime::MIN)
    }
}

impl FieldValue for DayTime {
    const TYPE: FieldType = FieldType::Time;

    fn from_value(value: &Value) -> Result<Self, Misfit> {
        match value {
            Value::Integer(minutes @ 0..1_440) => {
                u16::try_from(*minutes).map(Self).map_err(|_| Misfit)
            }
            _ => Err(Misfit),
        }
    }

    fn into_value(self) -> Value {
        Value::Integer(i64::from(self.0))
    }
}

/// A duration in minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minutes(pub u32);

impl FieldValue for Minutes {
    const TYPE: FieldType = FieldType::Minutes;

    fn from_value(value: &Value) -> Result<Self, Misfit> {
        match value {
            Value::Integer(minutes) => u32::try_from(*minutes).map(Self).map_err(|_| Misfit),
            _ => Err(Misfit),
        }
    }

    fn into_value(self) -> Value {
        Value::Integer(i64::from(self.0))
    }
}
