//! The pipeline of a client by stage; a loss says why, and leads to what can still be gained.

use handbook::{
    Choice, Known, Money, Record,
    figures::pipeline::{Stage, pipeline},
    lifecycles::opportunity::State,
    records::{Controllable, Opportunity, SalvagePlan},
};
use leptos::prelude::*;

use super::{Entry, Part, Subject, labelled, line, new_of, of, ours, record_of, state, theirs};
use crate::{
    texts::{say, strategy as t},
    ui::{format, icons::Glyph, section::Empty, state::use_app},
};

#[component]
pub fn OpportunitiesSection(subject: Subject) -> impl IntoView {
    let found = of::<Opportunity>(subject);
    let plans = of::<SalvagePlan>(subject);
    let content = move || {
        let all = found.get();
        if all.is_empty() {
            return view! { <Empty text=t::opportunities_why() /> }.into_any();
        }
        pipeline(&all)
            .into_iter()
            .filter(|stage| !stage.opportunities.is_empty())
            .map(|stage| stage_view(subject, stage, &all, &plans.get()))
            .collect_view()
            .into_any()
    };
    let act = (t::new_opportunity(), new_of(subject, Opportunity::KIND, &[]));
    view! { <Part id="opportunities" title=t::opportunities() act=act>{content}</Part> }
}

fn stage_view(
    subject: Subject,
    stage: Stage,
    all: &[Known<Opportunity>],
    plans: &[Known<SalvagePlan>],
) -> impl IntoView + use<> {
    let name = say(stage.state.label());
    let amounts = |money: &[Money]| -> String {
        money.iter().map(|amount| format::money(*amount)).collect::<Vec<_>>().join(", ")
    };
    let weighted = amounts(&stage.weighted);
    let sums = [
        amounts(&stage.value),
        if stage.state.is_open() && !weighted.is_empty() {
            t::weighted(&weighted)
        } else {
            String::new()
        },
        match stage.without_value {
            0 => String::new(),
            n => t::without_value(n),
        },
    ];
    let sums: Vec<String> = sums.into_iter().filter(|sum| !sum.is_empty()).collect();
    let mut own: Vec<&Known<Opportunity>> =
        all.iter().filter(|one| stage.opportunities.contains(&one.id)).collect();
    own.sort_by_key(|one| (one.close_date.is_none(), one.close_date));
    let entries = own
        .into_iter()
        .map(|one| {
            let plan = plans.iter().find(|plan| plan.opportunity.is_some_and(|of| of.id == one.id));
            view! { <OpportunityEntry subject=subject one=one.clone() stage=stage.state plan=plan.cloned() /> }
        })
        .collect_view();
    view! {
        <section aria-label=name>
            <header class="stage-head">
                <h3>{name} " " <span class="count">{stage.opportunities.len()}</span></h3>
                <p class="support">{sums.join(" · ")}</p>
            </header>
            {entries}
        </section>
    }
}

#[component]
fn OpportunityEntry(
    subject: Subject,
    one: Known<Opportunity>,
    stage: State,
    plan: Option<Known<SalvagePlan>>,
) -> impl IntoView {
    let app = use_app();
    let today = app.today();
    let margin = one.close_date.map(|day| {
        let words = format::day(day, today);
        let before = if !stage.is_open() {
            None
        } else if day < today {
            Some(state("late", Glyph::Octagon, t::closing_passed()).into_any())
        } else {
            Some(t::closes().into_any())
        };
        view! {
            {before.map(|before| view! { <p>{before}</p> })}
            <p>{words}</p>
        }
    });
    let value = one.value.map_or_else(|| t::no_value().to_owned(), format::money);
    let likely = one.probability.filter(|_| stage.is_open());
    let likely = likely.map(|percent| t::likely(percent.get())).unwrap_or_default();
    let with = format::list(&theirs(&app, subject.document(), &one.contacts));
    let lost = (stage == State::Lost).then(|| loss(subject, &one, plan));
    view! {
        <Entry
            path=record_of(subject, Opportunity::KIND, one.id)
            title=one.title.clone()
            margin=margin.into_any()
        >
            {line([value, likely, ours(&app, one.owner), with, one.competitor.clone()])}
            {line([one.description.trim().to_owned()])}
            {lost}
        </Entry>
    }
}

/// Why it was lost, whether that was in our hands, and the plan for what can still be gained.
fn loss(
    subject: Subject,
    one: &Known<Opportunity>,
    plan: Option<Known<SalvagePlan>>,
) -> impl IntoView + use<> {
    let why = if one.loss_reason.trim().is_empty() {
        state("soon", Glyph::Alert, t::no_reason()).into_any()
    } else {
        labelled(t::lost_because(), &one.loss_reason).into_any()
    };
    let beyond = one.controllable == Some(Controllable::No);
    let hands = match one.controllable {
        Some(Controllable::Yes) => t::in_our_hands(),
        Some(Controllable::No) => t::beyond_control(),
        _ => "",
    };
    let title = one.title.clone();
    let way = match plan {
        Some(plan) => Some(
            view! {
                <p>
                    <span class="support">{t::salvaged_by()}": "</span>
                    <a class="reach" href=record_of(subject, SalvagePlan::KIND, plan.id)>
                        {plan.name.clone()}
                    </a>
                </p>
            }
            .into_any(),
        ),
        None if beyond => {
            let path =
                new_of(subject, SalvagePlan::KIND, &[(Opportunity::KEY, one.id.to_string())]);
            Some(
                view! {
                    <p>
                        <a
                            class="button"
                            href=path
                            aria-label=format!("{}: {title}", t::salvage_this())
                        >
                            {t::salvage_this()}
                        </a>
                    </p>
                }
                .into_any(),
            )
        }
        None => None,
    };
    view! {
        {why}
        {(!hands.is_empty()).then(|| view! { <p>{hands}</p> })}
        {way}
    }
}
