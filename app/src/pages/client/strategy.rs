//! Where the relationship is going: SWOT, risks, opportunities, what is salvaged, the value given and gained, the sponsor.
//!
//! One reading column; every section begins with what is found in it, and every entry leads to its record, where its steps
//! are taken.

pub mod actions;
pub mod bonds;
pub mod compare;
pub mod digest;
pub mod goodwill;
pub mod library;
pub mod opportunities;
pub mod proactive;
pub mod risks;
pub mod salvage;
pub mod sponsor;
pub mod swot;

use handbook::{
    DocumentId, FieldType, Kind, Known, Record, RecordId, RecordKey, Value, known,
    records::{Contact, Member, SponsorDialogue},
    typed::{Choice, Id, Minutes, Note},
};
use leptos::prelude::*;

pub use self::digest::DigestPage;
use super::{ClientPage, Subject};
use crate::{
    texts::{inline, say, strategy as t},
    ui::{
        icons::{Glyph, Icon},
        place,
        section::Section,
        state::AppState,
        value::{name_of, shown},
    },
};

#[component]
pub fn StrategyPage() -> impl IntoView {
    view! { <ClientPage tab="strategy" view=|subject| view! { <Strategy subject=subject /> }.into_any() /> }
}

#[component]
fn Strategy(subject: Subject) -> impl IntoView {
    view! {
        <div class="columns strategy">
            <div>
                <swot::SwotSection subject=subject />
                <risks::RisksSection subject=subject />
                <opportunities::OpportunitiesSection subject=subject />
                <salvage::SalvageSection subject=subject />
                <proactive::ProactiveSection subject=subject />
                <library::LibrarySection subject=subject />
                <goodwill::BenefitsSection subject=subject />
                <goodwill::PromotionsSection subject=subject />
                <bonds::BondsSection subject=subject />
                <sponsor::SponsorSection subject=subject />
            </div>
            <Contents subject=subject />
        </div>
    }
}

/// What stands on this page, where there is room for it beside the column.
#[component]
fn Contents(subject: Subject) -> impl IntoView {
    let link = move |id: &'static str, words: &'static str| {
        let path = place::client_tab(subject.id, &format!("strategy#{id}"));
        view! {
            <li>
                <a href=path>{words}</a>
            </li>
        }
    };
    view! {
        <div class="strategy-contents">
            <Section title=t::on_this_page()>
                <ul class="link-list">
                    {link("swot", t::swot())}
                    {link("risks", t::risks())}
                    {link("opportunities", t::opportunities())}
                    {link("salvage", t::salvage())}
                    {link("proactive", t::proactive())}
                    {link("shown", t::shown())}
                    {link("benefits", t::benefits())}
                    {link("promotions", t::promotions())}
                    {link("bonds", t::bonds())}
                    {link("sponsor", say(SponsorDialogue::KIND.many))}
                </ul>
            </Section>
        </div>
    }
}

/// The records of one kind, as structs; reactive.
fn of<R: Record + Clone + PartialEq + Send + Sync + 'static>(
    subject: Subject,
) -> Memo<Vec<Known<R>>> {
    Memo::new(move |_| subject.rows.with(|rows| known::<R>(rows)))
}

/// A section that can be linked to, with the way to a new record at the end of its heading.
#[component]
fn Part(
    /// The part's name in the address.
    id: &'static str,
    /// Its heading.
    title: &'static str,
    /// The words and the address of its one act.
    act: (&'static str, String),
    /// Its content.
    children: Children,
) -> impl IntoView {
    let (words, path) = act;
    let aside = move || {
        view! {
            <a class="reach" href=path.clone()>
                {words}
            </a>
        }
    };
    view! {
        <div id=id class="part">
            <Section title=title aside=aside>
                {children()}
            </Section>
        </div>
    }
}

/// One entry: what sorts it stands in the margin, its name leads to its record.
#[component]
fn Entry(
    /// The record.
    path: String,
    /// What people call it.
    #[prop(into)]
    title: String,
    /// What sorts it.
    margin: AnyView,
    /// What is said of it.
    children: Children,
) -> impl IntoView {
    view! {
        <article class="entry told-entry">
            <div class="entry-margin">{margin}</div>
            <h3 class="entry-head">
                <a href=path>{title}</a>
            </h3>
            <div class="entry-body">{children()}</div>
        </article>
    }
}

/// "Trigger: a letter from the bank", left out where nothing is said.
fn labelled(label: &'static str, text: &str) -> Option<impl IntoView + use<>> {
    let text = text.trim().to_owned();
    (!text.is_empty()).then(|| {
        view! {
            <p class="labelled">
                <span class="support">{label}": "</span>
                {text}
            </p>
        }
    })
}

/// What the client said, in the book face.
fn in_their_words(note: &Note) -> Option<impl IntoView + use<>> {
    let text = note.trim().to_owned();
    (!text.is_empty()).then(|| view! { <p class="client-words">{text}</p> })
}

/// Short facts in one quiet line.
fn line(parts: impl IntoIterator<Item = String>) -> Option<impl IntoView> {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| view! { <p class="support">{parts.join(" · ")}</p> })
}

/// An icon and a word, wrapping where it is a sentence.
fn state(class: &'static str, glyph: Glyph, words: impl Into<String>) -> impl IntoView {
    let words: String = words.into();
    view! {
        <span class=format!("state wraps {class}")>
            <Icon glyph=glyph small=true />
            {words}
        </span>
    }
}

/// The name of one of us; empty for nobody.
fn ours(app: &AppState, member: Option<Id<Member>>) -> String {
    member.map(|member| app.member_name(member.id.bytes())).unwrap_or_default()
}

/// The names of people at the client.
fn theirs<'a>(
    app: &AppState,
    document: DocumentId,
    contacts: impl IntoIterator<Item = &'a Id<Contact>>,
) -> Vec<String> {
    let name = |contact: &Id<Contact>| name_of(app, document, Contact::KEY, contact.id);
    contacts.into_iter().filter_map(name).collect()
}

/// The label of a choice; empty for none.
fn label<C: Choice>(choice: Option<C>) -> String {
    choice.map(|choice| say(choice.label()).to_owned()).unwrap_or_default()
}

/// The label of a choice inside a sentence.
fn small_label<C: Choice>(choice: C) -> String {
    inline(say(choice.label()))
}

/// "6 h", "45 min".
fn time(app: &AppState, minutes: u64) -> String {
    let value = Value::Integer(i64::try_from(minutes).unwrap_or(i64::MAX));
    if minutes == 0 {
        return "0 h".to_owned();
    }
    shown(app, DocumentId::Firm, &FieldType::Minutes, &value)
}

fn minutes(time: Option<Minutes>) -> u64 {
    time.map_or(0, |time| u64::from(time.0))
}

/// The page of a record of this client.
fn record_of(subject: Subject, kind: &'static Kind, id: RecordId) -> String {
    place::record_path(subject.document(), RecordKey::new(kind, id))
}

/// The form of a new record of this client, with fields filled in already.
fn new_of(subject: Subject, kind: &'static Kind, filled: &[(&str, String)]) -> String {
    let path = place::new_path(subject.document(), kind.key);
    let query: Vec<String> = filled.iter().map(|(key, value)| format!("{key}={value}")).collect();
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}
