//! Reasons that rest: a line each with the day and why, at the end of the list.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    texts::{team as t, tell},
    ui::{
        icons::{Glyph, Icon},
        model::Resting,
        place,
        snooze::WakeButton,
        state::use_app,
    },
};

/// So many are shown before somebody asks for the others.
const FIRST: usize = 2;

#[component]
pub fn SnoozedReasons(resting: Memo<Arc<Vec<Resting>>>) -> impl IntoView {
    let all = RwSignal::new(false);
    let shown = move || {
        let most = if all.get() { usize::MAX } else { FIRST };
        resting.with(|resting| resting.iter().take(most).cloned().collect::<Vec<_>>())
    };
    let key = |one: &Resting| {
        format!("{:?} {} {}", one.snoozed.snooze, one.snoozed.until, one.snoozed.why)
    };
    view! {
        <For each=shown key=key let:one>
            <SnoozedRow one=one />
        </For>
        <Show when=move || { !all.get() && resting.with(|resting| resting.len() > FIRST) }>
            <button type="button" class="button quiet flush-start" on:click=move |_| all.set(true)>
                {move || t::show_snoozed(resting.with(|resting| resting.len()))}
            </button>
        </Show>
    }
}

#[component]
fn SnoozedRow(one: Resting) -> impl IntoView {
    let app = use_app();
    let (until, why) = (one.snoozed.until, one.snoozed.why.clone());
    let sentence = tell(&one.snoozed.reason.sentence);
    view! {
        <article class="entry snoozed">
            <div class="entry-margin">
                <span class="state watch">
                    <Icon glyph=Glyph::BellOff small=true />
                    {t::snoozed()}
                </span>
            </div>
            <p class="entry-head">
                <a href=place::client_path(one.client)>{one.client_name.clone()}</a>
                " "
                {move || t::rests(until, &why, app.today())}
            </p>
            <div class="entry-acts">
                <WakeButton client=one.client snoozed=one.snoozed />
            </div>
            <p class="entry-body support">{sentence}</p>
        </article>
    }
}
