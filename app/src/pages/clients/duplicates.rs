//! Clients that may be one: each pair with what they share, and the act that makes them one.

use handbook::{
    Record, RecordId,
    duplicates::{self, Pair, Shared},
    records::Client,
};
use leptos::prelude::*;

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
    let (into, part) = (pair.first, pair.second);
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
            <button type="button" class="button" aria-label=words on:click=move |_| { merge(app, toasts, part, into); }>
                {t::merge()}
            </button>
        </li>
    }
}
