//! Today: visits, then what needs attention, then what is due; each line says why.

mod badge;
pub mod due;
pub mod reasons;
pub mod snoozed;
pub mod team;
pub mod visits;

use std::{collections::HashMap, sync::Arc};

use handbook::{
    DocumentId, Record, RecordId,
    agenda::week_end,
    attention::{Severity, team::Team},
    records::{Assignment, Client, Function, Role},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::visits::Visits;
use super::shell::Page;
use crate::{
    texts::{client as client_texts, shell, today as t},
    ui::{
        chip::Segment,
        comments::Mentions,
        format,
        model::Attention,
        query::use_query,
        section::Empty,
        state::{AppState, use_app},
        turn::NextTurn,
    },
};
use due::DueThisWeek;
use reasons::NeedsAttention;

/// The page of the day.
#[component]
pub fn TodayPage() -> impl IntoView {
    let app = use_app();
    let query = use_query_map();
    let team = Memo::new(move |_| query.with(|query| Team::read(|part| query.get(part))));
    let own = Memo::new(move |_| own_clients(&app));
    // Somebody without clients of their own sees everybody's: an empty page would say nothing.
    let narrow =
        Memo::new(move |_| team.with(|team| !team.everyone) && own.with(|own| !own.is_empty()));
    let visits = Memo::new(move |_| visits::shown(&app, narrow.get(), &own.get()));
    let reasons = Memo::new(move |_| {
        let all = app.attention();
        if !narrow.get() {
            return all;
        }
        let me = app.workspace.with(|workspace| workspace.member);
        let mine = |found: &&Attention| {
            own.with(|own| own.contains(&found.client))
                || me.is_some() && found.reason.owner.map(RecordId::from_bytes) == me
        };
        Arc::new(all.iter().filter(mine).cloned().collect::<Vec<_>>())
    });
    let left = Memo::new(move |_| {
        let (all, team) = (reasons.get(), team.get());
        if !team.narrows() {
            return all;
        }
        let silent = if team.silent.is_some() { silent_functions(&app) } else { HashMap::new() };
        let held = |found: &&Attention| {
            let silent = silent.get(&found.client).into_iter().flatten().copied();
            team.holds(&found.reason, found.accountable, silent)
        };
        Arc::new(all.iter().filter(held).cloned().collect::<Vec<_>>())
    });
    let resting = Memo::new(move |_| {
        let all = app.resting();
        if !narrow.get() {
            return all;
        }
        let own = own.get();
        Arc::new(all.iter().filter(|one| own.contains(&one.client)).cloned().collect::<Vec<_>>())
    });
    let week = Memo::new(move |_| app.due(Some(week_end(app.today()))));
    badge::keep(app, reasons, visits, week);
    let title = move || format::day_title(app.today());
    let lead = move || {
        let urgent = reasons.with(|found| {
            found.iter().filter(|found| found.reason.severity == Severity::Urgent).count()
        });
        t::lead(visits.with(|visits| visits.len()), reasons.with(|found| found.len()), urgent)
    };
    let has_clients = Memo::new(move |_| !app.list(Client::KEY).is_empty());
    let go = use_query("/");
    view! {
        <Page title=Signal::stored(shell::today().to_owned())>
            <header class="page-head">
                <div>
                    <h1>{title}</h1>
                    <p class="lead">{lead}</p>
                </div>
                <Segment
                    name="whose"
                    label=t::whose()
                    choices=vec![(true, t::my_clients()), (false, t::everyone())]
                    chosen=narrow
                    on_choose=move |own: bool| go(&Team { everyone: !own, ..Team::default() }.written())
                />
            </header>
            <Show when=move || has_clients.get() fallback=NoClients>
                <div class="columns">
                    <div>
                        <Visits visits=visits />
                        <Mentions />
                        <NeedsAttention reasons=reasons left=left resting=resting team=team narrow=narrow />
                    </div>
                    <NextTurn content=move || view! { <DueThisWeek week=week mine=narrow /> }.into_any() />
                </div>
            </Show>
        </Page>
    }
}

/// The functions that have not been in touch with each living client.
fn silent_functions(app: &AppState) -> HashMap<RecordId, Vec<Function>> {
    let lines = app.reach();
    lines.iter().map(|line| (line.client, line.reach.silent().collect())).collect()
}

/// Clients for which the person has a role today.
fn own_clients(app: &AppState) -> Vec<RecordId> {
    let Some(me) = app.workspace.with(|workspace| workspace.member) else { return Vec::new() };
    let today = app.today();
    app.list(Assignment::KEY)
        .iter()
        .filter_map(|placed| {
            let DocumentId::Client(client) = placed.document else { return None };
            let keys = &Assignment::KEYS;
            let mine = keys.person.raw(&placed.row).as_link() == Some(me);
            let over = keys.until.raw(&placed.row).as_date().is_some_and(|until| until < today);
            let counts = keys.role.get(&placed.row).is_ok_and(|role| role != Some(Role::Foreign));
            (mine && !over && counts).then_some(client)
        })
        .collect()
}

#[component]
fn NoClients() -> impl IntoView {
    view! {
        <Empty text=t::no_clients()>
            <a class="button firm" href="/clients/new">
                {shell::new_client()}
            </a>
        </Empty>
    }
}

/// How the portfolio says the same: used by the list of clients.
pub(super) fn reason_words(found: &[Attention], client: RecordId) -> String {
    let count = |severity| {
        found
            .iter()
            .filter(|found| found.client == client && found.reason.severity == severity)
            .count()
    };
    client_texts::reason_counts(
        count(Severity::Urgent),
        count(Severity::Soon),
        count(Severity::Watch),
    )
}
