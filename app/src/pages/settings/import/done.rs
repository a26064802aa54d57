//! What was imported on this device, and the way back.

use leptos::prelude::*;

use super::Work;
use crate::{
    texts::settings as t,
    ui::{
        format,
        icons::{Glyph, Icon},
        model::Imported,
    },
};

#[component]
pub fn Done(work: Work) -> impl IntoView {
    let fresh = move || {
        work.fresh.get().map(|import| {
            let words =
                t::imported_at(import.new, import.matched, import.bad, &format::time(import.at));
            view! {
                <div class="notice">
                    <Icon glyph=Glyph::Check />
                    <p>{words}</p>
                    <Undo work=work import=import />
                </div>
            }
        })
    };
    let undone = move || {
        work.undone.get().map(|words| {
            view! {
                <div class="notice">
                    <Icon glyph=Glyph::Check />
                    <p>{words}</p>
                </div>
            }
        })
    };
    let earlier = Memo::new(move |_| {
        let fresh = work.fresh.with(|fresh| fresh.as_ref().map(|fresh| fresh.batch));
        let past = work.past.get().into_iter();
        past.filter(|import| Some(import.batch) != fresh).collect::<Vec<_>>()
    });
    let lines = move || {
        let imports = earlier.get().into_iter();
        imports.map(|import| view! { <Past work=work import=import /> }).collect_view()
    };
    view! {
        <div role="status">{fresh} {undone}</div>
        <Show when=move || earlier.with(|earlier| !earlier.is_empty())>
            <details>
                <summary class="button quiet flush-start">{t::earlier_imports()}</summary>
                <ul>{lines}</ul>
            </details>
        </Show>
    }
}

#[component]
fn Past(work: Work, import: Imported) -> impl IntoView {
    let when = format::when(import.at, work.app.today());
    let counts = t::fates(import.new, import.matched, import.bad);
    let part = (!import.whole).then(|| view! { <p class="support">{t::import_in_part()}</p> });
    view! {
        <li class="settings-row">
            <div>
                <p>{import.file.clone()}</p>
                <p class="support">{when}", "{counts}</p>
                {part}
            </div>
            <Undo work=work import=import />
        </li>
    }
}

#[component]
fn Undo(work: Work, import: Imported) -> impl IntoView {
    let name = t::undo_import_of(&import.file);
    view! {
        <button
            type="button"
            class="button"
            aria-label=name
            disabled=move || work.doing.get().is_some()
            on:click=move |_| work.undo(&import)
        >
            {t::undo_import()}
        </button>
    }
}
