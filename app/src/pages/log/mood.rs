//! How the client seemed: one tap on the way out.

use handbook::Value;
use leptos::prelude::*;

use super::Log;
use crate::{texts::log as t, ui::chip::RadioChip};

/// From -2 to +2.
#[component]
pub fn MoodChips(log: Log) -> impl IntoView {
    let chips = (-2..=2)
        .map(|mood| {
            let value = Value::Integer(mood);
            let own = value.clone();
            let chosen = Signal::derive(move || log.new.get("mood") == own);
            let choose = Callback::new(move |()| log.new.set("mood", value.clone()));
            view! { <RadioChip name="mood" label=t::mood(mood) chosen=chosen on_choose=choose /> }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{t::how_they_seemed()}</legend>
            <div class="chips">{chips}</div>
        </fieldset>
    }
}
