//! One complaint: where it stands, its clocks, the remedy asked for, what is done about it, what became of it.

use chrono::NaiveDate;
use handbook::{
    Choice, DocumentId, Record, RecordId, RecordKey, Row, Value,
    attention::Setting,
    figures::clocks::read,
    lifecycles::complaint::{LIFECYCLE, State},
    records::{Channel, Client, Complaint, Contact, Severity},
};
use leptos::prelude::*;

use super::{
    act::StepActs,
    actions::Actions,
    row::{received, respond_due, state},
};
use crate::{
    pages::nowhere::Missing,
    texts::{client as client_texts, complaint as t, record as record_texts, say, title_of},
    ui::{
        attachments::Attachments,
        clocks::{Clocks, Promised},
        comments::Comments,
        conflict::Conflicts,
        format,
        history::History,
        icons::{Glyph, Icon},
        place,
        section::Section,
        stages::{Reached, Stage, StageLine},
        state::use_app,
    },
};

/// The complaint that a part of the page is about.
#[derive(Clone, Copy)]
pub struct About {
    /// Where it lives.
    pub document: DocumentId,
    /// Its key.
    pub key: RecordKey,
    /// As it is now.
    pub row: Signal<Row>,
}

#[component]
pub fn ComplaintRecord(client: RecordId, id: RecordId) -> impl IntoView {
    let app = use_app();
    let document = DocumentId::Client(client);
    let key = RecordKey::new(Complaint::KIND, id);
    let found = Memo::new(move |_| {
        app.document(&document).map(|rows| rows.iter().find(|row| row.key() == key).cloned())
    });
    let state = Memo::new(move |_| found.with(|found| found.as_ref().map(Option::is_some)));
    move || match state.get() {
        None => view! { <p class="support">{crate::texts::shell::reading()}</p> }.into_any(),
        Some(false) => view! { <Missing /> }.into_any(),
        Some(true) => {
            let row = Signal::derive(move || {
                found.get().flatten().unwrap_or_else(|| Row::empty(Complaint::KIND, id))
            });
            view! { <Whole about=About { document, key, row } client=client /> }.into_any()
        }
    }
}

#[component]
fn Whole(about: About, client: RecordId) -> impl IntoView {
    let row = Signal::derive(move || Some(about.row.get()));
    view! {
        <p class="crumbs desk-back">
            <Icon glyph=Glyph::ChevronStart small=true />
            <a href="/complaints">{t::title()}</a>
        </p>
        <RecordHead about=about client=client />
        <Conflicts document=about.document row=about.row />
        <Facts about=about />
        <Stages about=about />
        <Promises about=about />
        <Remedy about=about />
        <Description about=about />
        <Actions about=about />
        <Attachments document=about.document about=about.key />
        <Comments document=about.document about=about.key />
        <Section title=t::history()>
            <History document=about.document record=about.key row=row />
        </Section>
    }
}

#[component]
fn RecordHead(about: About, client: RecordId) -> impl IntoView {
    let app = use_app();
    let number = move || about.row.with(record_number);
    let name = move || app.title(about.document, RecordKey::new(Client::KIND, client));
    let severity = move || {
        let severity = about.row.with(|row| Complaint::KEYS.severity.get(row).ok().flatten())?;
        let class = if severity == Severity::Critical { "tag late" } else { "tag" };
        Some(view! { <span class=class>{say(severity.label())}</span> })
    };
    view! {
        <header class="record-head">
            <p>
                {number}
                <a class="reach" href=place::client_path(client)>
                    {name}
                </a>
            </p>
            {severity}
            <StepActs about=about />
        </header>
        <h1 class="record-title">{move || about.row.with(title_of)}</h1>
    }
}

/// "C-26-A3-014, ", or nothing while it has no number.
fn record_number(row: &Row) -> Option<String> {
    let number = Complaint::KEYS.number.raw(row).as_text().unwrap_or_default();
    (!number.is_empty()).then(|| format!("{number}, "))
}

#[component]
fn Facts(about: About) -> impl IntoView {
    let app = use_app();
    let keys = &Complaint::KEYS;
    let member = move |value: &Value| {
        value.as_link().map(|id| app.member_name(id.bytes())).filter(|name| !name.is_empty())
    };
    let from = move || {
        let contact = about.row.with(|row| keys.complainant.raw(row).as_link());
        contact
            .map(|id| app.title(about.document, RecordKey::new(Contact::KIND, id)))
            .unwrap_or_else(|| client_texts::unknown().to_owned())
    };
    let when = move || {
        let today = app.today();
        about.row.with(|row| {
            let day =
                received(row).as_date().map(|day| format::weekday(day, today)).unwrap_or_default();
            let channel = keys.channel.get(row).ok().flatten();
            t::received_how(&day, channel.map_or("", by_channel))
        })
    };
    let owner = move || {
        about.row.with(|row| member(keys.owner.raw(row))).unwrap_or_else(|| t::nobody().to_owned())
    };
    let escalated = move || {
        about.row.with(|row| member(keys.escalated_to.raw(row))).map(|name| {
            view! {
                <div>
                    <dt>{t::escalated_to()}</dt>
                    <dd>{name}</dd>
                </div>
            }
        })
    };
    view! {
        <dl class="key-facts">
            <div>
                <dt>{t::from()}</dt>
                <dd>{from}</dd>
            </div>
            <div>
                <dt>{t::received()}</dt>
                <dd>{when}</dd>
            </div>
            <div>
                <dt>{t::owner()}</dt>
                <dd>{owner}</dd>
            </div>
            {escalated}
        </dl>
    }
}

fn by_channel(channel: Channel) -> &'static str {
    say(channel.label())
}

/// The states that most complaints pass, in order.
const USUAL: [State; 6] = [
    State::Recorded,
    State::Acknowledged,
    State::Assessed,
    State::Investigating,
    State::Responded,
    State::Closed,
];

#[component]
fn Stages(about: About) -> impl IntoView {
    let app = use_app();
    let stages = move || {
        let today = app.today();
        about.row.with(|row| stages(row, today))
    };
    move || view! { <StageLine stages=stages() /> }
}

fn stages(row: &Row, today: NaiveDate) -> Vec<Stage> {
    let now = state(row);
    let entered = |state: State| {
        let facts = row.get(LIFECYCLE.field).facts();
        let at = facts
            .iter()
            .rev()
            .find(|fact| fact.values.iter().any(|value| value.as_text() == Some(state.key())));
        at.and_then(|fact| Value::Moment(fact.at).as_date()).or_else(|| {
            (state == State::Captured).then(|| Value::Moment(row.created.at).as_date()).flatten()
        })
    };
    // A state off the usual road stands where it was taken; what it skipped is no longer to come.
    let mut road: Vec<State> = USUAL.to_vec();
    if !road.contains(&now) {
        let at = road.iter().position(|state| *state > now).unwrap_or(road.len());
        if now.is_open() {
            road.insert(at, now);
        } else {
            road.retain(|state| entered(*state).is_some());
            road.push(now);
        }
    }
    let here = road.iter().position(|state| *state == now).unwrap_or(0);
    road.into_iter()
        .enumerate()
        .map(|(at, state)| {
            let reached = match at.cmp(&here) {
                std::cmp::Ordering::Less => Reached::Done,
                std::cmp::Ordering::Equal => Reached::Now,
                std::cmp::Ordering::Greater => Reached::Ahead,
            };
            let day = entered(state).map(|day| format::day(day, today));
            let date = match (reached, day) {
                (Reached::Ahead, _) | (_, None) => String::new(),
                (Reached::Now, Some(day)) => t::since(&day),
                (Reached::Done, Some(day)) => day,
            };
            Stage { name: say(state.label()), reached, date }
        })
        .collect()
}

#[component]
fn Promises(about: About) -> impl IntoView {
    let app = use_app();
    let promised = move || {
        let setting = app.setting();
        about.row.with(|row| promised(row, &setting))
    };
    move || view! { <Clocks promised=promised() today=app.today() /> }
}

/// The four promised times of the procedure, as they stand for this complaint.
fn promised(row: &Row, setting: &Setting) -> Vec<Promised> {
    let keys = &Complaint::KEYS;
    let (today, calendar, targets) = (setting.today, &setting.calendar, setting.targets);
    let from = received(row).as_date().unwrap_or(today);
    let open = state(row).is_open();
    let done_at = |states: &[State]| {
        let facts = row.get(LIFECYCLE.field).facts();
        let reached = |state: &State| {
            facts
                .iter()
                .any(|fact| fact.values.iter().any(|value| value.as_text() == Some(state.key())))
        };
        states.iter().find(|state| reached(state)).and_then(|state| {
            let fact = facts.iter().find(|fact| {
                fact.values.iter().any(|value| value.as_text() == Some(state.key()))
            })?;
            Value::Moment(fact.at).as_date()
        })
    };
    let sent = keys.response_sent.raw(row).as_date();
    let clock = |due: NaiveDate, done: Option<NaiveDate>| {
        (open || done.is_some()).then(|| read(due, done, today, calendar))
    };
    let set =
        |value: &Value, days: u32| value.as_date().unwrap_or_else(|| calendar.after(from, days));
    let respond = respond_due(row, from, setting);
    let complex = keys.complexity.get(row) == Ok(Some(handbook::records::Complexity::Complex));
    let respond_days = if complex { targets.respond_complex } else { targets.respond };
    let acknowledged =
        done_at(&[State::Acknowledged, State::Assessed, State::Investigating, State::Responded]);
    let assessed = done_at(&[State::Assessed, State::Investigating, State::Responded]);
    vec![
        Promised {
            name: t::acknowledge_in(targets.acknowledge.into()),
            clock: clock(
                set(keys.acknowledge_due.raw(row), targets.acknowledge),
                acknowledged.or(sent),
            ),
        },
        Promised {
            name: t::assess_in(targets.assess.into()),
            clock: clock(set(keys.assess_due.raw(row), targets.assess), assessed.or(sent)),
        },
        Promised {
            name: t::update_every(targets.update.into()),
            clock: clock(next_update(row, from, setting), sent),
        },
        Promised { name: t::respond_in(respond_days.into()), clock: clock(respond, sent) },
    ]
}

/// The day somebody set, else the next of the rhythm that has not passed.
fn next_update(row: &Row, from: NaiveDate, setting: &Setting) -> NaiveDate {
    if let Some(set) = Complaint::KEYS.update_due.raw(row).as_date() {
        return set;
    }
    let every = setting.targets.update.max(1);
    let passed = u32::try_from(setting.calendar.between(from, setting.today)).unwrap_or(0);
    setting.calendar.after(from, (passed / every + 1) * every)
}

#[component]
fn Remedy(about: About) -> impl IntoView {
    let keys = &Complaint::KEYS;
    let text = move || {
        about.row.with(|row| {
            let remedy = keys.remedy.raw(row).as_text().unwrap_or_default().to_owned();
            let none = keys.remedy_none.get(row) == Ok(true);
            match (remedy.is_empty(), none) {
                (false, _) => view! { <p class="client-words">{remedy}</p> }.into_any(),
                (true, true) => view! { <p class="lead">{t::no_remedy()}</p> }.into_any(),
                (true, false) => view! { <p class="lead">{t::remedy_missing()}</p> }.into_any(),
            }
        })
    };
    view! {
        <Section title=t::remedy_asked() aside=t::clients_words>
            <div class="said">{text}</div>
        </Section>
    }
}

#[component]
fn Description(about: About) -> impl IntoView {
    let text = move || {
        let text = about.row.with(|row| {
            Complaint::KEYS.description.raw(row).as_text().unwrap_or_default().to_owned()
        });
        if text.is_empty() {
            view! { <p class="lead">{record_texts::nobody_yet()}</p> }.into_any()
        } else {
            view! { <p class="client-words">{text}</p> }.into_any()
        }
    };
    view! {
        <Section title=t::what_happened() aside=t::clients_words>
            <div class="said">{text}</div>
        </Section>
    }
}
