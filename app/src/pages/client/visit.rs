//! The visit pack: one page to read at the client's door, and to print. All of it comes from the client's own document
//! on this device.

pub mod lately;
pub mod owed;
pub mod people;
pub mod plan;

use std::sync::Arc;

use handbook::{
    Record, RecordId, Row,
    attention::{Facts, Reason},
    records::{Channel, Engagement, ScheduledContact},
    visit_pack::{VisitPack, visit_pack},
    visits::When,
};
use leptos::prelude::*;

use self::{
    lately::LastWords,
    owed::{Complaints, Promises},
    people::People,
};
use super::{Missing, Subject, of_client};
use crate::{
    pages::{
        id_param,
        log::prefill::Prefill,
        shell::{Page, use_above},
    },
    platform::dom,
    texts::{client as client_texts, tell, visit as t},
    ui::{
        format,
        icons::{Glyph, Icon},
        place,
        section::Section,
        state::{AppState, use_app},
        steps,
        words::SeverityWord,
    },
};

/// The pack of the visit that the address names; without one, of a visit that nobody planned.
#[component]
pub fn VisitPage() -> impl IntoView {
    let visit = id_param("id");
    of_client(move |subject| {
        let visit = Memo::new(move |_| visit.get());
        (move || view! { <Pack subject=subject visit=visit.get() /> }).into_any()
    })
}

fn compose(app: &AppState, subject: Subject, visit: Option<RecordId>) -> VisitPack {
    let setting = app.setting();
    let me = app.workspace.with(|workspace| workspace.member);
    let attention = app.attention();
    let here = attention.iter().filter(|found| found.client == subject.id);
    let reasons: Vec<Reason> = here.map(|found| found.reason.clone()).collect();
    subject.rows.with(|rows| {
        subject.row.with(|client| {
            let facts = Facts::from_rows(client, rows, setting.today);
            visit_pack(rows, &facts, &reasons, &setting, visit, me)
        })
    })
}

#[component]
fn Pack(subject: Subject, visit: Option<RecordId>) -> impl IntoView {
    let app = use_app();
    // The clock moves on, and mostly nothing else: the page is made anew only when something in it is different.
    let pack = Memo::new(move |_| Arc::new(compose(&app, subject, visit)));
    let title = Signal::derive(move || format!("{}: {}", t::pack(), subject.row.with(Row::title)));
    move || {
        let pack = pack.get();
        // A planned visit that this device does not have.
        if visit.is_some() && pack.visit.is_none() {
            return view! { <Missing /> }.into_any();
        }
        view! {
            <Page title=title>
                <div class="pack">
                    <Head subject=subject pack=Arc::clone(&pack) />
                    <div class="columns">
                        <div>
                            <Agenda subject=subject pack=Arc::clone(&pack) />
                            <People subject=subject pack=Arc::clone(&pack) />
                            <Promises subject=subject pack=Arc::clone(&pack) />
                            <Complaints subject=subject pack=Arc::clone(&pack) />
                            <Changes subject=subject pack=Arc::clone(&pack) />
                            <LastWords subject=subject pack=Arc::clone(&pack) />
                            <Questions subject=subject pack=Arc::clone(&pack) />
                        </div>
                        <div>
                            <Presses subject=subject />
                            <NextDue subject=subject pack=pack />
                        </div>
                    </div>
                </div>
            </Page>
        }
        .into_any()
    }
}

#[component]
fn Head(subject: Subject, pack: Arc<VisitPack>) -> impl IntoView {
    let app = use_app();
    let above = use_above();
    let client = move || subject.row.with(Row::title);
    let visit = pack.visit.clone();
    let heading =
        visit.as_ref().map_or_else(|| t::pack().to_owned(), |visit| visit.subject.clone());
    let planned = visit.clone();
    let when = move || {
        planned.as_ref().map_or_else(|| t::unplanned().to_owned(), |visit| when(&app, visit))
    };
    let place = visit.as_ref().map(|visit| visit.place.clone()).filter(|place| !place.is_empty());
    let state = visit.as_ref().and_then(|visit| outcome(subject, visit));
    let open = visit.as_ref().is_none_or(|visit| visit.is_open());
    let prefill = visit.as_ref().map_or_else(
        || Prefill {
            client: Some(subject.id),
            channel: Some(Channel::Visit),
            ..Prefill::default()
        },
        |visit| Prefill::debrief(subject.id, visit),
    );
    // Nobody can tell yet how a visit went that is still to come.
    let planned = visit.clone();
    let can_tell = Memo::new(move |_| {
        let when = planned.as_ref().zip(app.local()).map(|(visit, now)| visit.when(now));
        let begun = !matches!(when, Some(When::NotToday | When::In(_)));
        (open && begun).then_some(when == Some(When::Over))
    });
    let debrief = move || {
        let prefill = prefill.clone();
        can_tell.get().map(|over| {
            view! {
                <button
                    type="button"
                    class="button"
                    class:firm=over
                    on:click=move |_| above.log_prefilled(prefill.clone())
                >
                    {t::debrief()}
                </button>
            }
        })
    };
    let edit = visit.as_ref().map(|visit| {
        view! {
            <a class="button" href=place::record_path(subject.document(), visit.key())>
                {t::edit_plan()}
            </a>
        }
    });
    view! {
        <nav class="crumbs">
            <a href="/clients">{client_texts::title()}</a>
            <Icon glyph=Glyph::ChevronEnd small=true />
            <a href=place::client_path(subject.id)>{client}</a>
            <Icon glyph=Glyph::ChevronEnd small=true />
        </nav>
        <header class="page-head">
            <div>
                <h1>{heading}</h1>
                <p class="lead">{client} ", " {when}</p>
                {place
                    .map(|place| {
                        view! {
                            <p class="visit-where">
                                <Icon glyph=Glyph::Pin small=true />
                                {place}
                            </p>
                        }
                    })}
                {state}
            </div>
            <div class="acts">
                <button type="button" class="icon-button" aria-label=client_texts::print() on:click=move |_| dom::print()>
                    <Icon glyph=Glyph::Printer />
                </button>
                {edit}
                {debrief}
            </div>
        </header>
    }
}

/// "today 10:30, in 25 min".
fn when(app: &AppState, visit: &ScheduledContact) -> String {
    let today = app.today();
    let day = handbook::lifecycles::scheduled_contact::date(visit);
    let day = day.map(|day| format::day_or_today(day, today)).unwrap_or_default();
    let time =
        visit.time.map(|time| format!(" {}", format::clock(time.clock()))).unwrap_or_default();
    let wait = app.local().filter(|_| visit.is_open()).map(|now| t::wait(visit.when(now)));
    let wait = wait.filter(|wait| !wait.is_empty()).map(|wait| format!(", {wait}"));
    format!("{day}{time}{}", wait.unwrap_or_default())
}

/// What became of a visit that is not open any more, and where that can be read.
fn outcome(subject: Subject, visit: &handbook::Known<ScheduledContact>) -> Option<AnyView> {
    if visit.is_open() {
        return None;
    }
    let row =
        subject.rows.with(|rows| rows.iter().find(|row| row.key() == visit.key()).cloned())?;
    let words = match visit.held_in {
        Some(_) => t::held().to_owned(),
        None => format!("{}.", steps::standing(&row)?),
    };
    let touchpoint = visit.held_in.map(|held| {
        let key = handbook::RecordKey::new(handbook::records::Touchpoint::KIND, held.id);
        view! {
            " "
            <a class="reach" href=place::record_path(subject.document(), key)>
                {t::open_touchpoint()}
            </a>
        }
    });
    Some(view! { <p class="support">{words} {touchpoint}</p> }.into_any())
}

/// What shall be spoken of, and in which engagement.
#[component]
fn Agenda(subject: Subject, pack: Arc<VisitPack>) -> impl IntoView {
    let app = use_app();
    let visit = pack.visit.as_ref();
    let engagement = visit.and_then(|visit| visit.engagement).map(|engagement| {
        app.title(subject.document(), handbook::RecordKey::new(Engagement::KIND, engagement.id))
    });
    let agenda = visit.map(|visit| visit.agenda.to_string()).filter(|agenda| !agenda.is_empty());
    (agenda.is_some() || engagement.is_some()).then(|| {
        view! {
            <Section title=t::purpose()>
                {engagement.map(|engagement| view! { <p class="support pack-about">{engagement}</p> })}
                {agenda.map(|agenda| view! { <p class="pack-text">{agenda}</p> })}
            </Section>
        }
    })
}

#[component]
fn Changes(subject: Subject, pack: Arc<VisitPack>) -> impl IntoView {
    let today = use_app().today();
    let since = pack.last_visit.map(|day| format::day(day, today));
    let lines = pack
        .changes
        .iter()
        .map(|change| {
            let path = place::record_path(subject.document(), change.record);
            view! {
                <li class="pack-line">
                    <p class="when">{format::day(change.on, today)}</p>
                    <p>
                        <a class="plain-link" href=path>
                            {tell(&change.what)}
                        </a>
                    </p>
                </li>
            }
        })
        .collect_view();
    view! {
        <Section title=t::changed_since(since.as_deref())>
            {pack.changes.is_empty().then(|| view! { <p class="support pack-none">{t::no_changes()}</p> })}
            <ul class="pack-lines">{lines}</ul>
        </Section>
    }
}

#[component]
fn Questions(subject: Subject, pack: Arc<VisitPack>) -> impl IntoView {
    let lines = pack
        .questions
        .iter()
        .map(|question| {
            let why = t::why(&tell(&question.why));
            let why = match question.record {
                Some(record) => view! {
                    <a class="plain-link" href=place::record_path(subject.document(), record)>
                        {why}
                    </a>
                }
                .into_any(),
                None => why.into_any(),
            };
            view! {
                <li>
                    <p class="firm-words">{tell(&question.ask)}</p>
                    <p class="support">{why}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <Section title=t::questions()>
            <ol class="pack-questions">{lines}</ol>
        </Section>
    }
}

#[component]
fn Presses(subject: Subject) -> impl IntoView {
    let app = use_app();
    let lines = move || {
        let attention = app.attention();
        let here = attention.iter().filter(|found| found.client == subject.id);
        let lines: Vec<_> = here
            .map(|found| {
                let path = place::evidence_path(subject.id, found.reason.evidence.record);
                view! {
                    <li>
                        <SeverityWord severity=found.reason.severity />
                        <p>
                            <a href=path>{tell(&found.reason.sentence)}</a>
                        </p>
                    </li>
                }
            })
            .collect();
        if lines.is_empty() {
            return view! { <p class="support pack-none">{t::nothing_presses()}</p> }.into_any();
        }
        view! { <ul class="margin-list">{lines}</ul> }.into_any()
    };
    view! { <Section title=t::presses()>{lines}</Section> }
}

#[component]
fn NextDue(subject: Subject, pack: Arc<VisitPack>) -> impl IntoView {
    let today = use_app().today();
    let lines = pack
        .next
        .iter()
        .map(|item| {
            let late = item.day < today;
            let path = item.record.map_or_else(
                || place::client_path(subject.id),
                |record| place::record_path(subject.document(), record),
            );
            let day = format::day_or_today(item.day, today);
            view! {
                <li>
                    <p class="when">{if late { owed::late(day).into_any() } else { day.into_any() }}</p>
                    <a href=path>{tell(&item.what)}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <Section title=t::next_due()>
            {pack.next.is_empty().then(|| view! { <p class="support pack-none">{t::nothing_due()}</p> })}
            <ul class="margin-list">{lines}</ul>
        </Section>
    }
}
