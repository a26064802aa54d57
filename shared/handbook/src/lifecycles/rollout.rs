//! The life of a rollout at one client (SM-14).

use crate::lifecycles::{Lifecycle, Move, Step, nothing, unmet};
use crate::records::Rollout;
use crate::row::Row;
use crate::typed::{Choice, FactBody};
use crate::words::{Sentence, Words};

/// From the choice of the client to the decision that the procedures stay.
pub static LIFECYCLE: Lifecycle = Lifecycle {
    field: "transitions",
    fact: Move::<State>::FIELDS,
    states: State::CHOICES,
    start: "candidate",
    start_field: None,
    steps: &[
        Step {
            from: &["candidate"],
            to: "pilot",
            label: Words::new("Begin the pilot", "Pilot beginnen"),
            asks: &[],
            guard: can_be_piloted,
        },
        Step {
            from: &["pilot"],
            to: "evaluated",
            label: Words::new("Evaluate", "Auswerten"),
            asks: &[],
            guard: can_be_evaluated,
        },
        Step {
            from: &["evaluated"],
            to: "adopted",
            label: Words::new("Adopt", "Einführen"),
            asks: &[],
            guard: can_be_adopted,
        },
        Step {
            from: &["candidate", "pilot", "evaluated"],
            to: "stopped",
            label: Words::new("Stop", "Beenden"),
            asks: &["why"],
            guard: nothing,
        },
    ],
};

/// A state of a rollout, in the order of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum State {
    /// The client might take part.
    #[choice(default, de = "Kandidat")]
    Candidate,
    /// The procedures are being tried.
    #[choice(de = "Pilot")]
    Pilot,
    /// What the pilot showed is written down.
    #[choice(de = "Ausgewertet")]
    Evaluated,
    /// The procedures stay.
    #[choice(de = "Eingeführt")]
    Adopted,
    /// They do not.
    #[choice(de = "Beendet")]
    Stopped,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

fn can_be_piloted(row: &Row) -> Vec<Sentence> {
    unmet([(
        !Rollout::KEYS.entry_criteria.raw(row).is_empty(),
        "Write down why this client is fit for the pilot.",
        "Bitte angeben, warum sich dieser Kunde für den Pilot eignet.",
    )])
}

fn can_be_evaluated(row: &Row) -> Vec<Sentence> {
    unmet([(
        !Rollout::KEYS.metrics.raw(row).is_empty(),
        "Write down what was measured.",
        "Bitte angeben, was gemessen wurde.",
    )])
}

/// Adopting asks for evidence that the pilot worked.
fn can_be_adopted(row: &Row) -> Vec<Sentence> {
    unmet([(
        !Rollout::KEYS.evidence.raw(row).is_empty(),
        "Write down the evidence that the pilot worked.",
        "Bitte den Nachweis angeben, dass der Pilot erfolgreich war.",
    )])
}
