//! Risk.

use chrono::NaiveDate;

use super::{Engagement, Member, SwotItem};
use crate::lifecycles::Move;
use crate::lifecycles::risk::{LIFECYCLE, State};
use crate::typed::{Choice, Facts, Id, Note, Record, Scale};

/// Something that may happen and would harm the relationship or the work.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, lifecycle = LIFECYCLE, de = "Risiko", de_many = "Risiken", de_help = "Etwas, das eintreten kann und der Beziehung oder der Arbeit schaden würde.")]
pub struct Risk {
    /// What may happen, in a line.
    #[field(
        required,
        title,
        column,
        search,
        label = "Risk",
        de = "Risiko",
        de_help = "Was eintreten kann, in einer Zeile."
    )]
    pub description: String,
    /// What it would harm.
    #[field(column, de = "Bereich", de_help = "Wem oder was es schaden würde.")]
    pub scope: Option<RiskScope>,
    /// The engagement it is about.
    #[field(column, de = "Auftrag", de_help = "Der Auftrag, um den es geht.")]
    pub engagement: Option<Id<Engagement>>,
    /// Why it may happen.
    #[field(search, label = "Cause", de = "Ursache", de_help = "Warum es eintreten kann.")]
    pub cause: Note,
    /// What it would do.
    #[field(search, label = "Consequence", de = "Folge", de_help = "Was es bewirken würde.")]
    pub effect: Note,
    /// How probable it is, 1 to 5.
    #[field(column, de = "Wahrscheinlichkeit", de_help = "Wie wahrscheinlich es ist, 1 bis 5.")]
    pub probability: Option<Scale<1, 5>>,
    /// How grave it would be, 1 to 5.
    #[field(column, de = "Auswirkung", de_help = "Wie schwer es wiegen würde, 1 bis 5.")]
    pub impact: Option<Scale<1, 5>>,
    /// How soon it may happen.
    #[field(column, de = "Nähe", de_help = "Wie bald es eintreten kann.")]
    pub proximity: Option<Proximity>,
    /// What we do about it.
    #[field(column, de = "Reaktion", de_help = "Was wir dagegen tun.")]
    pub response: Option<RiskResponse>,
    /// How it is made less likely or less grave; each step is an action of its own.
    #[field(
        search,
        label = "Mitigation",
        de = "Minderung",
        de_help = "Wie es unwahrscheinlicher oder weniger schwer wird; jeder Schritt ist eine eigene Maßnahme."
    )]
    pub mitigation: Note,
    /// What we do if it happens; a high risk cannot be without.
    #[field(
        search,
        label = "Contingency measure",
        de = "Notfallmaßnahme",
        de_help = "Was wir tun, wenn es eintritt; ein hohes Risiko kommt nicht ohne aus."
    )]
    pub contingency: Note,
    /// By what we notice that it happens.
    #[field(label = "Trigger", de = "Auslöser", de_help = "Woran wir merken, dass es eintritt.")]
    pub trigger: String,
    /// Who watches over it.
    #[field(column, de = "Verantwortlich", de_help = "Wer darüber wacht.")]
    pub owner: Option<Id<Member>>,
    /// When to look at it again.
    #[field(column, de = "Nächste Prüfung", de_help = "Wann wieder danach zu sehen ist.")]
    pub next_review: Option<NaiveDate>,
    /// The SWOT item it came from.
    #[field(
        label = "From the SWOT item",
        de = "Aus dem SWOT-Eintrag",
        de_help = "Der SWOT-Eintrag, aus dem es entstand."
    )]
    pub swot_item: Option<Id<SwotItem>>,
    /// Its steps; the state is their fold.
    #[field(de = "Verlauf", de_help = "Die bisherigen Schritte; aus ihnen ergibt sich der Stand.")]
    pub transitions: Facts<Move<State>>,
}

/// What a risk would harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum RiskScope {
    /// The relationship as a whole.
    #[choice(de = "Beziehung")]
    Relationship,
    /// A stream of work in one engagement.
    #[choice(label = "Engagement stream", de = "Arbeitsstrang eines Auftrags")]
    Engagement,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// How soon a risk may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Proximity {
    /// Any day.
    #[choice(de = "Unmittelbar")]
    Imminent,
    /// Within three months.
    #[choice(label = "Within three months", de = "Binnen drei Monaten")]
    Near,
    /// Later.
    #[choice(label = "Later", de = "Später")]
    Distant,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// What is done about a risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum RiskResponse {
    /// Make sure that it cannot happen.
    #[choice(de = "Vermeiden")]
    Avoid,
    /// Make it less likely or less grave.
    #[choice(de = "Mindern")]
    Reduce,
    /// Let somebody else carry it.
    #[choice(de = "Übertragen")]
    Transfer,
    /// Live with it.
    #[choice(de = "Hinnehmen")]
    Accept,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
