//! The desk: all complaints in a list, and the chosen one beside it where there is room.

use std::collections::HashMap;

use handbook::{
    DocumentId, Record, RecordId,
    records::{Client, Complaint},
};
use leptos::prelude::*;

use super::{
    record::ComplaintRecord,
    row::{ComplaintRow, Desked},
};
use crate::{
    pages::{id_param, shell::Notices},
    platform::dom,
    texts::{complaint as t, title_of},
    ui::{
        section::Empty,
        state::{AppState, use_app},
    },
};

#[component]
pub fn DeskPage() -> impl IntoView {
    let app = use_app();
    let client = id_param("client");
    let id = id_param("id");
    let chosen = Memo::new(move |_| Some((client.get()?, id.get()?)));
    let closed = RwSignal::new(false);
    let found = Memo::new(move |_| desked(&app));
    dom::set_title(&format!("{} · Rapport", t::title()));
    let record = move || match chosen.get() {
        Some((client, id)) => view! { <ComplaintRecord client=client id=id /> }.into_any(),
        None => view! { <p class="support">{t::choose_one()}</p> }.into_any(),
    };
    view! {
        <div class="page desk" class:record-open=move || chosen.get().is_some()>
            <section class="desk-list" aria-label=t::title()>
                <DeskHead found=found />
                <Show
                    when=move || found.with(|found| !found.is_empty())
                    fallback=|| view! { <div class="desk-note"><Empty text=t::none() /></div> }
                >
                    <For
                        each=move || shown(&found.get(), closed.get())
                        key=|desked| (desked.id, format!("{desked:?}"))
                        let:desked
                    >
                        <ComplaintRow desked=desked />
                    </For>
                    <p class="desk-note">{t::ruler_note()}</p>
                    <p class="desk-note">
                        <button type="button" class="button quiet flush-start" on:click=move |_| closed.update(|closed| *closed = !*closed)>
                            {move || if closed.get() { t::open_only() } else { t::closed_too() }}
                        </button>
                    </p>
                </Show>
            </section>
            <section class="desk-record">
                <Notices />
                {record}
            </section>
        </div>
    }
}

fn shown(found: &[Desked], closed: bool) -> Vec<Desked> {
    found.iter().filter(|desked| closed || desked.state.is_open()).cloned().collect()
}

/// Every complaint of every client, the most pressing first.
fn desked(app: &AppState) -> Vec<Desked> {
    let setting = app.setting();
    let names: HashMap<RecordId, String> =
        app.list(Client::KEY).iter().map(|placed| (placed.row.id, title_of(&placed.row))).collect();
    let mut found: Vec<Desked> = app
        .list(Complaint::KEY)
        .iter()
        .filter_map(|placed| {
            let DocumentId::Client(client) = placed.document else { return None };
            let name = names.get(&client).map_or("", String::as_str);
            Some(Desked::read(client, name, &placed.row, &setting))
        })
        .collect();
    found.sort_by_cached_key(Desked::order);
    found
}

#[component]
fn DeskHead(found: Memo<Vec<Desked>>) -> impl IntoView {
    let open =
        move || found.with(|found| found.iter().filter(|desked| desked.state.is_open()).count());
    view! {
        <header class="desk-list-head">
            <div class="desk-title">
                <h1>{t::title()}</h1>
                <a class="button" href="/complaints/new">
                    {t::new()}
                </a>
            </div>
            <p class="support">{move || t::open_count(open())}</p>
        </header>
    }
}
