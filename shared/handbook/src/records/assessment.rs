//! Relationship assessment.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Member;
use crate::typed::{Id, Prose, Record};

/// How we ourselves judge a relationship; for our eyes only.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Relationship assessment", de = "Beziehungsbewertung", de_many = "Beziehungsbewertungen", de_help = "Wie wir selbst eine Beziehung beurteilen; nur für unsere Augen.")]
pub struct Assessment {
    /// The period as people call it: October 2026.
    #[field(
        required,
        title,
        column,
        de = "Zeitraum",
        de_help = "Der Zeitraum, wie man ihn nennt: Oktober 2026."
    )]
    pub period: String,
    /// The day of the assessment.
    #[field(required, column, de = "Am", de_help = "Der Tag der Bewertung.")]
    pub on: Option<NaiveDate>,
    /// What works.
    #[field(search, label = "What works", de = "Was gut läuft", de_help = "Was gut läuft.")]
    pub works: Prose,
    /// What worries us.
    #[field(search, de = "Bedenken", de_help = "Was uns Sorgen macht.")]
    pub concerns: Prose,
    /// What we owe and have not done.
    #[field(
        search,
        label = "Obligations not met",
        de = "Nicht erfüllte Verpflichtungen",
        de_help = "Was wir schulden und noch nicht getan haben."
    )]
    pub unmet: Prose,
    /// What we will change; each step is an action of its own.
    #[field(
        search,
        label = "Corrective measures",
        de = "Korrekturmaßnahmen",
        de_help = "Was wir ändern werden; jeder Schritt ist eine eigene Maßnahme."
    )]
    pub corrective: Prose,
    /// Who agrees.
    #[field(column, de = "Abgestimmt mit", de_help = "Wer zustimmt.")]
    pub agreed_with: BTreeSet<Id<Member>>,
    /// Since when.
    #[field(de = "Abgestimmt am", de_help = "Seit wann.")]
    pub agreed_on: Option<NaiveDate>,
}
