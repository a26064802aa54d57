//! Demand.

use chrono::NaiveDate;

use super::{Contact, Engagement, Opportunity, Touchpoint};
use crate::typed::{Choice, Id, Note, Record};

/// Something a client demands, requires or wishes for.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Anforderung", de_many = "Anforderungen", de_help = "Etwas, das ein Kunde verlangt, braucht oder sich wünscht.")]
pub struct Demand {
    /// What the client asks for, in the client's words.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        label = "Demand",
        de = "Anforderung",
        de_help = "Worum der Kunde bittet, in seinen eigenen Worten."
    )]
    pub text: String,
    /// How strongly.
    #[field(client_visible, column, de = "Art", de_help = "Wie nachdrücklich.")]
    pub kind: Option<DemandKind>,
    /// Who said it.
    #[field(client_visible, column, de = "Von", de_help = "Wer es gesagt hat.")]
    pub raised_by: Option<Id<Contact>>,
    /// The day it was said.
    #[field(client_visible, column, de = "Am", de_help = "Der Tag, an dem es gesagt wurde.")]
    pub raised_on: Option<NaiveDate>,
    /// What became of it.
    #[field(client_visible, column, de = "Stand", de_help = "Was daraus geworden ist.")]
    pub status: DemandStatus,
    /// What we told the client.
    #[field(
        client_visible,
        label = "Our answer",
        de = "Unsere Antwort",
        de_help = "Was wir dem Kunden gesagt haben."
    )]
    pub answer: Note,
    /// The engagement it is about.
    #[field(client_visible, de = "Auftrag", de_help = "Der Auftrag, um den es geht.")]
    pub engagement: Option<Id<Engagement>>,
    /// The opportunity that came of it.
    #[field(de = "Chance", de_help = "Die Chance, die daraus wurde.")]
    pub opportunity: Option<Id<Opportunity>>,
    /// The touchpoint in which it was said.
    #[field(de = "Aus dem Kontakt", de_help = "Der Kontakt, in dem es gesagt wurde.")]
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
