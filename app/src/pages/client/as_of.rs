//! A client as it stood at the end of a past day: the same pages, for reading only.
//!
//! The day stands in the address with which it was opened (`?as-of=2026-03-03`) and holds for as long as one stays
//! with that client.

use chrono::NaiveDate;
use handbook::RecordId;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use crate::{
    pages::settings::export::export,
    texts::{history as t, shell},
    ui::{
        field::FieldFrame,
        format,
        icons::{Glyph, Icon},
        model::{AsOf, Export},
        place,
        sheet::Dialog,
        state::use_app,
        toast::use_toasts,
    },
};

/// The name of the day in the address.
const QUERY: &str = "as-of";
const INPUT: &str = "as-of-day";

/// Follows the address: a day named there is shown, and leaving the client leads back to today. Shows nothing itself.
#[component]
pub fn AsOfWatch() -> impl IntoView {
    let app = use_app();
    let location = use_location();
    Effect::new(move |_| {
        let client = location.pathname.with(|path| client_of(path));
        let day = location.query.with(|query| query.get(QUERY).and_then(|day| day.parse().ok()));
        let today = app.clock.with_untracked(|clock| clock.today);
        let before = app.as_of.get_untracked();
        let named = day.filter(|day: &NaiveDate| *day < today);
        let next = match (client, named) {
            (Some(client), Some(day)) => Some(AsOf { client, day }),
            (client, _) => before.filter(|before| Some(before.client) == client),
        };
        if next != before {
            app.as_of.set(next);
        }
    });
    on_cleanup(move || {
        let _ = app.as_of.try_set(None);
    });
}

/// The client whose pages an address belongs to.
fn client_of(path: &str) -> Option<RecordId> {
    path.strip_prefix("/clients/")?.split('/').next()?.parse().ok()
}

/// Asks for the day.
#[component]
pub fn AsOfDialog(
    /// The client.
    client: RecordId,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    let typed = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let latest = move || app.clock.get().today.pred_opt().map(|day| day.to_string());
    let show = Callback::new(move |()| {
        let today = app.clock.with_untracked(|clock| clock.today);
        let day = typed.with_untracked(|typed| typed.parse::<NaiveDate>().ok());
        match day.filter(|day| *day < today) {
            Some(day) => {
                open.set(false);
                let path = format!("{}?{QUERY}={day}", place::client_path(client));
                navigate(&path, NavigateOptions::default());
            }
            None => problem.set(Some(t::no_day().to_owned())),
        }
    });
    view! {
        <Dialog id="as-of" title=Signal::stored(t::as_of_title().to_owned()) open=open>
            <p class="support">{t::as_of_help()}</p>
            <FieldFrame id=INPUT label=t::day() problem=problem>
                <input
                    id=INPUT
                    class="input"
                    type="date"
                    max=latest
                    prop:value=typed
                    on:input=move |event| {
                        problem.set(None);
                        typed.set(event_target_value(&event));
                    }
                />
            </FieldFrame>
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {shell::cancel()}
                </button>
                <button type="button" class="button firm" on:click=move |_| show.run(())>
                    {t::show_day()}
                </button>
            </div>
        </Dialog>
    }
}

/// Which day is shown, and the way back. Nothing today.
#[component]
pub fn AsOfBanner(
    /// The client whose page it is.
    client: RecordId,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let navigate = StoredValue::new(use_navigate());
    let back = move |_| {
        app.as_of.set(None);
        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&place::client_path(client), options));
    };
    move || {
        let past = app.as_of.get().filter(|past| past.client == client)?;
        Some(view! {
            <div class="as-of" role="status">
                <Icon glyph=Glyph::Clock />
                <strong>{t::as_of_day(&format::full_day(past.day))}</strong>
                <button
                    type="button"
                    class="button quiet"
                    on:click=move |_| export(app, toasts, Export::HandbookAsOf(client, past.day))
                >
                    {t::export_day()}
                </button>
                <button type="button" class="button" on:click=back>
                    {t::back_to_today()}
                </button>
            </div>
        })
    }
}
