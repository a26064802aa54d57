//! A client's head: name, state, who answers for it, the reasons to act, the tabs.

use chrono::NaiveDate;
use handbook::{
    Choice, Known, Record, RecordId, RecordKey, Row, known,
    lifecycles::scheduled_contact::date,
    records::{Assignment, Client, ClientStatus, Complaint, Contact, Role, ScheduledContact},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    Subject, archive::set_status, as_of::AsOfDialog, merge::MergeDialog, visit::plan::PlanVisit,
};
use crate::{
    pages::{
        reach::{ReachLink, Reached, Way},
        settings::export::export,
    },
    platform::dom,
    texts::{
        client as t, complaint as complaint_texts, engagement as engagement_texts,
        history as history_texts, list as list_texts, say, team as team_texts, tell,
        visit as visit_texts,
    },
    ui::{
        crumbs::Back,
        format,
        icons::{Glyph, Icon},
        model::Export,
        place,
        sheet::MoreMenu,
        snooze::{SnoozeButton, WakeButton},
        state::{AppState, use_app},
        toast::use_toasts,
        words::SeverityWord,
    },
};

/// The id of the tab that is open.
const CURRENT_TAB: &str = "current-tab";
/// As many reasons as stand in the head; the rest is on Today.
const REASONS: usize = 3;

#[component]
pub fn Head(subject: Subject, tab: &'static str) -> impl IntoView {
    let row = subject.row;
    let status = Memo::new(move |_| {
        row.with(|row| Client::KEYS.status.get(row).unwrap_or(ClientStatus::Foreign))
    });
    view! {
        <Back to="/clients" words=t::title() />
        <header class="page-head client-head">
            <div class="client-title">
                <h1>{move || row.with(Row::title)}</h1>
                <span class="tag">
                    <Icon glyph=Glyph::CheckCircle small=true />
                    {move || say(status.get().label())}
                </span>
            </div>
            <Acts subject=subject status=status />
        </header>
        <KeyFacts subject=subject />
        <Reasons subject=subject />
        <Tabs subject=subject tab=tab />
    }
}

#[component]
fn Acts(subject: Subject, status: Memo<ClientStatus>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let reach = move || {
        let by_phone = first_of(subject, "phones");
        let own = subject.row.with(|row| text(row, "phone"));
        let phone = if own.is_empty() { by_phone } else { Some((None, own)) };
        [(Way::Call, phone), (Way::Mail, first_of(subject, "emails"))]
    };
    let as_of = RwSignal::new(false);
    let merging = RwSignal::new(false);
    let today = Memo::new(move |_| {
        let visits = app.visits();
        visits.iter().find(|visit| visit.client == subject.id).map(|visit| visit.planned.id)
    });
    let archived = move || status.get() == ClientStatus::Archived;
    let navigate = use_navigate();
    let archive = move |_| {
        let to = if archived() { ClientStatus::Active } else { ClientStatus::Archived };
        set_status(app, toasts, subject.id, to, |path| navigate(path, NavigateOptions::default()));
    };
    view! {
        <div class="acts">
            {move || reach().map(|(by, found)| found.map(|found| reach_link(&app, subject, by, found)))}
            <MoreMenu>
                // Where a visit is planned for today, its pack has a button of its own.
                <Show when=move || today.get().is_none()>
                    <a href=place::client_tab(subject.id, "visit")>{visit_texts::open_pack()}</a>
                </Show>
                <PlanVisit subject=subject />
                <a href=place::client_tab(subject.id, "details?edit=yes")>{t::edit_client()}</a>
                <button type="button" on:click=move |_| dom::print()>
                    {t::print()}
                </button>
                <button type="button" on:click=move |_| export(app, toasts, Export::Handbook(subject.id))>
                    {t::export_handbook()}
                </button>
                <button type="button" on:click=move |_| as_of.set(true)>
                    {history_texts::as_of()}
                </button>
                <button type="button" on:click=move |_| merging.set(true)>
                    {list_texts::merge_into()}
                </button>
                <button type="button" on:click=archive>
                    {move || if archived() { t::unarchive() } else { t::archive() }}
                </button>
            </MoreMenu>
            {move || {
                let path = place::visit_path(subject.id, today.get()?);
                Some(view! { <a class="button" href=path>{visit_texts::open_pack()}</a> })
            }}
            <a class="button" href=format!("/complaints/new?client={}", subject.id)>
                {complaint_texts::new()}
            </a>
            <MergeDialog subject=subject open=merging />
        </div>
        <AsOfDialog client=subject.id open=as_of />
    }
}

fn reach_link(
    app: &AppState,
    subject: Subject,
    by: Way,
    (contact, address): (Option<RecordId>, String),
) -> impl IntoView + use<> {
    let key = contact.map_or(RecordKey::new(Client::KIND, subject.id), |contact| {
        RecordKey::new(Contact::KIND, contact)
    });
    let name = app.title(subject.document(), key);
    let reached = Reached { client: subject.id, contact, name, by };
    let label = match by {
        Way::Call => t::call(),
        Way::Mail => t::mail(),
    };
    view! { <ReachLink address=address reached=reached label=label.to_owned() /> }
}

fn text(row: &Row, field: &str) -> String {
    row.get(field).as_text().unwrap_or_default().to_owned()
}

/// The first telephone number or e-mail address of the client's people who are still there, and whose it is.
fn first_of(subject: Subject, field: &'static str) -> Option<(Option<RecordId>, String)> {
    let contacts = subject.of_kind(Contact::KEY);
    let here = contacts.iter().filter(|row| Contact::KEYS.left_on.raw(row).is_empty());
    let mut addresses = here.filter_map(|row| {
        Some((Some(row.id), row.get(field).members().first()?.as_text()?.to_owned()))
    });
    addresses.next()
}

#[component]
fn KeyFacts(subject: Subject) -> impl IntoView {
    let app = use_app();
    let person = move |role| {
        let names = holders(&app, subject, role);
        if names.is_empty() { t::not_assigned().to_owned() } else { format::list(&names) }
    };
    let next = move || {
        let today = app.today();
        let planned = next_visit(subject, today);
        match (planned, next_contact(subject, today)) {
            (Some((day, visit)), step) if step.is_none_or(|step| day <= step) => {
                let path = place::visit_path(subject.id, visit.id);
                view! { <a class="plain-link" href=path>{visit_words(day, &visit, today)}</a> }
                    .into_any()
            }
            (_, Some(day)) => format::day_or_today(day, today).into_any(),
            (_, None) => t::not_planned().into_any(),
        }
    };
    let since = move || {
        let day = subject.row.with(|row| Client::KEYS.service_since.raw(row).as_date());
        day.map_or_else(|| t::unknown().to_owned(), format::month)
    };
    view! {
        <dl class="key-facts">
            <div>
                <dt>{t::account_manager()}</dt>
                <dd>{move || person(Role::AccountManager)}</dd>
            </div>
            <div>
                <dt>{t::client_sponsor()}</dt>
                <dd>{move || person(Role::ClientSponsor)}</dd>
            </div>
            <div>
                <dt>{t::next_contact()}</dt>
                <dd>{next}</dd>
            </div>
            <div>
                <dt>{t::client_since()}</dt>
                <dd>{since}</dd>
            </div>
        </dl>
    }
}

/// Who has the role today; two after a merge, until somebody ends one.
fn holders(app: &AppState, subject: Subject, role: Role) -> Vec<String> {
    let today = app.today();
    let keys = &Assignment::KEYS;
    subject
        .of_kind(Assignment::KEY)
        .iter()
        .filter(|row| keys.role.get(row) == Ok(Some(role)))
        .filter(|row| keys.engagement.raw(row).is_empty())
        .filter(|row| keys.from.raw(row).as_date().is_none_or(|from| from <= today))
        .filter(|row| keys.until.raw(row).as_date().is_none_or(|until| until >= today))
        .filter_map(|row| keys.person.raw(row).as_link())
        .map(|member| app.member_name(member.bytes()))
        .filter(|name| !name.is_empty())
        .collect()
}

/// The next contact that stands in the plan, and its day.
fn next_visit(subject: Subject, today: NaiveDate) -> Option<(NaiveDate, Known<ScheduledContact>)> {
    let planned = subject.rows.with(|rows| known::<ScheduledContact>(rows));
    let open = planned.into_iter().filter(|one| one.is_open());
    let dated = open.filter_map(|one| Some((date(&one)?, one)));
    dated.filter(|(day, _)| *day >= today).min_by_key(|(day, one)| (*day, one.time, one.id))
}

/// "today 10:30, progress meeting".
fn visit_words(day: NaiveDate, visit: &ScheduledContact, today: NaiveDate) -> String {
    let day = format::day_or_today(day, today);
    let time = visit.time.map(|time| format!(" {}", format::clock(time.clock())));
    format!("{day}{}, {}", time.unwrap_or_default(), visit.subject)
}

/// The next day on which somebody said they would be in touch.
fn next_contact(subject: Subject, today: NaiveDate) -> Option<NaiveDate> {
    let keys = &handbook::records::Touchpoint::KEYS;
    subject
        .of_kind(handbook::records::Touchpoint::KEY)
        .iter()
        .filter_map(|row| keys.next_step_due.raw(row).as_date())
        .filter(|day| *day >= today)
        .min()
}

#[component]
fn Reasons(subject: Subject) -> impl IntoView {
    let app = use_app();
    let found = move || {
        app.attention()
            .iter()
            .filter(|found| found.client == subject.id)
            .take(REASONS)
            .cloned()
            .collect::<Vec<_>>()
    };
    let lines = move || {
        found()
            .into_iter()
            .map(|found| {
                let path = place::evidence_path(subject.id, found.reason.evidence.record);
                let sentence = tell(&found.reason.sentence).trim_end_matches('.').to_owned();
                view! {
                    <li>
                        <SeverityWord severity=found.reason.severity />
                        <a class="plain-link" href=path>
                            {sentence}
                        </a>
                        <SnoozeButton client=subject.id reason=found.reason small=true />
                    </li>
                }
            })
            .collect_view()
    };
    let resting = move || {
        let today = app.today();
        let resting = app.resting();
        let here = resting.iter().filter(|one| one.client == subject.id);
        here.map(|one| {
            let sentence = tell(&one.snoozed.reason.sentence);
            view! {
                <li class="rests" title=sentence>
                    <Icon glyph=Glyph::BellOff small=true />
                    {team_texts::snoozed()}
                    " "
                    {team_texts::rests(one.snoozed.until, &one.snoozed.why, today)}
                    <WakeButton client=subject.id snoozed=one.snoozed.clone() />
                </li>
            }
        })
        .collect_view()
    };
    view! { <ul class="reasons">{lines} {resting}</ul> }
}

#[component]
fn Tabs(subject: Subject, tab: &'static str) -> impl IntoView {
    let people = move || subject.of_kind(Contact::KEY).len();
    let complaints = move || subject.of_kind(Complaint::KEY).len();
    let link = move |own: &'static str, words: &'static str| {
        let path = if own.is_empty() {
            place::client_path(subject.id)
        } else {
            place::client_tab(subject.id, own)
        };
        let current = (own == tab).then_some("page");
        let count = move || {
            let n = match own {
                "people" => people(),
                "complaints" => complaints(),
                _ => 0,
            };
            (n > 0).then(|| view! { <span class="count">{n}</span> })
        };
        view! {
            <a href=path aria-current=current id=current.map(|_| CURRENT_TAB)>
                {words}
                {count}
            </a>
        }
    };
    // On a phone the tabs are wider than the window.
    Effect::new(move |_| dom::scroll_along(CURRENT_TAB));
    view! {
        <nav class="tabs" aria-label=say(Client::KIND.one)>
            {link("", t::overview())}
            {link("timeline", t::timeline())}
            {link("people", t::people())}
            {link("engagements", engagement_texts::title())}
            {link("complaints", t::complaints())}
            {link("strategy", crate::texts::strategy::title())}
            {link("details", t::details())}
        </nav>
    }
}
