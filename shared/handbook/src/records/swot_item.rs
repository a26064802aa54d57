//! SWOT item.

use std::collections::BTreeSet;

use super::{Complaint, Swot, Touchpoint};
use crate::typed::{Choice, Id, Note, Record, Scale};

/// One entry of a SWOT analysis.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "SWOT item", de = "SWOT-Eintrag", de_many = "SWOT-Einträge")]
pub struct SwotItem {
    /// The analysis it belongs to.
    #[field(required, column, label = "SWOT analysis", de = "SWOT-Analyse")]
    pub swot: Option<Id<Swot>>,
    /// What it is.
    #[field(required, column, de = "Quadrant")]
    pub quadrant: Option<Quadrant>,
    /// In a line.
    #[field(required, title, column, search, label = "What", de = "Was")]
    pub text: String,
    /// How much it weighs, 1 to 5.
    #[field(column, de = "Gewicht")]
    pub weight: Option<Scale<1, 5>>,
    /// What makes us think so.
    #[field(search, de = "Beleg")]
    pub evidence: Note,
    /// The touchpoints that show it.
    #[field(label = "Seen in", de = "Gesehen in Kontakten")]
    pub touchpoints: BTreeSet<Id<Touchpoint>>,
    /// The complaints that show it.
    #[field(de = "Gesehen in Beschwerden")]
    pub complaints: BTreeSet<Id<Complaint>>,
}

/// The four corners of a SWOT analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Quadrant {
    /// Ours, and good.
    #[choice(de = "Stärke")]
    Strength,
    /// Ours, and bad.
    #[choice(de = "Schwäche")]
    Weakness,
    /// From outside, and good.
    #[choice(de = "Chance")]
    Opportunity,
    /// From outside, and bad.
    #[choice(de = "Bedrohung")]
    Threat,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
