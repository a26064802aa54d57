//! Who was erased, and which devices have carried it out.

use handbook::DocumentId;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    texts::{erase as t, roster},
    ui::{
        format,
        model::erase::{ErasedOn, Erasure, Receipt},
        section::Section,
        state::{AppState, use_app},
        toast::use_toasts,
    },
};

/// All erasures, asked for anew whenever something of the team or the log may have changed.
pub fn erasures() -> ReadSignal<Vec<Erasure>> {
    let app = use_app();
    let toasts = use_toasts();
    let found = RwSignal::new(Vec::<Erasure>::new());
    Effect::new(move |_| {
        app.track_all();
        spawn_local(async move {
            match app.act(|acts| (acts.erasures)(())).await {
                Ok(erasures) => {
                    let _ = found.try_set(erasures);
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    });
    found.read_only()
}

#[component]
pub fn Erased() -> impl IntoView {
    let found = erasures();
    let line = move |erasure: Erasure| view! { <Entry erasure=erasure /> };
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <Section title=t::erasures() aside=move || found.with(Vec::len)>
                <div class="entries">{move || found.get().into_iter().map(line).collect_view()}</div>
            </Section>
        </Show>
    }
}

#[component]
pub fn Entry(
    /// One of them.
    erasure: Erasure,
) -> impl IntoView {
    let app = use_app();
    let margin = match &erasure.begun {
        None => t::waits().to_owned(),
        Some((at, _)) => format::day_or_today(at.date(), app.today()),
    };
    let told = match &erasure.begun {
        None if app.team().owner => t::waits_here().to_owned(),
        None => t::waits_for_owner().to_owned(),
        Some((_, by)) => t::carried_out(erasure.done(), erasure.devices.len(), by),
    };
    let devices = erasure
        .devices
        .iter()
        .map(|device| {
            view! {
                <li>
                    {device.name.clone()}
                    ", "
                    {roster::device(&device.mark)}
                    ": "
                    {said(&app, device)}
                </li>
            }
        })
        .collect_view();
    view! {
        <article class="entry">
            <p class="entry-margin">{margin}</p>
            <h3 class="entry-head">{t::whom(erasure.people.len(), &erasure.client)}</h3>
            <div class="entry-body support">
                <p>{told}</p>
                <ul class="happens">{devices}</ul>
                {erasure.withdrawable.then(|| view! { <Withdraw document=erasure.document /> })}
            </div>
        </article>
    }
}

/// Takes an erasure back that waits.
#[component]
pub fn Withdraw(
    /// Where it was asked for.
    document: DocumentId,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let withdraw = move |_| {
        spawn_local(async move {
            match app.act(|acts| (acts.withdraw_erasure)(document)).await {
                Ok(()) => toasts.done(t::withdrawn()),
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    view! {
        <button type="button" class="button" on:click=withdraw>
            {t::withdraw()}
        </button>
    }
}

fn said(app: &AppState, device: &ErasedOn) -> String {
    match device.receipt {
        Receipt::Waiting => t::device_waits().to_owned(),
        Receipt::Gone => t::device_gone().to_owned(),
        Receipt::Lost => t::device_lost().to_owned(),
        Receipt::Done(at) => t::device_done(&format!(
            "{} {}",
            format::day_or_today(at.date(), app.today()),
            format::clock(at.time())
        )),
    }
}
