//! Pages made from a declaration, for every kind there is: a list, a form, a record with its history and versions.
//! A new kind of record needs nothing here.

pub mod whole;

use handbook::{DocumentId, Field, Kind, RecordKey, Row};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

pub use self::whole::{OwnRecord, RecordPage};
use super::{client::Missing, id_param, shell::Page, text_param};
use crate::{
    texts::{client as client_texts, record as t, say, shell, title_of},
    ui::{
        draft::Values,
        form::NewForm,
        icons::{Glyph, Icon},
        place,
        section::Empty,
        state::{AppState, use_app},
        steps,
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
    let columns: Vec<usize> = (0..kind.fields.len())
        .filter(|index| kind.fields.get(*index).is_some_and(|field| is_column(kind, field)))
        .collect();
    let columns = StoredValue::new(columns);
    let heads = move || {
        let fields = columns.get_value().into_iter().filter_map(|index| kind.fields.get(index));
        fields.map(|field| view! { <th scope="col">{say(field.label)}</th> }).collect_view()
    };
    let lines = move || {
        let rows = rows.get().unwrap_or_default();
        rows.iter().map(|row| line(&app, document, row, &columns.get_value())).collect_view()
    };
    view! {
        <Page title=Signal::stored(say(kind.many).to_owned())>
            <Crumbs document=document />
            <header class="page-head">
                <div>
                    <h1>{say(kind.many)}</h1>
                    <p class="lead">{say(kind.help)}</p>
                </div>
                <div class="acts">
                    <a class="button firm" href=place::new_path(document, kind.key)>
                        <Icon glyph=Glyph::Plus small=true />
                        {t::new(say(kind.one))}
                    </a>
                </div>
            </header>
            <Show
                when=move || rows.with(|rows| rows.as_ref().is_some_and(|rows| !rows.is_empty()))
                fallback=move || {
                    let text = if rows.with(Option::is_none) {
                        shell::reading().to_owned()
                    } else {
                        t::empty_list(say(kind.many), "")
                    };
                    view! { <Empty text=text /> }
                }
            >
                <div class="scroll-wide">
                    <table class="table folds">
                        <thead>
                            <tr>
                                <th scope="col">{say(kind.one)}</th>
                                {kind.lifecycle.map(|_| view! { <th scope="col">{t::standing()}</th> })}
                                {heads}
                            </tr>
                        </thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
            </Show>
        </Page>
    }
}

/// Where a record stood when it was written down is no column: where it stands has one.
fn is_column(kind: &Kind, field: &Field) -> bool {
    let start = kind.lifecycle.and_then(|life| life.start_field);
    field.column && !field.title && Some(field.key) != start
}

fn line(
    app: &AppState,
    document: DocumentId,
    row: &Row,
    columns: &[usize],
) -> impl IntoView + use<> {
    let cells = columns
        .iter()
        .filter_map(|index| Some((row.kind.fields.get(*index)?, row.at(*index))))
        .map(|(field, value)| view! { <td class="support">{shown(app, document, &field.ty, value)}</td> })
        .collect_view();
    let conflict = (!row.two_versions.is_empty())
        .then(|| view! { <span class="tag soon"><Icon glyph=Glyph::Split small=true />{t::two_versions_word()}</span> });
    let stands = steps::standing(row).map(|words| view! { <td class="support">{words}</td> });
    view! {
        <tr>
            <th scope="row">
                <a class="row-link" href=place::record_path(document, row.key())>
                    {name(app, document, row)}
                </a>
                " "
                {conflict}
            </th>
            {stands}
            {cells}
        </tr>
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
        let Some(Named { document, kind, .. }) = named.get() else {
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
