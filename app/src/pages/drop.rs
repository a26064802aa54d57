//! A file dropped anywhere opens the dry run of its import, for the client one looks at.

use leptos::{
    ev::{self, DragEvent},
    prelude::*,
    task::spawn_local,
};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::shell::use_above;
use crate::{
    platform::files,
    texts::{error::Told, find as t, settings},
    ui::{
        icons::{Glyph, Icon},
        state::Trouble,
        toast::use_toasts,
    },
};

/// Where the import stands.
pub const IMPORT: &str = "/settings#import";

/// Listens on the whole window while the workspace is open.
#[component]
pub fn DropAnywhere() -> impl IntoView {
    let above = use_above();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let dragging = RwSignal::new(false);
    let over = window_event_listener(ev::dragover, move |event: DragEvent| {
        if files::carries_files(&event) {
            event.prevent_default();
            dragging.set(true);
        }
    });
    let away = window_event_listener(ev::dragleave, move |event: DragEvent| {
        // Between two elements of the page it only goes on.
        if event.related_target().is_none() {
            dragging.set(false);
        }
    });
    let drop = window_event_listener(ev::drop, move |event: DragEvent| {
        dragging.set(false);
        // The import's own field has taken it.
        if event.default_prevented() || !files::carries_files(&event) {
            return;
        }
        let client = above.log_for.get_untracked();
        let taken = files::dropped(&event);
        let navigate = navigate.clone();
        spawn_local(async move {
            match taken.await {
                Ok(files) if files.is_empty() => {}
                Ok(files) => {
                    above.dropped_for.set(client);
                    above.dropped.set(files);
                    navigate(IMPORT, NavigateOptions::default());
                }
                Err(error) => toasts.trouble(&Trouble(settings::unreadable(&error.told()))),
            }
        });
    });
    on_cleanup(move || {
        over.remove();
        away.remove();
        drop.remove();
    });
    view! {
        <Show when=move || dragging.get()>
            <div class="drop-veil" aria-hidden="true">
                <p>
                    <Icon glyph=Glyph::Download />
                    {t::drop_to_import()}
                </p>
            </div>
        </Show>
    }
}
