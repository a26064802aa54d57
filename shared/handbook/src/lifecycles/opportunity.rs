//! The life of an opportunity (SM-11).

use crate::lifecycles::{Lifecycle, Move, Step, nothing, unmet};
use crate::records::Opportunity;
use crate::row::Row;
use crate::typed::{Choice, FactBody};
use crate::words::{Sentence, Words};

/// From the first sight of it to the client's word.
pub static LIFECYCLE: Lifecycle = Lifecycle {
    field: "transitions",
    fact: Move::<State>::FIELDS,
    states: State::CHOICES,
    start: "spotted",
    start_field: None,
    steps: &[
        Step {
            from: &["spotted"],
            to: "qualified",
            label: Words::new("Qualify", "Qualifizieren"),
            asks: &[],
            guard: nothing,
        },
        Step {
            from: &["qualified"],
            to: "decided_to_propose",
            label: Words::new("Decide to propose", "Angebot beschließen"),
            asks: &[],
            guard: can_be_decided,
        },
        Step {
            from: &["decided_to_propose"],
            to: "proposed",
            label: Words::new("Propose", "Anbieten"),
            asks: &[],
            guard: nothing,
        },
        Step {
            from: &["proposed"],
            to: "won",
            label: Words::new("Won", "Gewonnen"),
            asks: &[],
            guard: nothing,
        },
        Step {
            from: &["proposed"],
            to: "lost",
            label: Words::new("Lost", "Verloren"),
            asks: &[],
            guard: can_be_lost,
        },
        Step {
            from: &["spotted", "qualified", "decided_to_propose", "proposed"],
            to: "dropped",
            label: Words::new("Drop", "Fallen lassen"),
            asks: &["why"],
            guard: nothing,
        },
    ],
};

/// A state of an opportunity, in the order of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum State {
    /// Somebody saw it.
    #[choice(default, de = "Erkannt")]
    Spotted,
    /// There is a need, money and somebody who decides.
    #[choice(de = "Qualifiziert")]
    Qualified,
    /// We will make an offer; the plan begins.
    #[choice(de = "Angebot beschlossen")]
    DecidedToPropose,
    /// The client has our offer.
    #[choice(de = "Angeboten")]
    Proposed,
    /// The client said yes.
    #[choice(de = "Gewonnen")]
    Won,
    /// The client said no.
    #[choice(de = "Verloren")]
    Lost,
    /// We let it go.
    #[choice(de = "Fallen gelassen")]
    Dropped,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

impl State {
    /// May it still be won?
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Won | Self::Lost | Self::Dropped)
    }
}

/// The decision has a day: from it the draft of the plan is due.
fn can_be_decided(row: &Row) -> Vec<Sentence> {
    unmet([(
        !Opportunity::KEYS.decided_on.raw(row).is_empty(),
        "Say on which day it was decided to propose.",
        "Bitte angeben, wann das Angebot beschlossen wurde.",
    )])
}

/// *Lost* needs a reason, and whether it was in our hands.
fn can_be_lost(row: &Row) -> Vec<Sentence> {
    let keys = &Opportunity::KEYS;
    unmet([
        (
            !keys.loss_reason.raw(row).is_empty(),
            "Write down why it was lost.",
            "Bitte angeben, warum die Chance verloren ging.",
        ),
        (
            !keys.controllable.raw(row).is_empty(),
            "Say whether the loss was in our hands.",
            "Bitte angeben, ob der Verlust in unserer Hand lag.",
        ),
    ])
}
