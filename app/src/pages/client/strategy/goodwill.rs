//! What the client gives us that is not money, and what we do for each other's name (S1.21 to S1.25).

use handbook::{
    Choice, Known, Record, Row,
    attention::Facts,
    figures::{
        reciprocity::reciprocity,
        reference_uses::{Uses, reference_uses},
    },
    lifecycles::{benefit::State, states},
    records::{Contact, IntangibleBenefit, Promotion},
    strategy::benefits::{Idea, look_for},
};
use leptos::prelude::*;

use super::{Entry, Part, Subject, label, labelled, line, new_of, of, record_of, state, theirs};
use crate::{
    texts::{strategy as t, tell},
    ui::{format, icons::Glyph, section::Empty, state::use_app, steps, value::name_of},
};

#[component]
pub fn BenefitsSection(subject: Subject) -> impl IntoView {
    let app = use_app();
    let found = of::<IntangibleBenefit>(subject);
    let ideas = Memo::new(move |_| {
        let (client, today) = (subject.row.get(), app.today());
        subject.rows.with(|rows| look_for(&Facts::from_rows(&client, rows, today), today))
    });
    let content = move || {
        let mut all = found.get();
        let ideas = ideas.get();
        if all.is_empty() {
            return view! {
                <Empty text=t::benefits_why() />
                <Ideas subject=subject ideas=ideas />
            }
            .into_any();
        }
        all.sort_by_key(|one| (!may_be_used(one), one.consent_until.is_none(), one.consent_until));
        let rows = subject.of_kind(IntangibleBenefit::KEY);
        let uses = reference_uses(&all, app.today());
        let entries = all
            .iter()
            .map(|one| view! { <BenefitEntry subject=subject one=one.clone() rows=rows.clone() /> })
            .collect_view();
        view! {
            {entries}
            <Ideas subject=subject ideas=ideas />
            <Fatigue subject=subject uses=uses />
        }
        .into_any()
    };
    let act = (t::new_benefit(), new_of(subject, IntangibleBenefit::KIND, &[]));
    view! { <Part id="benefits" title=t::benefits() act=act>{content}</Part> }
}

/// What is worth asking for, each with what speaks for it and the way to a record of it.
#[component]
fn Ideas(subject: Subject, ideas: Vec<Idea>) -> impl IntoView {
    let lines: Vec<_> = ideas
        .into_iter()
        .map(|idea| {
            let title = tell(&idea.title);
            let link = |id: Option<handbook::RecordId>| id.map(|id| id.to_string());
            let filled = [
                ("title", Some(title.clone())),
                ("kind", Some(idea.kind.key().to_owned())),
                ("contact", link(idea.contact)),
                ("engagement", link(idea.engagement)),
            ];
            let filled: Vec<_> =
                filled.into_iter().filter_map(|(field, value)| Some((field, value?))).collect();
            let path = new_of(subject, IntangibleBenefit::KIND, &filled);
            view! {
                <li>
                    <span>
                        {label(Some(idea.kind))}
                        <span class="support">" "{tell(&idea.why)}</span>
                    </span>
                    <a class="reach support" href=path aria-label=format!("{}: {title}", t::note_idea())>
                        {t::note_idea()}
                    </a>
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <h3 class="sub-head">{t::ideas()}</h3>
            <ul class="offers">{lines}</ul>
        }
    })
}

fn may_be_used(one: &IntangibleBenefit) -> bool {
    states(&one.transitions, State::Idea).iter().all(|state| state.may_be_used())
}

#[component]
fn BenefitEntry(subject: Subject, one: Known<IntangibleBenefit>, rows: Vec<Row>) -> impl IntoView {
    let app = use_app();
    let (today, document) = (app.today(), subject.document());
    let person = move |id: Option<handbook::Id<Contact>>| {
        id.and_then(|of| name_of(&app, document, Contact::KEY, of.id)).unwrap_or_default()
    };
    let channels: Vec<String> = one.consent_channels.iter().cloned().collect();
    let until = one.consent_until.map(|until| t::until(&format::day(until, today)));
    let approver = person(one.approver);
    let consent = [
        one.consent_scope.clone(),
        channels.join(", "),
        until.unwrap_or_default(),
        if approver.is_empty() { approver } else { t::approved_by(&approver) },
    ];
    let consent: Vec<String> = consent.into_iter().filter(|part| !part.is_empty()).collect();
    let agreed = if one.consent_scope.trim().is_empty() {
        state("soon", Glyph::Lock, t::no_consent()).into_any()
    } else if one.consent_until.is_some_and(|until| until < today) {
        state("late", Glyph::Octagon, t::consent_over()).into_any()
    } else {
        labelled(t::consent(), &consent.join(" · ")).into_any()
    };
    let standing = rows.iter().find(|row| row.id == one.id).and_then(steps::standing);
    let words = (!one.text.trim().is_empty())
        .then(|| view! { <p class="client-words">{one.text.to_string()}</p> });
    view! {
        <Entry
            path=record_of(subject, IntangibleBenefit::KIND, one.id)
            title=one.title.clone()
            margin=standing.unwrap_or_default().into_any()
        >
            {line([label(one.kind), person(one.contact)])}
            {words}
            {agreed}
        </Entry>
    }
}

/// How often each of their people vouched for us: a reference wears out.
#[component]
fn Fatigue(subject: Subject, uses: Vec<Uses>) -> impl IntoView {
    let app = use_app();
    let today = app.today();
    let lines = uses
        .into_iter()
        .map(|one| {
            let who =
                one.contact.and_then(|id| name_of(&app, subject.document(), Contact::KEY, id));
            let who = who.unwrap_or_else(|| t::the_client().to_owned());
            let last = one.uses.last().map(|(on, _)| format::day(*on, today)).unwrap_or_default();
            view! {
                <li>
                    <span>{who}</span>
                    <span class="support">{t::used(one.uses.len(), &last)}</span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <h3 class="sub-head">{t::fatigue()}</h3>
            <ul class="offers">{lines}</ul>
        }
    })
}

#[component]
pub fn PromotionsSection(subject: Subject) -> impl IntoView {
    let app = use_app();
    let found = of::<Promotion>(subject);
    let content = move || {
        let mut all = found.get();
        if all.is_empty() {
            return view! { <Empty text=t::promotions_why() /> }.into_any();
        }
        let today = app.today();
        let balance = reciprocity(&all, today);
        let said = t::balance(
            balance.balance(),
            balance.from_them.len(),
            balance.from_us.len(),
            &format::day(balance.since, today),
        );
        all.sort_by_key(|one| std::cmp::Reverse(one.on));
        let entries = all
            .into_iter()
            .map(|one| {
                let day = one.on.map(|on| format::day(on, today)).unwrap_or_default();
                let with = format::list(&theirs(&app, subject.document(), &one.contacts));
                view! {
                    <Entry path=record_of(subject, Promotion::KIND, one.id) title=one.what.clone() margin=day.into_any()>
                        {line([label(one.direction), one.place.clone(), with, one.evidence.trim().to_owned()])}
                    </Entry>
                }
            })
            .collect_view();
        view! {
            <p class="finding">{said}</p>
            {entries}
        }
        .into_any()
    };
    let act = (t::new_promotion(), new_of(subject, Promotion::KIND, &[]));
    view! { <Part id="promotions" title=t::promotions() act=act>{content}</Part> }
}
