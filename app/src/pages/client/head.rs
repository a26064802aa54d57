//! A client's head: name, state, who answers for it, the reasons to act, the tabs.

use chrono::NaiveDate;
use handbook::{
    Choice, Op, Record, RecordKey, Row, Value,
    records::{Assignment, Client, ClientStatus, Complaint, Contact, Role},
};
use leptos::{prelude::*, task::spawn_local};

use super::{Subject, merge::MergeDialog};
use crate::{
    pages::settings::export::export,
    platform::dom,
    texts::{client as t, complaint as complaint_texts, list as list_texts, say, tell},
    ui::{
        format,
        icons::{Glyph, Icon},
        model::Export,
        place,
        sheet::MoreMenu,
        state::{AppState, use_app},
        toast::use_toasts,
        words::SeverityWord,
    },
};

/// As many reasons as stand in the head; the rest is on Today.
const REASONS: usize = 3;

#[component]
pub fn Head(subject: Subject, tab: &'static str) -> impl IntoView {
    let row = subject.row;
    let status = Memo::new(move |_| {
        row.with(|row| Client::KEYS.status.get(row).unwrap_or(ClientStatus::Foreign))
    });
    view! {
        <nav class="crumbs">
            <a href="/clients">{t::title()}</a>
            <Icon glyph=Glyph::ChevronEnd small=true />
        </nav>
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
        let phone = subject.row.with(|row| text(row, "phone"));
        let phone = if phone.is_empty() { first_of(subject, "phones") } else { phone };
        (phone, first_of(subject, "emails"))
    };
    let merging = RwSignal::new(false);
    let archived = move || status.get() == ClientStatus::Archived;
    let archive = move |_| {
        let to = if archived() { ClientStatus::Active } else { ClientStatus::Archived };
        let key = RecordKey::new(Client::KIND, subject.id);
        let op = Op::Set { key, field: "status", value: Value::Choice(to.key().to_owned()) };
        spawn_local(async move {
            if let Err(trouble) = app.write(subject.document(), vec![op], "archive").await {
                toasts.trouble(&trouble);
            }
        });
    };
    view! {
        <div class="acts">
            {move || {
                let (phone, mail) = reach();
                let call = (!phone.is_empty())
                    .then(|| icon_link(format!("tel:{}", phone.replace(' ', "")), t::call(), Glyph::Phone));
                let write = (!mail.is_empty()).then(|| icon_link(format!("mailto:{mail}"), t::mail(), Glyph::Mail));
                (call, write)
            }}
            <MoreMenu>
                <a href=place::client_tab(subject.id, "details?edit=yes")>{t::edit_client()}</a>
                <button type="button" on:click=move |_| dom::print()>
                    {t::print()}
                </button>
                <button type="button" on:click=move |_| export(app, toasts, Export::Handbook(subject.id))>
                    {t::export_handbook()}
                </button>
                <button type="button" on:click=move |_| merging.set(true)>
                    {list_texts::merge_into()}
                </button>
                <button type="button" on:click=archive>
                    {move || if archived() { t::unarchive() } else { t::archive() }}
                </button>
            </MoreMenu>
            <a class="button" href=format!("/complaints/new?client={}", subject.id)>
                {complaint_texts::new()}
            </a>
            <MergeDialog subject=subject open=merging />
        </div>
    }
}

fn icon_link(href: String, label: &'static str, glyph: Glyph) -> impl IntoView {
    view! {
        <a class="icon-button" href=href aria-label=label rel="external">
            <Icon glyph=glyph />
        </a>
    }
}

fn text(row: &Row, field: &str) -> String {
    row.get(field).as_text().unwrap_or_default().to_owned()
}

/// The first telephone number or e-mail address of the client's people who are still there.
fn first_of(subject: Subject, field: &'static str) -> String {
    subject
        .of_kind(Contact::KEY)
        .iter()
        .filter(|row| Contact::KEYS.left_on.raw(row).is_empty())
        .find_map(|row| row.get(field).members().first()?.as_text().map(str::to_owned))
        .unwrap_or_default()
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
        match next_contact(subject, today) {
            Some(day) => format::day_or_today(day, today),
            None => t::not_planned().to_owned(),
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
                    </li>
                }
            })
            .collect_view()
    };
    view! { <ul class="reasons">{lines}</ul> }
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
            <a href=path aria-current=current>
                {words}
                {count}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label=say(Client::KIND.one)>
            {link("", t::overview())}
            {link("timeline", t::timeline())}
            {link("people", t::people())}
            {link("complaints", t::complaints())}
            {link("details", t::details())}
        </nav>
    }
}
