//! Service level target.

use super::Sla;
use crate::typed::{Choice, Id, Record};

/// One measurable promise of a service level agreement.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Service level target", de = "Service-Level-Ziel", de_many = "Service-Level-Ziele")]
pub struct SlaTarget {
    /// The agreement it belongs to.
    #[field(required, client_visible, column, label = "Agreement", de = "Vereinbarung")]
    pub sla: Option<Id<Sla>>,
    /// What is measured: availability, answer time.
    #[field(required, client_visible, title, column, search, label = "Metric", de = "Messgröße")]
    pub metric: String,
    /// From which side the value counts.
    #[field(client_visible, title, column, de = "Vergleich")]
    pub operator: Option<Operator>,
    /// The number as agreed: 99.5.
    #[field(client_visible, title, column, de = "Wert")]
    pub value: String,
    /// Of what: %, hours.
    #[field(client_visible, title, column, de = "Einheit")]
    pub unit: String,
    /// Over which time it is measured.
    #[field(client_visible, column, de = "Zeitraum")]
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
