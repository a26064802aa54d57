//! Major deliverable.

use chrono::NaiveDate;

use super::Engagement;
use crate::typed::{Id, Note, Record};

/// A result of an engagement that matters by itself; a debriefing follows it.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Hauptergebnis", de_many = "Hauptergebnisse")]
pub struct MajorDeliverable {
    /// What it is.
    #[field(required, client_visible, title, column, search, de = "Name")]
    pub name: String,
    /// The engagement it belongs to.
    #[field(required, client_visible, column, de = "Auftrag")]
    pub engagement: Option<Id<Engagement>>,
    /// By when.
    #[field(client_visible, column, de = "Fällig")]
    pub due: Option<NaiveDate>,
    /// The day it was done.
    #[field(client_visible, column, de = "Erledigt am")]
    pub done_on: Option<NaiveDate>,
    /// Where that can be seen.
    #[field(client_visible, de = "Nachweis")]
    pub evidence: Note,
}
