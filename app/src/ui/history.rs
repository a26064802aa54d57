//! What became of a record, in sentences.

use handbook::{DocumentId, Moment, RecordKey, Row, document::Entry};
use leptos::{prelude::*, task::spawn_local};

use super::{comments::comments_on, format, state::use_app, value::name_of};
use crate::texts::{self, find, record as t, title_of};

/// The history of a record and what was remarked on it, newest first.
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
        let names = |kind: &str, id| name_of(&app, document, kind, id);
        let changes = found.iter().map(|entry| {
            let sentence =
                handbook::history::sentence(record.kind, entry, texts::language(), &names);
            (entry.at, sentence)
        });
        let remarks = comments_on(&app, document, record).into_iter().map(|comment| {
            let name = app.member_name(comment.created.by);
            let name = if name.is_empty() { t::someone().to_owned() } else { name };
            (comment.created.at, find::commented(&name, &title_of(&comment)))
        });
        let mut told: Vec<(Moment, String)> = changes.chain(remarks).collect();
        if told.is_empty() {
            return Some(view! { <p class="support">{t::no_history()}</p> }.into_any());
        }
        // Stable: what one change did stays in its order.
        told.sort_by_key(|(at, _)| std::cmp::Reverse(at.ms));
        let lines = told
            .into_iter()
            .map(|(at, sentence)| {
                view! {
                    <li>
                        <time>{format::when(at, today)}</time>
                        <span>{sentence}</span>
                    </li>
                }
            })
            .collect_view();
        Some(view! { <ul class="history">{lines}</ul> }.into_any())
    }
}
