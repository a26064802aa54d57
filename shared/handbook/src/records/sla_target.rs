//! Service level target.

use super::Sla;
use crate::typed::{Choice, Id, Record};

/// One measurable promise of a service level agreement.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Service level target", de = "Service-Level-Ziel", de_many = "Service-Level-Ziele", de_help = "Eine messbare Zusage einer Service-Level-Vereinbarung.")]
pub struct SlaTarget {
    /// The agreement it belongs to.
    #[field(
        required,
        client_visible,
        column,
        label = "Agreement",
        de = "Vereinbarung",
        de_help = "Die Vereinbarung, zu der es gehört."
    )]
    pub sla: Option<Id<Sla>>,
    /// What is measured: availability, answer time.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        label = "Metric",
        de = "Messgröße",
        de_help = "Was gemessen wird: Verfügbarkeit, Antwortzeit."
    )]
    pub metric: String,
    /// From which side the value counts.
    #[field(
        client_visible,
        title,
        column,
        de = "Vergleich",
        de_help = "Von welcher Seite her der Wert zählt."
    )]
    pub operator: Option<Operator>,
    /// The number as agreed: 99.5.
    #[field(client_visible, title, column, de = "Wert", de_help = "Die vereinbarte Zahl: 99,5.")]
    pub value: String,
    /// Of what: %, hours.
    #[field(client_visible, title, column, de = "Einheit", de_help = "Wovon: %, Stunden.")]
    pub unit: String,
    /// Over which time it is measured.
    #[field(client_visible, column, de = "Zeitraum", de_help = "Über welche Zeit gemessen wird.")]
    pub window: Option<Window>,
}

/// How a measured value is compared with a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Operator {
    /// As much, or more.
    #[choice(de = "Mindestens")]
    AtLeast,
    /// As much, or less.
    #[choice(de = "Höchstens")]
    AtMost,
    /// As much.
    #[choice(de = "Genau")]
    Exactly,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// Over which time a service level is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Window {
    /// Every single case.
    #[choice(label = "Each case", de = "Einzelfall")]
    Each,
    /// A calendar week.
    #[choice(de = "Woche")]
    Week,
    /// A calendar month.
    #[choice(de = "Monat")]
    Month,
    /// A quarter of a year.
    #[choice(de = "Quartal")]
    Quarter,
    /// A calendar year.
    #[choice(de = "Jahr")]
    Year,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
