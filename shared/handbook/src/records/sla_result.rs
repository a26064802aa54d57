//! Service level result.

use chrono::NaiveDate;

use super::SlaTarget;
use crate::typed::{Choice, Id, Note, Record};

/// What came of a service level target in one period; entered in reviews.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Service level result", de = "Service-Level-Ergebnis", de_many = "Service-Level-Ergebnisse")]
pub struct SlaResult {
    /// The target.
    #[field(required, client_visible, column, de = "Ziel")]
    pub target: Option<Id<SlaTarget>>,
    /// The period as people call it: October 2026.
    #[field(required, client_visible, title, column, de = "Zeitraum")]
    pub period: String,
    /// Its last day; periods follow each other by it.
    #[field(required, client_visible, column, label = "Period ends", de = "Zeitraum endet")]
    pub ends: Option<NaiveDate>,
    /// Whether the target was met.
    #[field(required, client_visible, column, de = "Ergebnis")]
    pub outcome: Option<SlaOutcome>,
    /// The number as measured.
    #[field(client_visible, column, label = "Value measured", de = "Gemessener Wert")]
    pub value: String,
    /// What lies behind it.
    #[field(client_visible, de = "Anmerkung")]
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
