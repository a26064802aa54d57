//! What became of a record, in sentences.

use handbook::{DocumentId, RecordKey, Row, document::Entry};
use leptos::{prelude::*, task::spawn_local};

use super::{format, state::use_app, value::name_of};
use crate::texts::{self, record as t};

/// The history of a record, newest first.
#[component]
pub fn History(
    /// Where the record lives.
    document: DocumentId,
    /// The record.
    record: RecordKey,
    /// The record as it is now: when it changes, its history has grown.
    #[prop(into)]
    row: Signal<Option<Row>>,
) -> impl IntoView {
    let app = use_app();
    let entries = RwSignal::new(None::<Vec<Entry>>);
    Effect::new(move |_| {
        row.track();
        spawn_local(async move {
            if let Ok(found) = app.act(|acts| (acts.history)((document, record))).await {
                let _ = entries.try_set(Some(found));
            }
        });
    });
    move || {
        let today = app.today();
        let found = entries.get()?;
        if found.is_empty() {
            return Some(view! { <p class="support">{t::no_history()}</p> }.into_any());
        }
        let names = |kind: &str, id| name_of(&app, document, kind, id);
        let lines = found
            .iter()
            .map(|entry| {
                let sentence =
                    handbook::history::sentence(record.kind, entry, texts::language(), &names);
                view! {
                    <li>
                        <time>{format::when(entry.at, today)}</time>
                        <span>{sentence}</span>
                    </li>
                }
            })
            .collect_view();
        Some(view! { <ul class="history">{lines}</ul> }.into_any())
    }
}
