//! Who is no longer in the team, by device.

use leptos::prelude::*;

use super::use_desk;
use crate::{
    texts::roster as t,
    ui::{
        format,
        model::team::{GoneDevice, Removal},
        section::Section,
        state::use_app,
    },
};

#[component]
pub fn Gone() -> impl IntoView {
    let app = use_app();
    let desk = use_desk();
    let gone = Memo::new(move |_| desk.team.with(|team| team.gone.clone()));
    let line = move |device: GoneDevice| {
        let how = match device.how {
            Removal::Left => t::gone_left(),
            Removal::Removed => t::gone_removed(),
            Removal::Wiped => t::gone_wiped(),
        };
        let today = app.today();
        let seen = device.seen.map(|at| {
            t::last_seen(&format!(
                "{} {}",
                format::day_or_today(at.date(), today),
                format::clock(at.time())
            ))
        });
        view! {
            <article class="entry">
                <p class="entry-margin">{how}</p>
                <h3 class="entry-head">{device.name}</h3>
                <p class="entry-body support">
                    {t::device(&device.mark)} {seen.map(|seen| format!(". {seen}"))}
                </p>
            </article>
        }
    };
    view! {
        <Show when=move || gone.with(|gone| !gone.is_empty())>
            <Section title=t::gone() aside=move || gone.with(Vec::len)>
                <div class="entries">{move || gone.get().into_iter().map(line).collect_view()}</div>
            </Section>
        </Show>
    }
}
