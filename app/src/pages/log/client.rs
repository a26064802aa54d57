//! The client that is spoken with, and how to choose another.

use handbook::{
    DocumentId, Record, RecordKey, Value,
    records::{CLIENT, ScheduledContact},
};
use leptos::prelude::*;

use super::Log;
use crate::{
    texts::log as t,
    ui::{candidates::candidates, chip::Face, format},
};

#[component]
pub fn ClientLine(log: Log) -> impl IntoView {
    let app = log.app;
    let choosing = RwSignal::new(false);
    let name = move || {
        let client = log.client.get()?;
        let kind = handbook::kind(CLIENT)?;
        Some(app.title(DocumentId::Client(client), RecordKey::new(kind, client)))
    };
    let from = move || {
        let visit = ScheduledContact::from_row(&log.visit()?).ok()?;
        let time = visit.time.map(|time| format::clock(time.clock()));
        Some(view! { <p class="support">{t::from_visit(time.as_deref())}</p> })
    };
    let chosen = move |event| {
        let client = event_target_value(&event).parse().ok();
        log.new.set("contacts", Value::Empty);
        log.client.set(client);
        log.keep_client(client);
        choosing.set(false);
    };
    let options = move || {
        let current = log.client.get();
        candidates(&app, DocumentId::Firm, CLIENT)
            .into_iter()
            .map(|(id, name)| view! { <option value=id.to_string() selected=Some(id) == current>{name}</option> })
            .collect_view()
    };
    let choose = move || {
        view! {
            <div class="field">
                <label for="log-client">{t::choose_client()}</label>
                <select id="log-client" class="input" on:change=chosen>
                    <option value="">{t::choose_client()}</option>
                    {options}
                </select>
            </div>
        }
    };
    move || {
        match name().filter(|_| !choosing.get()) {
        None => choose().into_any(),
        Some(name) => view! {
            <div class="log-client">
                <Face name=name.clone() firm=true />
                <div>
                    <p class="firm-words">{name}</p>
                    {from}
                </div>
                // A visit is the client's to whom it was planned.
                {log.scheduled
                    .is_none()
                    .then(|| {
                        view! {
                            <button type="button" class="button quiet" on:click=move |_| choosing.set(true)>
                                {t::change_client()}
                            </button>
                        }
                    })}
            </div>
        }
        .into_any(),
    }
    }
}
