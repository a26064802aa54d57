//! Two contacts of a client that are one person.

use handbook::{DocumentId, Record, RecordId, RecordKey, one_person, records::Contact};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    texts::list as t,
    ui::{
        model::{Batch, JOIN_CONTACTS},
        place,
        sheet::Dialog,
        state::use_app,
        toast::use_toasts,
        which::WhichForm,
    },
};

/// The question which contact this one is the same person as.
#[component]
pub fn JoinDialog(document: DocumentId, from: RecordId, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let title = Signal::derive(move || {
        t::merge_contact_title(&app.title(document, RecordKey::new(Contact::KIND, from)))
    });
    view! {
        <Dialog id="join-dialog" title=title open=open>
            <JoinForm document=document from=from open=open />
        </Dialog>
    }
}

#[component]
fn JoinForm(document: DocumentId, from: RecordId, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let choose = Callback::new(move |into| {
        let rows = untrack(|| app.document(&document)).unwrap_or_default();
        let ops = one_person::join(&rows, from, into);
        if ops.is_empty() {
            return;
        }
        let batch = Batch { what: JOIN_CONTACTS, writes: vec![(document, ops)] };
        let navigate = navigate.clone();
        spawn_local(async move {
            match app.batch(batch).await {
                Ok(_) => {
                    let _ = open.try_set(false);
                    let key = RecordKey::new(Contact::KIND, into);
                    let name = untrack(|| app.title(document, key));
                    let from = untrack(|| app.title(document, RecordKey::new(Contact::KIND, from)));
                    toasts.done(t::merged(&from, &name));
                    navigate(&place::record_path(document, key), NavigateOptions::default());
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    });
    view! {
        <WhichForm
            document=document
            kind=Contact::KEY
            without=from
            id="join-into"
            help=t::merge_contact_help()
            label=t::same_person()
            act=t::merge()
            open=open
            on_choose=choose
        />
    }
}
