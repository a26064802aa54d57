//! Two contacts of a client that are one person.

use handbook::{DocumentId, Record, RecordId, RecordKey, one_person, records::Contact};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    texts::{list as t, record as record_texts, shell},
    ui::{
        candidates::candidates,
        model::{Batch, JOIN_CONTACTS},
        place,
        sheet::Dialog,
        state::use_app,
        toast::use_toasts,
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
    let chosen = RwSignal::new(None::<RecordId>);
    let others = move || {
        candidates(&app, document, Contact::KEY)
            .into_iter()
            .filter(|(id, _)| *id != from)
            .map(|(id, title)| view! { <option value=id.to_string()>{title}</option> })
            .collect_view()
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(into) = chosen.get_untracked() else { return };
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
    };
    view! {
        <form class="fields" novalidate on:submit=submit>
            <p>{t::merge_contact_help()}</p>
            <div class="field">
                <label for="join-into">{t::same_person()}</label>
                <select
                    id="join-into"
                    class="input"
                    on:change=move |event| chosen.set(event_target_value(&event).parse().ok())
                >
                    <option value="">{record_texts::choose()}</option>
                    {others}
                </select>
            </div>
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {shell::cancel()}
                </button>
                <button type="submit" class="button firm" disabled=move || chosen.with(Option::is_none)>
                    {t::merge()}
                </button>
            </div>
        </form>
    }
}
