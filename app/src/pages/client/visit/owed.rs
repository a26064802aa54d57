//! What is owed on both sides, and the complaints that wait.

use std::sync::Arc;

use handbook::{
    Record, RecordKey,
    records::Contact,
    visit_pack::{Commitment, OpenComplaint, VisitPack},
};
use leptos::prelude::*;

use super::Subject;
use crate::{
    texts::{inline, tell, visit as t},
    ui::{
        format,
        icons::{Glyph, Icon},
        place,
        section::Section,
        state::{AppState, use_app},
    },
};

/// A day that has passed: with its sign, and not by colour alone.
pub(super) fn late(day: String) -> impl IntoView {
    view! {
        <span class="state late">
            <Icon glyph=Glyph::Octagon small=true />
            {day}
        </span>
    }
}

#[component]
pub fn Promises(subject: Subject, pack: Arc<VisitPack>) -> impl IntoView {
    let app = use_app();
    let group = move |title: &'static str, owed: &[Commitment]| {
        (!owed.is_empty()).then(|| {
            let lines = owed.iter().map(|one| commitment(&app, subject, one)).collect_view();
            view! {
                <h3 class="pack-side">{title}</h3>
                <ul class="pack-lines">{lines}</ul>
            }
        })
    };
    let nothing = pack.ours.is_empty() && pack.theirs.is_empty();
    view! {
        <Section title=t::promises()>
            {nothing.then(|| view! { <p class="support pack-none">{t::nothing_owed()}</p> })}
            {group(t::ours(), &pack.ours)}
            {group(t::theirs(), &pack.theirs)}
        </Section>
    }
}

fn commitment(app: &AppState, subject: Subject, one: &Commitment) -> impl IntoView + use<> {
    let today = app.today();
    let day =
        one.due.map_or_else(|| t::no_day().to_owned(), |due| format::day_or_today(due, today));
    let day = if one.late { late(day).into_any() } else { day.into_any() };
    let contacts: Vec<String> = one
        .contacts
        .iter()
        .map(|id| app.title(subject.document(), RecordKey::new(Contact::KIND, *id)))
        .filter(|name| !name.is_empty())
        .collect();
    let by =
        one.member.map(|by| format::first_name(&app.member_name(by.bytes()))).unwrap_or_default();
    let contacts = format::list(&contacts);
    // What they owe is theirs by name; what we owe is owed to somebody.
    let who = if one.member.is_some() { t::to_and_by(&contacts, &by) } else { contacts };
    view! {
        <li class="pack-line">
            <p class="when">{day}</p>
            <div>
                <p>
                    <a class="plain-link" href=place::record_path(subject.document(), one.record)>
                        {one.text.clone()}
                    </a>
                </p>
                <p class="support">{who}</p>
            </div>
        </li>
    }
}

#[component]
pub fn Complaints(subject: Subject, pack: Arc<VisitPack>) -> impl IntoView {
    let app = use_app();
    let lines = pack.complaints.iter().map(|one| complaint(&app, subject, one)).collect_view();
    view! {
        <Section title=t::complaints()>
            {pack.complaints.is_empty().then(|| view! { <p class="support pack-none">{t::no_complaints()}</p> })}
            <ul class="pack-lines">{lines}</ul>
        </Section>
    }
}

fn complaint(app: &AppState, subject: Subject, one: &OpenComplaint) -> impl IntoView + use<> {
    let today = app.today();
    let response = match one.respond_by {
        None => t::answered().into_any(),
        Some(day) => {
            let words = t::respond_by(&format::day_or_today(day, today), one.late);
            if one.late { late(words).into_any() } else { words.into_any() }
        }
    };
    let owner =
        one.owner.map(|owner| app.member_name(owner.bytes())).filter(|name| !name.is_empty());
    let stands: Vec<String> =
        [Some(inline(&tell(&one.state))), owner].into_iter().flatten().collect();
    view! {
        <li class="pack-line">
            <p class="when">{one.number.clone()}</p>
            <div>
                <p>
                    <a class="plain-link" href=place::record_path(subject.document(), one.record)>
                        {one.subject.clone()}
                    </a>
                </p>
                <p class="support">{t::working_days_old(one.days)} " · " {stands.join(", ")}</p>
                <p class="support">{response}</p>
            </div>
        </li>
    }
}
