//! The portfolio: every client with what it needs, as a table or as cards. Filters stand in the address.

use std::{cmp::Reverse, collections::HashMap, sync::Arc};

use handbook::{
    DocumentId, Record, RecordId,
    attention::Severity,
    records::{Assignment, Client, ClientStatus, Complaint, Member, Role},
    search::fold,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::{shell::Page, today::reason_words};
use crate::{
    texts::{
        client as t, complaint as complaint_texts, record as record_texts, say, shell, title_of,
    },
    ui::{
        chip::Segment,
        form::NewForm,
        icons::{Glyph, Icon},
        place,
        section::Empty,
        state::{AppState, Placed, use_app},
    },
};

/// Up to so many lines are drawn at once; more are asked for by a button, so that a thousand clients open at once.
const PAGE: usize = 100;

/// What the list shows of a client.
#[derive(Clone, PartialEq)]
struct Line {
    id: RecordId,
    name: String,
    folded: String,
    sector: String,
    status: ClientStatus,
    manager: String,
    reasons: String,
    worst: Option<Severity>,
}

/// Which clients are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Current,
    Attention,
    Archived,
}

impl Which {
    fn of(query: Option<&str>) -> Self {
        match query {
            Some("attention") => Self::Attention,
            Some("archived") => Self::Archived,
            _ => Self::Current,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Current => "",
            Self::Attention => "attention",
            Self::Archived => "archived",
        }
    }

    fn holds(self, line: &Line) -> bool {
        let archived = line.status == ClientStatus::Archived;
        match self {
            Self::Current => !archived,
            Self::Attention => !archived && line.worst.is_some(),
            Self::Archived => archived,
        }
    }
}

/// All clients.
#[component]
pub fn ClientsPage() -> impl IntoView {
    let app = use_app();
    let query = use_query_map();
    let which = Memo::new(move |_| query.with(|query| Which::of(query.get("which").as_deref())));
    let cards = Memo::new(move |_| query.with(|query| query.get("as").as_deref() == Some("cards")));
    let filter = RwSignal::new(String::new());
    let shown = RwSignal::new(PAGE);
    let lines = Memo::new(move |_| Arc::new(lines(&app)));
    let found = Memo::new(move |_| {
        let words = fold(&filter.get());
        let which = which.get();
        let hit = |line: &&Line| {
            which.holds(line) && words.split(' ').all(|word| line.folded.contains(word))
        };
        lines.with(|lines| lines.iter().filter(hit).cloned().collect::<Vec<_>>())
    });
    let more = Memo::new(move |_| found.with(Vec::len) > shown.get());
    let go = address();
    let choose_which = Callback::new({
        let go = go.clone();
        move |which: Which| go(which, cards.get_untracked())
    });
    let choose_layout = Callback::new(move |cards: bool| go(which.get_untracked(), cards));
    let none_at_all = Memo::new(move |_| lines.with(|lines| lines.is_empty()));
    view! {
        <Page title=Signal::stored(t::title().to_owned())>
            <header class="page-head">
                <div>
                    <h1>{t::title()}</h1>
                    <p class="lead">{move || t::clients(found.with(Vec::len))}</p>
                </div>
                <div class="acts">
                    <ComplaintsLink />
                    <a class="button firm" href="/clients/new">
                        <Icon glyph=Glyph::Plus small=true />
                        {shell::new_client()}
                    </a>
                </div>
            </header>
            <Show when=move || !none_at_all.get() fallback=|| view! { <Empty text=t::no_clients() /> }>
                <div class="filters">
                    <input
                        class="input"
                        type="search"
                        aria-label=t::filter()
                        placeholder=t::filter()
                        on:input=move |event| filter.set(event_target_value(&event))
                    />
                    <Segment
                        name="which"
                        label=t::status()
                        choices=vec![
                            (Which::Current, t::current()),
                            (Which::Attention, t::needs_attention()),
                            (Which::Archived, t::archived()),
                        ]
                        chosen=which
                        on_choose=choose_which
                    />
                    <Segment
                        name="layout"
                        label=t::layout()
                        choices=vec![(false, t::as_table()), (true, t::as_cards())]
                        chosen=cards
                        on_choose=choose_layout
                    />
                </div>
                <Show
                    when=move || found.with(|found| !found.is_empty())
                    fallback=|| view! { <Empty text=t::none_match() /> }
                >
                    {move || {
                        let lines = found.with(|found| found.iter().take(shown.get()).cloned().collect::<Vec<_>>());
                        if cards.get() { cards_of(lines).into_any() } else { table_of(lines).into_any() }
                    }}
                    <Show when=move || more.get()>
                        <div class="form-foot">
                            <button type="button" class="button" on:click=move |_| shown.update(|shown| *shown += PAGE)>
                                {shell::more()}
                            </button>
                        </div>
                    </Show>
                </Show>
            </Show>
        </Page>
    }
}

/// Puts the chosen view into the address, where it can be kept and shared.
fn address() -> impl Fn(Which, bool) + Clone + Send + Sync + 'static {
    let navigate = use_navigate();
    move |which, cards| {
        let mut parts = Vec::new();
        if !which.name().is_empty() {
            parts.push(format!("which={}", which.name()));
        }
        if cards {
            parts.push("as=cards".to_owned());
        }
        let query = if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) };
        let options =
            NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&format!("/clients{query}"), options);
    }
}

fn lines(app: &AppState) -> Vec<Line> {
    let attention = app.attention();
    let managers = account_managers(app);
    let mut lines: Vec<Line> = app
        .list(Client::KEY)
        .iter()
        .map(|Placed { row, .. }| {
            let keys = &Client::KEYS;
            let name = keys.name.raw(row).as_text().unwrap_or_default().to_owned();
            let sector = keys.sector.raw(row).as_text().unwrap_or_default().to_owned();
            let manager = managers.get(&row.id).cloned().unwrap_or_default();
            Line {
                folded: fold(&format!("{name} {sector} {manager}")),
                id: row.id,
                name,
                sector,
                status: keys.status.get(row).unwrap_or(ClientStatus::Foreign),
                manager,
                reasons: reason_words(&attention, row.id),
                worst: attention
                    .iter()
                    .filter(|found| found.client == row.id)
                    .map(|found| found.reason.severity)
                    .min(),
            }
        })
        .collect();
    // What presses comes first, then the alphabet.
    lines.sort_by_cached_key(|line| (Reverse(line.worst.map(Reverse)), line.folded.clone()));
    lines
}

/// Each client's account manager of today.
fn account_managers(app: &AppState) -> HashMap<RecordId, String> {
    let today = app.today();
    let names: HashMap<RecordId, String> =
        app.list(Member::KEY).iter().map(|placed| (placed.row.id, title_of(&placed.row))).collect();
    app.list(Assignment::KEY)
        .iter()
        .filter_map(|placed| {
            let DocumentId::Client(client) = placed.document else { return None };
            let keys = &Assignment::KEYS;
            let manages = keys.role.get(&placed.row) == Ok(Some(Role::AccountManager));
            let over = keys.until.raw(&placed.row).as_date().is_some_and(|until| until < today);
            let name = names.get(&keys.person.raw(&placed.row).as_link()?)?;
            (manages && !over).then(|| (client, name.clone()))
        })
        .collect()
}

fn table_of(lines: Vec<Line>) -> impl IntoView {
    let rows = lines
        .into_iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row">
                        <a class="row-link" href=place::client_path(line.id)>
                            {line.name}
                        </a>
                    </th>
                    <td class="support">{line.sector}</td>
                    <td class="support">{line.manager}</td>
                    <td class="support">{say(handbook::Choice::label(line.status))}</td>
                    <td class="support">{line.reasons}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table folds">
            <thead>
                <tr>
                    <th scope="col">{say(Client::KIND.one)}</th>
                    <th scope="col">{say(Client::KEYS.sector.field().label)}</th>
                    <th scope="col">{t::account_manager()}</th>
                    <th scope="col">{t::status()}</th>
                    <th scope="col">{t::reasons()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn cards_of(lines: Vec<Line>) -> impl IntoView {
    let cards = lines
        .into_iter()
        .map(|line| {
            let support: Vec<String> =
                [line.sector, line.manager].into_iter().filter(|text| !text.is_empty()).collect();
            view! {
                <li class="card">
                    <a href=place::client_path(line.id)>{line.name}</a>
                    <p class="support">{support.join(", ")}</p>
                    <p class="quiet-words">
                        {if line.reasons.is_empty() { say(handbook::Choice::label(line.status)).to_owned() } else { line.reasons }}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="cards">{cards}</ul> }
}

/// The way to the complaint desk, shown once there is something on it.
#[component]
fn ComplaintsLink() -> impl IntoView {
    let app = use_app();
    let any = Memo::new(move |_| !app.list(Complaint::KEY).is_empty());
    view! {
        <Show when=move || any.get()>
            <a class="button" href="/complaints">
                {complaint_texts::title()}
            </a>
        </Show>
    }
}

/// The form of a new client.
#[component]
pub fn NewClientPage() -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    let id = app.new_id();
    let saved = Callback::new(move |key: handbook::RecordKey| {
        navigate(&place::client_path(key.id), NavigateOptions::default());
    });
    let title = record_texts::new(say(Client::KIND.one));
    view! {
        <Page title=Signal::stored(title.clone())>
            <nav class="crumbs">
                <a href="/clients">{t::title()}</a>
                <Icon glyph=Glyph::ChevronEnd small=true />
            </nav>
            <header class="page-head">
                <h1>{title}</h1>
            </header>
            <div class="narrow">
            <NewForm
                kind=Client::KIND
                document=DocumentId::Client(id)
                id=id
                draft="new"
                shown=&["name", "sector", "status", "service_since"]
                on_saved=saved
            />
            </div>
        </Page>
    }
}
