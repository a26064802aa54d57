//! Giving a reason to somebody: the owner of the record that it stands on, or a word of its own who looks after it.

use handbook::Record;
use handbook::{
    DocumentId, RecordId,
    attention::{self, Reason},
    records::Member,
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    format,
    icons::{Glyph, Icon},
    sheet::Dialog,
    state::use_app,
    toast::use_toasts,
};
use crate::texts::{shell, title_of, today as t};

/// The name of whose it is, or *Assign*.
#[component]
pub fn AssignButton(
    /// The client concerned.
    client: RecordId,
    /// The reason.
    reason: Reason,
) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let me = app.workspace.with_untracked(|workspace| workspace.member);
    let owner = reason.owner.map(RecordId::from_bytes);
    let (glyph, words) = match owner {
        Some(owner) if Some(owner) == me => (Glyph::Person, t::you().to_owned()),
        Some(owner) => (Glyph::Person, format::first_name(&app.member_name(owner.bytes()))),
        None => (Glyph::PersonPlus, t::assign().to_owned()),
    };
    let named = owner.is_some();
    let reason = StoredValue::new(reason);
    view! {
        <button type="button" class="button plain" class:named=named on:click=move |_| open.set(true)>
            <Icon glyph=glyph small=true />
            {words}
        </button>
        <Show when=move || open.get()>
            <AssignDialog client=client reason=reason open=open />
        </Show>
    }
}

#[component]
fn AssignDialog(
    client: RecordId,
    reason: StoredValue<Reason>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let give = move |member: RecordId| {
        let op = reason.with_value(|reason| attention::assign(reason, member, app.new_id()));
        open.set(false);
        spawn_local(async move {
            if let Err(trouble) = app.write(DocumentId::Client(client), vec![op], "assign").await {
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
