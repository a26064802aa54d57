//! The timeline of a client: everything dated in its document as one line of happenings (S1.3), and the filters over it.
//!
//! A kind that `dated` does not name is told at its first date that is not ahead by its nature, else when it was written down; the steps of
//! every kind with a life are told too. So a new kind stands in the timeline without a line here.

mod dated;

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::ids::{MemberId, RecordId};
use crate::kind::Field;
use crate::lifecycles::{TO, scheduled_contact};
use crate::records::{Engagement, Function, ScheduledContact, Touchpoint};
use crate::row::Row;
use crate::typed::Record;
use crate::value::{Fact, Value};
use crate::words::Words;
use dated::{STRUCTURE, main_date, turns};

/// Something that happened, or is going to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happening {
    /// The day.
    pub on: NaiveDate,
    /// Milliseconds since 1970 where the time of day is known, for the order within the day.
    ms: i64,
    /// The place of its record among the rows.
    pub row: usize,
    /// What of the record it is.
    pub what: What,
    /// Which of our functions had to do with it.
    pub function: Option<Function>,
    /// Who took the step, where it is one.
    by: Option<MemberId>,
}

/// What of a record a happening is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The record itself.
    Itself,
    /// A turn in its life that a date of it tells.
    Turn(Words),
    /// A step of its life, into the state of that name; `None` for a state that a newer version wrote.
    Step(RecordId, Option<Words>),
    /// The client accepted something.
    Accepted(RecordId),
}

/// Everything dated in a document, the latest first. `rows` are its living rows.
pub fn happenings(rows: &[Row]) -> Vec<Happening> {
    let functions = functions(rows);
    let mut found = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        if row.gone || row.kind.singleton || STRUCTURE.contains(&row.kind.key) {
            continue;
        }
        let function = function_of(row, &functions);
        let mut tell = |at: At, what, by| {
            found.push(Happening { on: at.on, ms: at.ms, row: place, what, function, by });
        };
        if let Some(at) = main(row) {
            tell(at, What::Itself, None);
        }
        for (value, words) in turns(row) {
            if let Some(at) = At::of(value) {
                tell(at, What::Turn(words), None);
            }
        }
        for (fact, to) in steps(row) {
            if let Some(at) = At::of(&Value::Moment(fact.at)) {
                tell(at, What::Step(fact.id, to), Some(fact.by));
            }
        }
        for (fact, on) in acceptances(row) {
            tell(At::day(on), What::Accepted(fact), None);
        }
    }
    found.sort_by_key(|one| (Reverse(one.on), Reverse(one.ms), one.row));
    found
}

/// Which happenings are wanted; `None` lets everything through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of one function.
    pub function: Option<Function>,
    /// Of one kind, by its key.
    pub kind: Option<&'static str>,
    /// With one person in it, of theirs or of ours.
    pub person: Option<RecordId>,
}

impl Wanted {
    /// Whether a happening is among them; `row` is its record.
    pub fn holds(&self, happening: &Happening, row: &Row) -> bool {
        self.kind.is_none_or(|kind| row.kind.key == kind)
            && (self.function.is_none() || self.function == happening.function)
            && self
                .person
                .is_none_or(|person| happening.by == Some(person.bytes()) || names(row, person))
    }
}

/// Whether a row is about a person: it is theirs, it names them in a field, or they wrote it down.
fn names(row: &Row, person: RecordId) -> bool {
    let link = Value::Link(person);
    row.id == person
        || row.created.by == person.bytes()
        || row.values.iter().any(|value| *value == link || value.members().contains(&link))
}

/// When something was.
#[derive(Clone, Copy)]
struct At {
    on: NaiveDate,
    ms: i64,
}

impl At {
    fn of(value: &Value) -> Option<Self> {
        let on = value.as_date()?;
        Some(match value {
            Value::Moment(moment) => Self { on, ms: moment.ms },
            _ => Self::day(on),
        })
    }

    /// A day without a time stands under what has one.
    const fn day(on: NaiveDate) -> Self {
        Self { on, ms: i64::MIN }
    }
}

/// When the record itself is told; `None` where only its turns are.
fn main(row: &Row) -> Option<At> {
    if row.kind == ScheduledContact::KIND {
        // Once held, its touchpoint tells it.
        let read = ScheduledContact::from_row(row).ok()?;
        return read
            .held_in
            .is_none()
            .then(|| scheduled_contact::date(&read))
            .flatten()
            .map(At::day);
    }
    let date = main_date(row.kind)?;
    date.and_then(|field| At::of(row.get(field.key)))
        .or_else(|| At::of(&Value::Moment(row.created.at)))
}

/// The steps of a record's life, each with the words for the state entered.
fn steps(row: &Row) -> impl Iterator<Item = (&Fact, Option<Words>)> {
    let life = row.kind.lifecycle;
    life.into_iter().flat_map(move |life| {
        let to = life.fact.iter().position(|field: &Field| field.key == TO);
        row.get(life.field).facts().iter().map(move |fact| {
            let key = to.and_then(|to| fact.values.get(to)?.as_text());
            (fact, key.and_then(|key| life.states.get(key)).map(|state| state.label))
        })
    })
}

/// What the client accepted of an engagement, and when.
fn acceptances(row: &Row) -> Vec<(RecordId, NaiveDate)> {
    if row.kind != Engagement::KIND {
        return Vec::new();
    }
    let said = Engagement::KEYS.acceptances.get(row).unwrap_or_default().0;
    said.iter().filter_map(|entry| Some((entry.id, entry.body.on?))).collect()
}

/// The function of every touchpoint.
fn functions(rows: &[Row]) -> HashMap<RecordId, Function> {
    let touchpoints = rows.iter().filter(|row| row.kind == Touchpoint::KIND);
    touchpoints
        .filter_map(|row| Some((row.id, Touchpoint::KEYS.function.get(row).ok().flatten()?)))
        .collect()
}

/// A touchpoint's own function; of another record that of the touchpoint it came from.
fn function_of(row: &Row, functions: &HashMap<RecordId, Function>) -> Option<Function> {
    let from = if row.kind == Touchpoint::KIND {
        row.id
    } else {
        let from = row.kind.index("touchpoint").or_else(|| row.kind.index("held_in"))?;
        row.at(from).as_link()?
    };
    functions.get(&from).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::{day, id, step};
    use crate::records::{
        Acceptance, Client, Comment, Complaint, Contact, Demand, MajorDeliverable, Promise,
        SlaResult, Stage, Swot,
    };
    use crate::typed::{Entry, Facts, Id};
    use crate::value::Moment;

    fn row<R: Record>(number: u8, record: R) -> Row {
        let mut row = Row::empty(R::KIND, id(number));
        row.created.at = moment("2026-11-01T08:00:00.000+00:00");
        for (field, value) in record.into_values() {
            row.values[R::KIND.index(field).unwrap()] = value;
        }
        row
    }

    fn moment(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    /// "2026-11-01 promise Promise kept"
    fn told(rows: &[Row], wanted: Wanted) -> Vec<String> {
        let found = happenings(rows);
        let found = found.iter().filter(|one| wanted.holds(one, &rows[one.row]));
        found
            .map(|one| {
                let what = match one.what {
                    What::Itself => String::new(),
                    What::Turn(words) => format!(" {}", words.en),
                    What::Step(_, state) => format!(" → {}", state.map_or("?", |it| it.en)),
                    What::Accepted(_) => " accepted".to_owned(),
                };
                format!("{} {}{what}", one.on, rows[one.row].kind.key)
            })
            .collect()
    }

    fn touchpoint(number: u8, at: &str, function: Function) -> Row {
        let record = Touchpoint {
            at: Some(moment(at)),
            function: Some(function),
            contacts: [Id::new(id(50))].into(),
            ..Touchpoint::default()
        };
        row(number, record)
    }

    /// Covers: S1.3, S1.4, S1.8
    #[test]
    fn the_union_of_everything_dated() {
        let acceptance = Acceptance {
            what: "The plan".into(),
            contact: None,
            on: Some(day("2026-03-02")),
            evidence: "".into(),
            of: None,
        };
        let acceptances = Facts(vec![Entry {
            id: id(60),
            by: [0; 16],
            at: moment("2026-03-03T08:00:00.000+00:00"),
            after: Vec::new(),
            body: acceptance,
        }]);
        let engagement = Engagement {
            start: Some(day("2026-03-01")),
            planned_end: Some(day("2027-03-01")),
            acceptances,
            transitions: step(Stage::PreContract, Stage::PostContract, "2026-02-20"),
            ..Engagement::default()
        };
        let received = Some(moment("2026-10-28T23:30:00.000+01:00"));
        let done = MajorDeliverable {
            due: Some(day("2026-09-01")),
            done_on: Some(day("2026-09-04")),
            ..MajorDeliverable::default()
        };
        let planned = |held: Option<u8>| ScheduledContact {
            target_date: Some(day("2026-12-01")),
            held_in: held.map(|held| Id::new(id(held))),
            ..ScheduledContact::default()
        };
        let rows = [
            row(1, Client { name: "Merrow".into(), ..Client::default() }),
            row(2, Contact { left_on: Some(day("2026-06-30")), ..Contact::default() }),
            touchpoint(3, "2026-11-10T09:00:00.000+01:00", Function::Sales),
            touchpoint(4, "2026-11-10T14:00:00.000+01:00", Function::Finance),
            row(
                5,
                Promise {
                    made_on: Some(day("2026-11-10")),
                    kept_on: Some(day("2026-11-11")),
                    due: Some(day("2026-11-12")),
                    ..Promise::default()
                },
            ),
            row(6, Complaint { received, ..Complaint::default() }),
            row(7, engagement),
            row(8, done),
            row(9, planned(None)),
            row(10, planned(Some(3))),
            row(11, SlaResult { ends: Some(day("2026-10-31")), ..SlaResult::default() }),
            row(12, Swot { on: Some(day("2026-08-15")), ..Swot::default() }),
            row(13, Comment::default()),
            row(14, Demand::default()),
            Row { gone: true, ..touchpoint(15, "2026-11-10T09:00:00.000+01:00", Function::Sales) },
        ];
        let expected = [
            "2027-03-01 engagement Engagement is to end",
            "2026-12-01 scheduled_contact",
            "2026-11-11 promise Promise kept",
            "2026-11-10 touchpoint",
            "2026-11-10 touchpoint",
            "2026-11-10 promise",
            "2026-11-01 comment",
            "2026-11-01 demand",
            "2026-10-31 sla_result",
            "2026-10-28 complaint",
            "2026-09-04 major_deliverable Deliverable handed over",
            "2026-08-15 swot",
            "2026-06-30 contact Left the client",
            "2026-03-02 engagement accepted",
            "2026-03-01 engagement Engagement began",
            "2026-02-20 engagement → Post-contract",
        ];
        assert_eq!(told(&rows, Wanted::default()), expected);
        // Of two on one day the later one stands first.
        let first =
            happenings(&rows).iter().find(|one| one.on == day("2026-11-10")).map(|it| it.row);
        assert_eq!(first, Some(3));
    }

    /// Covers: S1.4, S1.5, S1.6, S1.7, S1.8
    #[test]
    fn by_function_kind_and_person() {
        let rows = [
            touchpoint(3, "2026-11-10T09:00:00.000+01:00", Function::Finance),
            row(
                5,
                Promise {
                    made_on: Some(day("2026-11-09")),
                    touchpoint: Some(Id::new(id(3))),
                    by: Some(Id::new(id(70))),
                    ..Promise::default()
                },
            ),
            row(6, Demand { raised_on: Some(day("2026-11-08")), ..Demand::default() }),
            row(50, Contact { since: Some(day("2026-11-07")), ..Contact::default() }),
        ];
        let check = |wanted: Wanted, expected: &[&str]| {
            let kinds: Vec<String> = told(&rows, wanted)
                .iter()
                .map(|line| line.split(' ').nth(1).unwrap_or_default().to_owned())
                .collect();
            assert_eq!(kinds, expected, "{wanted:?}");
        };
        let all = Wanted::default();
        let finance = Wanted { function: Some(Function::Finance), ..all };
        check(finance, &["touchpoint", "promise"]); // what came of a talk counts with it
        check(Wanted { function: Some(Function::Sales), ..all }, &[]);
        check(Wanted { kind: Some("demand"), ..all }, &["demand"]);
        check(Wanted { person: Some(id(50)), ..all }, &["touchpoint", "contact"]);
        check(Wanted { person: Some(id(70)), ..all }, &["promise"]);
        check(Wanted { kind: Some("promise"), person: Some(id(50)), ..finance }, &[]);
    }
}
