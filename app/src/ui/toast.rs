//! What just happened, said once: on the screen and to screen readers.

use std::time::Duration;

use leptos::prelude::*;

use super::{
    icons::{Glyph, Icon},
    state::Trouble,
};

/// Long enough to read two sentences.
const SHOWN: Duration = Duration::from_secs(6);

/// Says what happened. Made once by the app, found in the context.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

#[derive(Clone, PartialEq)]
struct Toast {
    id: u64,
    text: String,
    bad: bool,
}

impl Toasts {
    /// None yet.
    pub fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Something was done.
    pub fn done(&self, text: impl Into<String>) {
        self.say(text.into(), false);
    }

    /// Something was not done, and why.
    pub fn trouble(&self, trouble: &Trouble) {
        self.say(trouble.0.clone(), true);
    }

    fn say(&self, text: String, bad: bool) {
        let Some(id) = self.next.try_update_value(|next| {
            *next += 1;
            *next
        }) else {
            return;
        };
        let shown = self.shown;
        let _ = shown.try_update(|shown| shown.push(Toast { id, text, bad }));
        set_timeout(
            move || {
                let _ = shown.try_update(|shown| shown.retain(|toast| toast.id != id));
            },
            SHOWN,
        );
    }
}

impl Default for Toasts {
    fn default() -> Self {
        Self::new()
    }
}

/// Finds the toasts of this app.
pub fn use_toasts() -> Toasts {
    expect_context::<Toasts>()
}

/// The live region in which they appear.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.id let:toast>
                <p class="toast" class:bad=toast.bad class:good=!toast.bad>
                    <Icon glyph=if toast.bad { Glyph::Alert } else { Glyph::Check } />
                    {toast.text}
                </p>
            </For>
        </div>
    }
}
