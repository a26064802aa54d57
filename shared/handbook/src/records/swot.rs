//! SWOT analysis.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Member;
use crate::lifecycles::Move;
use crate::lifecycles::swot::{LIFECYCLE, State};
use crate::typed::{Choice, Facts, Id, Prose, Record};

/// Strengths, weaknesses, opportunities and threats, as seen on one day.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, lifecycle = LIFECYCLE, label = "SWOT analysis", many = "SWOT analyses", de = "SWOT-Analyse", de_many = "SWOT-Analysen", de_help = "Stärken, Schwächen, Chancen und Risiken, wie sie sich an einem Tag zeigen.")]
pub struct Swot {
    /// What is looked at.
    #[field(
        required,
        title,
        column,
        label = "Lens",
        de = "Blickwinkel",
        de_help = "Was betrachtet wird."
    )]
    pub lens: Option<Lens>,
    /// The day of the analysis; it holds for three months.
    #[field(title, column, de = "Am", de_help = "Der Tag der Analyse; sie gilt drei Monate.")]
    pub on: Option<NaiveDate>,
    /// Who made it.
    #[field(column, de = "Erstellt von", de_help = "Wer sie erstellt hat.")]
    pub authors: BTreeSet<Id<Member>>,
    /// What follows from it.
    #[field(search, label = "Conclusion", de = "Fazit", de_help = "Was daraus folgt.")]
    pub summary: Prose,
    /// The analysis whose place it takes.
    #[field(de = "Löst ab", de_help = "Die Analyse, an deren Stelle sie tritt.")]
    pub supersedes: Option<Id<Swot>>,
    /// Its steps; the state is their fold.
    #[field(de = "Verlauf", de_help = "Die bisherigen Schritte; aus ihnen ergibt sich der Stand.")]
    pub transitions: Facts<Move<State>>,
}

/// What a SWOT analysis looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Lens {
    /// Our relationship with the client.
    #[choice(de = "Beziehung")]
    Relationship,
    /// The client's own business.
    #[choice(label = "Client's business", de = "Geschäft des Kunden")]
    Business,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
