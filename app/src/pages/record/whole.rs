//! One record of any kind: its standing, its versions, its values or their form, its history.

use handbook::{
    DocumentId, FieldType, Known, Op, Record, RecordKey, Row,
    records::{Assignment, Attachment, Contact},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

use super::{
    Crumbs, Named,
    erase::{EraseDialog, Going},
    join::JoinDialog,
    name, named,
};
use crate::{
    pages::{client::as_of::AsOfBanner, nowhere::Missing, settings::export::export, shell::Page},
    texts::{erase as erase_texts, list as list_texts, record as t, say, shell},
    ui::{
        attachments::{Attachments, OneAttachment},
        comments::Comments,
        conflict::Conflicts,
        form::EditForm,
        history::History,
        icons::{Glyph, Icon},
        independence::Independence,
        model::Export,
        own::{OwnForm, OwnValues},
        past::PastValues,
        section::{Empty, Section},
        sheet::MoreMenu,
        state::use_app,
        steps::{self, Living, Steps},
        toast::use_toasts,
        value::shown,
        wording::ClientView,
    },
};

/// One record of any kind.
#[component]
pub fn RecordPage() -> impl IntoView {
    let app = use_app();
    let named = named();
    move || {
        let Some(Named { document, kind, id: Some(id) }) = named.get() else {
            return view! { <Missing /> }.into_any();
        };
        let key = RecordKey::new(kind, id);
        let found = Memo::new(move |_| {
            app.document(&document).map(|rows| rows.iter().find(|row| row.key() == key).cloned())
        });
        let there = Memo::new(move |_| found.with(|found| found.as_ref().map(Option::is_some)));
        let page = move || {
            match there.get() {
            None => view! { <Page title=Signal::stored(String::new())><p class="support">{shell::reading()}</p></Page> }.into_any(),
            Some(false) => view! { <Missing /> }.into_any(),
            Some(true) => {
                let row = Signal::derive(move || found.get().flatten());
                view! { <WholeRecord document=document record=key row=row /> }.into_any()
            }
        }
        };
        page.into_any()
    }
}

#[component]
fn WholeRecord(document: DocumentId, record: RecordKey, row: Signal<Option<Row>>) -> impl IntoView {
    let app = use_app();
    let kind = record.kind;
    let title = Signal::derive(move || {
        row.with(|row| row.as_ref().map(|row| name(&app, document, row)).unwrap_or_default())
    });
    let number = move || {
        let number = row.with(|row| {
            let number = row.as_ref().filter(|_| kind.number.is_some())?.get("number");
            number.as_text().filter(|number| !number.is_empty()).map(str::to_owned)
        });
        number.map(|number| view! { <span class="tag">{number}</span> })
    };
    let stands = move || {
        let words = row.with(|row| row.as_ref().and_then(steps::standing));
        words.map(|words| view! { <span class="tag">{words}</span> })
    };
    view! {
        <Page title=title>
            {match document {
                DocumentId::Client(client) => Some(view! { <AsOfBanner client=client /> }),
                DocumentId::Firm => None,
            }}
            <Crumbs document=document list=kind />
            <header class="page-head">
                <div class="client-title">
                    <h1>{title}</h1>
                    {number}
                    {stands}
                </div>
                <RecordActs document=document record=record row=row />
            </header>
            <Standing document=document record=record row=row />
            {(kind.key == Contact::KEY)
                .then(|| view! { <Going person=record /> })}
            <Life document=document record=record row=row />
            <OwnRecord document=document record=record row=row />
        </Page>
    }
}

/// The steps of a record that has a life and is not deleted.
#[component]
fn Life(document: DocumentId, record: RecordKey, row: Signal<Option<Row>>) -> impl IntoView {
    let life = record.kind.lifecycle?;
    let gone = Memo::new(move |_| row.with(|row| row.as_ref().is_none_or(|row| row.gone)));
    let present =
        Signal::derive(move || row.get().unwrap_or_else(|| Row::empty(record.kind, record.id)));
    let living = Living::new(document, life, present);
    Some(view! {
        <Show when=move || !gone.get()>
            <Steps living=living />
        </Show>
    })
}

/// Deleting, and taking that back.
#[component]
fn RecordActs(document: DocumentId, record: RecordKey, row: Signal<Option<Row>>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let gone = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.gone)));
    let act = move |_| {
        let (op, what) = if gone.get_untracked() {
            (Op::Restore { key: record }, "restore")
        } else {
            (Op::Delete { key: record }, "delete")
        };
        spawn_local(async move {
            if let Err(trouble) = app.write(document, vec![op], what).await {
                toasts.trouble(&trouble);
            }
        });
    };
    // A client's own record carries its document, and a singleton is always there: neither can be deleted.
    let fixed = record.kind.singleton
        || record.kind.key == handbook::records::CLIENT
        || record.kind.key == "member";
    let joining = RwSignal::new(false);
    let erasing = RwSignal::new(false);
    let owner = Memo::new(move |_| app.team().owner);
    let joins = record.kind.key == Contact::KEY;
    let give_out = move || {
        if let DocumentId::Client(client) = document {
            export(app, toasts, Export::Person(client, record.id));
        }
    };
    (!fixed).then(|| {
        view! {
            <div class="acts">
                <MoreMenu>
                    {joins
                        .then(|| {
                            view! {
                                <button type="button" on:click=move |_| joining.set(true)>
                                    {list_texts::merge_into()}
                                </button>
                                <button type="button" on:click=move |_| give_out()>
                                    {t::export_person()}
                                </button>
                                <Show when=move || owner.get()>
                                    <button type="button" on:click=move |_| erasing.set(true)>
                                        {erase_texts::erase()}
                                    </button>
                                </Show>
                            }
                        })}
                    <button type="button" on:click=act>
                        {move || if gone.get() { t::restore().to_owned() } else { t::delete_kind(say(record.kind.one)) }}
                    </button>
                </MoreMenu>
                {joins
                    .then(|| {
                        view! {
                            <JoinDialog document=document from=record.id open=joining />
                            <EraseDialog document=document person=record open=erasing />
                        }
                    })}
            </div>
        }
    })
}

/// Whether it was deleted, or returned by an edit made apart.
#[component]
fn Standing(document: DocumentId, record: RecordKey, row: Signal<Option<Row>>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let gone = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.gone)));
    let returned = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.returned)));
    let restore = move |_| {
        spawn_local(async move {
            if let Err(trouble) =
                app.write(document, vec![Op::Restore { key: record }], "restore").await
            {
                toasts.trouble(&trouble);
            }
        });
    };
    let line = move |text: String, button: &'static str| {
        view! {
            <div class="notice soon head-notice">
                <Icon glyph=Glyph::Alert />
                <p class="lead">{text}</p>
                <button type="button" class="button" on:click=restore>
                    {button}
                </button>
            </div>
        }
    };
    move || {
        if gone.get() {
            Some(line(t::was_deleted(say(record.kind.one)), t::restore()))
        } else {
            returned.get().then(|| line(t::returned().to_owned(), t::keep_it()))
        }
    }
}

/// A record's versions, its values or their form, and its history.
#[component]
pub fn OwnRecord(
    /// Where it lives.
    document: DocumentId,
    /// The record.
    record: RecordKey,
    /// As it is now.
    row: Signal<Option<Row>>,
) -> impl IntoView {
    let query = use_query_map();
    let editing = RwSignal::new(query.with_untracked(|query| query.get("edit").is_some()));
    let present =
        Signal::derive(move || row.get().unwrap_or_else(|| Row::empty(record.kind, record.id)));
    view! {
        <section class="section own-record" aria-label=t::details()>
            <Conflicts document=document row=present />
            {(record.kind.key == Attachment::KEY)
                .then(|| view! { <OneAttachment document=document row=present /> })}
            {(record.kind.key == Assignment::KEY)
                .then(|| {
                    let proposed = Signal::derive(move || {
                        let own = present.with(|row| Assignment::from_row(row).ok())?;
                        Some(Known::new(record.id, own))
                    });
                    view! { <Independence document=document proposed=proposed /> }
                })}
            <div class="section-head">
                <h2>{t::details()}</h2>
                <button type="button" class="button quiet flush-end" on:click=move |_| editing.update(|editing| *editing = !*editing)>
                    {move || if editing.get() { t::done_editing().to_owned() } else { t::edit_kind(say(record.kind.one)) }}
                </button>
            </div>
            {move || {
                if editing.get() {
                    view! {
                        <div class="edit-form">
                            <EditForm document=document record=record row=row />
                            <OwnForm document=document record=record />
                            {client_view(document, present)}
                        </div>
                    }
                    .into_any()
                } else {
                    view! {
                        <ValueList document=document row=present />
                        <OwnValues document=document record=record />
                    }
                        .into_any()
                }
            }}
            <Attachments document=document about=record />
            <Comments document=document about=record />
            <Section title=t::history()>
                <History document=document record=record row=row />
            </Section>
        </section>
    }
}

/// What of a client's record the client would read; the firm's records concern nobody outside.
fn client_view(document: DocumentId, row: Signal<Row>) -> Option<impl IntoView> {
    let kind = row.with_untracked(|row| row.kind);
    let meant = matches!(document, DocumentId::Client(_))
        && kind.fields.iter().any(|field| field.client_visible);
    meant.then(|| {
        let values = Signal::derive(move || {
            row.with(|row| {
                kind.fields.iter().map(|field| field.key).zip(row.values.iter().cloned()).collect()
            })
        });
        view! { <ClientView kind=kind document=document values=values /> }
    })
}

/// The values of a record in words; empty fields are left out.
#[component]
fn ValueList(document: DocumentId, row: Signal<Row>) -> impl IntoView {
    let app = use_app();
    let whole = Signal::derive(move || Some(row.get()));
    move || {
        let row = row.get();
        // Where it began: the head says where it stands.
        let begun = row.kind.lifecycle.and_then(|life| life.start_field);
        let filled: Vec<_> = row
            .kind
            .fields
            .iter()
            .zip(&row.values)
            .filter(|(field, value)| {
                let fact = matches!(field.ty, FieldType::Facts(_));
                !value.is_empty() && !fact && !field.hidden && Some(field.key) != begun
            })
            .map(|(field, value)| {
                let class = if is_long(&field.ty) && field.client_visible {
                    "client-words"
                } else {
                    "told"
                };
                view! {
                    <div>
                        <dt>{say(field.label)}</dt>
                        <dd class="with-past">
                            <div class=class>{shown(&app, document, &field.ty, value)}</div>
                            <PastValues document=document record=row.key() field=field row=whole />
                        </dd>
                    </div>
                }
            })
            .collect();
        if filled.is_empty() && row.unknown.is_empty() {
            return view! { <Empty text=t::nobody_yet() /> }.into_any();
        }
        let unknown = row
            .unknown
            .iter()
            .map(|(key, value)| {
                view! {
                    <div>
                        <dt>{key.clone()}</dt>
                        <dd>
                            {shown(&app, document, &FieldType::Line, value)}
                            <p class="quiet-words">{t::unknown_fields()}</p>
                        </dd>
                    </div>
                }
            })
            .collect_view();
        view! { <dl class="values">{filled} {unknown}</dl> }.into_any()
    }
}

fn is_long(ty: &FieldType) -> bool {
    matches!(ty, FieldType::Note | FieldType::Prose)
}
