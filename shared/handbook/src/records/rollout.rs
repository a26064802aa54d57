//! Rollout.

use chrono::NaiveDate;

use super::Member;
use crate::lifecycles::Move;
use crate::lifecycles::rollout::{LIFECYCLE, State};
use crate::typed::{FactBody, Facts, Id, Note, Prose, Record};

/// Bringing the relations procedures to one client.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, lifecycle = LIFECYCLE, de = "Einführung", de_many = "Einführungen")]
pub struct Rollout {
    /// What people call it.
    #[field(required, title, column, search, de = "Name")]
    pub name: String,
    /// Who leads it.
    #[field(column, de = "Verantwortlich")]
    pub owner: Option<Id<Member>>,
    /// First day of the pilot.
    #[field(column, label = "Pilot begins", de = "Pilot beginnt")]
    pub started_on: Option<NaiveDate>,
    /// When to look at what came of it.
    #[field(column, label = "Evaluate on", de = "Auswerten am")]
    pub evaluate_on: Option<NaiveDate>,
    /// Why this client is fit for it.
    #[field(search, label = "Entry criteria", de = "Eingangskriterien")]
    pub entry_criteria: Prose,
    /// What is measured, and what came of it.
    #[field(search, label = "Metrics", de = "Messgrößen")]
    pub metrics: Prose,
    /// What shows that the pilot worked.
    #[field(search, de = "Nachweis")]
    pub evidence: Note,
    /// What was decided on the way.
    #[field(label = "Decision log", de = "Entscheidungen")]
    pub decisions: Facts<Decision>,
    /// Its steps; the state is their fold.
    #[field(de = "Verlauf")]
    pub transitions: Facts<Move<State>>,
}

/// One decision; who and when stand in the fact itself.
#[derive(Clone, Debug, PartialEq, Eq, FactBody)]
pub struct Decision {
    /// What was decided.
    #[field(required, label = "Decision", de = "Entscheidung")]
    pub what: String,
    /// Why.
    #[field(de = "Begründung")]
    pub why: Note,
}
