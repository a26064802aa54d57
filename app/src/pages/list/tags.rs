//! The tags in use, over clients and contacts, and giving one another name everywhere.

use std::collections::BTreeMap;

use handbook::{
    DocumentId, Op, Record, Value,
    records::{Client, Contact},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    texts::list as t,
    ui::{
        model::Batch,
        section::Empty,
        sheet::Dialog,
        state::{AppState, use_app},
        toast::use_toasts,
    },
};

/// The kinds that have tags, with the field's key.
const TAGGED: [(&str, &str); 2] = [(Client::KEY, "tags"), (Contact::KEY, "tags")];

/// The tags in use and how many records have each; reactive.
pub fn in_use(app: &AppState) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (kind, field) in TAGGED {
        for placed in app.list(kind).iter() {
            for tag in placed.row.get(field).members().iter().filter_map(Value::as_text) {
                *found.entry(tag.to_owned()).or_insert(0) += 1;
            }
        }
    }
    found
}

/// The steps that give a tag another name wherever it is, and at how many records.
fn renaming(app: &AppState, old: &str, new: &str) -> (Vec<(DocumentId, Vec<Op>)>, usize) {
    let (out, into) = (Value::Text(old.to_owned()), Value::Text(new.to_owned()));
    let mut writes: BTreeMap<DocumentId, Vec<Op>> = BTreeMap::new();
    let mut n = 0;
    for (kind, field) in TAGGED {
        for placed in app.list(kind).iter() {
            let members = placed.row.get(field).members();
            if !members.contains(&out) {
                continue;
            }
            n += 1;
            let key = placed.row.key();
            let ops = writes.entry(placed.document).or_default();
            ops.push(Op::Exclude { key, field, item: out.clone() });
            if !members.contains(&into) {
                ops.push(Op::Include { key, field, item: into.clone() });
            }
        }
    }
    (writes.into_iter().collect(), n)
}

/// The dialog of all tags.
#[component]
pub fn TagsDialog(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let lines = move || {
        let tags = in_use(&app);
        if tags.is_empty() {
            return view! { <Empty text=t::no_tags() /> }.into_any();
        }
        let line = |(tag, n): (String, usize)| view! { <TagLine tag=tag n=n /> };
        view! { <ul class="tag-list">{tags.into_iter().map(line).collect_view()}</ul> }.into_any()
    };
    view! {
        <Dialog id="tags-dialog" title=Signal::stored(t::tags().to_owned()) open=open>
            {lines}
            <div class="acts">
                <button type="button" class="button firm" on:click=move |_| open.set(false)>
                    {t::done()}
                </button>
            </div>
        </Dialog>
    }
}

#[component]
fn TagLine(tag: String, n: usize) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let naming = RwSignal::new(false);
    let name = RwSignal::new(tag.clone());
    let old = StoredValue::new(tag.clone());
    let rename = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = name.get_untracked().trim().to_owned();
        if new.is_empty() || old.with_value(|old| *old == new) {
            return naming.set(false);
        }
        let (writes, n) = untrack(|| old.with_value(|old| renaming(&app, old, &new)));
        let batch = Batch { what: "rename tag", writes };
        spawn_local(async move {
            match app.batch(batch).await {
                Ok(_) => toasts.done(t::tag_renamed(&new, n)),
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    view! {
        <li class="settings-row">
            <Show
                when=move || naming.get()
                fallback=move || {
                    let tag = old.get_value();
                    view! {
                        <span>{tag.clone()} " " <span class="count">{n}</span></span>
                        <button
                            type="button"
                            class="button quiet"
                            aria-label=t::rename_tag(&tag)
                            on:click=move |_| naming.set(true)
                        >
                            {t::rename()}
                        </button>
                    }
                }
            >
                <form class="inline-pair" on:submit=rename>
                    <input
                        class="input"
                        aria-label=t::new_name()
                        prop:value=name
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                    <button type="submit" class="button">
                        {t::rename()}
                    </button>
                </form>
            </Show>
        </li>
    }
}
