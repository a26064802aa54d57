//! Comment.

use std::collections::BTreeSet;

use super::Member;
use crate::typed::{Id, Record};

/// What one of us remarks on a record, for the others.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Kommentar", de_many = "Kommentare", de_help = "Was eine Person von uns zu einem Eintrag anmerkt, für die anderen.")]
pub struct Comment {
    /// The record it is about, as kind/id.
    #[field(
        required,
        label = "About",
        de = "Betrifft",
        de_help = "Der Eintrag, um den es geht, als Art/Kennung."
    )]
    pub about: String,
    /// What is remarked, in a line.
    #[field(
        required,
        title,
        column,
        search,
        label = "Comment",
        de = "Kommentar",
        de_help = "Was angemerkt wird, in einer Zeile."
    )]
    pub text: String,
    /// Who shall see it.
    #[field(column, de = "Erwähnt", de_help = "Wer es sehen soll.")]
    pub mentions: BTreeSet<Id<Member>>,
    /// Who of them has seen it.
    #[field(label = "Seen by", de = "Gesehen von", de_help = "Wer davon es gesehen hat.")]
    pub seen: BTreeSet<Id<Member>>,
}
