//! Giving a reason to somebody: the owner of the record that it stands on.

use handbook::{
    DocumentId, Op, RecordId, RecordKey, Value,
    attention::Reason,
    records::{Action, Complaint, Member, Promise},
};
use handbook::{Field, Record};
use leptos::{prelude::*, task::spawn_local};

use super::{
    format,
    icons::{Glyph, Icon},
    sheet::Dialog,
    state::use_app,
    toast::use_toasts,
};
use crate::texts::{shell, title_of, today as t};

/// The field that says whose a record is, where it has one.
fn owner_field(kind: &str) -> Option<&'static Field> {
    match kind {
        Complaint::KEY => Some(Complaint::KEYS.owner.field()),
        Action::KEY => Some(Action::KEYS.owner.field()),
        Promise::KEY => Some(Promise::KEYS.by.field()),
        _ => None,
    }
}

/// The name of whose it is, or *Assign*. Nothing for a reason that stands on no record with an owner.
#[component]
pub fn AssignButton(
    /// The client concerned.
    client: RecordId,
    /// The reason.
    reason: Reason,
) -> impl IntoView {
    let app = use_app();
    let (kind, id) = reason.evidence.record?;
    let field = owner_field(kind)?;
    let key = RecordKey::new(handbook::kind(kind)?, id);
    let document = DocumentId::Client(client);
    let open = RwSignal::new(false);
    let me = app.workspace.with_untracked(|workspace| workspace.member);
    let owner = reason.owner.map(RecordId::from_bytes);
    let (glyph, words) = match owner {
        Some(owner) if Some(owner) == me => (Glyph::Person, t::you().to_owned()),
        Some(owner) => (Glyph::Person, format::first_name(&app.member_name(owner.bytes()))),
        None => (Glyph::PersonPlus, t::assign().to_owned()),
    };
    let named = owner.is_some();
    Some(view! {
        <button type="button" class="button plain" class:named=named on:click=move |_| open.set(true)>
            <Icon glyph=glyph small=true />
            {words}
        </button>
        <Show when=move || open.get()>
            <AssignDialog document=document record=key field=field open=open />
        </Show>
    })
}

#[component]
fn AssignDialog(
    document: DocumentId,
    record: RecordKey,
    field: &'static Field,
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let give = move |member: RecordId| {
        open.set(false);
        let op = Op::Set { key: record, field: field.key, value: Value::Link(member) };
        spawn_local(async move {
            if let Err(trouble) = app.write(document, vec![op], "assign").await {
                toasts.trouble(&trouble);
            }
        });
    };
    let people = move || {
        app.list(Member::KEY)
            .iter()
            .map(|placed| {
                let id = placed.row.id;
                view! {
                    <li>
                        <button type="button" class="button quiet flush-start" on:click=move |_| give(id)>
                            {title_of(&placed.row)}
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Dialog id="assign-dialog" title=Signal::stored(t::assign_to().to_owned()) open=open>
            <ul>{people}</ul>
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {shell::cancel()}
                </button>
            </div>
        </Dialog>
    }
}
