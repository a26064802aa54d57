//! The life of an engagement (SM-15); the phases of its relations plan follow it.

use crate::lifecycles::{self, Lifecycle, Move, Step, nothing, unmet};
use crate::records::{Accepted, Engagement, Stage};
use crate::row::Row;
use crate::typed::{Choice, FactBody};
use crate::words::{Sentence, Words};

/// From before the contract to the end. An engagement may be taken over in the middle: the field
/// `stage` says where it stood when it was written down, and the steps lead on from there.
pub static LIFECYCLE: Lifecycle = Lifecycle {
    field: "transitions",
    fact: Move::<Stage>::FIELDS,
    states: Stage::CHOICES,
    start: "pre_contract",
    start_field: Some("stage"),
    steps: &[
        Step {
            from: &["pre_contract"],
            to: "post_contract",
            label: Words::new("Contract signed", "Vertrag geschlossen"),
            asks: &[],
            guard: nothing,
        },
        Step {
            from: &["post_contract"],
            to: "implementation",
            label: Words::new("Begin the work", "Umsetzung beginnen"),
            asks: &[],
            guard: plan_is_accepted,
        },
        Step {
            from: &["implementation"],
            to: "close_out",
            label: Words::new("Begin the close-out", "Abschluss beginnen"),
            asks: &[],
            guard: nothing,
        },
        Step {
            from: &["close_out"],
            to: "life_cycle",
            label: Words::new("Go on to care", "In die Betreuung übergeben"),
            asks: &[],
            guard: work_is_accepted,
        },
        Step {
            from: &["close_out", "life_cycle"],
            to: "ended",
            label: Words::new("End", "Beenden"),
            asks: &[],
            guard: work_is_accepted,
        },
        Step {
            from: &["pre_contract", "post_contract", "implementation"],
            to: "ended",
            label: Words::new("End early", "Vorzeitig beenden"),
            asks: &["why"],
            guard: nothing,
        },
    ],
};

/// The stage of an engagement, or the stages that devices led it to apart.
pub fn stages(engagement: &Engagement) -> Vec<Stage> {
    lifecycles::states(&engagement.transitions, engagement.stage)
}

/// At the start the client accepts the plan (S0.4).
fn plan_is_accepted(row: &Row) -> Vec<Sentence> {
    unmet([(
        is_accepted(row, Accepted::Plan),
        "Record that the client accepts the plan: who, when, and where it can be read.",
        "Bitte festhalten, dass der Kunde den Plan angenommen hat: wer, wann und wo es steht.",
    )])
}

/// At the end the client accepts the work (S0.4).
fn work_is_accepted(row: &Row) -> Vec<Sentence> {
    unmet([(
        is_accepted(row, Accepted::Work),
        "Record that the client accepts the work: who, when, and where it can be read.",
        "Bitte festhalten, dass der Kunde die Arbeit abgenommen hat: wer, wann und wo es steht.",
    )])
}

/// An acceptance counts once it says who and when.
fn is_accepted(row: &Row, wanted: Accepted) -> bool {
    let acceptances = Engagement::KEYS.acceptances.get(row).unwrap_or_default();
    acceptances.0.iter().any(|entry| {
        let said = &entry.body;
        said.of == Some(wanted) && said.contact.is_some() && said.on.is_some()
    })
}
