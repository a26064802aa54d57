//! Saved view.

use super::Member;
use crate::typed::{Id, Record};

/// A list as somebody has filtered and sorted it, to come back to.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = firm, de = "Gespeicherte Ansicht", de_many = "Gespeicherte Ansichten", de_help = "Eine Liste, wie jemand sie gefiltert und sortiert hat, um zu ihr zurückzukehren.")]
pub struct SavedView {
    /// What it is called.
    #[field(required, title, column, search, de = "Name", de_help = "Wie sie heißt.")]
    pub name: String,
    /// The page it belongs to, as in its address.
    #[field(
        required,
        column,
        label = "Page",
        de = "Seite",
        de_help = "Die Seite, zu der sie gehört, wie in deren Adresse."
    )]
    pub place: String,
    /// What follows the question mark in its address.
    #[field(
        label = "Filter",
        de = "Filter",
        de_help = "Was in der Adresse auf das Fragezeichen folgt."
    )]
    pub query: String,
    /// Whose it is; empty: everybody's.
    #[field(column, de = "Von", de_help = "Wem sie gehört; leer: allen.")]
    pub owner: Option<Id<Member>>,
}
