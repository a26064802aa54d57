//! The pages, one folder each, and the routes that lead to them.

pub mod agenda;
pub mod client;
pub mod clients;
pub mod complaints;
pub mod conflicts;
pub mod drop;
pub mod firm;
pub mod list;
pub mod log;
pub mod nowhere;
pub mod palette;
pub mod reach;
pub mod record;
pub mod rollout;
pub mod settings;
pub mod setup;
pub mod shared;
pub mod shell;
pub mod start;
pub mod stopped;
pub mod team;
pub mod today;
pub mod trash;
pub mod undo;

use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Redirect, Route, Router, Routes},
    hooks::use_params_map,
    path,
};

use crate::ui::{
    language::Tongue,
    model::Stage,
    state::AppState,
    toast::{ToastRegion, Toasts},
};

/// The whole app over its state, which `main` makes.
#[component]
pub fn App(
    /// What pages see and may ask.
    state: AppState,
) -> impl IntoView {
    provide_context(state);
    provide_context(Toasts::new());
    let tongue = Tongue::new();
    provide_context(tongue);
    provide_context(shell::Above::new());
    let face = Memo::new(move |_| match state.stage.get() {
        Stage::Opening => Face::Nothing,
        Stage::Doors | Stage::Joining(_) | Stage::Paused => Face::Doors,
        Stage::Open => Face::Workspace,
        Stage::Emptying => Face::Emptying,
        Stage::Stopped(why) => Face::Stopped(why),
    });
    view! {
        <Router>
            {move || {
                // Another language writes every page anew: texts are read while it is made.
                tongue.get();
                match face.get() {
                    Face::Nothing => ().into_any(),
                    Face::Doors => view! { <start::StartPage /> }.into_any(),
                    Face::Workspace => view! { <Workspace /> }.into_any(),
                    Face::Emptying => view! { <team::out::EmptyingPage /> }.into_any(),
                    Face::Stopped(why) => view! { <Stopped why=why /> }.into_any(),
                }
            }}
            <ToastRegion />
        </Router>
    }
}

#[derive(Clone, PartialEq)]
enum Face {
    Nothing,
    Doors,
    Workspace,
    Emptying,
    Stopped(String),
}

#[component]
fn Stopped(why: String) -> impl IntoView {
    view! {
        <main class="stopped">
            <h1>"Rapport"</h1>
            <p role="alert">{why}</p>
        </main>
    }
}

#[component]
fn Workspace() -> impl IntoView {
    view! {
        <Routes fallback=|| ()>
            <ParentRoute path=path!("") view=shell::Shell>
                <Route path=path!("") view=today::TodayPage />
                <Route path=path!("agenda") view=agenda::AgendaPage />
                <Route path=path!("clients") view=clients::ClientsPage />
                <Route path=path!("clients/new") view=clients::NewClientPage />
                <Route path=path!("clients/:client") view=client::OverviewPage />
                <Route path=path!("clients/:client/timeline") view=client::TimelinePage />
                <Route path=path!("clients/:client/people") view=client::PeoplePage />
                <Route path=path!("clients/:client/engagements") view=client::EngagementsPage />
                <Route path=path!("clients/:client/complaints") view=client::ComplaintsPage />
                <Route path=path!("clients/:client/strategy") view=client::StrategyPage />
                <Route path=path!("clients/:client/strategy/digest") view=client::DigestPage />
                <Route path=path!("clients/:client/details") view=client::DetailsPage />
                <Route path=path!("clients/:client/visit") view=client::VisitPage />
                <Route path=path!("clients/:client/visit/:id") view=client::VisitPage />
                <Route path=path!("clients/:client/:kind") view=record::ListPage />
                <Route path=path!("clients/:client/:kind/new") view=record::NewPage />
                <Route path=path!("clients/:client/:kind/:id") view=record::RecordPage />
                <Route path=path!("complaints") view=complaints::DeskPage />
                <Route path=path!("complaints/new") view=complaints::NewComplaintPage />
                <Route path=path!("complaints/:client/:id") view=complaints::DeskPage />
                <Route path=path!("firm") view=firm::FirmPage />
                <Route path=path!("firm/coverage") view=firm::coverage::CoveragePage />
                <Route path=path!("firm/team") view=team::TeamPage />
                <Route path=path!("firm/rollout") view=rollout::RolloutPage />
                <Route path=path!("firm/conflicts") view=conflicts::ConflictsPage />
                <Route path=path!("firm/trash") view=trash::TrashPage />
                <Route path=path!("firm/:kind") view=record::ListPage />
                <Route path=path!("firm/:kind/new") view=record::NewPage />
                <Route path=path!("firm/:kind/:id") view=record::RecordPage />
                <Route path=path!("settings") view=settings::SettingsPage />
                <Route path=path!("shared") view=shared::SharedPage />
                <Route path=path!("index.html") view=|| view! { <Redirect path="/" /> } />
                <Route path=path!("*nowhere") view=nowhere::NowherePage />
            </ParentRoute>
        </Routes>
    }
}

/// A part of the address that names a record; reactive.
pub(crate) fn id_param(name: &'static str) -> Signal<Option<handbook::RecordId>> {
    let params = use_params_map();
    Signal::derive(move || params.with(|params| params.get(name)?.parse().ok()))
}

/// A part of the address as text; reactive.
pub(crate) fn text_param(name: &'static str) -> Signal<String> {
    let params = use_params_map();
    Signal::derive(move || params.with(|params| params.get(name).unwrap_or_default()))
}
