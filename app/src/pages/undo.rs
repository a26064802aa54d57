//! Undo and redo over all pages: the keys, and the offer to take something back right after it was done.

use leptos::{ev, prelude::*, task::spawn_local};
use uuid::Uuid;

use crate::{
    platform::dom,
    texts::{history as t, tell},
    ui::{
        model::Undone,
        state::{AppState, Trouble, use_app},
        toast::{Toasts, use_toasts},
    },
};

/// Listens for as long as the workspace is open. Shows nothing itself.
#[component]
pub fn UndoKeys() -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let keys = window_event_listener(ev::keydown, move |event| {
        let with = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
        // Whoever writes in a field takes back what they write there, as everywhere in the browser.
        if !with || dom::is_writing() {
            return;
        }
        let key = event.key();
        if key.eq_ignore_ascii_case("z") {
            event.prevent_default();
            if event.shift_key() { redo(app, toasts) } else { undo(app, toasts, None) }
        } else if key.eq_ignore_ascii_case("y") && event.ctrl_key() {
            event.prevent_default();
            redo(app, toasts);
        }
    });
    on_cleanup(move || keys.remove());
    Effect::new(move |_| {
        if let Some(done) = app.done.get() {
            let command = done.command;
            let act = Callback::new(move |()| undo(app, toasts, Some(command)));
            toasts.offer(format!("{}.", tell(&done.told)), t::undo(), act);
        }
    });
}

/// Takes back the deed of that command, else the last one, and says what became of it.
pub fn undo(app: AppState, toasts: Toasts, command: Option<Uuid>) {
    if is_past(app, toasts) {
        return;
    }
    spawn_local(async move {
        match app.act(|acts| (acts.undo)(command)).await {
            Ok(Some(undone)) => say(toasts, &undone, t::undone),
            Ok(None) => toasts.done(t::nothing_to_undo()),
            Err(trouble) => toasts.trouble(&trouble),
        }
    });
}

/// Does again what was taken back last.
pub fn redo(app: AppState, toasts: Toasts) {
    if is_past(app, toasts) {
        return;
    }
    spawn_local(async move {
        match app.act(|acts| (acts.redo)(())).await {
            Ok(Some(undone)) => say(toasts, &undone, t::redone),
            Ok(None) => toasts.done(t::nothing_to_redo()),
            Err(trouble) => toasts.trouble(&trouble),
        }
    });
}

/// A past day can only be read.
fn is_past(app: AppState, toasts: Toasts) -> bool {
    let past = app.as_of.get_untracked().is_some();
    if past {
        toasts.trouble(&Trouble(t::only_read().into()));
    }
    past
}

fn say(toasts: Toasts, undone: &Undone, told: fn(&str) -> String) {
    let what = tell(&undone.told);
    match (undone.changed, undone.kept.is_empty()) {
        (true, true) => toasts.done(told(&what)),
        (true, false) => toasts.done(format!("{} {}", told(&what), t::stays(&undone.kept))),
        (false, _) => {
            toasts.trouble(&Trouble(format!(
                "{} {}",
                t::not_undone(&what),
                t::stays(&undone.kept)
            )));
        }
    }
}
