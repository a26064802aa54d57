//! The life of a SWOT analysis (SM-9).
//!
//! *Stale* is no state: a current analysis is stale once three calendar months have passed.

use chrono::{Months, NaiveDate};

use crate::lifecycles::{Lifecycle, Move, Step, nothing, states, unmet};
use crate::records::Swot;
use crate::row::Row;
use crate::typed::{Choice, FactBody};
use crate::words::{Sentence, Words};

/// From a draft to the one that holds, until the next one takes its place.
pub static LIFECYCLE: Lifecycle = Lifecycle {
    field: "transitions",
    fact: Move::<State>::FIELDS,
    states: State::CHOICES,
    start: "draft",
    start_field: None,
    steps: &[
        Step {
            from: &["draft"],
            to: "current",
            label: Words::new("Make current", "In Kraft setzen"),
            asks: &[],
            guard: can_be_current,
        },
        Step {
            from: &["current"],
            to: "superseded",
            label: Words::new("Supersede", "Ablösen"),
            asks: &[],
            guard: nothing,
        },
    ],
};

/// A state of a SWOT analysis, in the order of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum State {
    /// Being written.
    #[choice(default, de = "Entwurf")]
    Draft,
    /// The one that holds.
    #[choice(de = "Aktuell")]
    Current,
    /// A newer one holds.
    #[choice(de = "Abgelöst")]
    Superseded,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// Calendar months for which an analysis holds.
const HOLDS: Months = Months::new(3);

/// When the next analysis is due: three calendar months after the day of this one. `None` for one
/// without a day.
pub fn next_due(swot: &Swot) -> Option<NaiveDate> {
    swot.on?.checked_add_months(HOLDS)
}

/// Is it the current one, and older than three calendar months? On the day itself it is not yet.
pub fn is_stale(swot: &Swot, today: NaiveDate) -> bool {
    let is_current = states(&swot.transitions, State::Draft).contains(&State::Current);
    is_current && next_due(swot).is_some_and(|due| today > due)
}

fn can_be_current(row: &Row) -> Vec<Sentence> {
    let keys = &Swot::KEYS;
    unmet([
        (
            !keys.on.raw(row).is_empty(),
            "Say of which day this analysis is; it holds for three months from then.",
            "Bitte den Tag der Analyse angeben; sie gilt ab dann drei Monate.",
        ),
        (
            !keys.authors.raw(row).is_empty(),
            "Say who made this analysis.",
            "Bitte angeben, wer diese Analyse erstellt hat.",
        ),
    ])
}
