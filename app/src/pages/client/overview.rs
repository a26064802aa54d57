//! The overview: what is unsettled, who speaks with the client, the figures, what is promised, what was last said.

use chrono::{Days, NaiveDate};
use handbook::{
    Choice, Op, Record, RecordKey, Row, Value,
    attention::Setting,
    figures::{
        coverage::coverage,
        promises::{Outcome, kept_rate},
    },
    records::{Complaint, Direction, Function, Promise, PromiseState, Touchpoint},
};
use leptos::{prelude::*, task::spawn_local};

use super::{ClientPage, Subject, carried::Carried, known::WhatWeKnow, lately::LastTouchpoints};
use crate::{
    texts::{client as t, day::days_ago, title_of},
    ui::{
        attachments::ClientAttachments,
        conflict::Conflicts,
        figures::{Figure, Figures},
        format,
        heat::HeatMap,
        icons::{Glyph, Icon},
        place,
        section::{Empty, Section},
        state::use_app,
        toast::use_toasts,
        turn::NextTurn,
    },
};

/// So many open promises stand on it.
const PROMISES: usize = 5;
/// Key figures look back so many days.
const WINDOW_DAYS: u64 = 365;

#[component]
pub fn OverviewPage() -> impl IntoView {
    view! { <ClientPage tab="" view=|subject| view! { <Overview subject=subject /> }.into_any() /> }
}

#[component]
fn Overview(subject: Subject) -> impl IntoView {
    view! {
        <Unsettled subject=subject />
        <div class="columns">
            <div>
                <CoverageSection subject=subject />
                <FiguresSection subject=subject />
                <OpenPromises subject=subject />
                <NextTurn content=move || {
                    view! {
                        <Carried subject=subject />
                        <ClientAttachments document=subject.document() />
                        <WhatWeKnow subject=subject />
                    }
                    .into_any()
                } />
            </div>
            <NextTurn content=move || view! { <LastTouchpoints subject=subject /> }.into_any() />
        </div>
    }
}

/// Every record of the client with a field in two versions.
#[component]
fn Unsettled(subject: Subject) -> impl IntoView {
    let keys = Memo::new(move |_| {
        subject.rows.with(|rows| {
            rows.iter().filter(|row| !row.two_versions.is_empty()).map(Row::key).collect::<Vec<_>>()
        })
    });
    view! {
        <For each=move || keys.get() key=|key| *key let:key>
            <Conflicts document=subject.document() row=row_of(subject, key) named=true />
        </For>
    }
}

fn row_of(subject: Subject, key: RecordKey) -> Signal<Row> {
    Signal::derive(move || {
        subject
            .rows
            .with(|rows| rows.iter().find(|row| row.key() == key).cloned())
            .unwrap_or_else(|| Row::empty(key.kind, key.id))
    })
}

/// The day of a touchpoint and the key of its function.
fn touches(rows: &[Row]) -> impl Iterator<Item = (&Row, NaiveDate)> {
    rows.iter()
        .filter(|row| row.kind.key == Touchpoint::KEY)
        .filter_map(|row| Some((row, Touchpoint::KEYS.at.raw(row).as_date()?)))
}

#[component]
fn CoverageSection(subject: Subject) -> impl IntoView {
    let app = use_app();
    let functions: Vec<&'static str> = Function::ALL
        .iter()
        .filter(|function| **function != Function::Foreign)
        .map(|function| function.key())
        .collect();
    let count = functions.len();
    let map = Memo::new(move |_| {
        subject.rows.with(|rows| {
            let touches = touches(rows).filter_map(|(row, day)| {
                Some((Touchpoint::KEYS.function.raw(row).as_text()?, day))
            });
            coverage(&functions, touches, app.today())
        })
    });
    let aside = move || map.with(|map| t::functions_covered(map.covered(), count));
    view! {
        <Section title=t::coverage() aside=aside>
            {move || view! { <HeatMap coverage=map.get() today=app.today() /> }}
        </Section>
    }
}

#[component]
fn FiguresSection(subject: Subject) -> impl IntoView {
    let app = use_app();
    let figures = move || {
        let today = app.today();
        let setting = app.setting();
        subject.rows.with(|rows| {
            vec![
                promises_kept(rows, today),
                answered(rows, &setting),
                last_conversation(rows, &setting),
            ]
        })
    };
    view! {
        <Section title=t::key_figures() aside=t::last_12_months>
            {move || view! { <Figures figures=figures() /> }}
        </Section>
    }
}

fn promises_kept(rows: &[Row], today: NaiveDate) -> Figure {
    let keys = &Promise::KEYS;
    let outcomes = rows.iter().filter(|row| row.kind.key == Promise::KEY).filter_map(|row| {
        Some(Outcome {
            due: keys.due.raw(row).as_date()?,
            kept: keys.kept_on.raw(row).as_date(),
            withdrawn: keys.state.get(row) == Ok(PromiseState::Withdrawn),
        })
    });
    let from = today.checked_sub_days(Days::new(WINDOW_DAYS)).unwrap_or(today);
    let rate = kept_rate(outcomes, from, today);
    let (value, how) = match rate.percent() {
        Some(percent) => (format!("{percent} %"), t::kept_how(rate.kept, rate.due)),
        None => ("–".to_owned(), t::none_due().to_owned()),
    };
    Figure { name: t::promises_kept(), value, n: rate.percent().map(|_| rate.due), how }
}

fn answered(rows: &[Row], setting: &Setting) -> Figure {
    let keys = &Complaint::KEYS;
    let today = setting.today;
    let promised = i64::from(setting.targets.respond);
    let from = today.checked_sub_days(Days::new(WINDOW_DAYS)).unwrap_or(today);
    let answers: Vec<bool> = rows
        .iter()
        .filter(|row| row.kind.key == Complaint::KEY)
        .filter_map(|row| {
            Some((keys.received.raw(row).as_date()?, keys.response_sent.raw(row).as_date()?))
        })
        .filter(|(_, sent)| *sent >= from)
        .map(|(received, sent)| setting.calendar.between(received, sent) <= promised)
        .collect();
    let kept = answers.iter().filter(|kept| **kept).count();
    let (value, how) = match answers.len() {
        0 => ("–".to_owned(), t::none_answered().to_owned()),
        of => (format!("{} %", (kept * 100 + of / 2) / of), t::answered_how(promised, kept, of)),
    };
    Figure {
        name: t::answered_on_time(),
        value,
        n: (!answers.is_empty()).then_some(answers.len()),
        how,
    }
}

fn last_conversation(rows: &[Row], setting: &Setting) -> Figure {
    let (today, rhythm) = (setting.today, setting.rhythm);
    // Where no direction was noted, both spoke.
    let two_way = |row: &Row| {
        matches!(Touchpoint::KEYS.direction.get(row), Ok(None | Some(Direction::TwoWay)))
    };
    let last = touches(rows).filter(|(row, _)| two_way(row)).map(|(_, day)| day).max();
    let (value, how) = match last {
        Some(day) => (
            days_ago((today - day).num_days()),
            t::last_how(&format::day(day, today), rhythm.ideal.into(), rhythm.max.into()),
        ),
        None => ("–".to_owned(), t::no_conversation().to_owned()),
    };
    Figure { name: t::last_conversation(), value, n: None, how }
}

#[component]
fn OpenPromises(subject: Subject) -> impl IntoView {
    let keys = &Promise::KEYS;
    let open = Memo::new(move |_| {
        let mut open: Vec<Row> = subject
            .of_kind(Promise::KEY)
            .into_iter()
            .filter(|row| {
                matches!(keys.state.get(row), Ok(PromiseState::Made | PromiseState::Broken))
            })
            .collect();
        open.sort_by_key(|row| {
            (keys.due.raw(row).as_date().is_none(), keys.due.raw(row).as_date())
        });
        open
    });
    let all = move || {
        let path = place::list_path(subject.document(), Promise::KEY);
        view! { <a class="reach" href=path>{t::all_promises()}</a> }
    };
    view! {
        <Section title=t::open_promises() aside=all>
            <Show
                when=move || open.with(|open| !open.is_empty())
                fallback=|| view! { <Empty text=t::no_promises() /> }
            >
                <table class="table folds promises">
                    <thead>
                        <tr>
                            <th scope="col">{t::promise()}</th>
                            <th scope="col">{t::to()}</th>
                            <th scope="col">{t::by()}</th>
                            <th scope="col" class="number">{t::due()}</th>
                            <th scope="col"><span class="unseen">{t::mark_kept()}</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || open.get().into_iter().take(PROMISES)
                            key=|row| (row.id, row.values.iter().map(|value| format!("{value:?}")).collect::<String>())
                            let:row
                        >
                            <PromiseRow subject=subject row=row />
                        </For>
                    </tbody>
                </table>
            </Show>
        </Section>
    }
}

#[component]
fn PromiseRow(subject: Subject, row: Row) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let keys = &Promise::KEYS;
    let key = row.key();
    let contact = handbook::records::Contact::KIND;
    let to: Vec<String> = keys
        .to
        .raw(&row)
        .members()
        .iter()
        .filter_map(Value::as_link)
        .map(|id| app.title(subject.document(), RecordKey::new(contact, id)))
        .collect();
    let by = keys.by.raw(&row).as_link().map(|id| format::first_name(&app.member_name(id.bytes())));
    let today = app.today();
    let due = keys.due.raw(&row).as_date();
    let late = due.is_some_and(|due| due < today);
    let title = title_of(&row);
    let keep = move |_| {
        let today = app.today();
        let state = if due.is_some_and(|due| due < today) {
            PromiseState::Late
        } else {
            PromiseState::Kept
        };
        let ops = vec![
            Op::Set { key, field: "state", value: Value::Choice(state.key().to_owned()) },
            Op::Set { key, field: "kept_on", value: Value::Date(today) },
        ];
        spawn_local(async move {
            if let Err(trouble) = app.write(subject.document(), ops, "keep promise").await {
                toasts.trouble(&trouble);
            }
        });
    };
    view! {
        <tr>
            <th scope="row">
                <a class="row-link" href=place::record_path(subject.document(), key)>
                    {title.clone()}
                </a>
            </th>
            <td>{format::list(&to)}</td>
            <td>{by}</td>
            <td class="number">
                {due.map(|due| {
                    let words = format::day_or_today(due, today);
                    if late {
                        view! { <span class="state late"><Icon glyph=Glyph::Octagon small=true />{words}</span> }.into_any()
                    } else {
                        words.into_any()
                    }
                })}
            </td>
            <td class="number act">
                <button type="button" class="tick-button" aria-label=format!("{}: {title}", t::mark_kept()) on:click=keep>
                    <Icon glyph=Glyph::Check />
                </button>
            </td>
        </tr>
    }
}
