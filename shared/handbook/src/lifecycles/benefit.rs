//! The life of an intangible benefit (SM-12): a reference, a testimonial, a logo.

use crate::lifecycles::{Lifecycle, Move, Step, nothing, unmet};
use crate::records::IntangibleBenefit;
use crate::row::Row;
use crate::typed::{Choice, FactBody};
use crate::words::{Sentence, Words};

/// From the idea to its use, and to the end of the client's consent.
///
/// A benefit that was used stays *used*; every further use is a fact of its own.
pub static LIFECYCLE: Lifecycle = Lifecycle {
    field: "transitions",
    fact: Move::<State>::FIELDS,
    states: State::CHOICES,
    start: "idea",
    start_field: None,
    steps: &[
        Step {
            from: &["idea"],
            to: "asked",
            label: Words::new("Asked the client", "Kunden gefragt"),
            asks: &[],
            guard: nothing,
        },
        Step {
            from: &["asked"],
            to: "agreed",
            label: Words::new("The client agrees", "Kunde stimmt zu"),
            asks: &[],
            guard: can_be_agreed,
        },
        Step {
            from: &["asked"],
            to: "refused",
            label: Words::new("The client refuses", "Kunde lehnt ab"),
            asks: &[],
            guard: nothing,
        },
        Step {
            from: &["agreed"],
            to: "usable",
            label: Words::new("Ready to use", "Einsatzbereit"),
            asks: &[],
            guard: nothing,
        },
        Step {
            from: &["usable"],
            to: "used",
            label: Words::new("Used", "Verwendet"),
            asks: &[],
            guard: can_be_used,
        },
        Step {
            from: &["agreed", "usable", "used"],
            to: "expired",
            label: Words::new("The consent has expired", "Einwilligung abgelaufen"),
            asks: &[],
            guard: nothing,
        },
        Step {
            from: &["agreed", "usable", "used"],
            to: "withdrawn",
            label: Words::new("The client withdraws", "Kunde widerruft"),
            asks: &["why"],
            guard: nothing,
        },
    ],
};

/// A state of an intangible benefit, in the order of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum State {
    /// We would like to have it.
    #[choice(default, de = "Idee")]
    Idea,
    /// The client was asked.
    #[choice(de = "Angefragt")]
    Asked,
    /// The client agreed, to a scope that is written down.
    #[choice(de = "Zugesagt")]
    Agreed,
    /// It is made, and may be used within the scope.
    #[choice(de = "Verwendbar")]
    Usable,
    /// It was used.
    #[choice(de = "Verwendet")]
    Used,
    /// The consent has ended.
    #[choice(de = "Abgelaufen")]
    Expired,
    /// The client took the consent back.
    #[choice(de = "Widerrufen")]
    Withdrawn,
    /// The client said no.
    #[choice(de = "Abgelehnt")]
    Refused,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

impl State {
    /// May we show it to others?
    pub fn may_be_used(self) -> bool {
        matches!(self, Self::Usable | Self::Used)
    }
}

/// *Agreed* needs the scope of the consent.
fn can_be_agreed(row: &Row) -> Vec<Sentence> {
    unmet([(
        !IntangibleBenefit::KEYS.consent_scope.raw(row).is_empty(),
        "Write down what the client agreed to.",
        "Bitte angeben, wozu der Kunde eingewilligt hat.",
    )])
}

fn can_be_used(row: &Row) -> Vec<Sentence> {
    unmet([(
        !IntangibleBenefit::KEYS.uses.raw(row).is_empty(),
        "Write down when it was used, and for whom.",
        "Bitte angeben, wann und für wen es verwendet wurde.",
    )])
}
