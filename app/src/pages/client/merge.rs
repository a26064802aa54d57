//! Clients that become one, and two again.

use handbook::{
    DocumentId, Op, Record, RecordId, RecordKey, Value, lifecycles::client::merge_refusals,
    records::Client,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::Subject;
use crate::{
    texts::{list as t, tell, title_of},
    ui::{
        icons::{Glyph, Icon},
        place,
        section::Section,
        sheet::Dialog,
        state::{AppState, Trouble, use_app},
        toast::{Toasts, use_toasts},
        which::WhichForm,
    },
};

/// Makes a client part of another, unless something stands in the way; says whether it does.
pub fn merge(app: AppState, toasts: Toasts, part: RecordId, into: RecordId) -> bool {
    let rows = untrack(|| app.list(Client::KEY));
    let find =
        |id: RecordId| rows.iter().find(|placed| placed.row.id == id).map(|placed| &placed.row);
    let (Some(one), Some(other)) = (find(part), find(into)) else { return false };
    let refusals = merge_refusals(one, other);
    if !refusals.is_empty() {
        let why: Vec<String> = refusals.iter().map(tell).collect();
        toasts.trouble(&Trouble(why.join(" ")));
        return false;
    }
    let said = t::merged(&title_of(one), &title_of(other));
    link(app, toasts, part, Some(into), said);
    true
}

/// Takes a client out of the one that it is part of.
pub fn unmerge(app: AppState, toasts: Toasts, part: RecordId) {
    let said = t::unmerged(&untrack(|| name(&app, part)));
    link(app, toasts, part, None, said);
}

fn link(app: AppState, toasts: Toasts, part: RecordId, into: Option<RecordId>, said: String) {
    let op = Op::Set {
        key: RecordKey::new(Client::KIND, part),
        field: Client::KEYS.merged_into.key(),
        value: into.map_or(Value::Empty, Value::Link),
    };
    let what = if into.is_some() { "merge client" } else { "un-merge client" };
    spawn_local(async move {
        match app.write(DocumentId::Client(part), vec![op], what).await {
            Ok(_) => toasts.done(said),
            Err(trouble) => toasts.trouble(&trouble),
        }
    });
}

/// What a client is called; reactive.
fn name(app: &AppState, client: RecordId) -> String {
    app.title(DocumentId::Client(client), RecordKey::new(Client::KIND, client))
}

/// The question which client this one becomes part of.
#[component]
pub fn MergeDialog(subject: Subject, open: RwSignal<bool>) -> impl IntoView {
    let title = Signal::derive(move || t::merge_title(&subject.row.with(title_of)));
    view! {
        <Dialog id="merge-dialog" title=title open=open>
            <MergeForm subject=subject open=open />
        </Dialog>
    }
}

#[component]
fn MergeForm(subject: Subject, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let choose = Callback::new(move |into| {
        open.set(false);
        if merge(app, toasts, subject.id, into) {
            navigate(&place::client_path(into), NavigateOptions::default());
        }
    });
    view! {
        <WhichForm
            document=subject.document()
            kind=Client::KEY
            without=subject.id
            id="merge-into"
            help=t::merge_help()
            label=t::merge_which()
            act=t::merge()
            open=open
            on_choose=choose
        />
    }
}

/// Said above a client's page to whoever came by the address of one that has become part of it.
#[component]
pub fn CameBy(subject: Subject, part: Signal<Option<RecordId>>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    move || {
        let part = part.get().filter(|part| app.merged().parts(subject.id).contains(part))?;
        let words = t::is_part(&name(&app, part), &subject.row.with(title_of));
        Some(view! {
            <div class="notice" role="status">
                <Icon glyph=Glyph::Building />
                <p>{words}</p>
                <button type="button" class="button" on:click=move |_| unmerge(app, toasts, part)>
                    {t::unmerge()}
                </button>
            </div>
        })
    }
}

/// The clients that are part of this one, each with its own record and the way out.
#[component]
pub fn Parts(subject: Subject) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let parts = Memo::new(move |_| app.merged().parts(subject.id).to_vec());
    let lines = move || {
        let line = |part: RecordId| {
            let called = name(&app, part);
            let path =
                place::edit_path(DocumentId::Client(part), RecordKey::new(Client::KIND, part));
            view! {
                <li class="settings-row">
                    <a href=path>{called.clone()}</a>
                    <button
                        type="button"
                        class="button"
                        aria-label=t::unmerge_name(&called)
                        on:click=move |_| unmerge(app, toasts, part)
                    >
                        {t::unmerge()}
                    </button>
                </li>
            }
        };
        parts.get().into_iter().map(line).collect_view()
    };
    view! {
        <Show when=move || parts.with(|parts| !parts.is_empty())>
            <Section title=t::merged_here()>
                <ul>{lines}</ul>
            </Section>
        </Show>
    }
}
