//! What we did before the client asked, whether somebody told them, and the time there is for more.

use chrono::{Days, NaiveDate};
use handbook::{
    DocumentId, Known, Record,
    figures::{
        spare_capacity::{monday_of, spare_capacity},
        thresholds::months_before,
    },
    known,
    records::{Capacity, ProactiveService, ProactiveTrigger},
};
use leptos::prelude::*;

use super::{
    Entry, Part, Subject, in_their_words, label, labelled, line, minutes, new_of, of, record_of,
    state, time,
};
use crate::{
    texts::strategy as t,
    ui::{
        format,
        icons::Glyph,
        place,
        section::Empty,
        state::{AppState, use_app},
    },
};

/// What was given is counted over so many months.
const MONTHS: u32 = 12;
/// Time to spare is looked at over so many weeks.
const WEEKS: u64 = 4;

#[component]
pub fn ProactiveSection(subject: Subject) -> impl IntoView {
    let app = use_app();
    let found = of::<ProactiveService>(subject);
    let content = move || {
        let mut all = found.get();
        if all.is_empty() {
            return view! { <Empty text=t::proactive_why() /> }.into_any();
        }
        // Done and not told first, then ideas, then what was told, the latest first.
        all.sort_by_key(|one| {
            let rank = match (one.done_on, one.broadcast_on) {
                (Some(_), None) => 0,
                (None, _) => 1,
                _ => 2,
            };
            (rank, std::cmp::Reverse(one.done_on))
        });
        let untold = all.iter().filter(|one| is_untold(one)).count();
        let digest = place::client_tab(subject.id, "strategy/digest");
        let entries = all
            .iter()
            .map(|one| view! { <ServiceEntry subject=subject one=one.clone() /> })
            .collect_view();
        view! {
            <div class="finding with-act">
                <p>
                    {(untold > 0).then(|| format!("{} ", t::untold(untold)))} {given(&app, &all, app.today())}
                </p>
                <a class="button" href=digest>
                    {t::open_digest()}
                </a>
            </div>
            {entries}
        }
        .into_any()
    };
    let act = (t::new_proactive(), new_of(subject, ProactiveService::KIND, &[]));
    view! {
        <Part id="proactive" title=t::proactive() act=act>
            {content}
            <Spare />
        </Part>
    }
}

fn is_untold(one: &ProactiveService) -> bool {
    one.done_on.is_some() && one.broadcast_on.is_none()
}

/// What was given without pay in the last months (S1.16, S1.19).
fn given(app: &AppState, all: &[Known<ProactiveService>], today: NaiveDate) -> String {
    let since = months_before(today, MONTHS);
    let done: Vec<_> =
        all.iter().filter(|one| one.done_on.is_some_and(|on| on > since && on <= today)).collect();
    let by = |trigger| done.iter().filter(move |one| one.trigger == Some(trigger));
    let effort: u64 = done.iter().map(|one| minutes(one.effort)).sum();
    let spare: u64 = by(ProactiveTrigger::SpareCapacity).map(|one| minutes(one.effort)).sum();
    let expected = by(ProactiveTrigger::Expectation).count();
    t::given(&time(app, effort), &time(app, spare), done.len(), expected)
}

#[component]
fn ServiceEntry(subject: Subject, one: Known<ProactiveService>) -> impl IntoView {
    let app = use_app();
    let today = app.today();
    let margin = match one.done_on {
        Some(on) => format::day(on, today).into_any(),
        None => t::idea().into_any(),
    };
    let told = match (one.done_on, one.broadcast_on) {
        (_, Some(on)) => {
            let words = t::told_on(&format::day(on, today), &one.broadcast_how);
            Some(state("kept", Glyph::CheckCircle, words).into_any())
        }
        (Some(_), None) => Some(state("soon", Glyph::Speech, t::not_told()).into_any()),
        (None, None) => None,
    };
    let people: Vec<String> =
        one.members.iter().map(|member| app.member_name(member.id.bytes())).collect();
    let effort = one.effort.map(|effort| time(&app, u64::from(effort.0))).unwrap_or_default();
    view! {
        <Entry path=record_of(subject, ProactiveService::KIND, one.id) title=one.idea.clone() margin=margin>
            {in_their_words(&one.benefit)}
            {line([label(one.trigger), effort, format::list(&people)])}
            {told.map(|told| view! { <p>{told}</p> })}
            {labelled(t::reaction(), &one.reaction)}
        </Entry>
    }
}

/// Who has time in the weeks ahead, and what of it has no purpose yet (S1.19, S1.20).
#[component]
fn Spare() -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        let today = app.today();
        let rows: Vec<handbook::Row> =
            app.list(Capacity::KEY).iter().map(|placed| placed.row.clone()).collect();
        let until = monday_of(today).checked_add_days(Days::new(7 * WEEKS)).unwrap_or(today);
        let mut weeks = spare_capacity(&known::<Capacity>(&rows), today);
        weeks.retain(|week| week.monday < until);
        weeks
    });
    let lines = move || {
        let today = app.today();
        let weeks = found.get();
        if weeks.is_empty() {
            return view! { <p class="support">{t::no_spare()}" "{t::spare_why()}</p> }.into_any();
        }
        let spare: u64 = weeks.iter().map(|week| week.spare).sum();
        let free: u64 = weeks.iter().map(|week| week.free).sum();
        let lines = weeks
            .iter()
            .map(|week| {
                let people: Vec<String> = week
                    .people
                    .iter()
                    .map(|(person, minutes)| {
                        let name = app.member_name(person.bytes());
                        format!("{} {}", format::first_name(&name), time(&app, *minutes))
                    })
                    .collect();
                let uses = week.by_use.iter().map(|(used, minutes)| {
                    format!("{} {}", label(Some(*used)), time(&app, *minutes))
                });
                let free = (week.free > 0).then(|| t::free(&time(&app, week.free)));
                let said: Vec<String> = uses.chain(free).collect();
                view! {
                    <li>
                        <span>{t::week_of(&format::day(week.monday, today))}</span>
                        <span>{format::list(&people)}</span>
                        <span class="support">{said.join(" · ")}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <p class="support">{t::to_spare(&time(&app, spare), &time(&app, free))}" "{t::spare_why()}</p>
            <ul class="weeks">{lines}</ul>
        }
        .into_any()
    };
    view! {
        <section class="spare" aria-label=t::spare()>
            <header class="stage-head">
                <h3>{t::spare()}</h3>
                <a class="reach support" href=place::list_path(DocumentId::Firm, Capacity::KEY)>
                    {t::open_capacity()}
                </a>
            </header>
            {lines}
        </section>
    }
}
