//! One of a list, another record, yes or no.

use handbook::{Choices, RecordId, RecordKey, Value};
use leptos::prelude::*;

use super::{Bound, pick::Pick};
use crate::{
    texts::{record as t, say},
    ui::{
        candidates::{are_many, candidates},
        chip::RadioChip,
        state::{AppState, use_app},
    },
};

/// Up to so many values of a field that must be filled in stand beside each other as chips.
const MAX_CHIPS: usize = 5;

#[component]
pub fn ChoiceInput(bound: Bound, choices: &'static Choices) -> impl IntoView {
    let options: Vec<(String, &'static str)> =
        choices.options.iter().map(|option| (option.key.to_owned(), say(option.label))).collect();
    if bound.field.required && options.len() <= MAX_CHIPS {
        let chips = options
            .into_iter()
            .map(|(key, label)| {
                let own = key.clone();
                let chosen = Signal::derive(move || bound.value.get().as_text() == Some(own.as_str()));
                let choose = Callback::new(move |()| bound.done(Value::Choice(key.clone())));
                view! { <RadioChip name=bound.field.key label=label chosen=chosen on_choose=choose /> }
            })
            .collect_view();
        return view! { <div class="chips" id=bound.id()>{chips}</div> }.into_any();
    }
    let chosen = Signal::derive(move || bound.value.get().as_text().unwrap_or_default().to_owned());
    let choose = Callback::new(move |key: String| {
        bound.done(if key.is_empty() { Value::Empty } else { Value::Choice(key) });
    });
    view! { <Select bound=bound options=Signal::stored(options.into_iter().map(|(key, label)| (key, label.to_owned())).collect()) chosen=chosen on_choose=choose /> }
    .into_any()
}

#[component]
pub fn LinkInput(bound: Bound, kind: &'static str) -> impl IntoView {
    let app = use_app();
    let many = Memo::new(move |_| are_many(&app, kind));
    let named = move |id: RecordId| {
        handbook::kind(kind)
            .map(|kind| app.title(bound.document, RecordKey::new(kind, id)))
            .unwrap_or_default()
    };
    let choose = Callback::new(move |id: String| {
        bound.done(id.parse::<RecordId>().map_or(Value::Empty, Value::Link));
    });
    move || {
        if many.get() {
            let chosen =
                Signal::derive(move || bound.value.get().as_link().map(named).unwrap_or_default());
            return view! {
                <Pick
                    id=bound.id()
                    entries=Callback::new(move |()| entries(&app, &bound, kind))
                    chosen=chosen
                    on_choose=choose
                    hint=t::choose()
                    required=bound.field.required
                    described_by=bound.described_by()
                />
            }
            .into_any();
        }
        let options = Signal::derive(move || {
            let mut options = entries(&app, &bound, kind);
            // What the value names may have been archived or not have arrived; it must still be seen.
            if let Some(id) = bound.value.get().as_link()
                && !options.iter().any(|(known, _)| *known == id.to_string())
            {
                options.insert(0, (id.to_string(), named(id)));
            }
            options
        });
        let chosen = Signal::derive(move || {
            bound.value.get().as_link().map(|id| id.to_string()).unwrap_or_default()
        });
        view! { <Select bound=bound options=options chosen=chosen on_choose=choose /> }.into_any()
    }
}

fn entries(app: &AppState, bound: &Bound, kind: &'static str) -> Vec<(String, String)> {
    let found = candidates(app, bound.document, kind).into_iter();
    found.map(|(id, title)| (id.to_string(), title)).collect()
}

#[component]
fn Select(
    bound: Bound,
    options: Signal<Vec<(String, String)>>,
    chosen: Signal<String>,
    on_choose: Callback<String>,
) -> impl IntoView {
    let choices = move || {
        let chosen = chosen.get();
        options
            .get()
            .into_iter()
            .map(|(key, label)| {
                let selected = key == chosen;
                view! { <option value=key selected=selected>{label}</option> }
            })
            .collect_view()
    };
    view! {
        <select
            id=bound.id()
            class="input medium"
            aria-required=bound.field.required.then_some("true")
            aria-describedby=bound.described_by()
            prop:value=chosen
            on:change=move |event| on_choose.run(event_target_value(&event))
        >
            <option value="">{t::choose()}</option>
            {choices}
        </select>
    }
}

#[component]
pub fn FlagInput(bound: Bound) -> impl IntoView {
    view! {
        <span class="tick-box">
            <input
                id=bound.id()
                type="checkbox"
                aria-describedby=bound.described_by()
                prop:checked=move || bound.value.get() == Value::Flag(true)
                on:change=move |event| bound.done(Value::Flag(event_target_checked(&event)))
            />
            <span aria-hidden="true">{move || if bound.value.get() == Value::Flag(true) { t::yes() } else { t::no() }}</span>
        </span>
    }
}
