//! One engagement: its stages, scope and key facts, the next step, and what rests on it.

use handbook::{
    Record, RecordId, RecordKey, Row, Value,
    lifecycles::{self, Standing, engagement::LIFECYCLE},
    records::{Assignment, Engagement, Role, Service},
};
use leptos::prelude::*;

use super::{
    Belonging, Subject,
    accept::Acceptances,
    demands::{Deliverables, Demands},
    levels::Agreements,
    planning::Planning,
};
use crate::{
    texts::{engagement as t, say, title_of},
    ui::{
        format, place,
        stages::{Reached, Stage, StageLine},
        state::{AppState, use_app},
        steps::{Living, Steps},
        value::shown,
    },
};

#[component]
pub fn Whole(subject: Subject, id: RecordId) -> impl IntoView {
    let app = use_app();
    let document = subject.document();
    let key = RecordKey::new(Engagement::KIND, id);
    let found = Memo::new(move |_| {
        let own = |rows: &Vec<Row>| rows.iter().find(|row| row.key() == key).cloned();
        subject.rows.with(|rows| own(rows)).unwrap_or_else(|| Row::empty(Engagement::KIND, id))
    });
    let row = Signal::from(found);
    let belonging = Belonging { subject, engagement: Some(id) };
    let living = Living::new(document, &LIFECYCLE, row);
    let kind = move || {
        row.with(|row| {
            let words = shown(
                &app,
                document,
                &Engagement::KEYS.kind.field().ty,
                Engagement::KEYS.kind.raw(row),
            );
            (!words.is_empty()).then(|| view! { <span class="tag">{words}</span> })
        })
    };
    let scope = move || {
        let scope = row
            .with(|row| Engagement::KEYS.scope.raw(row).as_text().unwrap_or_default().to_owned());
        (!scope.is_empty()).then(|| view! { <p class="told">{scope}</p> })
    };
    view! {
        <section class="engagement" aria-label=move || row.with(title_of)>
            <header class="engagement-head">
                <h2>
                    <a class="plain-link" href=place::record_path(document, key)>{move || row.with(title_of)}</a>
                </h2>
                {kind}
                <a class="button quiet flush-end" href=place::record_path(document, key)>{t::open_record()}</a>
            </header>
            {move || row.with(|row| view! { <StageLine stages=stages(&app, row) /> })}
            {scope}
            <KeyFacts belonging=belonging row=row />
            <Steps living=living />
            <Planning belonging=belonging row=row />
            <Acceptances document=document row=row />
            <Services document=document row=row />
            <Agreements belonging=belonging />
            <Demands belonging=belonging />
            <Deliverables belonging=belonging />
        </section>
    }
}

/// The stages of a life, each with the day it was reached. Where devices acted apart, the earlier stage counts.
fn stages(app: &AppState, row: &Row) -> Vec<Stage> {
    let today = app.today();
    let standing = LIFECYCLE.standing(row);
    let states: Vec<&str> = match &standing {
        Standing::In(state) => vec![state],
        Standing::Parted(states) => states.iter().map(String::as_str).collect(),
    };
    let order = |key: &str| LIFECYCLE.states.options.iter().position(|option| option.key == key);
    let now = states.iter().filter_map(|state| order(state)).min().unwrap_or_default();
    let to = LIFECYCLE.fact.iter().position(|field| field.key == lifecycles::TO);
    let reached = |key: &str| {
        let facts = row.get(LIFECYCLE.field).facts();
        let fact = facts.iter().rev().find(|fact| {
            to.and_then(|to| fact.values.get(to)).and_then(Value::as_text) == Some(key)
        })?;
        Some(format::day(fact.at.day()?, today))
    };
    let stage = |(at, option): (usize, &handbook::kind::Choosable)| Stage {
        name: say(option.label),
        reached: match at.cmp(&now) {
            std::cmp::Ordering::Less => Reached::Done,
            std::cmp::Ordering::Equal => Reached::Now,
            std::cmp::Ordering::Greater => Reached::Ahead,
        },
        date: if at <= now { reached(option.key).unwrap_or_default() } else { String::new() },
    };
    LIFECYCLE.states.options.iter().enumerate().map(stage).collect()
}

#[component]
fn KeyFacts(belonging: Belonging, row: Signal<Row>) -> impl IntoView {
    let app = use_app();
    let document = belonging.document();
    let facts = move || {
        let today = app.today();
        row.with(|row| {
            let keys = &Engagement::KEYS;
            let day = |value: &Value| value.as_date().map(|day| format::day(day, today));
            let end = if keys.actual_end.raw(row).is_empty() {
                &keys.planned_end
            } else {
                &keys.actual_end
            };
            let dates: Vec<String> =
                [day(keys.start.raw(row)), day(end.raw(row))].into_iter().flatten().collect();
            let contract = keys.contract_ref.raw(row).as_text().unwrap_or_default().to_owned();
            let value = shown(&app, document, &keys.value.field().ty, keys.value.raw(row));
            let all = [
                (t::manager(), format::list(&managers(&app, belonging))),
                (t::dates(), dates.join(" – ")),
                (t::contract(), contract),
                (t::value(), value),
            ];
            all.into_iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(name, text)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> })
                .collect_view()
        })
    };
    view! { <dl class="key-facts">{facts}</dl> }
}

/// Who of us manages it today.
fn managers(app: &AppState, belonging: Belonging) -> Vec<String> {
    let today = app.today();
    let keys = &Assignment::KEYS;
    belonging
        .of_kind(Assignment::KEY)
        .iter()
        .filter(|row| keys.role.get(row) == Ok(Some(Role::EngagementManager)))
        .filter(|row| keys.from.raw(row).as_date().is_none_or(|from| from <= today))
        .filter(|row| keys.until.raw(row).as_date().is_none_or(|until| until >= today))
        .filter_map(|row| keys.person.raw(row).as_link())
        .map(|member| app.member_name(member.bytes()))
        .filter(|name| !name.is_empty())
        .collect()
}

#[component]
fn Services(document: handbook::DocumentId, row: Signal<Row>) -> impl IntoView {
    let app = use_app();
    let links = move || {
        let ids: Vec<RecordId> = row.with(|row| {
            Engagement::KEYS.services.raw(row).members().iter().filter_map(Value::as_link).collect()
        });
        if ids.is_empty() {
            return view! { <p class="support">{t::no_services()}</p> }.into_any();
        }
        let lines = ids.into_iter().map(|id| {
            let key = RecordKey::new(Service::KIND, id);
            let path = place::record_path(handbook::DocumentId::Firm, key);
            view! { <li><a class="reach" href=path>{app.title(document, key)}</a></li> }
        });
        view! { <ul class="in-line">{lines.collect_view()}</ul> }.into_any()
    };
    view! {
        <h3 class="label">{t::services()}</h3>
        {links}
    }
}
