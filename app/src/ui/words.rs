//! States as an icon and a word.

use handbook::attention::Severity;
use leptos::prelude::*;

use super::{
    icons::{Glyph, Icon},
    model::Sync,
    state::use_app,
};
use crate::texts::{shell, today};

/// How much a reason presses: octagon, clock or eye, and the word.
#[component]
pub fn SeverityWord(severity: Severity) -> impl IntoView {
    let (class, glyph, word) = match severity {
        Severity::Urgent => ("state urgent", Glyph::Octagon, today::urgent()),
        Severity::Soon => ("state soon", Glyph::ClockAlert, today::soon()),
        Severity::Watch => ("state watch", Glyph::Eye, today::watch()),
    };
    view! {
        <span class=class>
            <Icon glyph=glyph small=true />
            {word}
        </span>
    }
}

/// What is true of this device and the relay, as a sentence. Never coloured, never a badge. Where sync stopped, the way to
/// what that means.
#[component]
pub fn SyncLine() -> impl IntoView {
    let app = use_app();
    let stopped = Memo::new(move |_| app.sync.with(|sync| matches!(sync, Sync::Stopped(_))));
    let glyph = move || {
        let glyph = match app.sync.get() {
            Sync::Safe => Glyph::CloudCheck,
            Sync::CatchingUp { .. } => Glyph::Download,
            Sync::OnlyHere(_) | Sync::NoRelay => Glyph::Tablet,
            Sync::Offline { .. } => Glyph::WifiOff,
            Sync::Stopped(_) => Glyph::Alert,
        };
        view! { <Icon glyph=glyph small=true /> }
    };
    view! {
        <p class="sync-line" role="status">
            {glyph}
            <span>
                {move || shell::sync_line(&app.sync.get())}
                <Show when=move || stopped.get()>
                    " "
                    <button type="button" class="inline-act" on:click=move |_| app.why_stopped.set(true)>
                        {shell::read_on()}
                    </button>
                </Show>
            </span>
        </p>
    }
}
