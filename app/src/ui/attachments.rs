//! Photos and files of a record: added, shown, opened, fetched, removed.
//!
//! They live in the client's document like everything about it; the firm's own records have none. What is said of each is what
//! this device knows: whether its bytes are here, at the relay, or still where it was added.

pub mod add;
pub mod item;
pub mod standing;
pub mod viewer;

use std::sync::Arc;

use handbook::{
    DocumentId, Record, RecordKey, Row,
    records::{Attachment, Comment},
};
use leptos::prelude::*;

use self::{
    add::Add,
    item::Item,
    viewer::{Showing, Viewer},
};
use super::{
    icons::{Glyph, Icon},
    section::Section,
    state::{AppState, use_app},
};
use crate::texts::{attachment as t, title_of};

/// The attachments of a record, oldest first; of `None`, those of the whole document; reactive.
fn attachments_of(app: &AppState, document: DocumentId, about: Option<RecordKey>) -> Vec<Row> {
    let about = about.map(|about| about.to_string());
    let rows = app.document(&document).unwrap_or_default();
    let belongs = |row: &Row| {
        let of = Attachment::KEYS.about.raw(row).as_text();
        about.as_deref().is_none_or(|about| of == Some(about))
    };
    let mut found: Vec<Row> = rows
        .iter()
        .filter(|row| row.kind == Attachment::KIND && !row.gone && belongs(row))
        .cloned()
        .collect();
    found.sort_by_key(|row| row.created.at.ms);
    found
}

/// What belongs to a record, and the ways to add to it.
#[component]
pub fn Attachments(
    /// Where the record lives.
    document: DocumentId,
    /// The record.
    about: RecordKey,
) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| attachments_of(&app, document, Some(about)));
    let count = move || found.with(|found| (!found.is_empty()).then(|| found.len().to_string()));
    let has_some = matches!(document, DocumentId::Client(_))
        && ![Attachment::KEY, Comment::KEY].contains(&about.kind.key);
    has_some.then(|| {
        view! {
            <Section title=t::attachments() aside=count>
                <Listed document=document found=found />
                <Add document=document about=about />
            </Section>
        }
    })
}

/// Everything that belongs to any record of a client, if there is something.
#[component]
pub fn ClientAttachments(document: DocumentId) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        let mut found = attachments_of(&app, document, None);
        found.reverse();
        found
    });
    let count = move || Some(found.with(Vec::len).to_string());
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <Section title=t::client_files() aside=count>
                <Listed document=document found=found named=true />
            </Section>
        </Show>
    }
}

/// One attachment, on its own page.
#[component]
pub fn OneAttachment(document: DocumentId, row: Signal<Row>) -> impl IntoView {
    let found = Memo::new(move |_| Some(row.get()).filter(|row| !row.gone).into_iter().collect());
    view! { <Listed document=document found=found named=true /> }
}

#[component]
fn Listed(
    document: DocumentId,
    found: Memo<Vec<Row>>,
    /// Whether each says what it belongs to.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    let app = use_app();
    let shown = RwSignal::new(None::<Arc<Showing>>);
    let trouble = move || app.holdings.with(|holdings| holdings.trouble.clone());
    view! {
        <Show
            when=move || found.with(|found| !found.is_empty())
            fallback=|| view! { <p class="support">{t::none()}</p> }
        >
            {move || {
                trouble()
                    .map(|trouble| {
                        view! {
                            <p class="notice soon" role="status">
                                <Icon glyph=Glyph::Alert />
                                {trouble}
                            </p>
                        }
                    })
            }}
            <ul class="attachments">
                <For each=move || found.get() key=|row| (row.id, told_of(row)) let:row>
                    <Item document=document row=row named=named shown=shown />
                </For>
            </ul>
        </Show>
        <Viewer shown=shown />
    }
}

/// What a line says of a record that somebody may change.
fn told_of(row: &Row) -> String {
    let caption = Attachment::KEYS.caption.raw(row).as_text().unwrap_or_default();
    format!("{}\n{caption}", title_of(row))
}
