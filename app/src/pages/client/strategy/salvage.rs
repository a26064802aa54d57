//! What can still be gained after a loss, and the way back to a client.

use handbook::{
    Known, Record,
    records::{Action, ActionSource, Client, Contact, Opportunity, SalvagePlan},
};
use leptos::prelude::*;

use super::{
    Entry, Part, Subject,
    actions::{Actions, from_one},
    label, labelled, line, new_of, of, ours, record_of, state,
};
use crate::{
    texts::strategy as t,
    ui::{format, icons::Glyph, place, section::Empty, state::use_app, value::name_of},
};

#[component]
pub fn SalvageSection(subject: Subject) -> impl IntoView {
    let plans = of::<SalvagePlan>(subject);
    let actions = of::<Action>(subject);
    let entries = move || {
        let mut plans = plans.get();
        if plans.is_empty() {
            return view! { <Empty text=t::salvage_why() /> }.into_any();
        }
        plans.sort_by_key(|plan| (plan.entry_next.is_none(), plan.entry_next));
        plans
            .into_iter()
            .map(|plan| view! { <PlanEntry subject=subject plan=plan actions=actions.get() /> })
            .collect_view()
            .into_any()
    };
    view! {
        <Part id="salvage" title=t::salvage() act=(t::new_salvage(), new_of(subject, SalvagePlan::KIND, &[]))>
            <EntryPoint subject=subject />
            {entries}
        </Part>
    }
}

/// Whom to go back to, how, and when the next friendly word is due (S1.33).
#[component]
fn EntryPoint(subject: Subject) -> impl IntoView {
    let app = use_app();
    let keys = &Client::KEYS;
    let said = move || {
        let today = app.today();
        let row = subject.row.get();
        let person = keys.entry_person.raw(&row).as_link();
        let person = person.and_then(|id| name_of(&app, subject.document(), Contact::KEY, id));
        let route = keys.entry_route.raw(&row).as_text().unwrap_or_default().trim().to_owned();
        if keys.entry_none.get(&row).unwrap_or_default() {
            return view! { <p>{t::entry_none()}</p> }.into_any();
        }
        if person.is_none() && route.is_empty() {
            return state("soon", Glyph::Alert, t::no_entry()).into_any();
        }
        let next = match keys.entry_next.raw(&row).as_date() {
            Some(next) if next < today => {
                let words = format!("{}: {}", t::next_touch(), format::day(next, today));
                state("late", Glyph::Octagon, words).into_any()
            }
            Some(next) => {
                let words = format!("{}: {}", t::next_touch(), format::day_or_today(next, today));
                state("", Glyph::Clock, words).into_any()
            }
            None => state("", Glyph::Clock, t::no_touch()).into_any(),
        };
        view! {
            <p>{person.unwrap_or_default()}</p>
            {(!route.is_empty()).then(|| view! { <p class="told">{route}</p> })}
            <p>{next}</p>
        }
        .into_any()
    };
    let path = place::client_tab(subject.id, "details?edit=yes");
    view! {
        <article class="entry told-entry">
            <div class="entry-margin">{t::entry_point()}</div>
            <div class="entry-body">
                {said}
                <p>
                    <a class="reach support" href=path>
                        {t::edit_entry()}
                    </a>
                </p>
            </div>
        </article>
    }
}

#[component]
fn PlanEntry(
    subject: Subject,
    plan: Known<SalvagePlan>,
    actions: Vec<Known<Action>>,
) -> impl IntoView {
    let app = use_app();
    let today = app.today();
    let about = match plan.opportunity {
        Some(of) => name_of(&app, subject.document(), Opportunity::KEY, of.id).unwrap_or_default(),
        None => t::of_the_client().to_owned(),
    };
    let gains: Vec<String> = plan.gains.iter().map(|gain| label(Some(*gain))).collect();
    let person = plan.entry_person;
    let person = person
        .and_then(|of| name_of(&app, subject.document(), Contact::KEY, of.id))
        .unwrap_or_default();
    let next = plan.entry_next.map(|next| {
        let words = format::day(next, today);
        if next < today {
            state("late", Glyph::Octagon, words).into_any()
        } else {
            words.into_any()
        }
    });
    let way = [person, plan.entry_route.trim().to_owned()];
    let way: Vec<String> = way.into_iter().filter(|part| !part.is_empty()).collect();
    let from = from_one::<SalvagePlan>(ActionSource::SalvagePlan, plan.id, &plan.name);
    view! {
        <Entry path=record_of(subject, SalvagePlan::KIND, plan.id) title=plan.name.clone() margin=next.into_any()>
            {line([about, ours(&app, plan.owner)])}
            {labelled(t::still_to_gain(), &format::list(&gains))}
            {(!plan.notes.trim().is_empty()).then(|| view! { <p class="told">{plan.notes.to_string()}</p> })}
            {labelled(t::entry_point(), &way.join(", "))}
            <Actions subject=subject actions=actions from=from />
        </Entry>
    }
}
