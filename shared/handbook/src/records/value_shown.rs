//! Value-add item shown.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Contact, Member, Touchpoint, ValueAdd};
use crate::typed::{Id, Note, Record};

/// An item of the library that a client was shown.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Value-add shown", many = "Value-adds shown", de = "Gezeigter Mehrwertbeitrag", de_many = "Gezeigte Mehrwertbeiträge", de_help = "Ein Stück der Bibliothek, das einem Kunden gezeigt wurde.")]
pub struct ValueShown {
    /// What was shown.
    #[field(required, client_visible, column, de = "Beitrag", de_help = "Was gezeigt wurde.")]
    pub item: Option<Id<ValueAdd>>,
    /// The day.
    #[field(required, client_visible, title, column, de = "Am", de_help = "Der Tag.")]
    pub on: Option<NaiveDate>,
    /// To whom.
    #[field(client_visible, personal, column, label = "To", de = "Wem", de_help = "Wem.")]
    pub contacts: BTreeSet<Id<Contact>>,
    /// Who showed it.
    #[field(client_visible, column, de = "Von", de_help = "Wer es gezeigt hat.")]
    pub by: Option<Id<Member>>,
    /// The touchpoint in which it was shown.
    #[field(de = "Kontakt", de_help = "Der Kontakt, in dem es gezeigt wurde.")]
    pub touchpoint: Option<Id<Touchpoint>>,
    /// What they said.
    #[field(search, de = "Reaktion", de_help = "Was dazu gesagt wurde.")]
    pub reaction: Note,
}
