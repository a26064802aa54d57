//! The life of a risk (SM-10), and how high it is.

use crate::lifecycles::{Lifecycle, Move, Step, nothing, unmet};
use crate::records::Risk;
use crate::row::Row;
use crate::typed::{Choice, FactBody, Scale};
use crate::words::{Sentence, Words};

/// From the first thought of it until it has passed.
pub static LIFECYCLE: Lifecycle = Lifecycle {
    field: "transitions",
    fact: Move::<State>::FIELDS,
    states: State::CHOICES,
    start: "identified",
    start_field: None,
    steps: &[
        Step {
            from: &["identified"],
            to: "assessed",
            label: Words::new("Assess", "Bewerten"),
            asks: &[],
            guard: can_be_assessed,
        },
        Step {
            from: &["assessed"],
            to: "response_planned",
            label: Words::new("Plan the response", "Reaktion planen"),
            asks: &[],
            guard: can_be_planned,
        },
        Step {
            from: &["response_planned"],
            to: "mitigating",
            label: Words::new("Begin to mitigate", "Minderung beginnen"),
            asks: &[],
            guard: nothing,
        },
        Step {
            from: &["response_planned", "mitigating"],
            to: "triggered",
            label: Words::new("It has happened", "Eingetreten"),
            asks: &[],
            guard: can_be_triggered,
        },
        Step {
            from: &["identified", "assessed", "response_planned", "mitigating", "triggered"],
            to: "closed",
            label: Words::new("Close", "Schließen"),
            asks: &["why"],
            guard: nothing,
        },
    ],
};

/// A state of a risk, in the order of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum State {
    /// Somebody saw it.
    #[choice(default, de = "Erkannt")]
    Identified,
    /// How likely it is and what it would do are judged.
    #[choice(de = "Bewertet")]
    Assessed,
    /// We know what to do about it, and who does it.
    #[choice(de = "Reaktion geplant")]
    ResponsePlanned,
    /// We are doing it.
    #[choice(de = "In Minderung")]
    Mitigating,
    /// It happened; the contingency measure runs.
    #[choice(de = "Eingetreten")]
    Triggered,
    /// It has passed.
    #[choice(de = "Geschlossen")]
    Closed,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// How high a risk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Probability times impact is 5 at most.
    Low,
    /// From 6 to 12.
    Medium,
    /// 15 and more.
    High,
}

impl Level {
    /// How many days may pass between two reviews.
    pub fn review_days(self) -> i64 {
        match self {
            Self::High => 30,
            Self::Medium => 60,
            Self::Low => 90,
        }
    }
}

/// Probability times impact, 1 to 25; `None` until both are judged.
pub fn exposure(probability: Option<Scale<1, 5>>, impact: Option<Scale<1, 5>>) -> Option<i64> {
    Some(probability?.get() * impact?.get())
}

/// The level of a risk; `None` until it is judged.
pub fn level(probability: Option<Scale<1, 5>>, impact: Option<Scale<1, 5>>) -> Option<Level> {
    exposure(probability, impact).map(|exposure| match exposure {
        15.. => Level::High,
        6.. => Level::Medium,
        _ => Level::Low,
    })
}

fn can_be_assessed(row: &Row) -> Vec<Sentence> {
    let keys = &Risk::KEYS;
    unmet([
        (
            !keys.probability.raw(row).is_empty(),
            "Say how probable it is.",
            "Bitte die Eintrittswahrscheinlichkeit angeben.",
        ),
        (
            !keys.impact.raw(row).is_empty(),
            "Say how grave it would be.",
            "Bitte die Auswirkung angeben.",
        ),
    ])
}

/// A high risk needs a contingency measure before its response counts as planned.
fn can_be_planned(row: &Row) -> Vec<Sentence> {
    let keys = &Risk::KEYS;
    let level = level(
        keys.probability.get(row).unwrap_or_default(),
        keys.impact.get(row).unwrap_or_default(),
    );
    unmet([
        (
            !keys.response.raw(row).is_empty(),
            "Choose a response: avoid, reduce, transfer or accept.",
            "Bitte eine Reaktion wählen: vermeiden, mindern, übertragen oder hinnehmen.",
        ),
        (
            !keys.owner.raw(row).is_empty(),
            "Say who watches over this risk.",
            "Bitte angeben, wer dieses Risiko verantwortet.",
        ),
        (
            level != Some(Level::High) || !keys.contingency.raw(row).is_empty(),
            "A high risk needs a contingency measure: what will you do if it happens?",
            "Ein hohes Risiko braucht eine Notfallmaßnahme: Was geschieht, wenn es eintritt?",
        ),
    ])
}

fn can_be_triggered(row: &Row) -> Vec<Sentence> {
    unmet([(
        !Risk::KEYS.contingency.raw(row).is_empty(),
        "Write down the contingency measure that runs now.",
        "Bitte die Notfallmaßnahme angeben, die jetzt läuft.",
    )])
}
