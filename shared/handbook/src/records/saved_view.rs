//! Saved view.

use super::Member;
use crate::typed::{Id, Record};

/// A list as somebody has filtered and sorted it, to come back to.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = firm, de = "Gespeicherte Ansicht", de_many = "Gespeicherte Ansichten")]
pub struct SavedView {
    /// What it is called.
    #[field(required, title, column, search, de = "Name")]
    pub name: String,
    /// The page it belongs to, as in its address.
    #[field(required, column, label = "Page", de = "Seite")]
    pub place: String,
    /// What follows the question mark in its address.
    #[field(label = "Filter", de = "Filter")]
    pub query: String,
    /// Whose it is; empty: everybody's.
    #[field(column, de = "Von")]
    pub owner: Option<Id<Member>>,
}
