//! Chips, segments and faces: native inputs under our drawing, so that keys and screen readers know them.

use leptos::prelude::*;

use super::{
    format,
    icons::{Glyph, Icon},
};

/// One chip of a group in which one is chosen.
#[component]
pub fn RadioChip(
    /// The group's name, unique on the page.
    name: &'static str,
    /// What it says; also its accessible name.
    #[prop(into)]
    label: String,
    /// Shown before the word while it is not chosen.
    #[prop(optional_no_strip)]
    maybe_glyph: Option<Glyph>,
    /// Whether it is the chosen one.
    #[prop(into)]
    chosen: Signal<bool>,
    /// It was chosen.
    #[prop(into)]
    on_choose: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="chip">
            <input
                class="unseen"
                type="radio"
                name=name
                prop:checked=chosen
                on:change=move |_| on_choose.run(())
            />
            <span class="chip-tick">
                <Icon glyph=Glyph::Check small=true />
            </span>
            {maybe_glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
            {label}
        </label>
    }
}

/// One chip of a group in which any number is chosen.
#[component]
pub fn CheckChip(
    /// What it says; also its accessible name.
    #[prop(into)]
    label: String,
    /// Whether it stands for a person: then a face stands before the name, chosen or not.
    #[prop(optional)]
    person: bool,
    /// Whether it is chosen.
    #[prop(into)]
    chosen: Signal<bool>,
    /// It was chosen or not any more.
    #[prop(into)]
    on_choose: Callback<bool>,
) -> impl IntoView {
    let lead = if person {
        view! { <Face name=label.clone() /> }.into_any()
    } else {
        view! {
            <span class="chip-tick">
                <Icon glyph=Glyph::Check small=true />
            </span>
        }
        .into_any()
    };
    view! {
        <label class="chip">
            <input
                class="unseen"
                type="checkbox"
                prop:checked=chosen
                on:change=move |event| on_choose.run(event_target_checked(&event))
            />
            {lead}
            {label}
        </label>
    }
}

/// A segmented control: a few views of the same thing.
#[component]
pub fn Segment<T>(
    /// The group's name, unique on the page.
    name: &'static str,
    /// What is chosen between; read by screen readers.
    #[prop(into)]
    label: String,
    /// The choices and their words.
    choices: Vec<(T, &'static str)>,
    /// The chosen one.
    #[prop(into)]
    chosen: Signal<T>,
    /// Another was chosen.
    #[prop(into)]
    on_choose: Callback<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let segments = choices
        .into_iter()
        .map(|(value, words)| {
            let own = value.clone();
            view! {
                <label>
                    <input
                        class="unseen"
                        type="radio"
                        name=name
                        prop:checked=move || chosen.get() == own
                        on:change=move |_| on_choose.run(value.clone())
                    />
                    {words}
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="segment" role="radiogroup" aria-label=label>
            {segments}
        </div>
    }
}

/// The initials of somebody, beside their name.
#[component]
pub fn Face(
    /// The name beside it.
    #[prop(into)]
    name: String,
    /// A firm's: with corners.
    #[prop(optional)]
    firm: bool,
) -> impl IntoView {
    view! {
        <span class="face" class:firm-face=firm aria-hidden="true">
            {if firm { format::firm_initials(&name) } else { format::initials(&name) }}
        </span>
    }
}
