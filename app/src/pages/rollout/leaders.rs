//! For whoever leads the firm: how far the procedures have come, whether projects are planned by them, and what waits for a
//! decision (S4.61, S4.62).

use std::collections::BTreeMap;

use handbook::{
    Choice, DocumentId, Known, Record, RecordId, RecordKey, Row,
    figures::{
        in_planning::{InPlan, in_planning},
        leadership::{Leadership, Standing, leadership},
    },
    known,
    records::{Client, ClientStatus, Engagement, Rollout, ScheduledContact},
};
use leptos::prelude::*;

use super::Taking;
use crate::{
    texts::{rollout as t, say, tell, title_of},
    ui::{
        format,
        icons::{Glyph, Icon},
        place,
        section::Section,
        state::{AppState, use_app},
    },
};

/// An engagement under way at a client that takes part.
#[derive(Debug, Clone, PartialEq)]
struct Planned {
    client: RecordId,
    client_name: String,
    name: String,
    plan: InPlan,
}

#[component]
pub fn Leaders(taking: Memo<Vec<Taking>>) -> impl IntoView {
    let app = use_app();
    let plans = Memo::new(move |_| plans(&app));
    let told =
        Memo::new(move |_| plans.with(|plans| taking.with(|taking| told(&app, taking, plans))));
    let sentences = move || {
        let Leadership { reach, planning, .. } = told.get();
        [reach, planning].map(|said| view! { <p>{tell(&said)}</p> }).collect_view()
    };
    let waiting = move || {
        let found = told.get().waiting;
        let line = |one: handbook::figures::leadership::Waiting| {
            let of = taking.with_untracked(|all| {
                all.iter().find(|taking| taking.rollout.id == one.rollout).cloned()
            })?;
            let key = RecordKey::new(Rollout::KIND, one.rollout);
            let path = place::record_path(DocumentId::Client(of.client), key);
            Some(view! {
                <li>
                    <span class="state wraps soon">
                        <Icon glyph=Glyph::Clock small=true />
                        {tell(&one.sentence)}
                    </span>
                    <a class="reach support" href=path>{title_of(&of.own)}</a>
                </li>
            })
        };
        let lines: Vec<_> = found.into_iter().filter_map(line).collect();
        (!lines.is_empty()).then(|| {
            view! {
                <h3 class="sub-head">{t::waiting()}</h3>
                <ul class="offers">{lines}</ul>
            }
        })
    };
    let lacking = move || {
        let lines: Vec<_> = plans
            .get()
            .into_iter()
            .filter(|one| !one.plan.missing.is_empty())
            .map(|one| {
                let missing: Vec<String> =
                    one.plan.missing.iter().map(|kind| say(kind.label()).to_owned()).collect();
                let path = place::client_tab(one.client, "engagements");
                view! {
                    <li>
                        <span>
                            <a class="plain-link" href=path>{one.name}</a>
                            <span class="support">" "{one.client_name}</span>
                        </span>
                        <span class="support">{t::not_planned(&format::list(&missing))}</span>
                    </li>
                }
            })
            .collect();
        (!lines.is_empty()).then(|| {
            view! {
                <h3 class="sub-head">{t::in_planning()}</h3>
                <ul class="offers">{lines}</ul>
            }
        })
    };
    view! {
        <Section title=t::leaders()>
            {sentences}
            {waiting}
            {lacking}
        </Section>
    }
}

fn told(app: &AppState, taking: &[Taking], plans: &[Planned]) -> Leadership {
    let standing = |one: &Taking| Standing {
        rollout: one.rollout.id,
        state: one.state,
        led: one.rollout.owner.is_some(),
    };
    let served = app
        .list(Client::KEY)
        .iter()
        .filter(|placed| Client::KEYS.status.get(&placed.row) == Ok(ClientStatus::Active))
        .count();
    let rollouts: Vec<Standing> = taking.iter().map(standing).collect();
    let whole = plans.iter().filter(|one| one.plan.missing.is_empty()).count();
    leadership(&rollouts, served, (whole, plans.len()))
}

/// Every engagement under way, by client.
fn plans(app: &AppState) -> Vec<Planned> {
    let mut scheduled: BTreeMap<DocumentId, Vec<Row>> = BTreeMap::new();
    for placed in app.list(ScheduledContact::KEY).iter() {
        scheduled.entry(placed.document).or_default().push(placed.row.clone());
    }
    let clients = app.list(Client::KEY);
    let mut found: Vec<Planned> = app
        .list(Engagement::KEY)
        .iter()
        .filter_map(|placed| {
            let DocumentId::Client(client) = placed.document else { return None };
            let own: Vec<Known<Engagement>> = known(std::slice::from_ref(&placed.row));
            let there = scheduled.get(&placed.document).map_or(&[][..], Vec::as_slice);
            let plan = in_planning(&own, &known::<ScheduledContact>(there)).pop()?;
            let of = clients.iter().find(|one| one.row.id == client)?;
            let (client_name, name) = (title_of(&of.row), title_of(&placed.row));
            Some(Planned { client, client_name, name, plan })
        })
        .collect();
    found.sort_by(|a, b| (&a.client_name, &a.name).cmp(&(&b.client_name, &b.name)));
    found
}
