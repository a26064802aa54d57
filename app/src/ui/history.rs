//! What became of a record, in sentences: one line for each command, opened to see each change of several.

use handbook::{
    DocumentId, Moment, RecordId, RecordKey, Row,
    document::Recent,
    history::{Group, by_command, sentence},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    comments::comments_on,
    format,
    state::{AppState, use_app},
    value::name_of,
};
use crate::texts::{self, find, history as t, record as record_texts, title_of};

/// So many changes are read at first, and with each press of the button.
const AT_ONCE: usize = 30;

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
    let found = RwSignal::new(None::<Recent>);
    let most = RwSignal::new(AT_ONCE);
    Effect::new(move |_| {
        row.track();
        let most = most.get();
        spawn_local(async move {
            if let Ok(recent) = app.act(|acts| (acts.history)((document, record, most))).await {
                let _ = found.try_set(Some(recent));
            }
        });
    });
    move || {
        let Recent { entries, earlier } = found.get()?;
        // What was remarked before the first change that is shown comes with the changes of its time.
        let first = entries.last().filter(|_| earlier > 0).map(|entry| entry.at.ms);
        let mut told: Vec<(Moment, AnyView)> = by_command(entries)
            .iter()
            .map(|group| (group.at, line(&app, document, record, group).into_any()))
            .collect();
        let remarks = comments_on(&app, document, record).into_iter();
        let remarks = remarks.filter(|it| first.is_none_or(|first| it.created.at.ms >= first));
        told.extend(remarks.map(|comment| (comment.created.at, remark(&app, &comment).into_any())));
        if told.is_empty() && earlier == 0 {
            return Some(view! { <p class="support">{record_texts::no_history()}</p> }.into_any());
        }
        // Stable: what one change did stays in its order.
        told.sort_by_key(|(at, _)| std::cmp::Reverse(at.ms));
        let today = app.today();
        let lines = told
            .into_iter()
            .map(|(at, what)| {
                view! {
                    <li>
                        <time>{format::when(at, today)}</time>
                        {what}
                    </li>
                }
            })
            .collect_view();
        let more = (earlier > 0).then(|| {
            view! {
                <button
                    type="button"
                    class="button quiet flush-start"
                    on:click=move |_| most.update(|most| *most += AT_ONCE)
                >
                    {t::earlier(earlier.min(AT_ONCE))}
                </button>
            }
        });
        Some(
            view! {
                <ul class="history">{lines}</ul>
                {more}
            }
            .into_any(),
        )
    }
}

/// One command: its only change, or how many they were and behind it each of them.
fn line(
    app: &AppState,
    document: DocumentId,
    record: RecordKey,
    group: &Group,
) -> impl IntoView + use<> {
    let names = |kind: &str, id: RecordId| name_of(app, document, kind, id);
    let told = |entry| sentence(record.kind, entry, texts::language(), &names);
    match group.entries.as_slice() {
        [only] => view! { <span>{told(only)}</span> }.into_any(),
        several => {
            let each = several.iter().map(|entry| view! { <li>{told(entry)}</li> }).collect_view();
            view! {
                <details class="history-group">
                    <summary>{group.sentence(texts::language(), &names)}</summary>
                    <ul>{each}</ul>
                </details>
            }
            .into_any()
        }
    }
}

/// What a colleague remarked on the record.
fn remark(app: &AppState, comment: &Row) -> impl IntoView + use<> {
    let name = app.member_name(comment.created.by);
    let name = if name.is_empty() { record_texts::someone().to_owned() } else { name };
    view! { <span>{find::commented(&name, &title_of(comment))}</span> }
}
