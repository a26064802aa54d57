//! One line of text that belongs to no record: a name in a dialog, a link that is pasted.

use leptos::prelude::*;

use super::field::FieldFrame;

/// What kind of text is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineOf {
    /// A person's or a firm's name, by the browser's name for it (`autocomplete`).
    Known(&'static str),
    /// A link, a token, the words of a recovery sheet: neither remembered nor sent to whoever checks the spelling.
    Code,
}

/// A line with its frame.
#[component]
pub fn Line(
    id: &'static str,
    label: &'static str,
    /// What belongs in it.
    #[prop(optional)]
    help: &'static str,
    of: LineOf,
    text: RwSignal<String>,
    /// What is wrong with it.
    #[prop(into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let (autocomplete, spellcheck) = match of {
        LineOf::Known(what) => (what, None),
        LineOf::Code => ("off", Some("false")),
    };
    let described = move || {
        let wrong = problem.with(Option::is_some).then(|| format!("{id}-problem"));
        let help = (!help.is_empty()).then(|| format!("{id}-help"));
        let ids: Vec<_> = wrong.into_iter().chain(help).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    };
    view! {
        <FieldFrame id=id label=label help=help problem=problem>
            <input
                id=id
                class="input"
                type="text"
                autocomplete=autocomplete
                spellcheck=spellcheck
                aria-describedby=described
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
            />
        </FieldFrame>
    }
}
