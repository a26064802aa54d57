//! The timeline: everything that happened with a client, newest first, filtered by function, kind and person.

use std::cmp::Reverse;

use chrono::NaiveDate;
use handbook::{
    Choice, DocumentId, MemberId, Record, RecordId, RecordKey, Row, Value,
    records::{Action, Complaint, Contact, Function, Member, Promise, Touchpoint},
};
use leptos::prelude::*;

use super::{
    ClientPage, Subject,
    overview::{moment_ms, touch_words},
};
use crate::{
    texts::{client as t, say, title_of},
    ui::{
        conflict::record_name,
        format, place,
        section::Empty,
        state::{AppState, use_app},
    },
};

/// So many lines are drawn at once.
const PAGE: usize = 60;
/// Kinds whose records are events in a relationship.
const TOLD: [&str; 4] = [Touchpoint::KEY, Complaint::KEY, Promise::KEY, Action::KEY];

#[component]
pub fn TimelinePage() -> impl IntoView {
    view! { <ClientPage tab="timeline" view=|subject| view! { <Timeline subject=subject /> }.into_any() /> }
}

/// Which lines are wanted; empty texts let everything through.
#[derive(Clone, Copy)]
struct Filters {
    function: RwSignal<String>,
    kind: RwSignal<String>,
    person: RwSignal<String>,
}

impl Filters {
    fn hold(&self, row: &Row) -> bool {
        let kind = self.kind.get();
        let function = self.function.get();
        let person = self.person.get();
        (kind.is_empty() || row.kind.key == kind)
            && (function.is_empty()
                || Touchpoint::KEYS.function.raw(row).as_text() == Some(&function)
                    && row.kind.key == Touchpoint::KEY)
            && (person.is_empty() || person.parse().is_ok_and(|person| names(row, person)))
    }
}

/// Whether a row names a person in any of its fields, or was made by them.
fn names(row: &Row, person: RecordId) -> bool {
    let link = Value::Link(person);
    row.created.by == person.bytes()
        || row.values.iter().any(|value| *value == link || value.members().contains(&link))
}

#[component]
fn Timeline(subject: Subject) -> impl IntoView {
    let app = use_app();
    let filters = Filters {
        function: RwSignal::default(),
        kind: RwSignal::default(),
        person: RwSignal::default(),
    };
    let shown = RwSignal::new(PAGE);
    let found = Memo::new(move |_| {
        let mut found: Vec<Row> = subject.rows.with(|rows| {
            rows.iter()
                .filter(|row| TOLD.contains(&row.kind.key) && filters.hold(row))
                .cloned()
                .collect()
        });
        found.sort_by_key(|row| Reverse(told_at(row)));
        found
    });
    let more = Memo::new(move |_| found.with(Vec::len) > shown.get());
    let lines = move || {
        let today = app.today();
        found.with(|found| {
            found
                .iter()
                .take(shown.get())
                .map(|row| line(&app, subject.document(), row, today))
                .collect_view()
        })
    };
    view! {
        <FilterBar subject=subject filters=filters />
        <Show
            when=move || found.with(|found| !found.is_empty())
            fallback=move || {
                let nothing = subject.rows.with(|rows| !rows.iter().any(|row| TOLD.contains(&row.kind.key)));
                view! { <Empty text=if nothing { t::nothing_yet() } else { t::nothing_matches() } /> }
            }
        >
            <div class="timeline">{lines}</div>
            <Show when=move || more.get()>
                <button type="button" class="button" on:click=move |_| shown.update(|shown| *shown += PAGE)>
                    {t::more_earlier()}
                </button>
            </Show>
        </Show>
    }
}

/// When it happened: when they spoke, when the promise was given; else when it was written down.
fn told_at(row: &Row) -> i64 {
    match (row.kind.key, told_on(row)) {
        (Touchpoint::KEY, _) => moment_ms(row),
        (Promise::KEY, Some(day)) => {
            day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis()
        }
        (Complaint::KEY, _) => match Complaint::KEYS.received.raw(row) {
            Value::Moment(moment) => moment.ms,
            _ => row.created.at.ms,
        },
        _ => row.created.at.ms,
    }
}

fn told_on(row: &Row) -> Option<NaiveDate> {
    let said = match row.kind.key {
        Touchpoint::KEY => Touchpoint::KEYS.at.raw(row).as_date(),
        Complaint::KEY => Complaint::KEYS.received.raw(row).as_date(),
        Promise::KEY => Promise::KEYS.made_on.raw(row).as_date(),
        _ => None,
    };
    said.or_else(|| Value::Moment(row.created.at).as_date())
}

fn line(
    app: &AppState,
    document: DocumentId,
    row: &Row,
    today: NaiveDate,
) -> impl IntoView + use<> {
    let path = place::record_path(document, row.key());
    let day = told_on(row).map(|day| format::day(day, today)).unwrap_or_default();
    let (head, body) = if row.kind.key == Touchpoint::KEY {
        let (when, what) = touch_words(row, today);
        let how = when.split_once(", ").map(|(_, how)| how.to_owned()).unwrap_or_default();
        let with = people(app, document, row);
        let head = [capital(&how), with]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        let notes = Touchpoint::KEYS.notes.raw(row).as_text().unwrap_or_default().to_owned();
        (head, if notes.is_empty() { what } else { notes })
    } else {
        (
            say(row.kind.one).to_owned(),
            format!("{} {}", number(row), title_of(row)).trim().to_owned(),
        )
    };
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

fn number(row: &Row) -> String {
    row.kind.number.map(|_| record_name(row)).unwrap_or_default()
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}

/// Everybody who was there.
fn people(app: &AppState, document: DocumentId, row: &Row) -> String {
    let keys = &Touchpoint::KEYS;
    let links =
        |value: &Value| value.members().iter().filter_map(Value::as_link).collect::<Vec<_>>();
    let theirs = links(keys.contacts.raw(row))
        .into_iter()
        .map(|id| app.title(document, RecordKey::new(Contact::KIND, id)));
    let ours =
        links(keys.members.raw(row)).into_iter().map(|id| app.member_name(id.bytes() as MemberId));
    let names: Vec<String> = theirs.chain(ours).filter(|name| !name.is_empty()).collect();
    format::list(&names)
}

#[component]
fn FilterBar(subject: Subject, filters: Filters) -> impl IntoView {
    let app = use_app();
    let functions: Vec<(String, String)> = Function::ALL
        .iter()
        .filter(|function| **function != Function::Foreign)
        .map(|function| (function.key().to_owned(), say(function.label()).to_owned()))
        .collect();
    let kinds: Vec<(String, String)> = TOLD
        .iter()
        .filter_map(|key| handbook::kind(key))
        .map(|kind| (kind.key.to_owned(), say(kind.many).to_owned()))
        .collect();
    let people = Signal::derive(move || {
        let mut people: Vec<(String, String)> = subject
            .of_kind(Contact::KEY)
            .iter()
            .map(|row| (row.id.to_string(), title_of(row)))
            .collect();
        people.extend(
            app.list(Member::KEY)
                .iter()
                .map(|placed| (placed.row.id.to_string(), title_of(&placed.row))),
        );
        people.sort_by_cached_key(|(_, name)| name.to_lowercase());
        people
    });
    view! {
        <div class="filters">
            <Filter label=t::by_function() all=t::every_function() options=Signal::stored(functions) chosen=filters.function />
            <Filter label=t::by_kind() all=t::every_kind() options=Signal::stored(kinds) chosen=filters.kind />
            <Filter label=t::by_person() all=t::everyone() options=people chosen=filters.person />
        </div>
    }
}

#[component]
fn Filter(
    label: &'static str,
    all: &'static str,
    options: Signal<Vec<(String, String)>>,
    chosen: RwSignal<String>,
) -> impl IntoView {
    let choices = move || {
        options
            .get()
            .into_iter()
            .map(|(key, words)| view! { <option value=key>{words}</option> })
            .collect_view()
    };
    view! {
        <select class="input" aria-label=label prop:value=chosen on:change=move |event| chosen.set(event_target_value(&event))>
            <option value="">{all}</option>
            {choices}
        </select>
    }
}
