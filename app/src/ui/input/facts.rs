//! Facts as they were stated. They are appended by their own acts, never rewritten in a form.

use handbook::Field;
use leptos::prelude::*;

use super::Bound;
use crate::{
    texts::say,
    ui::{format, state::use_app, value::shown},
};

#[component]
pub fn FactList(bound: Bound, fields: &'static [Field]) -> impl IntoView {
    let app = use_app();
    let lines = move || {
        let today = app.today();
        bound
            .value
            .get()
            .facts()
            .iter()
            .map(|fact| {
                let words: Vec<String> = fields
                    .iter()
                    .zip(&fact.values)
                    .filter(|(_, value)| !value.is_empty())
                    .map(|(field, value)| {
                        format!(
                            "{} {}",
                            say(field.label),
                            shown(&app, bound.document, &field.ty, value)
                        )
                    })
                    .collect();
                view! {
                    <li>
                        <time>{format::when(fact.at, today)}</time>
                        <span>{app.member_name(fact.by)}": "{words.join(", ")}</span>
                    </li>
                }
            })
            .collect_view()
    };
    view! { <ul class="history" id=bound.id()>{lines}</ul> }
}
