//! One client: its head with the reasons to act, and a tab for each way of looking at it.

pub mod archive;
pub mod as_of;
pub mod carried;
pub mod complaints;
pub mod details;
pub mod engagements;
pub mod head;
pub mod known;
pub mod lately;
pub mod merge;
pub mod overview;
pub mod people;
pub mod strategy;
pub mod timeline;
pub mod visit;

use std::sync::Arc;

use handbook::{DocumentId, Record, RecordId, Row, records::Client};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::Redirect,
    hooks::{use_location, use_query_map},
    location::Location,
};

pub use self::{
    complaints::ComplaintsPage,
    details::DetailsPage,
    engagements::EngagementsPage,
    overview::OverviewPage,
    people::PeoplePage,
    strategy::{DigestPage, StrategyPage},
    timeline::TimelinePage,
    visit::VisitPage,
};
use super::{id_param, nowhere::Missing, shell::Page};
use crate::{
    texts::{history, shell as t},
    ui::{
        place,
        state::{AppState, use_app},
        turn::NextTurn,
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
    let query = use_query_map();
    let came_by = Signal::derive(move || query.with(|query| query.get(PART)?.parse().ok()));
    of_client(move |subject| {
        let title = Signal::derive(move || subject.row.with(Row::title));
        view! {
            <Page title=title>
                <as_of::AsOfBanner client=subject.id />
                <merge::CameBy subject=subject part=came_by />
                <head::Head subject=subject tab=tab />
                <NextTurn content=move || view(subject) />
            </Page>
        }
        .into_any()
    })
}

/// A page about the client that the address names, once its document is read.
pub(super) fn of_client(
    page: impl Fn(Subject) -> AnyView + Clone + Send + 'static,
) -> impl IntoView {
    let client = id_param("client");
    let app = use_app();
    let id = Memo::new(move |_| client.get());
    // A client that has become part of another is met on the other's pages, which say so.
    let shown = Memo::new(move |_| id.get().map(|id| app.merged().shown_as(id)));
    let location = use_location();
    move || {
        let Some(id) = id.get() else { return view! { <Missing /> }.into_any() };
        if let Some(whole) = shown.get().filter(|whole| *whole != id) {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            let path = on_pages_of(whole, id, &location);
            return view! { <Redirect path=path options=options /> }.into_any();
        }
        let rows = Memo::new(move |_| rows(&app, id));
        let state =
            Memo::new(move |_| rows.with(|rows| rows.as_ref().map(|rows| own_row(rows).is_some())));
        let page = page.clone();
        let page = move || {
            match state.get() {
            None => view! { <Page title=Signal::stored(String::new())><p class="support">{t::reading()}</p></Page> }.into_any(),
            Some(false) if app.as_of.get().is_some() => view! { <NotYet client=id /> }.into_any(),
            Some(false) => view! { <Missing /> }.into_any(),
            Some(true) => {
                let rows = Signal::derive(move || rows.get().unwrap_or_default());
                let row = Signal::derive(move || {
                    rows.with(|rows| own_row(rows).cloned()).unwrap_or_else(|| Row::empty(Client::KIND, id))
                });
                page(Subject { id, rows, row })
            }
        }
        };
        page.into_any()
    }
}

/// The address of the same page of the client that another has become part of; what it asks for stays.
fn on_pages_of(whole: RecordId, part: RecordId, location: &Location) -> String {
    let path = location.pathname.get_untracked();
    let page = path.strip_prefix(&place::client_path(part)).unwrap_or_default();
    let asked = location.search.get_untracked();
    let also = if asked.is_empty() { String::new() } else { format!("&{asked}") };
    format!("{}{page}?{PART}={part}{also}", place::client_path(whole))
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

/// Said where the client was not there yet on the day that is looked at.
#[component]
fn NotYet(client: RecordId) -> impl IntoView {
    view! {
        <Page title=Signal::stored(String::new())>
            <as_of::AsOfBanner client=client />
            <p>{history::not_yet()}</p>
        </Page>
    }
}
