//! Relationship assessment.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Member;
use crate::typed::{Id, Prose, Record};

/// How we ourselves judge a relationship; for our eyes only.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Relationship assessment", de = "Beziehungsbewertung", de_many = "Beziehungsbewertungen")]
pub struct Assessment {
    /// The period as people call it: October 2026.
    #[field(required, title, column, de = "Zeitraum")]
    pub period: String,
    /// The day of the assessment.
    #[field(required, column, de = "Am")]
    pub on: Option<NaiveDate>,
    /// What works.
    #[field(search, label = "What works", de = "Was gut läuft")]
    pub works: Prose,
    /// What worries us.
    #[field(search, de = "Bedenken")]
    pub concerns: Prose,
    /// What we owe and have not done.
    #[field(search, label = "Obligations not met", de = "Nicht erfüllte Verpflichtungen")]
    pub unmet: Prose,
    /// What we will change; each step is an action of its own.
    #[field(search, label = "Corrective measures", de = "Korrekturmaßnahmen")]
    pub corrective: Prose,
    /// Who agrees.
    #[field(column, de = "Abgestimmt mit")]
    pub agreed_with: BTreeSet<Id<Member>>,
    /// Since when.
    #[field(de = "Abgestimmt am")]
    pub agreed_on: Option<NaiveDate>,
}
