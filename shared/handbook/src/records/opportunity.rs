//! Opportunity.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Contact, Engagement, Member, SwotItem};
use crate::lifecycles::Move;
use crate::lifecycles::opportunity::{LIFECYCLE, State};
use crate::typed::{Choice, Facts, Id, Note, Prose, Record, Scale};
use crate::value::Money;

/// Work that a client might give us.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, lifecycle = LIFECYCLE, label = "Opportunity", many = "Opportunities", de = "Chance", de_many = "Chancen", de_help = "Arbeit, die uns ein Kunde geben könnte.")]
pub struct Opportunity {
    /// What people call it.
    #[field(required, title, column, search, de = "Titel", de_help = "Wie man sie nennt.")]
    pub title: String,
    /// What the client needs, and what we could do.
    #[field(
        search,
        de = "Beschreibung",
        de_help = "Was der Kunde braucht und was wir tun könnten."
    )]
    pub description: Prose,
    /// How we came to know of it.
    #[field(search, label = "Source", de = "Herkunft", de_help = "Wie wir davon erfahren haben.")]
    pub source: String,
    /// Who at the client it turns on.
    #[field(column, label = "With", de = "Mit", de_help = "Auf wen es beim Kunden ankommt.")]
    pub contacts: BTreeSet<Id<Contact>>,
    /// Who of us follows it.
    #[field(column, de = "Verantwortlich", de_help = "Wer von uns sie verfolgt.")]
    pub owner: Option<Id<Member>>,
    /// What it might be worth.
    #[field(column, de = "Wert", de_help = "Was sie wert sein könnte.")]
    pub value: Option<Money>,
    /// How probable it is that we win it, in percent.
    #[field(
        column,
        label = "Probability (%)",
        de = "Wahrscheinlichkeit (%)",
        de_help = "Wie wahrscheinlich wir sie gewinnen, in Prozent."
    )]
    pub probability: Option<Scale<0, 100>>,
    /// The day we decided to propose; the draft of the plan begins then.
    #[field(
        label = "Decided to propose on",
        de = "Angebot beschlossen am",
        de_help = "Der Tag, an dem wir ein Angebot beschlossen; dann beginnt der Entwurf des Plans."
    )]
    pub decided_on: Option<NaiveDate>,
    /// When the client decides, or decided.
    #[field(
        column,
        label = "Closes on",
        de = "Abschluss am",
        de_help = "Wann der Kunde entscheidet oder entschieden hat."
    )]
    pub close_date: Option<NaiveDate>,
    /// Why it was lost.
    #[field(
        search,
        label = "Reason of the loss",
        de = "Grund des Verlusts",
        de_help = "Warum sie verloren ging."
    )]
    pub loss_reason: Note,
    /// Whether the loss was in our hands.
    #[field(
        label = "Was it in our hands?",
        de = "Lag es in unserer Hand?",
        de_help = "Ob der Verlust in unserer Hand lag."
    )]
    pub controllable: Option<Controllable>,
    /// Who else was in it.
    #[field(search, de = "Mitbewerber", de_help = "Wer sich außerdem beworben hat.")]
    pub competitor: String,
    /// The engagement that came of it.
    #[field(de = "Auftrag", de_help = "Der Auftrag, der daraus wurde.")]
    pub engagement: Option<Id<Engagement>>,
    /// The SWOT item it came from.
    #[field(
        label = "From the SWOT item",
        de = "Aus dem SWOT-Eintrag",
        de_help = "Der SWOT-Eintrag, aus dem sie entstand."
    )]
    pub swot_item: Option<Id<SwotItem>>,
    /// Words to find it by.
    #[field(
        column,
        search,
        label = "Tags",
        de = "Schlagwörter",
        de_help = "Wörter, unter denen man sie findet."
    )]
    pub tags: BTreeSet<String>,
    /// Its steps; the state is their fold.
    #[field(de = "Verlauf", de_help = "Die bisherigen Schritte; aus ihnen ergibt sich der Stand.")]
    pub transitions: Facts<Move<State>>,
}

/// Whether something was in our hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Controllable {
    /// We could have prevented it.
    #[choice(de = "Ja")]
    Yes,
    /// We could not.
    #[choice(de = "Nein")]
    No,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
