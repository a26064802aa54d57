//! What is true of this device: storage, sync, version.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    pages::setup::SetUpNotice,
    texts::settings as t,
    ui::{
        format, language::LanguageRow, section::Section, state::use_app, toast::use_toasts,
        words::SyncLine,
    },
};

#[component]
pub fn Device() -> impl IntoView {
    view! {
        <Section title=t::storage()>
            <SyncRow />
            <SetUpNotice />
            <StorageRow />
            <LanguageRow />
            <Truths />
        </Section>
    }
}

#[component]
fn SyncRow() -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let relay = move || app.device.with(|device| device.relay.clone());
    let sync_now = move |_| {
        spawn_local(async move {
            if let Err(trouble) = app.act(|acts| (acts.sync_now)(())).await {
                toasts.trouble(&trouble);
            }
        });
    };
    view! {
        <div class="settings-row">
            <div>
                <p>{t::sync()}</p>
                <SyncLine />
                <p class="support">{move || relay().unwrap_or_else(|| t::no_relay().to_owned())}</p>
            </div>
            <Show when=move || relay().is_some()>
                <button type="button" class="button" on:click=sync_now>
                    {t::sync_now()}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn StorageRow() -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let persisted = Memo::new(move |_| app.device.with(|device| device.persisted));
    let words = move || match persisted.get() {
        Some(true) => t::persisted_yes(),
        Some(false) => t::persisted_no(),
        None => t::persisted_unknown(),
    };
    let ask = move |_| {
        spawn_local(async move {
            match app.act(|acts| (acts.persist)(())).await {
                Ok(true) => toasts.done(t::persisted_yes()),
                Ok(false) => toasts.done(t::persisted_no()),
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    view! {
        <div class="settings-row">
            <div>
                <p>{t::persisted()}</p>
                <p class="support">{words}</p>
            </div>
            <Show when=move || persisted.get() != Some(true)>
                <button type="button" class="button" on:click=ask>
                    {t::ask_persist()}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Truths() -> impl IntoView {
    let app = use_app();
    let used = move || {
        app.device.with(|device| match (device.used_bytes, device.quota_bytes) {
            (Some(used), Some(quota)) => {
                format!("{} / {}", format::bytes(used), format::bytes(quota))
            }
            (Some(used), None) => format::bytes(used),
            _ => "–".to_owned(),
        })
    };
    let last = move || {
        let today = app.today();
        let last = app.device.with(|device| device.last_sync);
        last.map_or_else(
            || t::never().to_owned(),
            |at| format!("{} {}", format::day_or_today(at.date(), today), at.format("%H:%M")),
        )
    };
    let held = move || {
        let held = app.device.with(|device| device.quarantined);
        (held > 0).then(|| {
            view! {
                <div>
                    <dt>{t::quarantined()}</dt>
                    <dd>{t::held_back(held)}</dd>
                </div>
            }
        })
    };
    let restored = move || {
        let times = app.device.with(|device| device.restored);
        (times > 0).then(|| {
            view! {
                <div>
                    <dt>{t::relay_restored()}</dt>
                    <dd>{t::restored_times(times)}</dd>
                </div>
            }
        })
    };
    view! {
        <dl class="values">
            <div>
                <dt>{t::last_sync()}</dt>
                <dd>{last}</dd>
            </div>
            <div>
                <dt>{t::space_used()}</dt>
                <dd>{used}</dd>
            </div>
            {held}
            {restored}
            <div>
                <dt>{t::version()}</dt>
                <dd>{move || app.device.with(|device| device.version.clone())}</dd>
            </div>
        </dl>
    }
}
