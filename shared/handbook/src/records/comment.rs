//! Comment.

use std::collections::BTreeSet;

use super::Member;
use crate::typed::{Id, Record};

/// What one of us remarks on a record, for the others.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Kommentar", de_many = "Kommentare")]
pub struct Comment {
    /// The record it is about, as kind/id.
    #[field(required, label = "About", de = "Betrifft")]
    pub about: String,
    /// What is remarked, in a line.
    #[field(required, title, column, search, label = "Comment", de = "Kommentar")]
    pub text: String,
    /// Who shall see it.
    #[field(column, de = "Erwähnt")]
    pub mentions: BTreeSet<Id<Member>>,
}
