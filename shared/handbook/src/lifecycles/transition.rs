//! The facts that state machines fold, typed.

use crate::ids::RecordId;
use crate::kind::Field;
use crate::lifecycles::{FROM, TO};
use crate::typed::{Choice, FactBody, Facts, FieldValue, Note, Unreadable, read_at};
use crate::value::Value;
use crate::words::Words;

/// The body of a fact that says which state was entered.
pub trait Transition: FactBody {
    /// The states of its machine.
    type State: Choice;
    /// The state entered.
    fn to(&self) -> Self::State;
}

/// The state of a record without a step is `start`; else the states that the steps led to that no
/// other step was taken after: one, unless devices acted apart.
pub fn states<T: Transition>(steps: &Facts<T>, start: T::State) -> Vec<T::State> {
    let steps = &steps.0;
    let is_last = |id: &RecordId| !steps.iter().any(|other| other.after.contains(id));
    let mut states = Vec::new();
    for step in steps.iter().filter(|step| is_last(&step.id)) {
        let to = step.body.to();
        if !states.contains(&to) {
            states.push(to);
        }
    }
    if states.is_empty() {
        states.push(start);
    }
    states
}

/// A plain step: from where, to where, and why. Who and when stand in the fact itself. A machine
/// whose steps say more has a body of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move<S> {
    /// The state left.
    pub from: S,
    /// The state entered.
    pub to: S,
    /// The reason.
    pub why: Note,
}

impl<S: Choice + FieldValue> Transition for Move<S> {
    type State = S;

    fn to(&self) -> S {
        self.to
    }
}

// Written out, because a derive cannot name the fields of a type that is not known yet.
impl<S: Choice + FieldValue> FactBody for Move<S> {
    const FIELDS: &'static [Field] = &[
        Field {
            help: Words::new("The state left.", "Der verlassene Stand."),
            ..Field::new(FROM, Words::new("From", "Von"), S::TYPE, S::CLASS)
        },
        Field {
            help: Words::new("The state entered.", "Der erreichte Stand."),
            required: true,
            ..Field::new(TO, Words::new("To", "Nach"), S::TYPE, S::CLASS)
        },
        Field {
            help: Words::new("The reason.", "Der Grund."),
            ..Field::new("why", Words::new("Why", "Begründung"), Note::TYPE, Note::CLASS)
        },
    ];

    fn from_values(values: &[Value]) -> Result<Self, Unreadable> {
        Ok(Self {
            from: read_at(values, 0, FROM)?,
            to: read_at(values, 1, TO)?,
            why: read_at(values, 2, "why")?,
        })
    }

    fn into_values(self) -> Vec<Value> {
        vec![self.from.into_value(), self.to.into_value(), self.why.into_value()]
    }
}
