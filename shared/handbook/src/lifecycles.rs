//! State machines: which steps a record may take, and the sentence for each refusal.
//!
//! A state is never stored. A record keeps its **transitions** as facts, and the state is their
//! fold: a fact that another fact was written `after` is history, and where two devices took
//! different steps apart, both are visible until somebody takes the next step after both.
//! A guard binds the command where it is given; a merge is never rejected.

mod again;
pub mod benefit;
pub mod client;
pub mod complaint;
pub mod engagement;
pub mod opportunity;
pub mod risk;
pub mod rollout;
pub mod scheduled_contact;
pub mod swot;
mod transition;

pub use transition::{Move, Transition, states};

use crate::ids::RecordId;
use crate::kind::{Choices, Field};
use crate::op::Op;
use crate::row::Row;
use crate::value::{Fact, Value};
use crate::words::{Language, Sentence, Words};

/// The key of the fact's field that names the state entered. Every transition has it.
pub const TO: &str = "to";
/// The key of the fact's field that names the state left.
pub const FROM: &str = "from";

/// A state machine over one field of facts.
#[derive(Debug)]
pub struct Lifecycle {
    /// The field of facts that it folds.
    pub field: &'static str,
    /// The fields of such a fact.
    pub fact: &'static [Field],
    /// Every state it knows, in the order of a life.
    pub states: &'static Choices,
    /// The state of a record without a transition.
    pub start: &'static str,
    /// The choice that says where a record stood when it was written down, for a kind whose records
    /// may be taken over in the middle of their life; its states are the keys of that choice. The
    /// steps lead on from there, and what it says later counts for nothing.
    pub start_field: Option<&'static str>,
    /// The steps that this version offers.
    pub steps: &'static [Step],
}

/// A step that may be offered.
#[derive(Debug)]
pub struct Step {
    /// The states it leads out of.
    pub from: &'static [&'static str],
    /// The state it leads into.
    pub to: &'static str,
    /// What the button says.
    pub label: Words,
    /// The fields of the fact that must be filled in.
    pub asks: &'static [&'static str],
    /// What must be true of the record first; every sentence is one thing that is missing.
    pub guard: fn(&Row) -> Vec<Sentence>,
}

/// Where a record stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In one state.
    In(String),
    /// Two or more devices took different steps apart; all the states they led to.
    Parted(Vec<String>),
}

impl Standing {
    /// The state, or the last one in the order of the facts where several are visible.
    pub fn shown(&self) -> &str {
        match self {
            Self::In(state) => state,
            Self::Parted(states) => states.last().map_or("", String::as_str),
        }
    }
}

/// A step out of where a record stands, and what stands in its way.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The step.
    pub step: &'static Step,
    /// Why it cannot be taken yet; empty if it can.
    pub missing: Vec<Sentence>,
}

impl Lifecycle {
    /// The fold of the record's transitions.
    pub fn standing(&self, row: &Row) -> Standing {
        let start = self.start_of(row);
        let mut states: Vec<String> = Vec::new();
        for fact in latest(row.get(self.field).facts()) {
            let to = self.fact_text(fact, TO).unwrap_or(start);
            if !states.iter().any(|seen| seen == to) {
                states.push(to.to_owned());
            }
        }
        match states.len() {
            0 => Standing::In(start.to_owned()),
            1 => Standing::In(states.swap_remove(0)),
            _ => Standing::Parted(states),
        }
    }

    /// Where the record stands, in words: the state's label, or all of them where devices acted apart. A state that a newer
    /// version wrote is called by its key.
    pub fn told(&self, row: &Row) -> Sentence {
        let states = match self.standing(row) {
            Standing::In(state) => vec![state],
            Standing::Parted(states) => states,
        };
        let say = |language| {
            let label = |state: &String| {
                self.states
                    .get(state)
                    .map_or(state.as_str(), |known| known.label.get(language))
                    .to_owned()
            };
            states.iter().map(label).collect::<Vec<_>>().join(" / ")
        };
        Sentence::new(say(Language::En), say(Language::De))
    }

    /// Every step out of where the record stands. Where it stands in several states at once, the
    /// steps out of any of them are offered, and so is each of those states, to settle on it.
    pub fn offers(&self, row: &Row) -> Vec<Offer> {
        let standing = self.standing(row);
        let (here, parted): (Vec<&str>, bool) = match &standing {
            Standing::In(state) => (vec![state], false),
            Standing::Parted(states) => (states.iter().map(String::as_str).collect(), true),
        };
        self.steps
            .iter()
            .filter(|step| {
                here.iter().any(|state| step.from.contains(state))
                    || (parted && here.contains(&step.to))
            })
            .map(|step| Offer { step, missing: (step.guard)(row) })
            .collect()
    }

    /// Takes a step: the transition to append, or every reason against it. `details` are the
    /// further fields of the fact (why, the original of a duplicate); `id` is fresh.
    pub fn step(
        &self,
        row: &Row,
        to: &str,
        details: &[(&'static str, Value)],
        id: RecordId,
    ) -> Result<Op, Vec<Sentence>> {
        let Some(offer) = self.offers(row).into_iter().find(|offer| offer.step.to == to) else {
            return Err(vec![self.no_such_step(row, to)]);
        };
        let mut missing = offer.missing;
        for asked in offer.step.asks {
            let given = details.iter().any(|(key, value)| key == asked && !value.is_empty());
            if let Some(field) = self.fact_field(asked).filter(|_| !given) {
                missing.push(Sentence::new(
                    format!("Fill in “{}”.", field.label.en),
                    format!("Bitte „{}“ ausfüllen.", field.label.get(Language::De)),
                ));
            }
        }
        if !missing.is_empty() {
            return Err(missing);
        }
        let standing = self.standing(row);
        let values = self.fact.iter().map(|field| match field.key {
            TO => Value::Choice(to.to_owned()),
            FROM => Value::Choice(standing.shown().to_owned()),
            key => details
                .iter()
                .find(|(given, _)| *given == key)
                .map_or(Value::Empty, |(_, value)| value.clone()),
        });
        let fact = Fact::new(id, values.collect());
        Ok(Op::Append { key: row.key(), field: self.field, fact })
    }

    /// The state that a transition leads to.
    pub fn leads_to<'f>(&self, fact: &'f Fact) -> Option<&'f str> {
        self.fact_text(fact, TO)
    }

    fn start_of<'a>(&self, row: &'a Row) -> &'a str {
        self.start_field.and_then(|field| row.get(field).as_text()).unwrap_or(self.start)
    }

    fn no_such_step(&self, row: &Row, to: &str) -> Sentence {
        let name = |key: &str, language| {
            self.states.get(key).map_or(key.to_owned(), |s| lower(s.label.get(language), language))
        };
        let standing = self.standing(row);
        let (en, de) = (Language::En, Language::De);
        Sentence::new(
            format!(
                "What is {} cannot become {} in one step.",
                name(standing.shown(), en),
                name(to, en)
            ),
            format!(
                "Von „{}“ führt kein Schritt nach „{}“.",
                name(standing.shown(), de),
                name(to, de)
            ),
        )
    }

    fn fact_field(&self, key: &str) -> Option<&'static Field> {
        self.fact.iter().find(|field| field.key == key)
    }

    fn fact_text<'a>(&self, fact: &'a Fact, key: &str) -> Option<&'a str> {
        let index = self.fact.iter().position(|field| field.key == key)?;
        fact.values.get(index)?.as_text()
    }
}

/// A state inside a sentence. German nouns keep their capital, and stand in quotation marks anyway.
fn lower(label: &str, language: Language) -> String {
    match language {
        Language::En => label.to_lowercase(),
        Language::De => label.to_owned(),
    }
}

/// A guard for a step that needs nothing.
pub(crate) fn nothing(_: &Row) -> Vec<Sentence> {
    Vec::new()
}

/// What of the needs is not met: whether it is, and what to say if not.
pub(crate) fn unmet<const N: usize>(needs: [(bool, &str, &str); N]) -> Vec<Sentence> {
    let missing = needs.into_iter().filter(|(met, _, _)| !met);
    missing.map(|(_, en, de)| Sentence::new(en, de)).collect()
}

/// The facts that no other fact was written after: one, unless devices acted apart.
pub fn latest(facts: &[Fact]) -> impl Iterator<Item = &Fact> {
    facts.iter().filter(|fact| !facts.iter().any(|other| other.after.contains(&fact.id)))
}
