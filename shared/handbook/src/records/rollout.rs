//! Rollout.

use chrono::NaiveDate;

use super::Member;
use crate::lifecycles::Move;
use crate::lifecycles::rollout::{LIFECYCLE, State};
use crate::typed::{FactBody, Facts, Id, Minutes, Note, Prose, Record};

/// Bringing the relations procedures to one client.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, lifecycle = LIFECYCLE, de = "Einführung", de_many = "Einführungen", de_help = "Die Einführung der Beziehungsverfahren bei einem Kunden.")]
pub struct Rollout {
    /// What people call it.
    #[field(required, title, column, search, de = "Name", de_help = "Wie man sie nennt.")]
    pub name: String,
    /// Who leads it.
    #[field(column, de = "Verantwortlich", de_help = "Wer sie leitet.")]
    pub owner: Option<Id<Member>>,
    /// First day of the pilot.
    #[field(
        column,
        label = "Pilot begins",
        de = "Pilot beginnt",
        de_help = "Erster Tag des Pilotbetriebs."
    )]
    pub started_on: Option<NaiveDate>,
    /// When to look at what came of it.
    #[field(
        column,
        label = "Evaluate on",
        de = "Auswerten am",
        de_help = "Wann zu prüfen ist, was daraus wurde."
    )]
    pub evaluate_on: Option<NaiveDate>,
    /// How much of our time the pilot takes in its first four weeks.
    #[field(
        column,
        label = "Time the pilot needs",
        de = "Zeitbedarf des Pilots",
        de_help = "Wie viel unserer Zeit der Pilot in seinen ersten vier Wochen braucht."
    )]
    pub needs: Option<Minutes>,
    /// Why this client is fit for it.
    #[field(
        search,
        label = "Entry criteria",
        de = "Eingangskriterien",
        de_help = "Warum dieser Kunde dafür geeignet ist."
    )]
    pub entry_criteria: Prose,
    /// What is measured, and what came of it.
    #[field(
        search,
        label = "Metrics",
        de = "Messgrößen",
        de_help = "Was gemessen wird und was dabei herauskam."
    )]
    pub metrics: Prose,
    /// What shows that the pilot worked.
    #[field(search, de = "Nachweis", de_help = "Was zeigt, dass der Pilotbetrieb gelungen ist.")]
    pub evidence: Note,
    /// What was decided on the way.
    #[field(
        label = "Decision log",
        de = "Entscheidungen",
        de_help = "Was unterwegs entschieden wurde."
    )]
    pub decisions: Facts<Decision>,
    /// Its steps; the state is their fold.
    #[field(de = "Verlauf", de_help = "Die bisherigen Schritte; aus ihnen ergibt sich der Stand.")]
    pub transitions: Facts<Move<State>>,
}

/// One decision; who and when stand in the fact itself.
#[derive(Clone, Debug, PartialEq, Eq, FactBody)]
pub struct Decision {
    /// What was decided.
    #[field(required, label = "Decision", de = "Entscheidung", de_help = "Was entschieden wurde.")]
    pub what: String,
    /// Why.
    #[field(de = "Begründung", de_help = "Warum.")]
    pub why: Note,
}
