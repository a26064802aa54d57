//! How the firm's procedures come to its clients: the gate, what was shown, and every client by stage (S4.56 to S4.62).

pub mod entry;
pub mod gate;
pub mod leaders;

use std::sync::Arc;

use handbook::{
    Choice, DocumentId, Known, Record, RecordId, Row,
    figures::rollout_gate::Input,
    known,
    lifecycles::{rollout::State, states},
    records::{Client, Rollout},
    strategy::rollout::{willing, worth_asking},
};
use leptos::prelude::*;

use self::{
    entry::{Asked, Question, RolloutEntry},
    gate::Gate,
    leaders::Leaders,
};
use super::shell::Page;
use crate::{
    texts::{rollout as t, say, shell, title_of},
    ui::{
        crumbs::Back,
        place,
        section::{Empty, Section},
        state::{AppState, use_app},
    },
};

/// The stages in the order in which a leader asks for them.
const STAGES: [State; 5] =
    [State::Pilot, State::Candidate, State::Evaluated, State::Adopted, State::Stopped];

/// A client that takes part.
#[derive(Debug, Clone, PartialEq)]
pub struct Taking {
    /// The client.
    pub client: RecordId,
    /// Its own row.
    pub own: Row,
    /// The rollout's row, with its notes.
    pub row: Row,
    /// The same as a struct.
    pub rollout: Known<Rollout>,
    /// Where it stands.
    pub state: State,
}

impl Taking {
    /// How willing the client is to invest; the lowest where nobody judged it.
    fn willing(&self) -> i64 {
        willing(&self.own)
    }
}

#[component]
pub fn RolloutPage() -> impl IntoView {
    let app = use_app();
    let taking = Memo::new(move |_| taking(&app));
    let gate = Memo::new(move |_| app.rollout_gate());
    let asked = RwSignal::new(None::<(Taking, Asked)>);
    let entries = move || {
        let all = taking.get();
        if all.is_empty() {
            return view! { <Empty text=t::no_rollout() /> }.into_any();
        }
        STAGES
            .iter()
            .filter_map(|stage| {
                let own: Vec<Taking> =
                    all.iter().filter(|one| one.state == *stage).cloned().collect();
                (!own.is_empty()).then(|| stage_view(*stage, own, gate, asked))
            })
            .collect_view()
            .into_any()
    };
    let aside = move || taking.with(|all| (!all.is_empty()).then(|| t::taking_part(all.len())));
    view! {
        <Page title=Signal::stored(t::title().to_owned())>
            <Back to="/firm" words=shell::firm() />
            <header class="page-head">
                <div>
                    <h1>{t::title()}</h1>
                    <p class="lead">{t::lead()}</p>
                </div>
            </header>
            <div class="rollout">
                <Leaders taking=taking />
                <Gate found=gate />
                <Momentum taking=taking />
                <Section title=t::stages() aside=aside>
                    {entries}
                </Section>
                <Others taking=taking />
            </div>
            <Question asked=asked />
        </Page>
    }
}

fn stage_view(
    stage: State,
    own: Vec<Taking>,
    gate: Memo<Vec<Input>>,
    asked: RwSignal<Option<(Taking, Asked)>>,
) -> impl IntoView {
    let name = say(stage.label());
    let count = own.len();
    let entries = own
        .into_iter()
        .map(|one| view! { <RolloutEntry one=one gate=gate asked=asked /> })
        .collect_view();
    view! {
        <section aria-label=name>
            <header class="stage-head">
                <h3>{name} " " <span class="count">{count}</span></h3>
            </header>
            {entries}
        </section>
    }
}

/// Every rollout with its notes, those of the most willing clients first. While a client's document is being read, what
/// the hot rows say stands in for it.
fn taking(app: &AppState) -> Vec<Taking> {
    let clients = app.list(Client::KEY);
    let hot = app.list(Rollout::KEY);
    let mut found: Vec<Taking> = hot
        .iter()
        .filter_map(|placed| {
            let DocumentId::Client(client) = placed.document else { return None };
            let whole = app.document(&placed.document).unwrap_or_default();
            let row = whole.iter().find(|row| row.key() == placed.row.key()).unwrap_or(&placed.row);
            let own = clients.iter().find(|one| one.row.id == client)?.row.clone();
            let rollout = known::<Rollout>(std::slice::from_ref(row)).pop()?;
            let state = states(&rollout.transitions, State::Candidate).into_iter().next_back()?;
            Some(Taking { client, own, row: row.clone(), rollout, state })
        })
        .collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.willing()), title_of(&one.own)));
    found
}

/// What evaluated pilots have shown: the reason to go on, for the leadership and for the next client.
#[component]
fn Momentum(taking: Memo<Vec<Taking>>) -> impl IntoView {
    let lines = move || {
        let told: Vec<_> = taking
            .get()
            .into_iter()
            .filter(|one| matches!(one.state, State::Evaluated | State::Adopted))
            .filter(|one| !one.rollout.evidence.trim().is_empty())
            .map(|one| {
                let path = place::record_path(DocumentId::Client(one.client), one.rollout.key());
                view! {
                    <li>
                        <span>{one.rollout.evidence.to_string()}</span>
                        <a class="reach support" href=path>
                            {title_of(&one.own)}
                        </a>
                    </li>
                }
            })
            .collect();
        if told.is_empty() {
            return view! { <p class="lead momentum">{t::no_momentum()}</p> }.into_any();
        }
        view! { <ul class="offers">{told}</ul> }.into_any()
    };
    view! { <Section title=t::momentum()>{lines}</Section> }
}

/// Clients that do not take part, the most willing first (S4.57).
#[component]
fn Others(taking: Memo<Vec<Taking>>) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        let within: Vec<RecordId> = taking.with(|all| all.iter().map(|one| one.client).collect());
        let all = app.list(Client::KEY);
        let found = worth_asking(all.iter().map(|placed| &placed.row), &within);
        found.into_iter().map(|row| Arc::new(row.clone())).collect::<Vec<_>>()
    });
    let lines = move || {
        found
            .get()
            .iter()
            .map(|row| {
                let name = title_of(row);
                let path = place::new_path(DocumentId::Client(row.id), Rollout::KEY);
                view! {
                    <li>
                        <span>
                            <a class="plain-link" href=place::client_path(row.id)>
                                {name.clone()}
                            </a>
                            <span class="support">" "{willing_words(row)}</span>
                        </span>
                        <a class="reach support" href=path aria-label=format!("{}: {name}", t::make_candidate())>
                            {t::make_candidate()}
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <Section title=t::others()>
                <ul class="offers">{lines}</ul>
            </Section>
        </Show>
    }
}

/// "Willing to invest: 4 of 5".
fn willing_words(client: &Row) -> String {
    match willing(client) {
        0 => t::willingness_unknown().to_owned(),
        to => t::willing(to),
    }
}
