//! What the client demands and what we answered; the major deliverables of an engagement.

use handbook::{
    Choice, Known, Record, RecordKey, known,
    records::{Contact, Demand, DemandStatus, MajorDeliverable},
};
use leptos::prelude::*;

use super::Belonging;
use crate::{
    texts::{engagement as t, say},
    ui::{
        format,
        icons::{Glyph, Icon},
        place,
        state::{AppState, use_app},
    },
};

#[component]
pub fn Demands(belonging: Belonging) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        let mut demands = known::<Demand>(&belonging.of_kind(Demand::KEY));
        // What waits for an answer stands first, the oldest of it on top.
        demands.sort_by_key(|one| (one.status != DemandStatus::New, one.raised_on));
        demands
    });
    let lines = move || {
        found.with(|found| found.iter().map(|one| demand(&app, belonging, one)).collect_view())
    };
    view! {
        <div class="label-head">
            <h3 class="label">{t::demands()}</h3>
            <a class="button quiet flush-end" href=belonging.new_path(Demand::KEY)>{t::new_demand()}</a>
        </div>
        <Show
            when=move || found.with(|found| !found.is_empty())
            fallback=|| view! { <p class="support">{t::no_demands()}</p> }
        >
            <table class="table folds">
                <thead>
                    <tr>
                        <th scope="col">{t::demand()}</th>
                        <th scope="col">{t::raised()}</th>
                        <th scope="col">{t::answer()}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </Show>
    }
}

fn demand(app: &AppState, belonging: Belonging, one: &Known<Demand>) -> impl IntoView + use<> {
    let document = belonging.document();
    let by = one.raised_by.map(|by| app.title(document, RecordKey::new(Contact::KIND, by.id)));
    let day = one.raised_on.map(|day| format::day(day, app.today()));
    let raised = t::by_on(&by.unwrap_or_default(), &day.unwrap_or_default());
    let kind = one.kind.map(|kind| view! { <p class="support">{say(kind.label())}</p> });
    let (class, glyph) = match one.status {
        DemandStatus::New => ("state soon", Glyph::Clock),
        DemandStatus::Delivered => ("state kept", Glyph::Check),
        _ => ("state", Glyph::Speech),
    };
    view! {
        <tr>
            <th scope="row">
                <a class="row-link client-words" href=place::record_path(document, one.key())>{one.text.clone()}</a>
                {kind}
            </th>
            <td class="support">{raised}</td>
            <td>
                <span class=class><Icon glyph=glyph small=true />{say(one.status.label())}</span>
                <p class="support">{one.answer.0.clone()}</p>
            </td>
        </tr>
    }
}

#[component]
pub fn Deliverables(belonging: Belonging) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        let mut found = known::<MajorDeliverable>(&belonging.of_kind(MajorDeliverable::KEY));
        found.sort_by_key(|one| (one.due.is_none(), one.due));
        found
    });
    let lines = move || {
        found.with(|found| found.iter().map(|one| deliverable(&app, belonging, one)).collect_view())
    };
    view! {
        <div class="label-head">
            <h3 class="label">{t::deliverables()}</h3>
            <a class="button quiet flush-end" href=belonging.new_path(MajorDeliverable::KEY)>{t::new_deliverable()}</a>
        </div>
        <Show
            when=move || found.with(|found| !found.is_empty())
            fallback=|| view! { <p class="support">{t::no_deliverables()}</p> }
        >
            <table class="table folds">
                <thead>
                    <tr>
                        <th scope="col">{t::deliverable()}</th>
                        <th scope="col" class="number">{t::due()}</th>
                        <th scope="col" class="number">{t::handed_over()}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </Show>
    }
}

fn deliverable(
    app: &AppState,
    belonging: Belonging,
    one: &Known<MajorDeliverable>,
) -> impl IntoView + use<> {
    let today = app.today();
    let day = |day| format::day(day, today);
    let late = one.done_on.is_none() && one.due.is_some_and(|due| due < today);
    let state = match one.done_on {
        Some(done) => {
            view! { <span class="state kept"><Icon glyph=Glyph::Check small=true />{day(done)}</span> }.into_any()
        }
        None if late => {
            view! { <span class="state late"><Icon glyph=Glyph::Octagon small=true />{t::late()}</span> }.into_any()
        }
        None => ().into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <a class="row-link" href=place::record_path(belonging.document(), one.key())>{one.name.clone()}</a>
            </th>
            <td class="number">{one.due.map(day)}</td>
            <td class="number">{state}</td>
        </tr>
    }
}
