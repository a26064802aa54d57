//! Everything else a client's document holds: its own fields, and the lists of the kinds that live in it.

use handbook::{
    DocumentId, Home, Kind, Record,
    records::{CLIENT, Client, Complaint, Contact, Engagement, OwnValue},
};
use leptos::prelude::*;

use super::{ClientPage, Subject, merge::Parts};
use crate::{
    pages::record::OwnRecord,
    texts::{record, relationship as t, say},
    ui::{place, section::Section},
};

#[component]
pub fn DetailsPage() -> impl IntoView {
    view! { <ClientPage tab="details" view=|subject| view! { <Details subject=subject /> }.into_any() /> }
}

#[component]
fn Details(subject: Subject) -> impl IntoView {
    let key = handbook::RecordKey::new(Client::KIND, subject.id);
    let row = Signal::derive(move || Some(subject.row.get()));
    view! {
        <div class="columns">
            <OwnRecord document=subject.document() record=key row=row />
            <div>
                <Parts subject=subject />
                <Section title=record::related()>
                    <KindLinks subject=subject />
                </Section>
            </div>
        </div>
    }
}

/// The kinds in use, and behind *More* those of which there is nothing yet. Kinds with a tab of their own are left out, and
/// values of own fields, which stand with what they are about.
#[component]
fn KindLinks(subject: Subject) -> impl IntoView {
    let own_tab = [CLIENT, Contact::KEY, Complaint::KEY, Engagement::KEY, OwnValue::KEY];
    let kinds: Vec<&'static Kind> = handbook::kinds()
        .filter(|kind| kind.home == Home::Client && !kind.singleton && !own_tab.contains(&kind.key))
        .collect();
    let counts = Memo::new(move |_| {
        subject.rows.with(|rows| {
            let count = |kind: &&'static Kind| rows.iter().filter(|row| row.kind == *kind).count();
            kinds.iter().map(|kind| (*kind, count(kind))).collect::<Vec<_>>()
        })
    });
    let document = subject.document();
    let links = move |in_use: bool| {
        counts.with(|counts| {
            let wanted = counts.iter().filter(|(_, count)| (*count > 0) == in_use);
            wanted.map(|(kind, count)| link(document, kind, *count)).collect_view()
        })
    };
    view! {
        <ul class="link-list">{move || links(true)}</ul>
        <details class="disclosure">
            <summary>{t::more_kinds()}</summary>
            <ul class="link-list">{move || links(false)}</ul>
        </details>
    }
}

fn link(document: DocumentId, kind: &'static Kind, count: usize) -> impl IntoView + use<> {
    let count = (count > 0).then(|| view! { <span class="count">{count}</span> });
    view! {
        <li>
            <a href=place::list_path(document, kind.key)>
                <span>{say(kind.many)}</span>
                {count}
            </a>
        </li>
    }
}
