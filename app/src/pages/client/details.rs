//! Everything else a client's document holds: its own fields, and the lists of the kinds that live in it.

use handbook::{
    DocumentId, Home, Record,
    records::{CLIENT, Client, Complaint, Contact, OwnValue},
};
use leptos::prelude::*;

use super::{ClientPage, Subject, merge::Parts};
use crate::{
    pages::record::OwnRecord,
    texts::{record as t, say},
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
                <Section title=t::related()>
                    <KindLinks subject=subject />
                </Section>
            </div>
        </div>
    }
}

/// Kinds with a tab of their own are left out, and values of own fields, which stand with what they are about.
#[component]
fn KindLinks(subject: Subject) -> impl IntoView {
    let own_tab = [CLIENT, Contact::KEY, Complaint::KEY, OwnValue::KEY];
    let document: DocumentId = subject.document();
    let links = handbook::kinds()
        .filter(|kind| kind.home == Home::Client && !kind.singleton && !own_tab.contains(&kind.key))
        .map(|kind| {
            let count = move || {
                subject.rows.with(|rows| rows.iter().filter(|row| row.kind == kind).count())
            };
            view! {
                <li>
                    <a href=place::list_path(document, kind.key)>
                        <span>{say(kind.many)}</span>
                        <span class="count">{count}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="link-list">{links}</ul> }
}
