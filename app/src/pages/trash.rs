//! The trash: everything that was deleted, the latest first, with the way back.

use handbook::{Op, search::fold};
use leptos::{prelude::*, task::spawn_local};

use super::shell::Page;
use crate::{
    texts::{list as t, record as record_texts, say, shell, title_of},
    ui::{
        crumbs::Back, format, model::Trashed, place, section::Empty, state::use_app,
        toast::use_toasts,
    },
};

/// So many lines are drawn; who looks for more, searches.
const DRAWN: usize = 200;

/// What was deleted.
#[component]
pub fn TrashPage() -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let found = RwSignal::new(None::<Vec<Trashed>>);
    let sought = RwSignal::new(String::new());
    let read = Callback::new(move |()| {
        spawn_local(async move {
            match app.act(|acts| (acts.trash)(())).await {
                Ok(trash) => {
                    let _ = found.try_set(Some(trash));
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    });
    read.run(());
    let seen = Memo::new(move |_| {
        let words = fold(&sought.get());
        let all = found.get().unwrap_or_default();
        let hit = |trashed: &Trashed| {
            let by = trashed.by.map(|by| app.member_name(by)).unwrap_or_default();
            let client = trashed.client.as_deref().unwrap_or_default();
            let text =
                fold(&format!("{} {} {client} {by}", name(trashed), say(trashed.row.kind.one)));
            words.split_whitespace().all(|word| text.contains(word))
        };
        all.into_iter().filter(hit).take(DRAWN).collect::<Vec<_>>()
    });
    let lines = move || {
        seen.get()
            .into_iter()
            .map(|trashed| view! { <TrashLine trashed=trashed read=read /> })
            .collect_view()
    };
    view! {
        <Page title=Signal::stored(t::trash().to_owned())>
            <Back to="/firm" words=shell::firm() />
            <header class="page-head">
                <div>
                    <h1>{t::trash()}</h1>
                    <p class="lead">{t::trash_help()}</p>
                </div>
            </header>
            {move || {
                let n = found.with(|found| found.as_ref().map(Vec::len));
                match n {
                    None => view! { <p class="support">{shell::reading()}</p> }.into_any(),
                    Some(0) => view! { <Empty text=t::trash_empty() /> }.into_any(),
                    Some(_) => {
                        view! {
                            <div class="filters">
                                <input
                                    class="input"
                                    type="search"
                                    aria-label=t::trash_search()
                                    placeholder=t::trash_search()
                                    prop:value=sought
                                    on:input=move |event| sought.set(event_target_value(&event))
                                />
                            </div>
                            <Show
                                when=move || seen.with(|seen| !seen.is_empty())
                                fallback=|| view! { <Empty text=t::none_match() /> }
                            >
                                <ul class="trash" aria-label=t::trash()>
                                    {lines}
                                </ul>
                            </Show>
                        }
                            .into_any()
                    }
                }
            }}
        </Page>
    }
}

/// What a deleted record was called.
fn name(trashed: &Trashed) -> String {
    let title = title_of(&trashed.row);
    if title.is_empty() { say(trashed.row.kind.one).to_owned() } else { title }
}

#[component]
fn TrashLine(trashed: Trashed, read: Callback<()>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let called = name(&trashed);
    let Trashed { document, client, row, by, at, batch } = trashed;
    let key = row.key();
    let said = called.clone();
    let restore = move |_| {
        busy.set(true);
        let said = said.clone();
        spawn_local(async move {
            let done = match batch {
                Some(batch) => {
                    let undone = app.act(|acts| (acts.undo_batch)((batch, vec![document]))).await;
                    undone.map(|was| t::undone(was.taken, &was.kept))
                }
                None => {
                    let written = app.write(document, vec![Op::Restore { key }], "restore").await;
                    written.map(|_| t::restored(&said))
                }
            };
            match done {
                Ok(words) => toasts.done(words),
                Err(trouble) => toasts.trouble(&trouble),
            }
            let _ = busy.try_set(false);
            read.run(());
        });
    };
    let whose = client.map(|client| format!("{}, {client}", say(row.kind.one)));
    let what = whose.unwrap_or_else(|| say(row.kind.one).to_owned());
    let who = by.map(|by| app.member_name(by)).filter(|name| !name.is_empty());
    let who = who.unwrap_or_else(|| record_texts::someone().to_owned());
    let when = at.map(|at| format::when(at, app.today())).unwrap_or_default();
    let words = if batch.is_some() { t::take_merge_back() } else { record_texts::restore() };
    view! {
        <li class="settings-row">
            <div>
                <p>
                    <a class="row-name" href=place::edit_path(document, key)>
                        {called.clone()}
                    </a>
                </p>
                <p class="support">{what}</p>
                <p class="quiet-words">{format!("{} {who}, {when}", t::deleted_by())}</p>
            </div>
            <button
                type="button"
                class="button"
                aria-label=t::restore(&called)
                disabled=busy
                on:click=restore
            >
                {words}
            </button>
        </li>
    }
}
