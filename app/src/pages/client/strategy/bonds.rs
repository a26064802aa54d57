//! What would make leaving us dear: the bonds by their strength, never as one number alone (S1.13, S1.15).

use handbook::{
    Known, Record,
    figures::switching::{Factor, switching},
    records::{Action, ActionSource, SwitchingFactor},
};
use leptos::prelude::*;

use super::{
    Entry, Part, Subject,
    actions::{Actions, from_one},
    label, labelled, line, new_of, of, ours, record_of,
};
use crate::{
    texts::strategy as t,
    ui::{format, section::Empty, state::use_app},
};

#[component]
pub fn BondsSection(subject: Subject) -> impl IntoView {
    let app = use_app();
    let found = of::<SwitchingFactor>(subject);
    let actions = of::<Action>(subject);
    let content = move || {
        let all = found.get();
        if all.is_empty() {
            return view! { <Empty text=t::bonds_why() /> }.into_any();
        }
        let today = app.today();
        let found = switching(&all, today);
        let record = |factor: &Factor| all.iter().find(|one| one.id == factor.id).cloned();
        let nearest = found.nearest_expiry().and_then(|factor| {
            let day = format::day(factor.expires?, today);
            Some(t::first_to_end(&record(factor)?.text, &day))
        });
        let said = format!(
            "{} {}",
            t::bonds_hold(found.factors.len(), found.weight),
            nearest.unwrap_or_default()
        );
        let entry = |over: bool| {
            move |one: Known<SwitchingFactor>| {
                view! { <BondEntry subject=subject one=one over=over actions=actions.get() /> }
            }
        };
        let holding = found.factors.iter().filter_map(record).map(entry(false)).collect_view();
        let expired = found.expired.iter().filter_map(record).map(entry(true)).collect_view();
        view! {
            <p class="finding">{said.trim_end().to_owned()}</p>
            {holding}
            {expired}
        }
        .into_any()
    };
    let act = (t::new_bond(), new_of(subject, SwitchingFactor::KIND, &[]));
    view! { <Part id="bonds" title=t::bonds() act=act>{content}</Part> }
}

#[component]
fn BondEntry(
    subject: Subject,
    one: Known<SwitchingFactor>,
    over: bool,
    actions: Vec<Known<Action>>,
) -> impl IntoView {
    let app = use_app();
    let margin = match one.strength {
        _ if over => t::ended().into_any(),
        Some(strength) => view! {
            <p class="grade">{strength.get()}</p>
            <p>{t::of_five()}</p>
        }
        .into_any(),
        None => t::not_judged().into_any(),
    };
    let ends = one.expires.map(|expires| t::ends(&format::day(expires, app.today())));
    let from = from_one::<SwitchingFactor>(ActionSource::SwitchingFactor, one.id, &one.text);
    view! {
        <Entry path=record_of(subject, SwitchingFactor::KIND, one.id) title=one.text.clone() margin=margin>
            {line([label(one.kind), ends.unwrap_or_default(), ours(&app, one.owner)])}
            {(!one.evidence.trim().is_empty()).then(|| view! { <p class="told">{one.evidence.to_string()}</p> })}
            {labelled(t::erosion(), &one.erosion)}
            <Actions subject=subject actions=actions from=from />
        </Entry>
    }
}
