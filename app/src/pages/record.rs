//! Pages made from a declaration, for every kind there is: a list, a form, a record with its history and versions.
//! A new kind of record needs nothing here.

pub mod erase;
pub mod join;
pub mod whole;

use std::sync::Arc;

use handbook::{DocumentId, Kind, RecordKey, Row};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

pub use self::whole::{OwnRecord, RecordPage};
use super::{
    id_param,
    list::{
        Above, Line, Listing,
        change::ChangeMany,
        counted,
        lines::{heads, lines},
        table::{LineTable, record_href},
    },
    nowhere::Missing,
    shell::Page,
    text_param,
};
use crate::{
    texts::{client as client_texts, list as list_texts, record as t, say, shell, title_of},
    ui::{
        draft::Values,
        form::NewForm,
        icons::{Glyph, Icon},
        place,
        section::Empty,
        state::{AppState, Placed, use_app},
        value::shown,
    },
};

/// What the address names: a document, a kind, perhaps a record.
#[derive(Clone, Copy, PartialEq)]
struct Named {
    document: DocumentId,
    kind: &'static Kind,
    id: Option<handbook::RecordId>,
}

fn named() -> Memo<Option<Named>> {
    let client = id_param("client");
    let id = id_param("id");
    let kind = text_param("kind");
    Memo::new(move |_| {
        let document = client.get().map_or(DocumentId::Firm, DocumentId::Client);
        let kind = handbook::kind(&kind.get()).filter(|kind| kind.home == document.home())?;
        Some(Named { document, kind, id: id.get() })
    })
}

/// The living rows of a document's kind; reactive; `None` while the document is being read.
fn rows_of(app: &AppState, document: DocumentId, kind: &'static Kind) -> Option<Vec<Row>> {
    let rows = app.document(&document)?;
    let mut rows: Vec<Row> =
        rows.iter().filter(|row| row.kind == kind && !row.gone).cloned().collect();
    rows.sort_by_cached_key(|row| title_of(row).to_lowercase());
    Some(rows)
}

/// From the document to the list: what stands above the title.
#[component]
fn Crumbs(document: DocumentId, #[prop(optional)] list: Option<&'static Kind>) -> impl IntoView {
    let app = use_app();
    let arrow = || view! { <Icon glyph=Glyph::ChevronEnd small=true /> };
    let home = match document {
        DocumentId::Firm => view! { <a href="/firm">{shell::firm()}</a> }.into_any(),
        DocumentId::Client(client) => {
            let name = move || {
                handbook::kind(handbook::records::CLIENT)
                    .map(|kind| app.title(document, RecordKey::new(kind, client)))
            };
            view! {
                <a href="/clients">{client_texts::title()}</a>
                {arrow()}
                <a href=place::client_path(client)>{name}</a>
            }
            .into_any()
        }
    };
    let list = list.filter(|kind| !kind.singleton).map(|kind| {
        view! {
            <a href=place::list_path(document, kind.key)>{say(kind.many)}</a>
            {arrow()}
        }
    });
    view! { <nav class="crumbs">{home} {arrow()} {list}</nav> }
}

/// All records of a kind in a document.
#[component]
pub fn ListPage() -> impl IntoView {
    let named = named();
    move || match named.get() {
        Some(Named { document, kind, .. }) => {
            view! { <List document=document kind=kind /> }.into_any()
        }
        None => view! { <Missing /> }.into_any(),
    }
}

#[component]
fn List(document: DocumentId, kind: &'static Kind) -> impl IntoView {
    let app = use_app();
    let rows = Memo::new(move |_| rows_of(&app, document, kind));
    let columns = Memo::new(move |_| heads(&app, kind, Vec::new()));
    let all = Memo::new(move |_| {
        let placed = |row| Placed { document, row };
        let rows = rows.get().unwrap_or_default().into_iter().map(placed).collect();
        lines(
            &app,
            kind,
            Arc::new(rows),
            |placed| name(&app, document, &placed.row),
            |_| Vec::new(),
        )
    });
    let listing = Listing::new(kind, &[], columns.into(), all, |_, _| true);
    let some = Memo::new(move |_| all.with(|lines| !lines.0.is_empty()));
    let href = Callback::new(|(document, line): (DocumentId, Line)| record_href(document, &line));
    view! {
        <Page title=Signal::stored(say(kind.many).to_owned())>
            <Crumbs document=document />
            <header class="page-head">
                <div>
                    <h1>{say(kind.many)}</h1>
                    <p class="lead">{say(kind.help)}</p>
                </div>
                <div class="acts">
                    {handbook::form::is_typed(kind)
                        .then(|| {
                            view! {
                                <a class="button firm" href=place::new_path(document, kind.key)>
                                    <Icon glyph=Glyph::Plus small=true />
                                    {t::new(say(kind.one))}
                                </a>
                            }
                        })}
                </div>
            </header>
            <Show
                when=move || some.get()
                fallback=move || {
                    let text = if rows.with(Option::is_none) {
                        shell::reading().to_owned()
                    } else {
                        t::empty_list(say(kind.many), "")
                    };
                    view! { <Empty text=text /> }
                }
            >
                <Above listing=listing label=list_texts::filter_kind(say(kind.many)) />
                <p class="count">{move || counted(listing)}</p>
                <ChangeMany listing=listing />
                <LineTable listing=listing href=href />
            </Show>
        </Page>
    }
}

/// What a record is called: its titles in words, so that a choice reads as its label.
fn name(app: &AppState, document: DocumentId, row: &Row) -> String {
    let words: Vec<String> = row
        .kind
        .titles()
        .map(|(index, field)| shown(app, document, &field.ty, row.at(index)))
        .filter(|words| !words.is_empty())
        .collect();
    if words.is_empty() { say(row.kind.one).to_owned() } else { words.join(" ") }
}

/// The form of a new record of any kind. What the address names after `?` is filled in.
#[component]
pub fn NewPage() -> impl IntoView {
    let named = named();
    let query = use_query_map();
    let navigate = use_navigate();
    move || {
        let typed = named.get().filter(|named| handbook::form::is_typed(named.kind));
        let Some(Named { document, kind, .. }) = typed else {
            return view! { <Missing /> }.into_any();
        };
        let app = use_app();
        let first: Values = query.with_untracked(|query| {
            let given = |field: &&'static handbook::Field| {
                let text = query.get(field.key)?;
                Some((field.key, handbook::text::parse(&field.ty, &text).ok()?))
            };
            kind.fields.iter().filter_map(|field| given(&field)).collect()
        });
        let navigate = navigate.clone();
        let saved = Callback::new(move |key: RecordKey| {
            navigate(
                &place::record_path(document, key),
                NavigateOptions { replace: true, ..NavigateOptions::default() },
            );
        });
        let title = t::new(say(kind.one));
        view! {
            <Page title=Signal::stored(title.clone())>
                <Crumbs document=document list=kind />
                <header class="page-head">
                    <div>
                        <h1>{title}</h1>
                        <p class="lead">{say(kind.help)}</p>
                    </div>
                </header>
                <div class="narrow">
                    <NewForm kind=kind document=document id=app.new_id() first=first on_saved=saved />
                </div>
            </Page>
        }
        .into_any()
    }
}
