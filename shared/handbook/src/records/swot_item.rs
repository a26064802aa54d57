//! SWOT item.

use std::collections::BTreeSet;

use super::{Complaint, Swot, Touchpoint};
use crate::typed::{Choice, Id, Note, Record, Scale};

/// One entry of a SWOT analysis.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "SWOT item", de = "SWOT-Eintrag", de_many = "SWOT-Einträge", de_help = "Ein Eintrag einer SWOT-Analyse.")]
pub struct SwotItem {
    /// The analysis it belongs to.
    #[field(
        required,
        column,
        label = "SWOT analysis",
        de = "SWOT-Analyse",
        de_help = "Die Analyse, zu der er gehört."
    )]
    pub swot: Option<Id<Swot>>,
    /// What it is.
    #[field(required, column, de = "Quadrant", de_help = "Was er ist.")]
    pub quadrant: Option<Quadrant>,
    /// In a line.
    #[field(
        required,
        title,
        column,
        search,
        label = "What",
        de = "Was",
        de_help = "In einer Zeile."
    )]
    pub text: String,
    /// How much it weighs, 1 to 5.
    #[field(column, de = "Gewicht", de_help = "Wie schwer er wiegt, 1 bis 5.")]
    pub weight: Option<Scale<1, 5>>,
    /// What makes us think so.
    #[field(search, de = "Beleg", de_help = "Was uns das annehmen lässt.")]
    pub evidence: Note,
    /// The touchpoints that show it.
    #[field(
        label = "Seen in",
        de = "Gesehen in Kontakten",
        de_help = "Die Kontakte, die ihn belegen."
    )]
    pub touchpoints: BTreeSet<Id<Touchpoint>>,
    /// The complaints that show it.
    #[field(de = "Gesehen in Beschwerden", de_help = "Die Beschwerden, die ihn belegen.")]
    pub complaints: BTreeSet<Id<Complaint>>,
    /// The item of an earlier analysis that it continues.
    #[field(
        label = "Continues",
        de = "Setzt fort",
        de_help = "Der Eintrag einer früheren Analyse, den er fortsetzt."
    )]
    pub follows: Option<Id<SwotItem>>,
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
