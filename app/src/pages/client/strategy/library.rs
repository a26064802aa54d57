//! What of the firm's library the client was shown, and what would fit them (S1.16 to S1.18).

use handbook::{
    DocumentId, Known, Record, known,
    records::{Client, ValueAdd, ValueShown},
    strategy::library::fitting,
};
use leptos::prelude::*;

use super::{Entry, Part, Subject, label, labelled, line, new_of, of, ours, record_of, theirs};
use crate::{
    texts::strategy as t,
    ui::{
        format, place,
        section::Empty,
        state::{AppState, use_app},
    },
};

#[component]
pub fn LibrarySection(subject: Subject) -> impl IntoView {
    let app = use_app();
    let shown = of::<ValueShown>(subject);
    let library = Memo::new(move |_| library(&app));
    let content = move || {
        let mut shown = shown.get();
        let library = library.get();
        let sector = subject
            .row
            .with(|row| Client::KEYS.sector.raw(row).as_text().unwrap_or_default().to_owned());
        let fitting = fitting(&library, &shown, &sector, app.today());
        if shown.is_empty() && fitting.is_empty() {
            return view! { <Empty text=t::shown_why() /> }.into_any();
        }
        shown.sort_by_key(|one| std::cmp::Reverse(one.on));
        let entries = shown
            .into_iter()
            .map(|one| {
                let item = one.item.and_then(|of| library.iter().find(|item| item.id == of.id));
                view! { <ShownEntry subject=subject one=one item=item.cloned() /> }
            })
            .collect_view();
        let offers = fitting
            .into_iter()
            .map(|item| view! { <Offer subject=subject item=item.clone() /> })
            .collect::<Vec<_>>();
        view! {
            {entries}
            {(!offers.is_empty())
                .then(|| {
                    view! {
                        <h3 class="sub-head">{t::not_shown()}</h3>
                        <ul class="offers">{offers}</ul>
                    }
                })}
        }
        .into_any()
    };
    let act = (t::open_library(), place::list_path(DocumentId::Firm, ValueAdd::KEY));
    view! { <Part id="shown" title=t::shown() act=act>{content}</Part> }
}

fn library(app: &AppState) -> Vec<Known<ValueAdd>> {
    let rows = app.document(&DocumentId::Firm).unwrap_or_default();
    known(&rows)
}

#[component]
fn ShownEntry(
    subject: Subject,
    one: Known<ValueShown>,
    item: Option<Known<ValueAdd>>,
) -> impl IntoView {
    let app = use_app();
    let day = one.on.map(|on| format::day(on, app.today())).unwrap_or_default();
    let (title, kind) = item.map(|item| (item.title.clone(), label(item.kind))).unwrap_or_default();
    let title =
        if title.is_empty() { crate::texts::say(ValueShown::KIND.one).to_owned() } else { title };
    let to = format::list(&theirs(&app, subject.document(), &one.contacts));
    view! {
        <Entry path=record_of(subject, ValueShown::KIND, one.id) title=title margin=day.into_any()>
            {line([kind, to, ours(&app, one.by)])}
            {labelled(t::reaction(), &one.reaction)}
        </Entry>
    }
}

#[component]
fn Offer(subject: Subject, item: Known<ValueAdd>) -> impl IntoView {
    let app = use_app();
    let path = new_of(
        subject,
        ValueShown::KIND,
        &[("item", item.id.to_string()), ("on", app.today().to_string())],
    );
    view! {
        <li>
            <span>
                <a class="plain-link" href=place::record_path(DocumentId::Firm, item.key())>
                    {item.title.clone()}
                </a>
                <span class="support">" "{label(item.kind)}</span>
            </span>
            <a class="reach support" href=path aria-label=format!("{}: {}", t::note_shown(), item.title)>
                {t::note_shown()}
            </a>
        </li>
    }
}
