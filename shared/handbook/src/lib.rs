//! The handbook: what a service firm remembers about its clients.
//!
//! Every kind of record is declared once, as a struct in [`records`]. `#[derive(Record)]` turns
//! the declaration into a [`kind::Kind`], a plain table of [`kind::Field`]s. From there on two
//! worlds meet at a narrow edge:
//!
//! - the **untyped core**: [`document`] reads and writes [`row::Row`]s of [`value::Value`]s in
//!   Automerge documents; forms, tables, exports, [`history`], [`validate`] and search work on
//!   the same rows and know no struct;
//! - the **typed edge** ([`typed`]): rules, figures and hand-made pages read a row into its struct,
//!   and write single fields by typed keys.
//!
//! A new kind of record is a new file in `records/` and a line in its list.
//!
//! Nothing here knows a browser, a network or a key. Time and randomness are arguments.
#![warn(missing_docs)]

pub mod agenda;
pub mod attention;
pub mod bulk;
pub mod calendar;
pub mod deeds;
pub mod document;
pub mod duplicates;
pub mod erasure;
pub mod export;
pub mod figures;
pub mod form;
pub mod history;
pub mod ids;
pub mod import;
pub mod kind;
pub mod known;
pub mod lifecycles;
pub mod mentions;
pub mod merged;
pub mod one_person;
pub mod op;
pub mod own;
pub mod pick;
pub mod records;
pub mod row;
pub mod sample;
pub mod search;
pub mod strategy;
pub mod text;
pub mod timeline;
pub mod typed;
pub mod validate;
pub mod value;
pub mod views;
pub mod visible;
pub mod visit_pack;
pub mod visits;
pub mod wording;
pub mod words;

pub use document::{Entry, Event, Undo, Version, WriteError};
pub use ids::{DocumentId, MemberId, RecordId, RecordKey};
pub use kind::{Choices, Class, Field, FieldType, Home, Kind};
pub use known::{Known, known};
pub use op::{Op, Stamp};
pub use records::{KINDS, kind, kinds};
pub use row::{Created, Row};
pub use typed::{Choice, Facts, Id, Key, Record};
pub use value::{Fact, Moment, Money, Value};
pub use words::{Language, Sentence, Words};

// The derives name this crate from outside and from inside alike.
extern crate self as handbook;
