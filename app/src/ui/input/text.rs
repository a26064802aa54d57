//! Everything that is typed: lines, notes, prose, numbers, dates.

use handbook::{FieldType, Value, text};
use leptos::prelude::*;

use super::{Bound, Edit};
use crate::{
    platform::clock,
    texts,
    ui::{merge::Typing, value::entered},
};

/// How the input looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line, with the input type that brings the right keyboard.
    Line(&'static str),
    /// A short number.
    Number,
    /// The browser's own picker.
    Picker(&'static str),
    /// Several lines, growing with the text.
    Area,
}

/// What was typed but is not the record's value yet, and how it relates to the record's text.
#[derive(Clone, Copy)]
struct Typed {
    text: RwSignal<Option<String>>,
    typing: StoredValue<Typing>,
}

#[component]
pub fn TextInput(bound: Bound, shape: Shape) -> impl IntoView {
    let typed = Typed { text: RwSignal::new(None), typing: StoredValue::new(Typing::default()) };
    let focused = StoredValue::new(false);
    // While nobody is typing, what stands in the record is what stands in the input.
    Effect::new(move |_| {
        let now = entered(&bound.field.ty, &bound.value.get());
        typed.typing.update_value(|typing| typing.notice(&now));
        if !focused.get_value() {
            typed.text.set(None);
        }
    });
    let shown =
        move || typed.text.get().unwrap_or_else(|| entered(&bound.field.ty, &bound.value.get()));
    let on_focus = move |_| {
        focused.set_value(true);
        // What was typed before and is not kept yet still builds on what it was typed into.
        if typed.text.with_untracked(Option::is_none) {
            let now = entered(&bound.field.ty, &bound.value.get_untracked());
            typed.typing.update_value(|typing| typing.begin(now));
        }
    };
    let on_input = move |event| {
        let text = event_target_value(&event);
        typed.text.set(Some(text.clone()));
        bound.on_edit.run(match read(&bound, &typed, text) {
            Ok(value) => Edit::Typing(value),
            // Half a date is no mistake yet; it is judged when the input is left.
            Err(_) => return,
        });
    };
    let on_change = move |event| {
        let text = event_target_value(&event);
        match read(&bound, &typed, text) {
            Ok(value) => bound.done(value),
            Err(why) => bound.on_edit.run(Edit::Unreadable(why)),
        }
    };
    let on_blur = move |_| focused.set_value(false);
    let required = bound.field.required.then_some("true");
    let line =
        move |class, kind, mode: Option<&'static str>, autocomplete: Option<&'static str>| {
            view! {
                <input
                    id=bound.id()
                    class=class
                    type=kind
                    inputmode=mode
                    autocomplete=autocomplete
                    aria-required=required
                    aria-describedby=bound.described_by()
                    prop:value=shown
                    on:focus=on_focus
                    on:input=on_input
                    on:change=on_change
                    on:blur=on_blur
                />
            }
            .into_any()
        };
    match shape {
        Shape::Area => view! {
            <textarea
                id=bound.id()
                class="input"
                class:book=bound.field.client_visible && is_clients_voice(bound.field.key)
                rows="3"
                aria-required=required
                aria-describedby=bound.described_by()
                prop:value=shown
                on:focus=on_focus
                on:input=on_input
                on:change=on_change
                on:blur=on_blur
            ></textarea>
        }
        .into_any(),
        Shape::Line(kind) => line("input", kind, None, Some("off")),
        Shape::Number => line("input short", "text", Some("numeric"), Some("off")),
        Shape::Picker(kind) => line("input medium", kind, None, None),
    }
}

/// Fields in which the client speaks are set in the book face, like everything the client said.
fn is_clients_voice(field: &str) -> bool {
    matches!(field, "description" | "remedy")
}

/// The value that a text stands for.
fn read(bound: &Bound, typed: &Typed, text: String) -> Result<Value, String> {
    match &bound.field.ty {
        FieldType::Note | FieldType::Prose => {
            let now = entered(&bound.field.ty, &bound.value.get_untracked());
            let merged = typed
                .typing
                .try_update_value(|typing| typing.onto(&text, &now))
                .unwrap_or_else(|| text.clone());
            if merged != text {
                typed.text.set(Some(merged.clone()));
            }
            Ok(if merged.is_empty() { Value::Empty } else { Value::Text(merged) })
        }
        _ if text.trim().is_empty() => Ok(Value::Empty),
        FieldType::Moment => read_moment(text.trim()),
        ty => text::parse(ty, text.trim()).map_err(|why| why.get(texts::language()).to_owned()),
    }
}

/// The browser's picker gives the clock on the wall; the offset is the one that holds here on that day.
fn read_moment(text: &str) -> Result<Value, String> {
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"))
        .map_err(|_| crate::texts::record::no_moment().to_owned())?;
    Ok(Value::Moment(clock::moment_here(local)))
}
