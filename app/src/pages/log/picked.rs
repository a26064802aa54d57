//! What was picked out of the text, to be put right or left out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use handbook::pick::{Pick, PickKind};
use leptos::prelude::*;

use super::Log;
use crate::{
    texts::{log as t, today as today_texts},
    ui::{
        draft, format,
        icons::{Glyph, Icon},
    },
};

/// A promise or next step, as found or as the person changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// The words it was found in; they name it while the text around them changes.
    pub passage: String,
    /// Promise or next step.
    pub kind: PickKind,
    /// What is to be done.
    pub text: String,
    /// By when.
    pub due: Option<NaiveDate>,
    /// The person does not want it.
    pub left_out: bool,
    /// The person added it; it stands nowhere in the text.
    pub added: bool,
}

impl Picked {
    /// As found.
    pub fn found(passage: String, found: Pick) -> Self {
        Self {
            passage,
            kind: found.kind,
            text: found.text,
            due: found.due,
            left_out: false,
            added: false,
        }
    }

    /// One that the person adds under that name.
    fn added(passage: String, kind: PickKind) -> Self {
        Self { passage, kind, text: String::new(), due: None, left_out: false, added: true }
    }
}

/// One line each: what it is, its day, whether it is left out or added, its passage and its text.
pub fn to_text(changed: &BTreeMap<String, Picked>) -> String {
    let line = |picked: &Picked| {
        let kind = match picked.kind {
            PickKind::Promise => "promise",
            PickKind::NextStep => "step",
        };
        let due = picked.due.map(|due| due.to_string()).unwrap_or_default();
        let flags = format!("{}{}", flag(picked.left_out, "-"), flag(picked.added, "+"));
        let (passage, text) = (draft::escape(&picked.passage), draft::escape(&picked.text));
        format!("{kind}\t{due}\t{flags}\t{passage}\t{text}\n")
    };
    changed.values().map(line).collect()
}

fn flag(set: bool, sign: &'static str) -> &'static str {
    if set { sign } else { "" }
}

/// Reads what [`to_text`] wrote.
pub fn from_text(kept: &str) -> BTreeMap<String, Picked> {
    let line = |line: &str| {
        let mut parts = line.split('\t');
        let kind = match parts.next()? {
            "promise" => PickKind::Promise,
            "step" => PickKind::NextStep,
            _ => return None,
        };
        let due = parts.next()?.parse().ok();
        let flags = parts.next()?;
        let (passage, text) = (draft::unescape(parts.next()?), draft::unescape(parts.next()?));
        let (left_out, added) = (flags.contains('-'), flags.contains('+'));
        Some((passage.clone(), Picked { passage, kind, text, due, left_out, added }))
    };
    kept.lines().filter_map(line).collect()
}

#[component]
pub fn PickedList(log: Log) -> impl IntoView {
    let picked = Memo::new(move |_| {
        log.picked().into_iter().filter(|picked| !picked.left_out).collect::<Vec<_>>()
    });
    let add = move |kind| {
        log.change(Picked::added(format!("+{}", log.app.new_id()), kind));
    };
    view! {
        <Show when=move || picked.with(|picked| !picked.is_empty())>
            <section aria-label=t::picked()>
                <h3 class="field-label picked-head">{t::picked()}</h3>
                <ul class="picked">
                    <For each=move || picked.get() key=|picked| picked.passage.clone() let:picked>
                        <PickedLine log=log picked=picked />
                    </For>
                </ul>
            </section>
        </Show>
        <Show when=move || log.scheduled.is_some() || !log.notes().is_empty()>
            <p class="add-picked">
                <button type="button" class="button quiet flush-start" on:click=move |_| add(PickKind::Promise)>
                    {t::add_promise()}
                </button>
                <button type="button" class="button quiet" on:click=move |_| add(PickKind::NextStep)>
                    {t::add_next_step()}
                </button>
            </p>
        </Show>
    }
}

#[component]
fn PickedLine(log: Log, picked: Picked) -> impl IntoView {
    let editing = RwSignal::new(picked.added && picked.text.is_empty());
    let passage = StoredValue::new(picked.passage.clone());
    let first = StoredValue::new(picked);
    // The list keys lines by their passage, so what was changed is read here.
    let now = Memo::new(move |_| {
        log.changed
            .with(|changed| passage.with_value(|passage| changed.get(passage).cloned()))
            .unwrap_or_else(|| first.get_value())
    });
    let change = move |edit: &dyn Fn(&mut Picked)| {
        let mut picked = now.get_untracked();
        edit(&mut picked);
        log.change(picked);
    };
    let kind = move || match now.get().kind {
        PickKind::Promise => (Glyph::Handshake, t::promise()),
        PickKind::NextStep => (Glyph::StepDown, t::next_step()),
    };
    let when = move || {
        let today = log.app.today();
        let due = now
            .get()
            .due
            .map_or_else(|| t::no_date().to_owned(), |day| format::weekday(day, today));
        format!("{}, {due}", today_texts::you())
    };
    let text_id = StoredValue::new(format!("picked-{}", log.app.new_id()));
    view! {
        <li>
            <span class="state">
                {move || {
                    let (glyph, words) = kind();
                    view! {
                        <Icon glyph=glyph small=true />
                        {words}
                    }
                }}
            </span>
            <div>
                <p>{move || now.get().text}</p>
                <p class="support">{when}</p>
            </div>
            <button type="button" class="button quiet" on:click=move |_| editing.update(|editing| *editing = !*editing)>
                {move || if editing.get() { t::done() } else { t::edit() }}
            </button>
            <button
                type="button"
                class="icon-button"
                aria-label=move || format!("{}: {}", t::leave_out(), now.get().text)
                on:click=move |_| change(&|picked| picked.left_out = true)
            >
                <Icon glyph=Glyph::Cross small=true />
            </button>
            <Show when=move || editing.get()>
                <div class="edit">
                    <label class="unseen" for=text_id.get_value()>
                        {t::text()}
                    </label>
                    <input
                        id=text_id.get_value()
                        class="input"
                        prop:value=move || now.get().text
                        on:input=move |event| {
                            let text = event_target_value(&event);
                            change(&move |picked| picked.text.clone_from(&text));
                        }
                    />
                    <input
                        class="input medium"
                        type="date"
                        aria-label=t::due()
                        prop:value=move || now.get().due.map(|day| day.to_string()).unwrap_or_default()
                        on:change=move |event| {
                            let due = event_target_value(&event).parse().ok();
                            change(&move |picked| picked.due = due);
                        }
                    />
                </div>
            </Show>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn corrections_come_back() {
        let picked = |passage: &str, text: &str, left_out: bool, added| Picked {
            passage: passage.to_owned(),
            kind: if added { PickKind::NextStep } else { PickKind::Promise },
            text: text.to_owned(),
            due: "2026-11-20".parse().ok().filter(|_| !left_out),
            left_out,
            added,
        };
        let changed: BTreeMap<String, Picked> = [
            picked("we send\tit", "Send it\nall", false, false),
            picked("we call", "Call", true, false),
            picked("+1", "", false, true),
        ]
        .into_iter()
        .map(|picked| (picked.passage.clone(), picked))
        .collect();
        assert_eq!(from_text(&to_text(&changed)), changed);
        assert_eq!(from_text("nonsense\nstep\t\t\n"), BTreeMap::new());
    }
}
