//! Erasing a person: what would go, and who has carried it out.

use chrono::NaiveDateTime;
use handbook::{DocumentId, RecordKey};

/// What an erasure would do, a line for each record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ErasurePreview {
    /// What goes whole, the person first.
    pub goes: Vec<String>,
    /// What stays, without the person in it.
    pub stays: Vec<String>,
}

/// An erasure, and how far it has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Erasure {
    /// Where it was.
    pub document: DocumentId,
    /// The client's name; empty if that is not known here any more.
    pub client: String,
    /// Whose records were to go.
    pub people: Vec<RecordKey>,
    /// When the relay dropped what it held, local time, and at whose word; `None` while it waits on this device.
    pub begun: Option<(NaiveDateTime, String)>,
    /// Whether it can still be taken back.
    pub withdrawable: bool,
    /// Every device that belonged to the team then, in the order of coming.
    pub devices: Vec<ErasedOn>,
}

/// A device that is to carry an erasure out.
#[derive(Debug, Clone, PartialEq)]
pub struct ErasedOn {
    /// Whose it is.
    pub name: String,
    /// Its mark in numbers, such as `A3`.
    pub mark: String,
    /// Whether it has.
    pub receipt: Receipt,
}

/// Whether a device has carried an erasure out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// It has not said so yet.
    Waiting,
    /// It has; when the relay took its word, local time.
    Done(NaiveDateTime),
    /// It was removed before it could say so.
    Gone,
}

impl Erasure {
    /// Whether this person's records wait to go.
    pub fn waits_for(&self, document: DocumentId, person: RecordKey) -> bool {
        self.begun.is_none() && self.document == document && self.people.contains(&person)
    }

    /// How many of its devices have carried it out.
    pub fn done(&self) -> usize {
        self.devices.iter().filter(|device| matches!(device.receipt, Receipt::Done(_))).count()
    }
}
