//! Plans the next visit: the form of a scheduled contact, filled in as one would.

use handbook::{
    Record,
    attention::Facts,
    records::{ScheduledContact, ScheduledKind},
    text,
    typed::Choice,
    visits,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::Subject;
use crate::{
    platform::address,
    texts::{say, visit as t},
    ui::{
        place,
        state::{AppState, use_app},
    },
};

/// The entry of the menu that leads to the form.
#[component]
pub fn PlanVisit(subject: Subject) -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    let plan = move |_| navigate(&untrack(|| path(&app, subject)), Default::default());
    view! {
        <button type="button" on:click=plan>
            {t::plan_visit()}
        </button>
    }
}

/// The address of the form, with what would be planned.
fn path(app: &AppState, subject: Subject) -> String {
    let setting = app.setting();
    let me = app.workspace.with(|workspace| workspace.member);
    let facts = subject
        .rows
        .with(|rows| subject.row.with(|client| Facts::from_rows(client, rows, setting.today)));
    let mut visit = visits::proposal(&facts, &setting, me);
    if visit.subject.is_empty() {
        visit.subject = say(ScheduledKind::Visit.label()).to_owned();
    }
    let values = visit.into_values();
    let parts: Vec<String> = values
        .iter()
        .filter_map(|(key, value)| {
            let field = ScheduledContact::KIND.field(key)?;
            Some(format!("{key}={}", address::query_part(&text::format(&field.ty, value))))
        })
        .collect();
    format!("{}?{}", place::new_path(subject.document(), ScheduledContact::KEY), parts.join("&"))
}
