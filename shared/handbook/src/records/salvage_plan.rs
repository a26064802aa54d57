//! Salvage plan.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Contact, Member, Opportunity};
use crate::typed::{Choice, Id, Note, Record};

/// What can still be gained from a lost opportunity or client.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Rettungsplan", de_many = "Rettungspläne", de_help = "Was von einer verlorenen Chance oder einem verlorenen Kunden noch zu gewinnen ist.")]
pub struct SalvagePlan {
    /// What people call it.
    #[field(required, title, column, search, de = "Name", de_help = "Wie man ihn nennt.")]
    pub name: String,
    /// The opportunity that was lost; empty: the client was.
    #[field(
        column,
        label = "Lost opportunity",
        de = "Verlorene Chance",
        de_help = "Die Chance, die verloren ging; leer: Es war der Kunde."
    )]
    pub opportunity: Option<Id<Opportunity>>,
    /// What can still be gained.
    #[field(
        column,
        label = "Possible gains",
        de = "Mögliche Gewinne",
        de_help = "Was noch zu gewinnen ist."
    )]
    pub gains: BTreeSet<Gain>,
    /// How; each step is an action of its own.
    #[field(
        search,
        label = "How",
        de = "Wie",
        de_help = "Wie; jeder Schritt ist eine eigene Maßnahme."
    )]
    pub notes: Note,
    /// Who sees to it.
    #[field(column, de = "Verantwortlich", de_help = "Wer sich darum kümmert.")]
    pub owner: Option<Id<Member>>,
    /// Whom to go back to.
    #[field(column, de = "Einstieg: Person", de_help = "An wen man sich wieder wendet.")]
    pub entry_person: Option<Id<Contact>>,
    /// How to go back.
    #[field(de = "Einstieg: Weg", de_help = "Wie man zurückfindet.")]
    pub entry_route: Note,
    /// When to send the next friendly word.
    #[field(
        column,
        label = "Next friendly touch",
        de = "Nächster freundlicher Kontakt",
        de_help = "Wann das nächste freundliche Wort fällig ist."
    )]
    pub entry_next: Option<NaiveDate>,
}

/// What can still be gained after a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Gain {
    /// They recommend us.
    #[choice(de = "Referenz")]
    Reference,
    /// Material that we may show.
    #[choice(de = "Vorzeigbares Material")]
    Collateral,
    /// A sentence that we may quote.
    #[choice(de = "Kundenstimme")]
    Testimonial,
    /// Somebody who stays in touch.
    #[choice(de = "Verbundener Kontakt")]
    AlumniContact,
    /// What we learned.
    #[choice(de = "Wissen")]
    Knowledge,
    /// They introduce us to a partner.
    #[choice(de = "Vermittlung an Partner")]
    PartnerIntroduction,
    /// They tell us why.
    #[choice(de = "Feedbackgespräch")]
    FeedbackInterview,
    /// A part of the work, under somebody else.
    #[choice(label = "Sub-contract", de = "Unterauftrag")]
    SubContract,
    /// They ask us the next time.
    #[choice(de = "Liste künftiger Bieter")]
    FutureBidList,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
