//! One client: its head with the reasons to act, and a tab for each way of looking at it.

pub mod complaints;
pub mod details;
pub mod head;
pub mod merge;
pub mod overview;
pub mod people;
pub mod timeline;

use std::sync::Arc;

use handbook::{DocumentId, Record, RecordId, Row, records::Client};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect, hooks::use_query_map};

pub use self::{
    complaints::ComplaintsPage, details::DetailsPage, overview::OverviewPage, people::PeoplePage,
    timeline::TimelinePage,
};
use super::{
    id_param,
    shell::{Page, use_above},
};
use crate::{
    texts::shell as t,
    ui::{
        place,
        state::{AppState, use_app},
    },
};

/// The client that a page is about, and all rows of its document.
#[derive(Clone, Copy)]
pub struct Subject {
    /// The client.
    pub id: RecordId,
    /// Every living row of its document.
    pub rows: Signal<Arc<Vec<Row>>>,
    /// The client's own row.
    pub row: Signal<Row>,
}

impl Subject {
    /// Its document.
    pub fn document(&self) -> DocumentId {
        DocumentId::Client(self.id)
    }

    /// Living rows of one kind; reactive.
    pub fn of_kind(&self, kind: &'static str) -> Vec<Row> {
        self.rows.with(|rows| rows.iter().filter(|row| row.kind.key == kind).cloned().collect())
    }
}

/// What an address names a client by that has become part of the one whose pages it leads to.
const PART: &str = "part";

/// The frame of a client's pages: it waits for the document, and says so if there is none.
#[component]
pub fn ClientPage(
    /// The tab, as in its address; empty for the overview.
    tab: &'static str,
    /// The tab's content.
    view: fn(Subject) -> AnyView,
) -> impl IntoView {
    let client = id_param("client");
    let app = use_app();
    let above = use_above();
    // The log sheet opens for the client one looks at.
    Effect::new(move |_| above.log_for.set(client.get()));
    on_cleanup(move || {
        let _ = above.log_for.try_set(None);
    });
    let id = Memo::new(move |_| client.get());
    // A client that has become part of another is met on the other's pages, which say so.
    let shown = Memo::new(move |_| id.get().map(|id| app.merged().shown_as(id)));
    let query = use_query_map();
    let came_by = Signal::derive(move || query.with(|query| query.get(PART)?.parse().ok()));
    move || {
        let Some(id) = id.get() else { return view! { <Missing /> }.into_any() };
        if let Some(whole) = shown.get().filter(|whole| *whole != id) {
            let path = if tab.is_empty() {
                place::client_path(whole)
            } else {
                place::client_tab(whole, tab)
            };
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            return view! { <Redirect path=format!("{path}?{PART}={id}") options=options /> }
                .into_any();
        }
        let rows = Memo::new(move |_| rows(&app, id));
        let state =
            Memo::new(move |_| rows.with(|rows| rows.as_ref().map(|rows| own_row(rows).is_some())));
        let page = move || {
            match state.get() {
            None => view! { <Page title=Signal::stored(String::new())><p class="support">{t::reading()}</p></Page> }.into_any(),
            Some(false) => view! { <Missing /> }.into_any(),
            Some(true) => {
                let rows = Signal::derive(move || rows.get().unwrap_or_default());
                let row = Signal::derive(move || {
                    rows.with(|rows| own_row(rows).cloned()).unwrap_or_else(|| Row::empty(Client::KIND, id))
                });
                let subject = Subject { id, rows, row };
                let title = Signal::derive(move || row.with(Row::title));
                view! {
                    <Page title=title>
                        <merge::CameBy subject=subject part=came_by />
                        <head::Head subject=subject tab=tab />
                        {view(subject)}
                    </Page>
                }
                .into_any()
            }
        }
        };
        page.into_any()
    }
}

fn rows(app: &AppState, client: RecordId) -> Option<Arc<Vec<Row>>> {
    let rows = app.document(&DocumentId::Client(client))?;
    if rows.iter().any(|row| row.gone) {
        return Some(Arc::new(rows.iter().filter(|row| !row.gone).cloned().collect()));
    }
    Some(rows)
}

fn own_row(rows: &[Row]) -> Option<&Row> {
    rows.iter().find(|row| row.kind.key == Client::KEY)
}

/// Said where a record is not on this device.
#[component]
pub fn Missing() -> impl IntoView {
    view! {
        <Page title=Signal::stored(String::new())>
            <p>{t::record_missing()}</p>
            <p class="form-foot">
                <a class="button" href="/">
                    {t::today()}
                </a>
            </p>
        </Page>
    }
}
