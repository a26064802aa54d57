//! Demand.

use chrono::NaiveDate;

use super::{Contact, Engagement, Opportunity, Touchpoint};
use crate::typed::{Choice, Id, Note, Record};

/// Something a client demands, requires or wishes for.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Anforderung", de_many = "Anforderungen")]
pub struct Demand {
    /// What the client asks for, in the client's words.
    #[field(required, client_visible, title, column, search, label = "Demand", de = "Anforderung")]
    pub text: String,
    /// How strongly.
    #[field(client_visible, column, de = "Art")]
    pub kind: Option<DemandKind>,
    /// Who said it.
    #[field(client_visible, column, de = "Von")]
    pub raised_by: Option<Id<Contact>>,
    /// The day it was said.
    #[field(client_visible, column, de = "Am")]
    pub raised_on: Option<NaiveDate>,
    /// What became of it.
    #[field(client_visible, column, de = "Stand")]
    pub status: DemandStatus,
    /// What we told the client.
    #[field(client_visible, label = "Our answer", de = "Unsere Antwort")]
    pub answer: Note,
    /// The engagement it is about.
    #[field(client_visible, de = "Auftrag")]
    pub engagement: Option<Id<Engagement>>,
    /// The opportunity that came of it.
    #[field(de = "Chance")]
    pub opportunity: Option<Id<Opportunity>>,
    /// The touchpoint in which it was said.
    #[field(de = "Aus dem Kontakt")]
    pub touchpoint: Option<Id<Touchpoint>>,
}

/// How strongly a client asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum DemandKind {
    /// It must be.
    #[choice(de = "Forderung")]
    Demand,
    /// The work depends on it.
    #[choice(de = "Anforderung")]
    Requirement,
    /// It would be welcome.
    #[choice(de = "Wunsch")]
    Wish,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// What became of a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum DemandStatus {
    /// Not yet answered.
    #[choice(default, de = "Neu")]
    New,
    /// We will do it.
    #[choice(de = "Angenommen")]
    Accepted,
    /// We will not, and the client knows.
    #[choice(de = "Abgelehnt")]
    Declined,
    /// Done.
    #[choice(de = "Erfüllt")]
    Delivered,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
