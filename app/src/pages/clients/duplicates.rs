//! Clients that may be one: each pair with what they share, the act that makes them one, and the word that they are two.

use handbook::{
    DocumentId, Record, RecordId,
    duplicates::{self, Pair, Shared},
    records::Client,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    pages::client::merge::merge,
    texts::{list as t, title_of},
    ui::{
        format, place,
        state::{AppState, use_app},
        toast::use_toasts,
    },
};

/// The pairs, with their names; reactive.
fn pairs(app: &AppState) -> Vec<(Pair, String, String)> {
    let clients = app.list(Client::KEY);
    let name = |id: RecordId| {
        let found = clients.iter().find(|placed| placed.row.id == id);
        found.map(|placed| title_of(&placed.row)).unwrap_or_default()
    };
    duplicates::possible(clients.iter().map(|placed| &placed.row))
        .into_iter()
        .map(|pair| {
            let (first, second) = (name(pair.first), name(pair.second));
            (pair, first, second)
        })
        .collect()
}

#[component]
pub fn Duplicates() -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| pairs(&app));
    let lines = move || {
        let pairs = found.get().into_iter();
        pairs
            .map(|(pair, first, second)| view! { <PairLine pair=pair first=first second=second /> })
            .collect_view()
    };
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <details class="duplicates">
                <summary class="button quiet flush-start">
                    {move || t::duplicates_found(found.with(Vec::len))}
                </summary>
                <ul aria-label=t::duplicates()>{lines}</ul>
            </details>
        </Show>
    }
}

#[component]
fn PairLine(pair: Pair, first: String, second: String) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let why: Vec<String> = pair
        .why
        .iter()
        .map(|shared| match shared {
            Shared::Name => t::same_name().to_owned(),
            Shared::Site(site) => t::same_site(site),
            Shared::Phone(phone) => t::same_phone(phone),
        })
        .collect();
    let words = t::merge_pair(&second, &first);
    let not_words = t::not_same_pair(&first, &second);
    let (into, part) = (pair.first, pair.second);
    let apart = move |_| {
        let op = pair.not_the_same();
        spawn_local(async move {
            let document = DocumentId::Client(into);
            if let Err(trouble) = app.write(document, vec![op], "not the same client").await {
                toasts.trouble(&trouble);
            }
        });
    };
    view! {
        <li class="settings-row">
            <div>
                <p>
                    <a href=place::client_path(into)>{first}</a>
                    " · "
                    <a href=place::client_path(part)>{second}</a>
                </p>
                <p class="support">{format::list(&why)}</p>
            </div>
            <div class="acts">
                <button type="button" class="button" aria-label=words on:click=move |_| { merge(app, toasts, part, into); }>
                    {t::merge()}
                </button>
                <button type="button" class="button quiet" aria-label=not_words on:click=apart>
                    {t::not_same()}
                </button>
            </div>
        </li>
    }
}
