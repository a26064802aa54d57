//! One line of the timeline: the day, what it was and with whom, and what was said.

use chrono::NaiveDate;
use handbook::{
    Choice, DocumentId, MemberId, Record, RecordId, RecordKey, Row, Value,
    records::{
        Assignment, Contact, Engagement, Promise, SlaResult, SlaTarget, Touchpoint, ValueAdd,
        ValueShown,
    },
    timeline::{Happening, What},
};
use leptos::prelude::*;

use super::super::lately::touch_words;
use crate::{
    texts::{record, relationship as t, say, title_of},
    ui::{conflict::record_name, format, place, state::AppState},
};

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    day: String,
    path: String,
    head: String,
    body: String,
}

/// Puts a happening into words.
pub fn told(
    app: &AppState,
    document: DocumentId,
    happening: &Happening,
    row: &Row,
    today: NaiveDate,
) -> Told {
    let (head, body) = match happening.what {
        What::Itself if row.kind == Touchpoint::KIND => conversation(app, document, row, today),
        What::Itself => (say(row.kind.one).to_owned(), named(app, document, row)),
        What::Turn(words) => (say(words).to_owned(), named(app, document, row)),
        What::Step(fact, state) => {
            let state = state.map_or(record::newer(), say);
            (format!("{}: {state}", say(row.kind.one)), with_why(app, document, row, fact))
        }
        What::Accepted(fact) => accepted(app, document, row, fact),
    };
    let day = format::day(happening.on, today);
    Told { day, path: place::record_path(document, row.key()), head, body }
}

/// The line as it stands on the page.
pub fn entry(told: Told) -> impl IntoView {
    let Told { day, path, head, body } = told;
    view! {
        <article class="entry">
            <time class="entry-margin">{day}</time>
            <h3 class="entry-head">
                <a href=path>{head}</a>
            </h3>
            <div class="entry-body">
                <p class="told">{body}</p>
            </div>
        </article>
    }
}

/// "Call, delivery · Daniel Ferreira and Tomas Reuter", and what was said.
fn conversation(
    app: &AppState,
    document: DocumentId,
    row: &Row,
    today: NaiveDate,
) -> (String, String) {
    let (when, what) = touch_words(row, today);
    let how = when.split_once(", ").map(|(_, how)| how.to_owned()).unwrap_or_default();
    let keys = &Touchpoint::KEYS;
    let there: Vec<String> = theirs(app, document, keys.contacts.raw(row))
        .into_iter()
        .chain(ours(app, keys.members.raw(row)))
        .collect();
    let notes = keys.notes.raw(row).as_text().unwrap_or_default().to_owned();
    (joined([capital(&how), format::list(&there)]), if notes.is_empty() { what } else { notes })
}

/// What a record is called, with what tells it from others of its kind.
fn named(app: &AppState, document: DocumentId, row: &Row) -> String {
    let title = match row.kind.number {
        Some(_) => format!("{} {}", record_name(row), title_of(row)),
        None => title_of(row),
    };
    let title = title.trim().to_owned();
    match row.kind.key {
        Assignment::KEY => {
            let person = Assignment::KEYS.person.raw(row).as_link();
            let name = person.map(|id| app.member_name(id.bytes())).unwrap_or_default();
            joined([title, name])
        }
        Promise::KEY => {
            let names = theirs(app, document, Promise::KEYS.to.raw(row));
            joined([title, format::list(&names)])
        }
        SlaResult::KEY => {
            let keys = &SlaResult::KEYS;
            let target = keys
                .target
                .raw(row)
                .as_link()
                .map(|id| app.title(document, RecordKey::new(SlaTarget::KIND, id)));
            let outcome = keys.outcome.get(row).ok().flatten().map(|it| say(it.label()).to_owned());
            joined([target.unwrap_or_default(), title, outcome.unwrap_or_default()])
        }
        ValueShown::KEY => {
            let item = ValueShown::KEYS.item.raw(row).as_link();
            let item = item.map(|id| app.title(document, RecordKey::new(ValueAdd::KIND, id)));
            let names = theirs(app, document, ValueShown::KEYS.contacts.raw(row));
            joined([item.unwrap_or(title), format::list(&names)])
        }
        _ => title,
    }
}

/// What a record is called, and why the step was taken.
fn with_why(app: &AppState, document: DocumentId, row: &Row, fact: RecordId) -> String {
    let why = row.kind.lifecycle.and_then(|life| {
        let at = life.fact.iter().position(|field| field.key == "why")?;
        let fact = row.get(life.field).facts().iter().find(|own| own.id == fact)?;
        fact.values.get(at)?.as_text().map(str::to_owned)
    });
    joined([named(app, document, row), why.unwrap_or_default()])
}

fn accepted(app: &AppState, document: DocumentId, row: &Row, fact: RecordId) -> (String, String) {
    let said = Engagement::KEYS.acceptances.get(row).unwrap_or_default().0;
    let said = said.into_iter().find(|entry| entry.id == fact).map(|entry| entry.body);
    let who = said
        .as_ref()
        .and_then(|said| said.contact)
        .map(|contact| app.title(document, RecordKey::new(Contact::KIND, contact.id)));
    let what = said.map(|said| said.what).unwrap_or_default();
    (t::accepted_by(&who.unwrap_or_default()), joined([what, title_of(row)]))
}

fn theirs(app: &AppState, document: DocumentId, contacts: &Value) -> Vec<String> {
    let ids = contacts.members().iter().filter_map(Value::as_link);
    present(ids.map(|id| app.title(document, RecordKey::new(Contact::KIND, id))))
}

fn ours(app: &AppState, members: &Value) -> Vec<String> {
    let ids = members.members().iter().filter_map(Value::as_link);
    present(ids.map(|id| app.member_name(id.bytes() as MemberId)))
}

fn present(names: impl Iterator<Item = String>) -> Vec<String> {
    names.filter(|name| !name.is_empty()).collect()
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    present(parts.into_iter()).join(" · ")
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}
