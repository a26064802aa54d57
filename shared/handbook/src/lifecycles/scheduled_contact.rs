//! The life of a scheduled contact: planned, moved, held or missed.

use chrono::NaiveDate;

use crate::ids::RecordId;
use crate::lifecycles::{self, Lifecycle, Step, nothing, unmet};
use crate::records::ScheduledContact;
use crate::row::Row;
use crate::typed::{Choice, FactBody, Note};
use crate::words::{Sentence, Words};

/// From the plan to the day it is held. Whether it *was* missed somebody says; that its day has
/// passed attention says.
pub static LIFECYCLE: Lifecycle = Lifecycle {
    field: "transitions",
    fact: Scheduling::FIELDS,
    states: State::CHOICES,
    start: "planned",
    start_field: None,
    steps: &[
        Step {
            from: &["planned", "postponed", "missed"],
            to: "held",
            label: Words::new("Held", "Durchgeführt"),
            asks: &[],
            guard: can_be_held,
        },
        Step {
            from: &["planned", "postponed", "missed"],
            to: "postponed",
            label: Words::new("Postpone", "Verschieben"),
            asks: &["new_date", "why"],
            guard: nothing,
        },
        Step {
            from: &["planned", "postponed"],
            to: "missed",
            label: Words::new("Missed", "Versäumt"),
            asks: &[],
            guard: nothing,
        },
        Step {
            from: &["planned", "postponed", "missed"],
            to: "cancelled",
            label: Words::new("Cancel", "Absagen"),
            asks: &["why"],
            guard: nothing,
        },
    ],
};

/// One step of a scheduled contact. Those that postponed it are the history of its dates.
#[derive(Clone, Debug, PartialEq, Eq, FactBody)]
pub struct Scheduling {
    /// The state left.
    #[field(de = "Von", de_help = "Der verlassene Stand.")]
    pub from: State,
    /// The state entered.
    #[field(required, de = "Nach", de_help = "Der erreichte Stand.")]
    pub to: State,
    /// The reason.
    #[field(de = "Begründung", de_help = "Der Grund.")]
    pub why: Note,
    /// The day it is moved to.
    #[field(de = "Neuer Termin", de_help = "Der Tag, auf den der Termin verlegt wird.")]
    pub new_date: Option<NaiveDate>,
}

impl lifecycles::Transition for Scheduling {
    type State = State;

    fn to(&self) -> State {
        self.to
    }
}

/// A state of a scheduled contact, in the order of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum State {
    /// In the schedule.
    #[choice(default, de = "Geplant")]
    Planned,
    /// Moved to another day.
    #[choice(de = "Verschoben")]
    Postponed,
    /// It took place.
    #[choice(de = "Durchgeführt")]
    Held,
    /// Its day passed without it.
    #[choice(de = "Versäumt")]
    Missed,
    /// It will not take place.
    #[choice(de = "Abgesagt")]
    Cancelled,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

impl State {
    /// Is it still to come?
    pub fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::Postponed)
    }
}

/// The day it is planned for now: the one it was moved to last, else the first one. Where two
/// devices moved it apart, the earlier of both: better prepared than late.
pub fn date(contact: &ScheduledContact) -> Option<NaiveDate> {
    let steps = &contact.transitions.0;
    let moved = steps.iter().filter(|step| step.body.new_date.is_some());
    // A postponement counts while no later one knows of it, however many steps lie between.
    let is_replaced = |id: RecordId| {
        let mut seen = vec![id];
        let mut next = 0;
        while let Some(known) = seen.get(next).copied() {
            next += 1;
            for later in steps.iter().filter(|step| step.after.contains(&known)) {
                if later.body.new_date.is_some() {
                    return true;
                }
                if !seen.contains(&later.id) {
                    seen.push(later.id);
                }
            }
        }
        false
    };
    let now = moved.filter(|step| !is_replaced(step.id)).filter_map(|step| step.body.new_date);
    now.min().or(contact.target_date)
}

fn can_be_held(row: &Row) -> Vec<Sentence> {
    unmet([(
        !ScheduledContact::KEYS.held_in.raw(row).is_empty(),
        "Link the contact in which it was held.",
        "Bitte den Kontakt verknüpfen, in dem der Termin stattfand.",
    )])
}
