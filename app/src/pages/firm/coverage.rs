//! Who of us is in touch with which client, over all clients at once: a line each, and what hangs on one person
//! (product.md story 7).

use std::{cmp::Reverse, sync::Arc};

use handbook::{
    Choice, DocumentId, Record, RecordId, RecordKey,
    figures::{
        concentration::Flag,
        reach::{Reach, most_silent},
    },
    records::{Client, Contact, Function},
    search::fold,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    pages::{shell::Page, today::team::Narrow},
    texts::{client as client_texts, day::days_ago, say, shell, team as t},
    ui::{
        chip::CheckChip,
        crumbs::Back,
        heat::{Legend, cell},
        model::ClientReach,
        place,
        query::use_query,
        section::Empty,
        state::{AppState, use_app},
    },
};

/// Up to so many lines are drawn at once.
const PAGE: usize = 100;

#[component]
pub fn CoveragePage() -> impl IntoView {
    let app = use_app();
    let query = use_query_map();
    let silent = Memo::new(move |_| {
        query.with(|query| query.get("silent").and_then(|key| Function::from_key(&key)))
    });
    let one = Memo::new(move |_| query.with(|query| query.get("one").as_deref() == Some("yes")));
    let filter = RwSignal::new(String::new());
    let shown = RwSignal::new(PAGE);
    let all = Memo::new(move |_| app.reach());
    let found = Memo::new(move |_| {
        let (silent, one, words) = (silent.get(), one.get(), fold(&filter.get()));
        let hit = |line: &&ClientReach| {
            silent.is_none_or(|function| line.reach.is_silent(function))
                && (!one || !line.reach.flags.is_empty())
                && (words.is_empty() || fold(&line.client_name).contains(&words))
        };
        let mut found: Vec<ClientReach> = all.with(|all| all.iter().filter(hit).cloned().collect());
        // What is thinnest comes first, and of those alike what hangs on one person.
        found.sort_by_key(|line| (line.reach.covered(), Reverse(line.reach.flags.len())));
        Arc::new(found)
    });
    let go = use_query("/firm/coverage");
    let go = Callback::new(move |(silent, one): (Option<Function>, bool)| {
        let silent = silent.map_or_else(String::new, |one| one.key().to_owned());
        go(&[("silent", silent), ("one", if one { "yes".to_owned() } else { String::new() })]);
    });
    let functions = Signal::stored(
        Function::ALL.iter().map(|it| (it.key().to_owned(), say(it.label()).to_owned())).collect(),
    );
    let more = move || found.with(|found| found.len() > shown.get());
    view! {
        <Page title=Signal::stored(t::coverage().to_owned())>
            <Back to="/firm" words=shell::firm() />
            <header class="page-head">
                <div>
                    <h1>{t::coverage()}</h1>
                    <p class="lead">{move || all.with(|all| (!all.is_empty()).then(|| finding(all)))}</p>
                </div>
            </header>
            <Show
                when=move || all.with(|all| !all.is_empty())
                fallback=|| view! { <Empty text=t::coverage_empty() /> }
            >
                <div class="filters">
                    <input
                        class="input"
                        type="search"
                        aria-label=client_texts::filter()
                        placeholder=client_texts::filter()
                        on:input=move |event| filter.set(event_target_value(&event))
                    />
                    <Narrow
                        label=t::silent()
                        any=t::any_function()
                        options=functions
                        chosen=Signal::derive(move || silent.get().map_or_else(String::new, |one| one.key().to_owned()))
                        on_choose=Callback::new(move |key: String| {
                            go.run((Function::from_key(&key), one.get_untracked()));
                        })
                    />
                    <CheckChip
                        label=t::one_person()
                        chosen=one
                        on_choose=Callback::new(move |one| go.run((silent.get_untracked(), one)))
                    />
                </div>
                <Show
                    when=move || found.with(|found| !found.is_empty())
                    fallback=|| view! { <Empty text=client_texts::none_match() /> }
                >
                    <Table found=found shown=shown />
                    <Show when=more>
                        <button type="button" class="button quiet flush-start" on:click=move |_| shown.update(|shown| *shown += PAGE)>
                            {shell::more()}
                        </button>
                    </Show>
                </Show>
            </Show>
        </Page>
    }
}

/// "Finance is silent at 5 of 7 clients in the last 90 days. 2 clients depend on one person."
fn finding(lines: &[ClientReach]) -> String {
    let silent = match most_silent(lines.iter().map(|line| &line.reach)) {
        Some((function, count)) => {
            format!("{} {}", t::is_silent(say(function.label())), t::silent_at(count, lines.len()))
        }
        None => t::all_in_touch().to_owned(),
    };
    let concentrated = lines.iter().filter(|line| !line.reach.flags.is_empty()).count();
    format!("{silent} {}", t::concentrated(concentrated))
}

#[component]
fn Table(found: Memo<Arc<Vec<ClientReach>>>, shown: RwSignal<usize>) -> impl IntoView {
    let app = use_app();
    let head = Function::ALL
        .iter()
        .map(|function| view! { <th scope="col">{say(function.label())}</th> })
        .collect_view();
    let rows = move || {
        found
            .with(|found| found.iter().take(shown.get()).map(|line| row(&app, line)).collect_view())
    };
    view! {
        <table class="heat coverage">
            <caption class="unseen">{t::coverage_caption()}</caption>
            <thead>
                <tr>
                    <th class="heat-name" scope="col">{say(Client::KIND.one)}</th>
                    {head}
                    <th class="coverage-in-touch" scope="col">{t::covered()}</th>
                    <th class="coverage-depends" scope="col">{t::depends()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <Legend />
    }
}

fn row(app: &AppState, line: &ClientReach) -> impl IntoView + use<> {
    let today = app.today();
    let Reach { counts, last, conversations, flags } = line.reach.clone();
    let cells = Function::ALL
        .iter()
        .zip(counts.into_iter().zip(last))
        .map(|(function, (count, last))| {
            let (class, text) = cell(count);
            let spoke = last.map_or_else(
                || client_texts::never().to_owned(),
                |on| days_ago((today - on).num_days()),
            );
            let title = format!("{}: {spoke}", say(function.label()));
            view! {
                <td class=class title=title data-function=say(function.label())>
                    {text}
                </td>
            }
        })
        .collect_view();
    let depends = flags
        .iter()
        .map(|flag| depends_on(app, line.client, *flag, conversations))
        .map(|words| view! { <p>{words}</p> })
        .collect_view();
    view! {
        <tr>
            <th class="heat-name" scope="row">
                <a class="plain-link" href=place::client_path(line.client)>{line.client_name.clone()}</a>
            </th>
            {cells}
            <td class="coverage-in-touch">{t::covered_of(line.reach.covered(), Function::ALL.len())}</td>
            <td class="coverage-depends">{depends}</td>
        </tr>
    }
}

/// "Tomas Reuter, 78 % of 9".
fn depends_on(app: &AppState, client: RecordId, flag: Flag, conversations: usize) -> String {
    let named = |name: String, share| {
        let name = if name.is_empty() { client_texts::unknown().to_owned() } else { name };
        t::share(&name, share, conversations)
    };
    match flag {
        Flag::OneOfUs(person, share) => named(app.member_name(person.bytes()), share),
        Flag::OneContact(contact, share) => {
            let key = RecordKey::new(Contact::KIND, contact);
            named(app.title(DocumentId::Client(client), key), share)
        }
        Flag::OnlyContact => t::only_contact().to_owned(),
    }
}
