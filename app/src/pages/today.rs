//! Today: visits, then what needs attention, then what is due; each line says why.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{Datelike, NaiveDate, Weekday};
use handbook::{
    DocumentId, Record, RecordId,
    attention::Severity,
    records::{Assignment, Client, Role},
};
use leptos::{prelude::*, task::spawn_local};

use super::{conflicts::desk_link, shell::Page};
use crate::{
    texts::{client as client_texts, language, shell, tell, today as t},
    ui::{
        assign::AssignButton,
        chip::Segment,
        format,
        icons::{Glyph, Icon},
        model::{Attention, DueItem, Visit},
        place,
        section::{Empty, Section},
        state::{AppState, use_app},
        toast::use_toasts,
        words::SeverityWord,
    },
};

/// So many reasons are shown at first: nobody reads more in a morning, and a page of a thousand lines is slow to come.
const FIRST: usize = 40;

/// The page of the day.
#[component]
pub fn TodayPage() -> impl IntoView {
    let app = use_app();
    let mine = RwSignal::new(true);
    let visits = Memo::new(move |_| app.visits());
    let own = Memo::new(move |_| own_clients(&app));
    // Somebody without clients of their own sees everybody's: an empty page would say nothing.
    let narrow = Memo::new(move |_| mine.get() && own.with(|own| !own.is_empty()));
    let reasons = Memo::new(move |_| {
        let all = app.attention();
        if !narrow.get() {
            return all;
        }
        own.with(|own| {
            Arc::new(
                all.iter().filter(|found| own.contains(&found.client)).cloned().collect::<Vec<_>>(),
            )
        })
    });
    let title = move || format::day_title(app.today());
    let lead = move || {
        let urgent = reasons.with(|found| {
            found.iter().filter(|found| found.reason.severity == Severity::Urgent).count()
        });
        t::lead(visits.with(|visits| visits.len()), reasons.with(|found| found.len()), urgent)
    };
    let has_clients = Memo::new(move |_| !app.list(Client::KEY).is_empty());
    view! {
        <Page title=Signal::stored(shell::today().to_owned())>
            <header class="page-head">
                <div>
                    <h1>{title}</h1>
                    <p class="lead">{lead}</p>
                </div>
                <Segment
                    name="whose"
                    label=t::whose()
                    choices=vec![(true, t::my_clients()), (false, t::everyone())]
                    chosen=narrow
                    on_choose=move |own| mine.set(own)
                />
            </header>
            <Show when=move || has_clients.get() fallback=NoClients>
                <div class="columns">
                    <div>
                        <Visits visits=visits />
                        <NeedsAttention reasons=reasons />
                    </div>
                    <DueThisWeek />
                </div>
            </Show>
        </Page>
    }
}

/// Clients for which the person has a role today.
fn own_clients(app: &AppState) -> Vec<RecordId> {
    let Some(me) = app.workspace.with(|workspace| workspace.member) else { return Vec::new() };
    let today = app.today();
    app.list(Assignment::KEY)
        .iter()
        .filter_map(|placed| {
            let DocumentId::Client(client) = placed.document else { return None };
            let keys = &Assignment::KEYS;
            let mine = keys.person.raw(&placed.row).as_link() == Some(me);
            let over = keys.until.raw(&placed.row).as_date().is_some_and(|until| until < today);
            let counts = keys.role.get(&placed.row).is_ok_and(|role| role != Some(Role::Foreign));
            (mine && !over && counts).then_some(client)
        })
        .collect()
}

#[component]
fn NoClients() -> impl IntoView {
    view! {
        <Empty text=t::no_clients()>
            <a class="button firm" href="/clients/new">
                {shell::new_client()}
            </a>
        </Empty>
    }
}

#[component]
fn Visits(visits: Memo<Arc<Vec<Visit>>>) -> impl IntoView {
    move || {
        let visits = visits.get();
        (!visits.is_empty()).then(|| {
            let rows = visits.iter().map(visit_row).collect_view();
            view! { <Section title=t::visits()>{rows}</Section> }
        })
    }
}

fn visit_row(visit: &Visit) -> impl IntoView + use<> {
    let place = visit.place.clone().map(|place| {
        view! {
            <p class="visit-where">
                <Icon glyph=Glyph::Pin small=true />
                {place}
            </p>
        }
    });
    view! {
        <article class="visit">
            <p class="visit-time">{visit.time.clone()}<span>{visit.wait.clone()}</span></p>
            <div class="visit-what">
                <h3 class="firm-words">{visit.client_name.clone()}</h3>
                <p class="lead">{visit.purpose.clone()}</p>
                {place}
            </div>
            <a class="button" class:firm=visit.next href=place::client_path(visit.client)>
                {t::open_client()}
            </a>
        </article>
    }
}

#[component]
fn NeedsAttention(reasons: Memo<Arc<Vec<Attention>>>) -> impl IntoView {
    let count = move || {
        reasons.with(|found| {
            let clients: std::collections::BTreeSet<RecordId> =
                found.iter().map(|found| found.client).collect();
            (!found.is_empty()).then(|| t::reasons_at(found.len() as u64, clients.len() as u64))
        })
    };
    let all = RwSignal::new(false);
    let shown = move || {
        let most = if all.get() { usize::MAX } else { FIRST };
        reasons.with(|found| found.iter().take(most).cloned().collect::<Vec<_>>())
    };
    view! {
        <Section title=t::attention() aside=count>
            <Show
                when=move || reasons.with(|found| !found.is_empty())
                fallback=|| view! { <Empty text=t::nothing_presses() /> }
            >
                <For each=shown key=reason_key let:found>
                    <ReasonRow found=found />
                </For>
                <Show when=move || { !all.get() && reasons.with(|found| found.len() > FIRST) }>
                    <button type="button" class="button quiet flush-start" on:click=move |_| all.set(true)>
                        {move || t::show_all(reasons.with(|found| found.len() as u64))}
                    </button>
                </Show>
            </Show>
        </Section>
    }
}

/// A reason stays the same line from day to day; what it says may change.
fn reason_key(found: &Attention) -> String {
    let record = found.reason.evidence.record.map(|(_, id)| id.to_string()).unwrap_or_default();
    format!("{} {} {record} {}", found.reason.rule, found.client, found.reason.sentence.en)
}

#[component]
fn ReasonRow(found: Attention) -> impl IntoView {
    let reason = found.reason.clone();
    let evidence = place::evidence_path(found.client, reason.evidence.record);
    view! {
        <article class="entry">
            <div class="entry-margin">
                <SeverityWord severity=reason.severity />
            </div>
            <h3 class="entry-head">
                <a href=place::client_path(found.client)>{found.client_name.clone()}</a>
            </h3>
            <div class="entry-acts">
                <AssignButton client=found.client reason=reason.clone() />
            </div>
            <div class="entry-body">
                <p>{tell(&reason.sentence)}</p>
                <p class="evidence">
                    <a class="reach" href=evidence>
                        {tell(&reason.evidence.words)}
                    </a>
                    <span class="dot" aria-hidden="true">
                        "·"
                    </span>
                    {desk_link(reason.rule)}
                    {t::clears_when(reason.clears.get(language()))}
                </p>
            </div>
        </article>
    }
}

#[component]
fn DueThisWeek() -> impl IntoView {
    let app = use_app();
    let due = Memo::new(move |_| app.due());
    let count = move || due.with(|due| (!due.is_empty()).then(|| due.len().to_string()));
    let days = move || {
        let today = app.today();
        let mut days: BTreeMap<NaiveDate, Vec<DueItem>> = BTreeMap::new();
        for item in due.get().iter() {
            days.entry(item.on).or_default().push(item.clone());
        }
        let quiet = due.with(|due| {
            if due.is_empty() {
                Some(t::nothing_due())
            } else {
                // Said only where it is news: before the weekend, and when nothing lies on it.
                let weekend = |item: &DueItem| {
                    matches!(item.on.weekday(), Weekday::Sat | Weekday::Sun) && item.on > today
                };
                (!due.iter().any(weekend) && today.weekday().num_days_from_monday() >= 3)
                    .then(t::nothing_weekend)
            }
        });
        let days = days
            .into_iter()
            .map(|(day, items)| {
                let items =
                    items.into_iter().map(|item| view! { <DueLine item=item /> }).collect_view();
                view! {
                    <section class="due-day">
                        <h3>{day_words(day, today)}</h3>
                        <ul>{items}</ul>
                    </section>
                }
            })
            .collect_view();
        view! {
            {days}
            {quiet.map(|words| view! { <p class="support due-quiet">{words}</p> })}
        }
    };
    view! { <Section title=t::due() aside=count>{days}</Section> }
}

fn day_words(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        ..0 => format!("{}, {}", t::late(), format::day(day, today)),
        0 => t::due_today().to_owned(),
        _ => format::weekday_long(day),
    }
}

#[component]
fn DueLine(item: DueItem) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let tick = item.done.map(|(document, op)| {
        let label = format!("{}: {}", t::done(), item.text);
        let tick = move |_| {
            let op = op.clone();
            spawn_local(async move {
                if let Err(trouble) = app.write(document, vec![op], "done").await {
                    toasts.trouble(&trouble);
                }
            });
        };
        view! {
            <button type="button" class="tick-button" aria-label=label on:click=tick>
                <Icon glyph=Glyph::Check />
            </button>
        }
    });
    let tick = match tick {
        Some(tick) => tick.into_any(),
        None => {
            view! { <span class="tick"><Icon glyph=Glyph::Clock small=true /></span> }.into_any()
        }
    };
    view! {
        <li class="due-item">
            {tick}
            <div>
                <a href=place::path(&item.place)>{item.text.clone()}</a>
                <p>{item.detail}</p>
            </div>
        </li>
    }
}

/// How the portfolio says the same: used by the list of clients.
pub(super) fn reason_words(found: &[Attention], client: RecordId) -> String {
    let count = |severity| {
        found
            .iter()
            .filter(|found| found.client == client && found.reason.severity == severity)
            .count()
    };
    client_texts::reason_counts(
        count(Severity::Urgent),
        count(Severity::Soon),
        count(Severity::Watch),
    )
}
