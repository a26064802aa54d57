//! The typed edge: a declaration as a struct, over the untyped core.
//!
//! `#[derive(Record)]` writes the [`Kind`], a typed [`Key`] for each field, and
//! the two conversions of [`Record`]; nothing else. What a Rust type means as a field is said by
//! [`FieldValue`], once for each type.

mod containers;
mod scalars;

use std::marker::PhantomData;

pub use containers::{Entry, Facts};
pub use handbook_derive::{Choice, FactBody, Record};
pub use scalars::{DayTime, Email, Id, Minutes, Note, Phone, Prose, Scale, Web};

use crate::ids::{RecordId, RecordKey};
use crate::kind::{Choices, Class, Field, FieldType, Kind};
use crate::op::Op;
use crate::row::Row;
use crate::value::{Fact, Value};

/// A kind of record as a struct. Derived, never written by hand.
pub trait Record: Sized {
    /// Its declaration.
    const KIND: &'static Kind;
    /// The key of its kind. Apart from `KIND`, so that kinds can refer to each other in a circle.
    const KEY: &'static str;
    /// Reads a whole row. A row of another kind, or a field that this version cannot make sense
    /// of, is an error; a choice that a newer version added is not (see [`Choice::FOREIGN`]).
    fn from_row(row: &Row) -> Result<Self, Unreadable>;
    /// The fields that say something, to create a record with: neither the empty ones nor a plain
    /// *no*, which is what an absent flag reads as.
    fn into_values(self) -> Vec<(&'static str, Value)>;

    /// The operation that creates this record.
    fn create(self, id: RecordId) -> Op {
        Op::Create { key: RecordKey::new(Self::KIND, id), values: self.into_values() }
    }
}

/// The fields of a fact as a struct. Derived, never written by hand.
pub trait FactBody: Sized {
    /// Its declaration.
    const FIELDS: &'static [Field];
    /// Reads the values of a fact.
    fn from_values(values: &[Value]) -> Result<Self, Unreadable>;
    /// Parallel to [`FactBody::FIELDS`].
    fn into_values(self) -> Vec<Value>;

    /// A fact to append, under a fresh id.
    fn into_fact(self, id: RecordId) -> Fact {
        Fact::new(id, self.into_values())
    }
}

/// One of a list, as an enum without data. Derived, never written by hand.
pub trait Choice: Copy + Eq + 'static {
    /// Its values.
    const CHOICES: &'static Choices;
    /// What stands for a value that a newer version wrote: the variant marked
    /// `#[choice(foreign)]`. It is read, matched and shown, and never written.
    const FOREIGN: Self;
    /// Every value that can be chosen, in order.
    const ALL: &'static [Self];
    /// The value of a stored key; `None` for one that a newer version wrote.
    fn from_key(key: &str) -> Option<Self>;
    /// The stored key; empty for the foreign one.
    fn key(self) -> &'static str;

    /// Its label.
    fn label(self) -> crate::words::Words {
        const NEWER: crate::words::Words =
            crate::words::Words::new("From a newer version", "Aus einer neueren Version");
        Self::CHOICES.get(self.key()).map_or(NEWER, |option| option.label)
    }
}

/// What a Rust type is as a field.
pub trait FieldValue: Sized {
    /// How it is stored, shown and edited.
    const TYPE: FieldType;
    /// How two versions of it meet.
    const CLASS: Class = Class::Decisive;
    /// Reads it; an empty value is the type's own nothing where it has one.
    fn from_value(value: &Value) -> Result<Self, Misfit>;
    /// The untyped value.
    fn into_value(self) -> Value;
}

/// A value that does not fit the type of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the value does not fit its field")]
pub struct Misfit;

/// A row that the struct of its kind cannot hold. The row itself can still be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the field {field} of {kind} cannot be read by this version")]
pub struct Unreadable {
    /// The kind's key.
    pub kind: &'static str,
    /// The field's key.
    pub field: &'static str,
}

/// A field of `R` that holds a `T`: `Complaint::KEYS.owner`.
pub struct Key<R, T> {
    index: usize,
    marker: PhantomData<fn() -> (R, T)>,
}

impl<R, T> Clone for Key<R, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, T> Copy for Key<R, T> {}

impl<R: Record, T: FieldValue> Key<R, T> {
    /// Written by the derive, which counts the fields.
    #[doc(hidden)]
    pub const fn new(index: usize) -> Self {
        Self { index, marker: PhantomData }
    }

    /// The field's place in a row.
    pub const fn index(self) -> usize {
        self.index
    }

    /// The field's declaration.
    pub fn field(self) -> &'static Field {
        &R::KIND.fields[self.index]
    }

    /// The field's key in the document.
    pub fn key(self) -> &'static str {
        self.field().key
    }

    /// The untyped value in a row of this kind.
    pub fn raw(self, row: &Row) -> &Value {
        row.at(self.index)
    }

    /// The value in a row of this kind.
    pub fn get(self, row: &Row) -> Result<T, Unreadable> {
        T::from_value(self.raw(row))
            .map_err(|Misfit| Unreadable { kind: R::KIND.key, field: self.key() })
    }

    /// The operation that gives the field a value.
    pub fn set(self, id: RecordId, value: T) -> Op {
        Op::Set { key: RecordKey::new(R::KIND, id), field: self.key(), value: value.into_value() }
    }
}

/// What the derives call, so that what they emit stays small.
#[doc(hidden)]
pub fn same_kind(row: &Row, kind: &'static Kind) -> Result<(), Unreadable> {
    if row.kind == kind { Ok(()) } else { Err(Unreadable { kind: kind.key, field: "" }) }
}

#[doc(hidden)]
pub fn filled<const N: usize>(values: [(&'static str, Value); N]) -> Vec<(&'static str, Value)> {
    let says = |value: &Value| !matches!(value, Value::Empty | Value::Flag(false));
    values.into_iter().filter(|(_, value)| says(value)).collect()
}

#[doc(hidden)]
pub fn read_at<T: FieldValue>(
    values: &[Value],
    index: usize,
    field: &'static str,
) -> Result<T, Unreadable> {
    T::from_value(values.get(index).unwrap_or(&Value::Empty))
        .map_err(|Misfit| Unreadable { kind: "fact", field })
}

#[doc(hidden)]
pub fn chosen<C: Choice>(value: &Value) -> Result<C, Misfit> {
    match value {
        Value::Choice(key) => Ok(C::from_key(key).unwrap_or(C::FOREIGN)),
        Value::Foreign(_) => Ok(C::FOREIGN),
        _ => Err(Misfit),
    }
}

#[doc(hidden)]
pub fn choose<C: Choice>(choice: C) -> Value {
    if choice == C::FOREIGN { Value::Empty } else { Value::Choice(choice.key().to_owned()) }
}
