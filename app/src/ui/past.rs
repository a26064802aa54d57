//! The values that a field has had: newest first, with who and when, each of which can be given back.

use handbook::{
    DocumentId, Field, FieldType, Op, RecordKey, Row, Value, document::Past, form, history,
};
use leptos::{either::Either, prelude::*, task::spawn_local};

use super::{
    diff::words,
    format,
    icons::{Glyph, Icon},
    state::{AppState, use_app},
    toast::{Toasts, use_toasts},
    value::shown,
};
use crate::texts::{history as t, record as record_texts, say};

/// The button beside a field, and below it what the field was. Nothing for fields of facts, which keep
/// all they ever held in sight.
#[component]
pub fn PastValues(
    /// Where the record lives.
    document: DocumentId,
    /// The record.
    record: RecordKey,
    /// The field.
    field: &'static Field,
    /// The record as it is now.
    #[prop(into)]
    row: Signal<Option<Row>>,
) -> impl IntoView {
    let app = use_app();
    let index =
        record.kind.index(field.key).filter(|index| history::has_past(record.kind, *index))?;
    let open = RwSignal::new(false);
    let found = RwSignal::new(None::<Vec<Past>>);
    // Read when it is opened, and again when the record changes meanwhile.
    Effect::new(move |_| {
        if !open.get() {
            return;
        }
        row.track();
        spawn_local(async move {
            if let Ok(values) = app.act(|acts| (acts.values)((document, record, field.key))).await {
                let _ = found.try_set(Some(history::settled(values)));
            }
        });
    });
    let lines = move || {
        let found = found.get()?;
        if found.is_empty() {
            return Some(view! { <p class="support">{t::never_filled()}</p> }.into_any());
        }
        let now = row.with(|row| row.as_ref().map(|row| row.at(index).clone()).unwrap_or_default());
        let lines = found
            .into_iter()
            .map(|past| view! { <PastLine document=document record=record field=field row=row past=past now=now.clone() /> })
            .collect_view();
        Some(view! { <ul class="past-list">{lines}</ul> }.into_any())
    };
    let label = t::past_values(say(field.label));
    Some(view! {
        <div class="past">
            <button
                type="button"
                class="icon-button past-button"
                aria-label=label.clone()
                title=label.clone()
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon glyph=Glyph::Clock small=true />
            </button>
            <Show when=move || open.get()>
                <section class="past-panel" aria-label=label.clone()>
                    {lines}
                </section>
            </Show>
        </div>
    })
}

#[component]
fn PastLine(
    document: DocumentId,
    record: RecordKey,
    field: &'static Field,
    row: Signal<Option<Row>>,
    past: Past,
    now: Value,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let Past { value, by, at, .. } = past;
    let current = value == now;
    let who = by.map(|by| app.member_name(by)).filter(|name| !name.is_empty());
    let who = who.unwrap_or_else(|| record_texts::someone().to_owned());
    let who = if current { format!("{who}, {}", t::now()) } else { who };
    let given = value.clone();
    let label = {
        let text = shown(&app, document, &field.ty, &value);
        let text = if text.is_empty() { t::empty().to_owned() } else { text };
        format!("{}: {text}", t::restore_value())
    };
    let may = move || {
        row.with(|row| row.as_ref().is_some_and(|row| !row.gone && is_editable(row, field)))
    };
    let button = (!current && may()).then(|| {
        let restore = move |_| restore(app, toasts, document, record, field, row, given.clone());
        view! {
            <button type="button" class="button quiet" aria-label=label on:click=restore>
                {t::restore_value()}
            </button>
        }
    });
    view! {
        <li>
            <p class="past-who">
                <span>{who}</span>
                <time>{format::when_exactly(at, app.today())}</time>
            </p>
            {told(&app, document, field, &value, &now)}
            {button}
        </li>
    }
}

/// The value in words; of a text, those that the present one lacks are underlined.
fn told(
    app: &AppState,
    document: DocumentId,
    field: &'static Field,
    value: &Value,
    now: &Value,
) -> impl IntoView + use<> {
    let text = shown(app, document, &field.ty, value);
    if text.is_empty() {
        return Either::Left(view! { <p class="support">{t::empty()}</p> });
    }
    let other = match field.ty {
        FieldType::Line | FieldType::Note | FieldType::Prose => {
            shown(app, document, &field.ty, now)
        }
        _ => text.clone(),
    };
    let runs = if other.is_empty() { Vec::new() } else { words(&text, &other).0 };
    if runs.is_empty() {
        return Either::Right(view! { <p class="past-value">{text}</p> }.into_any());
    }
    let runs = runs
        .into_iter()
        .map(|run| {
            if run.differs {
                view! { <mark class="differs">{run.text}</mark> }.into_any()
            } else {
                run.text.into_any()
            }
        })
        .collect_view();
    Either::Right(view! { <p class="past-value">{runs}</p> }.into_any())
}

fn is_editable(row: &Row, field: &Field) -> bool {
    form::editable(row).any(|offered| offered.key == field.key)
}

fn restore(
    app: AppState,
    toasts: Toasts,
    document: DocumentId,
    record: RecordKey,
    field: &'static Field,
    row: Signal<Option<Row>>,
    value: Value,
) {
    let parted = row.with_untracked(|row| {
        let index = record.kind.index(field.key);
        row.as_ref().is_some_and(|row| index.is_some_and(|index| row.two_versions.contains(&index)))
    });
    let op = if parted {
        Op::Settle { key: record, field: field.key, value }
    } else {
        form::step(record, field, value)
    };
    spawn_local(async move {
        match app.write(document, vec![op], "restore value").await {
            Ok(_) => toasts.done(t::restored(say(field.label))),
            Err(trouble) => toasts.trouble(&trouble),
        }
    });
}
