//! Tags: chips that can be taken off, and an input that knows the tags in use.

use handbook::{Value, search::fold};
use leptos::prelude::*;

use super::{Bound, many::toggled};
use crate::{
    pages::list::tags::in_use,
    texts::{list as t, record as record_texts},
    ui::{
        icons::{Glyph, Icon},
        state::use_app,
    },
};

/// The key of the fields that hold tags.
pub const TAGS: &str = "tags";

#[component]
pub fn TagInput(bound: Bound) -> impl IntoView {
    let app = use_app();
    let new = RwSignal::new(String::new());
    let chips = move || {
        let value = bound.value.get();
        let chip = |member: &Value| {
            let words = member.as_text().unwrap_or_default().to_owned();
            let member = member.clone();
            view! {
                <li class="asked-chip tag-chip">
                    <span>{words.clone()}</span>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=t::remove_tag(&words)
                        on:click=move |_| bound.done(toggled(&bound.value.get_untracked(), &member, false))
                    >
                        <Icon glyph=Glyph::Cross small=true />
                    </button>
                </li>
            }
        };
        value.members().iter().map(chip).collect_view()
    };
    let known = Memo::new(move |_| in_use(&app).into_keys().collect::<Vec<_>>());
    let add = move || {
        let words = new.get_untracked().trim().to_owned();
        if words.is_empty() {
            return;
        }
        // One tag is not written in two ways: the one in use stands.
        let used = known
            .with_untracked(|known| known.iter().find(|tag| fold(tag) == fold(&words)).cloned());
        let member = Value::Text(used.unwrap_or(words));
        new.set(String::new());
        bound.done(toggled(&bound.value.get_untracked(), &member, true));
    };
    let list = format!("{}-known", bound.id.get_value());
    let others = move || {
        let value = bound.value.get();
        let free = |tag: &String| !value.members().contains(&Value::Text(tag.clone()));
        known
            .get()
            .into_iter()
            .filter(free)
            .map(|tag| view! { <option value=tag></option> })
            .collect_view()
    };
    view! {
        <ul class="chips">{chips}</ul>
        <div class="inline-pair">
            <input
                id=bound.id.get_value()
                class="input"
                autocomplete="off"
                list=list.clone()
                aria-label=format!("{} {}", record_texts::add(), crate::texts::say(bound.field.label))
                prop:value=new
                on:input=move |event| new.set(event_target_value(&event))
                on:change=move |_| add()
            />
            <button type="button" class="button" on:click=move |_| add()>
                {record_texts::add()}
            </button>
            <datalist id=list>{others}</datalist>
        </div>
    }
}
