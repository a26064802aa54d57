//! Own field, and the value that it has for one record.

use std::collections::BTreeSet;

use crate::typed::{Choice, Id, Record};

/// A field that the firm has thought of, beside those that every handbook has. Its values are records of their own
/// ([`OwnValue`]).
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = firm, de = "Eigenes Feld", de_many = "Eigene Felder", de_help = "Ein Feld, das sich die Firma ausgedacht hat, neben denen, die jedes Handbuch hat.")]
pub struct OwnField {
    /// What stands before it.
    #[field(required, title, column, search, de = "Bezeichnung", de_help = "Was davor steht.")]
    pub label: String,
    /// The records that have it.
    #[field(
        required,
        column,
        label = "Belongs to",
        de = "Gehört zu",
        de_help = "Die Einträge, die es haben."
    )]
    pub kind: Option<OwnHome>,
    /// What it holds.
    #[field(required, column, label = "Holds", de = "Enthält", de_help = "Was darin steht.")]
    pub holds: Option<OwnType>,
    /// What can be chosen, where it holds a choice.
    #[field(de = "Auswahl", de_help = "Was gewählt werden kann, wenn es eine Auswahl enthält.")]
    pub choices: BTreeSet<String>,
    /// What belongs in it.
    #[field(de = "Hinweis", de_help = "Was hineingehört.")]
    pub hint: String,
}

/// What an own field says of one record.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Wert eines eigenen Feldes", de_many = "Werte eigener Felder", de_help = "Was ein eigenes Feld über einen Eintrag sagt.")]
pub struct OwnValue {
    /// The record, as kind/id.
    #[field(
        required,
        label = "About",
        de = "Betrifft",
        de_help = "Der Eintrag, um den es geht, als Art/Kennung."
    )]
    pub about: String,
    /// The field.
    #[field(required, column, label = "Own field", de = "Eigenes Feld", de_help = "Das Feld.")]
    pub field: Option<Id<OwnField>>,
    /// What stands in it, as a form has it: a number in digits, a date as year-month-day, yes or no.
    #[field(
        title,
        column,
        search,
        de = "Wert",
        de_help = "Was darin steht, wie es ein Formular hat: eine Zahl in Ziffern, ein Tag als Jahr-Monat-Tag, yes oder no."
    )]
    pub value: String,
}

/// Kinds of record that can have own fields: those that one reads page by page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum OwnHome {
    /// A client.
    #[choice(de = "Kunde")]
    Client,
    /// A person at a client.
    #[choice(de = "Ansprechpartner")]
    Contact,
    /// An engagement.
    #[choice(de = "Auftrag")]
    Engagement,
    /// A complaint.
    #[choice(de = "Beschwerde")]
    Complaint,
    /// A site.
    #[choice(de = "Standort")]
    Site,
    /// A promise.
    #[choice(de = "Zusage")]
    Promise,
    /// An action.
    #[choice(de = "Maßnahme")]
    Action,
    /// An opportunity.
    #[choice(de = "Chance")]
    Opportunity,
    /// A risk.
    #[choice(de = "Risiko")]
    Risk,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// What an own field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum OwnType {
    /// A line of text.
    #[choice(de = "Text")]
    Text,
    /// A whole number.
    #[choice(de = "Zahl")]
    Number,
    /// A day.
    #[choice(de = "Datum")]
    Date,
    /// One of a list.
    #[choice(label = "Choice", de = "Auswahl")]
    Pick,
    /// Yes or no.
    #[choice(label = "Yes or no", de = "Ja oder nein")]
    YesNo,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
