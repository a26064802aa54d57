//! The text of the log sheet: what is picked out of it is underlined, and how it may come across is said.

use handbook::{
    DocumentId, Op, Record,
    pick::{Pick, pick},
    records::Touchpoint,
};
use leptos::prelude::*;

use super::{Log, write};
use crate::{
    texts::log as t,
    ui::{
        draft::Values,
        wording::{ClientView, WordingHints},
    },
};

/// What was said: a text area over a copy of its text in which what was picked is underlined.
#[component]
pub fn Said(log: Log) -> impl IntoView {
    let marks = move || {
        let text = log.notes();
        let found = pick(&text, log.app.today());
        marked(&text, &found)
    };
    view! {
        <div class="field">
            <label for="log-notes">{t::what_was_said()}</label>
            <div class="marked-text">
                <textarea
                    id="log-notes"
                    class="input"
                    prop:value=move || log.notes()
                    on:input=move |event| log.say(event_target_value(&event))
                ></textarea>
                <div class="marks" aria-hidden="true">{marks}</div>
            </div>
        </div>
    }
}

/// How it may come across, and what of it the client would read: exactly what logging it would write.
#[component]
pub fn Wording(log: Log) -> impl IntoView {
    let notes = Signal::derive(move || log.notes());
    let to_write = Signal::derive(move || match write::ops(&log).into_iter().next() {
        Some(Op::Create { values, .. }) => values.into_iter().collect::<Values>(),
        _ => Values::new(),
    });
    let client = move || log.client.get().map(DocumentId::Client);
    let preview = move || {
        client().filter(|_| !log.notes().is_empty()).map(|document| {
            view! { <ClientView kind=Touchpoint::KIND document=document values=to_write /> }
        })
    };
    view! {
        <WordingHints text=notes />
        {preview}
    }
}

fn marked(text: &str, found: &[Pick]) -> impl IntoView + use<> {
    let mut parts = Vec::new();
    let mut at = 0;
    for pick in found {
        parts.push(text.get(at..pick.span.start).unwrap_or_default().to_owned().into_any());
        let words = text.get(pick.span.clone()).unwrap_or_default().to_owned();
        parts.push(view! { <mark>{words}</mark> }.into_any());
        at = pick.span.end;
    }
    parts.push(text.get(at..).unwrap_or_default().to_owned().into_any());
    // A line end at the very end takes a line in the text area; here only something behind it does.
    parts.push("\u{200b}".into_any());
    parts
}
