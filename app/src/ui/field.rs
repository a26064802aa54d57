//! The frame of a field: label, help, the input, what is wrong with it, and whether it is kept.

use handbook::Moment;
use leptos::prelude::*;

use super::{
    format,
    icons::{Glyph, Icon},
};
use crate::texts::{record as t, shell};

/// Whether what stands in a field is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Kept {
    /// Nothing was typed since the page was opened.
    #[default]
    Untouched,
    /// Typed, not yet durable.
    Saving,
    /// Durable on this device since then.
    Saved(Moment),
    /// Not kept, and why.
    Failed(String),
}

/// Follows whether what stands in a field is kept. A write that ends after more was typed says nothing: the mark
/// "saved" is only ever true of all that is seen.
#[derive(Clone, Copy)]
pub struct Keeping {
    state: RwSignal<Kept>,
    typed: StoredValue<u64>,
}

impl Keeping {
    /// Nothing typed yet; under the current owner.
    pub fn new() -> Self {
        Self { state: RwSignal::new(Kept::Untouched), typed: StoredValue::new(0) }
    }

    /// Something was typed that is not kept yet.
    pub fn typed(&self) {
        let _ = self.typed.try_update_value(|typed| *typed += 1);
        let _ = self.state.try_set(Kept::Saving);
    }

    /// What stands there is no different from what is kept, or not fit to be.
    pub fn untouched(&self) {
        let _ = self.typed.try_update_value(|typed| *typed += 1);
        let _ = self.state.try_set(Kept::Untouched);
    }

    /// A write begins; what it returns goes to [`Keeping::ended`].
    pub fn begun(&self) -> u64 {
        let _ = self.state.try_set(Kept::Saving);
        self.typed.try_get_value().unwrap_or_default()
    }

    /// The write that began there has ended so.
    pub fn ended(&self, begun: u64, kept: Kept) {
        if self.typed.try_get_value() == Some(begun) {
            let _ = self.state.try_set(kept);
        }
    }

    /// For showing it.
    pub fn signal(&self) -> Signal<Kept> {
        self.state.into()
    }
}

impl Default for Keeping {
    fn default() -> Self {
        Self::new()
    }
}

/// A field with its label.
#[component]
pub fn FieldFrame(
    /// The id of the input inside.
    #[prop(into)]
    id: String,
    /// The label's words.
    #[prop(into)]
    label: String,
    /// What belongs in it.
    #[prop(optional, into)]
    help: String,
    /// Whether it may stay empty in a form that asks for others.
    #[prop(optional)]
    optional: bool,
    /// Inputs of a group (chips, pairs) are named by a legend instead of a label.
    #[prop(optional)]
    group: bool,
    /// What is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Whether it is kept.
    #[prop(optional, into)]
    kept: Signal<Kept>,
    /// The input.
    children: Children,
) -> impl IntoView {
    let words = view! {
        {label}
        {optional.then(|| view! { <span class="optional">" "{t::optional()}</span> })}
    };
    let help =
        (!help.is_empty()).then(|| view! { <p class="help" id=format!("{id}-help")>{help}</p> });
    let problem_id = format!("{id}-problem");
    let wrong = move || {
        let id = problem_id.clone();
        problem.get().map(|problem| {
            view! {
                <p class="problem" id=id>
                    <Icon glyph=Glyph::Alert small=true />
                    {problem}
                </p>
            }
        })
    };
    let below = view! { <KeptLine kept=kept /> };
    if group {
        view! {
            <fieldset class="field" class:wrong=move || problem.get().is_some()>
                <legend>{words}</legend>
                {help}
                {wrong}
                {children()}
                {below}
            </fieldset>
        }
        .into_any()
    } else {
        view! {
            <div class="field" class:wrong=move || problem.get().is_some()>
                <label for=id.clone()>{words}</label>
                {help}
                {wrong}
                {children()}
                {below}
            </div>
        }
        .into_any()
    }
}

/// "Saved on this device, 11:48", or why not.
#[component]
pub fn KeptLine(
    /// Whether it is kept.
    #[prop(into)]
    kept: Signal<Kept>,
) -> impl IntoView {
    move || match kept.get() {
        Kept::Untouched => ().into_any(),
        Kept::Saving => view! { <p class="saved">{shell::saving()}</p> }.into_any(),
        Kept::Saved(at) => view! {
            <p class="saved">
                <Icon glyph=Glyph::Check small=true />
                {shell::saved_at(&format::time(at))}
            </p>
        }
        .into_any(),
        Kept::Failed(why) => view! {
            <p class="saved not" role="alert">
                <Icon glyph=Glyph::Alert small=true />
                {why}
            </p>
        }
        .into_any(),
    }
}

/// What has to be put right before a form can be saved, each line leading to its field.
#[component]
pub fn ErrorSummary(
    /// Ids of the inputs and what is wrong with them.
    #[prop(into)]
    problems: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    move || {
        let problems = problems.get();
        (!problems.is_empty()).then(|| {
            let lines = problems
                .into_iter()
                .map(|(id, problem)| {
                    view! {
                        <li>
                            <a href=format!("#{id}") rel="external" on:click=move |event| {
                                event.prevent_default();
                                crate::platform::dom::focus(&id);
                            }>{problem}</a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <div class="error-summary" id="error-summary" role="alert" tabindex="-1">
                    <h2 class="firm-words">{t::put_right()}</h2>
                    <ul>{lines}</ul>
                </div>
            }
        })
    }
}
