//! A complaint as a line of a list: number and days open, subject, client, the clock in words, the ruler.

use std::cmp::Reverse;

use chrono::NaiveDate;
use handbook::{
    Choice, RecordId, Row, Value,
    attention::Setting,
    figures::clocks::{Clock, Reading, Ruler, read, response_due, ruler},
    lifecycles::complaint::{LIFECYCLE, State},
    records::{Complaint, Complexity},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    texts::{complaint as t, say},
    ui::{
        clocks::RulerMarks,
        icons::{Glyph, Icon},
    },
};

/// What the list shows of a complaint.
#[derive(Debug, Clone, PartialEq)]
pub struct Desked {
    /// The client.
    pub client: RecordId,
    /// Its name.
    pub client_name: String,
    /// The complaint.
    pub id: RecordId,
    /// Its number.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// Where it stands.
    pub state: State,
    /// Working days since it was received.
    pub days_open: u32,
    /// The clock of the response; `None` once nothing is owed any more.
    pub clock: Option<Clock>,
    /// Its marks.
    pub ruler: Ruler,
}

impl Desked {
    /// Reads a complaint's row.
    pub fn read(client: RecordId, client_name: &str, row: &Row, setting: &Setting) -> Self {
        let keys = &Complaint::KEYS;
        let today = setting.today;
        let text = |value: &Value| value.as_text().unwrap_or_default().to_owned();
        let received = received(row).as_date().unwrap_or(today);
        let state = state(row);
        let due = respond_due(row, received, setting);
        let answered = keys.response_sent.raw(row).as_date();
        let until = answered.unwrap_or(today);
        Self {
            client,
            client_name: client_name.to_owned(),
            id: row.id,
            number: text(keys.number.raw(row)),
            subject: text(keys.subject.raw(row)),
            state,
            days_open: u32::try_from(setting.calendar.between(received, today)).unwrap_or(0),
            clock: state.is_open().then(|| read(due, answered, today, &setting.calendar)),
            ruler: ruler(received, due, until, &setting.calendar),
        }
    }

    /// Open ones first, the most pressing at the top.
    pub fn order(&self) -> (bool, Option<NaiveDate>, Reverse<String>) {
        let unanswered = self
            .clock
            .filter(|clock| !matches!(clock.reading, Reading::Kept | Reading::KeptLate(_)));
        (unanswered.is_none(), unanswered.map(|clock| clock.due), Reverse(self.number.clone()))
    }
}

/// When the client spoke; all clocks run from there.
pub fn received(row: &Row) -> Value {
    match Complaint::KEYS.received.raw(row) {
        Value::Empty => Value::Moment(row.created.at),
        known => known.clone(),
    }
}

/// Where it stands; the last of several states where devices took different steps apart.
pub fn state(row: &Row) -> State {
    State::from_key(LIFECYCLE.standing(row).shown()).unwrap_or(State::Foreign)
}

/// The promised day: the one somebody set, else the procedure's.
pub fn respond_due(row: &Row, received: NaiveDate, setting: &Setting) -> NaiveDate {
    let keys = &Complaint::KEYS;
    let complex = keys.complexity.get(row) == Ok(Some(Complexity::Complex));
    let promised = || response_due(received, complex, setting.targets, &setting.calendar);
    keys.respond_due.raw(row).as_date().unwrap_or_else(promised)
}

/// One line, leading to the record.
#[component]
pub fn ComplaintRow(desked: Desked) -> impl IntoView {
    let location = use_location();
    let path = format!("/complaints/{}/{}", desked.client, desked.id);
    let own = path.clone();
    let current = move || (location.pathname.get() == own).then_some("true");
    let number =
        if desked.number.is_empty() { say(desked.state.label()).to_owned() } else { desked.number };
    view! {
        <a class="desk-row" href=path aria-current=current>
            <span>{number}</span>
            <span>{desked.clock.map(|_| t::days_open(desked.days_open.into()))}</span>
            <strong class="subject">{desked.subject}</strong>
            <span class="of">{desked.client_name}</span>
            <span class="desk-clock">
                {clock_words(desked.clock, desked.state)}
                {desked.clock.map(|_| view! { <RulerMarks ruler=desked.ruler /> })}
            </span>
        </a>
    }
}

fn clock_words(clock: Option<Clock>, state: State) -> impl IntoView {
    let (class, glyph, words) = match clock.map(|clock| clock.reading) {
        None => ("state", Glyph::Check, say(state.label()).to_owned()),
        Some(Reading::Kept | Reading::KeptLate(_)) => {
            ("state kept", Glyph::Check, say(State::Responded.label()).to_owned())
        }
        Some(Reading::Late(days)) => ("state late", Glyph::Octagon, t::response_late(days.into())),
        Some(Reading::Left(days @ 0..=2)) => {
            ("state soon", Glyph::ClockAlert, t::respond_left(days.into()))
        }
        Some(Reading::Left(days)) => ("state", Glyph::Clock, t::respond_left(days.into())),
    };
    view! {
        <span class=class>
            <Icon glyph=glyph small=true />
            {words}
        </span>
    }
}
