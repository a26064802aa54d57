//! Optional values, sets and facts.

use std::collections::BTreeSet;

use super::{FactBody, FieldValue, Misfit};
use crate::ids::{MemberId, RecordId};
use crate::kind::{Class, FieldType};
use crate::value::{Fact, Moment, Value};

impl<T: FieldValue> FieldValue for Option<T> {
    const TYPE: FieldType = T::TYPE;
    const CLASS: Class = T::CLASS;

    fn from_value(value: &Value) -> Result<Self, Misfit> {
        match value {
            Value::Empty => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }

    fn into_value(self) -> Value {
        self.map_or(Value::Empty, T::into_value)
    }
}

impl<T: FieldValue + Ord> FieldValue for BTreeSet<T> {
    const TYPE: FieldType = FieldType::Many(&T::TYPE);
    const CLASS: Class = Class::Set;

    /// A member that a newer version added in a form unknown here is left out, not an error: a set
    /// is useful without it.
    fn from_value(value: &Value) -> Result<Self, Misfit> {
        match value {
            Value::Empty => Ok(Self::new()),
            Value::Many(members) => {
                Ok(members.iter().filter_map(|member| T::from_value(member).ok()).collect())
            }
            _ => Err(Misfit),
        }
    }

    fn into_value(self) -> Value {
        if self.is_empty() {
            return Value::Empty;
        }
        Value::Many(self.into_iter().map(T::into_value).collect())
    }
}

/// Facts in the order in which they were stated, each after those its author had seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts<T>(pub Vec<Entry<T>>);

impl<T> Default for Facts<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// One fact, with who stated it and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<T> {
    /// Its own name.
    pub id: RecordId,
    /// Who stated it.
    pub by: MemberId,
    /// When, on their clock.
    pub at: Moment,
    /// The facts that its author saw last.
    pub after: Vec<RecordId>,
    /// What it says.
    pub body: T,
}

impl<T: FactBody> FieldValue for Facts<T> {
    const TYPE: FieldType = FieldType::Facts(T::FIELDS);
    const CLASS: Class = Class::Fact;

    fn from_value(value: &Value) -> Result<Self, Misfit> {
        let read = |fact: &Fact| {
            let body = T::from_values(&fact.values).map_err(|_| Misfit)?;
            let (id, by, at, after) = (fact.id, fact.by, fact.at, fact.after.clone());
            Ok(Entry { id, by, at, after, body })
        };
        match value {
            Value::Empty => Ok(Self(Vec::new())),
            Value::Facts(facts) => facts.iter().map(read).collect::<Result<_, _>>().map(Self),
            _ => Err(Misfit),
        }
    }

    fn into_value(self) -> Value {
        if self.0.is_empty() {
            return Value::Empty;
        }
        let write = |entry: Entry<T>| Fact {
            by: entry.by,
            at: entry.at,
            after: entry.after,
            ..entry.body.into_fact(entry.id)
        };
        Value::Facts(self.0.into_iter().map(write).collect())
    }
}
