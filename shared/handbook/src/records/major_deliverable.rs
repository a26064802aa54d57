//! Major deliverable.

use chrono::NaiveDate;

use super::Engagement;
use crate::typed::{Id, Note, Record};

/// A result of an engagement that matters by itself; a debriefing follows it.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Hauptergebnis", de_many = "Hauptergebnisse", de_help = "Ein Ergebnis eines Auftrags, das für sich zählt; eine Nachbesprechung folgt darauf.")]
pub struct MajorDeliverable {
    /// What it is.
    #[field(required, client_visible, title, column, search, de = "Name", de_help = "Was es ist.")]
    pub name: String,
    /// The engagement it belongs to.
    #[field(
        required,
        client_visible,
        column,
        de = "Auftrag",
        de_help = "Der Auftrag, zu dem es gehört."
    )]
    pub engagement: Option<Id<Engagement>>,
    /// By when.
    #[field(client_visible, column, de = "Fällig", de_help = "Bis wann.")]
    pub due: Option<NaiveDate>,
    /// The day it was done.
    #[field(client_visible, column, de = "Erledigt am", de_help = "Der Tag der Erledigung.")]
    pub done_on: Option<NaiveDate>,
    /// Where that can be seen.
    #[field(client_visible, de = "Nachweis", de_help = "Wo das zu sehen ist.")]
    pub evidence: Note,
}
