//! Service level result.

use chrono::NaiveDate;

use super::SlaTarget;
use crate::typed::{Choice, Id, Note, Record};

/// What came of a service level target in one period; entered in reviews.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Service level result", de = "Service-Level-Ergebnis", de_many = "Service-Level-Ergebnisse", de_help = "Was aus einem Service-Level-Ziel in einem Zeitraum wurde; wird bei Durchsichten eingetragen.")]
pub struct SlaResult {
    /// The target.
    #[field(required, client_visible, column, de = "Ziel", de_help = "Das Ziel.")]
    pub target: Option<Id<SlaTarget>>,
    /// The period as people call it: October 2026.
    #[field(
        required,
        client_visible,
        title,
        column,
        de = "Zeitraum",
        de_help = "Der Zeitraum, wie man ihn nennt: Oktober 2026."
    )]
    pub period: String,
    /// Its last day; periods follow each other by it.
    #[field(
        required,
        client_visible,
        column,
        label = "Period ends",
        de = "Zeitraum endet",
        de_help = "Sein letzter Tag; danach folgen die Zeiträume aufeinander."
    )]
    pub ends: Option<NaiveDate>,
    /// Whether the target was met.
    #[field(
        required,
        client_visible,
        column,
        de = "Ergebnis",
        de_help = "Ob das Ziel erreicht wurde."
    )]
    pub outcome: Option<SlaOutcome>,
    /// The number as measured.
    #[field(
        client_visible,
        column,
        label = "Value measured",
        de = "Gemessener Wert",
        de_help = "Die gemessene Zahl."
    )]
    pub value: String,
    /// What lies behind it.
    #[field(client_visible, de = "Anmerkung", de_help = "Was dahintersteckt.")]
    pub note: Note,
}

/// Whether a service level was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum SlaOutcome {
    /// It was.
    #[choice(de = "Erreicht")]
    Met,
    /// It was not.
    #[choice(de = "Verfehlt")]
    Missed,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
