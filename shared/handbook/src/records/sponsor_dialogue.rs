//! Sponsor dialogue.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Contact, Engagement, Member, Touchpoint};
use crate::typed::{Choice, Id, Note, Record};

/// What the client told the sponsor, whom nobody in the engagement stands between.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Sponsorgespräch", de_many = "Sponsorgespräche", de_help = "Was der Kunde dem Sponsor gesagt hat, ohne dass jemand aus dem Auftrag dazwischensteht.")]
pub struct SponsorDialogue {
    /// A regular one, or the last one.
    #[field(required, title, column, de = "Art", de_help = "Ein regelmäßiges oder das letzte.")]
    pub kind: Option<DialogueKind>,
    /// The day.
    #[field(required, title, column, de = "Am", de_help = "Der Tag.")]
    pub on: Option<NaiveDate>,
    /// Who of us listened.
    #[field(required, column, de = "Sponsor", de_help = "Wer von uns zugehört hat.")]
    pub sponsor: Option<Id<Member>>,
    /// Who spoke for the client.
    #[field(column, label = "With", de = "Mit", de_help = "Wer für den Kunden gesprochen hat.")]
    pub contacts: BTreeSet<Id<Contact>>,
    /// The engagement it was about; empty: the whole relationship.
    #[field(
        column,
        de = "Auftrag",
        de_help = "Der Auftrag, um den es ging; leer: die ganze Beziehung."
    )]
    pub engagement: Option<Id<Engagement>>,
    /// Does the client feel well served?
    #[field(column, de = "Gut betreut", de_help = "Fühlt sich der Kunde gut betreut?")]
    pub served_well: Option<ServedWell>,
    /// What works.
    #[field(search, label = "What works", de = "Was gut läuft", de_help = "Was gut läuft.")]
    pub works: Note,
    /// What worries the client.
    #[field(search, de = "Bedenken", de_help = "Was dem Kunden Sorgen macht.")]
    pub concerns: Note,
    /// What we owe and have not done.
    #[field(
        search,
        label = "Obligations not met",
        de = "Nicht erfüllte Verpflichtungen",
        de_help = "Was wir schulden und noch nicht getan haben."
    )]
    pub unmet: Note,
    /// The touchpoint in which they spoke.
    #[field(de = "Kontakt", de_help = "Der Kontakt, in dem sie gesprochen haben.")]
    pub touchpoint: Option<Id<Touchpoint>>,
}

/// Which dialogue it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum DialogueKind {
    /// A regular one.
    #[choice(de = "Regelmäßig")]
    Periodic,
    /// After a project or a major deliverable.
    #[choice(label = "Final debriefing", de = "Abschließende Nachbesprechung")]
    Final,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// Whether a client feels well served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ServedWell {
    /// Yes.
    #[choice(de = "Ja")]
    Yes,
    /// In part.
    #[choice(de = "Teilweise")]
    Partly,
    /// No.
    #[choice(de = "Nein")]
    No,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
