//! Involvement.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Contact, ContactRole, Engagement};
use crate::typed::{Id, Record};

/// What a contact is in one engagement. What they are in all of them stands with the contact.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Part in an engagement", many = "Parts in engagements", de = "Rolle im Auftrag", de_many = "Rollen in Aufträgen", de_help = "Was ein Ansprechpartner in einem Auftrag ist. Was er in allen ist, steht beim Ansprechpartner.")]
pub struct Involvement {
    /// Who.
    #[field(required, personal, column, de = "Person", de_help = "Wer.")]
    pub contact: Option<Id<Contact>>,
    /// In which engagement.
    #[field(required, personal, column, de = "Auftrag", de_help = "In welchem Auftrag.")]
    pub engagement: Option<Id<Engagement>>,
    /// As what.
    #[field(required, personal, title, column, de = "Rollen", de_help = "Als was.")]
    pub roles: BTreeSet<ContactRole>,
    /// First day.
    #[field(personal, column, de = "Von", de_help = "Erster Tag.")]
    pub from: Option<NaiveDate>,
    /// Last day.
    #[field(personal, column, de = "Bis", de_help = "Letzter Tag.")]
    pub until: Option<NaiveDate>,
}
