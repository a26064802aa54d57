//! The life of a complaint (SM-2, ISO 10002).

use crate::kind::Field;
use crate::lifecycles::{self, Lifecycle, Step, nothing, unmet};
use crate::records::Complaint;
use crate::row::Row;
use crate::typed::{Choice, FactBody, Id, Note};
use crate::words::{Sentence, Words};

/// Every state of the procedure is known, so that a document which a later version moved on still
/// reads well here; the steps offered by this version lead as far as *recorded*.
pub static LIFECYCLE: Lifecycle = Lifecycle {
    field: "transitions",
    fact: FIELDS,
    states: State::CHOICES,
    start: "captured",
    start_field: None,
    steps: &[
        Step {
            from: &["captured"],
            to: "recorded",
            label: Words::new("Record", "Erfassen"),
            asks: &[],
            guard: can_be_recorded,
        },
        Step {
            from: &["captured", "recorded"],
            to: "withdrawn",
            label: Words::new("Withdraw", "Zurückziehen"),
            asks: &["why"],
            guard: nothing,
        },
        Step {
            from: &["captured", "recorded"],
            to: "duplicate",
            label: Words::new("Mark as duplicate", "Als Dublette kennzeichnen"),
            asks: &["original"],
            guard: nothing,
        },
    ],
};

const FIELDS: &[Field] = Transition::FIELDS;

/// One step of a complaint. Who and when stand in the fact itself.
#[derive(Clone, Debug, PartialEq, Eq, FactBody)]
pub struct Transition {
    /// The state left.
    #[field(de = "Von", de_help = "Der verlassene Stand.")]
    pub from: State,
    /// The state entered.
    #[field(required, de = "Nach", de_help = "Der erreichte Stand.")]
    pub to: State,
    /// The reason.
    #[field(de = "Begründung", de_help = "Der Grund.")]
    pub why: Note,
    /// The complaint of which this one is a duplicate.
    #[field(
        de = "Ursprüngliche Beschwerde",
        de_help = "Die Beschwerde, von der diese eine Dublette ist."
    )]
    pub original: Option<Id<Complaint>>,
}

/// A state of a complaint, in the order of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum State {
    /// Written down, perhaps offline, perhaps not yet whole.
    #[choice(default, de = "Aufgenommen")]
    Captured,
    /// Registered; the clocks run.
    #[choice(de = "Erfasst")]
    Recorded,
    /// The client knows that we have it.
    #[choice(de = "Bestätigt")]
    Acknowledged,
    /// Severity, complexity and impact are judged.
    #[choice(de = "Bewertet")]
    Assessed,
    /// Being looked into.
    #[choice(de = "In Untersuchung")]
    Investigating,
    /// A decision lies before those who must agree.
    #[choice(de = "Entscheidung vorgeschlagen")]
    DecisionProposed,
    /// The client has our answer.
    #[choice(de = "Beantwortet")]
    Responded,
    /// The client accepts it.
    #[choice(de = "Akzeptiert")]
    Accepted,
    /// What was promised is being done.
    #[choice(de = "In Umsetzung")]
    Implementing,
    /// Done, and the client has confirmed it or could not be reached.
    #[choice(de = "Geschlossen")]
    Closed,
    /// Taken a level higher.
    #[choice(de = "Eskaliert")]
    Escalated,
    /// Ended without agreement; the client knows where else to turn.
    #[choice(label = "Closed unresolved", de = "Ungelöst geschlossen")]
    ClosedUnresolved,
    /// Taken up again.
    #[choice(de = "Wiedereröffnet")]
    Reopened,
    /// The client took it back.
    #[choice(de = "Zurückgezogen")]
    Withdrawn,
    /// The same as another one.
    #[choice(de = "Dublette")]
    Duplicate,
    /// A demand or a question, and handled as such.
    #[choice(label = "Not a complaint", de = "Keine Beschwerde")]
    NotAComplaint,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

impl State {
    /// Does somebody still owe the client something?
    pub fn is_open(self) -> bool {
        !matches!(
            self,
            Self::Closed
                | Self::ClosedUnresolved
                | Self::Withdrawn
                | Self::Duplicate
                | Self::NotAComplaint
        )
    }
}

impl lifecycles::Transition for Transition {
    type State = State;

    fn to(&self) -> State {
        self.to
    }
}

/// The state of a complaint, or the states that devices led it to apart.
pub fn states(complaint: &Complaint) -> Vec<State> {
    lifecycles::states(&complaint.transitions, State::Captured)
}

/// How often it was taken up again.
pub fn reopened(complaint: &Complaint) -> usize {
    complaint.transitions.0.iter().filter(|step| step.body.to == State::Reopened).count()
}

/// *Recorded* needs a complainant, a channel, a description, and a remedy or "none stated".
fn can_be_recorded(row: &Row) -> Vec<Sentence> {
    let keys = &Complaint::KEYS;
    unmet([
        (
            !keys.complainant.raw(row).is_empty(),
            "Say who complains.",
            "Bitte angeben, wer sich beschwert.",
        ),
        (
            !keys.channel.raw(row).is_empty(),
            "Say how the complaint reached you.",
            "Bitte den Eingangsweg angeben.",
        ),
        (
            !keys.description.raw(row).is_empty(),
            "Write down what happened, in the client's words.",
            "Bitte mit den Worten des Kunden beschreiben, was geschehen ist.",
        ),
        (
            !keys.remedy.raw(row).is_empty() || keys.remedy_none.get(row) == Ok(true),
            "Ask the client what would put it right, or note that no remedy was stated.",
            "Bitte die gewünschte Abhilfe erfragen oder vermerken, dass keine genannt wurde.",
        ),
    ])
}
