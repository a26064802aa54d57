//! What just happened, said once: on the screen and to screen readers.

use std::time::Duration;

use leptos::prelude::*;

use super::{
    icons::{Glyph, Icon},
    state::Trouble,
};

/// Long enough to read two sentences.
const SHOWN: Duration = Duration::from_secs(6);
/// Long enough to read one, decide and reach the button.
const OFFERED: Duration = Duration::from_secs(12);

/// Says what happened. Made once by the app, found in the context.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

#[derive(Clone)]
struct Toast {
    id: u64,
    text: String,
    bad: bool,
    offer: Option<(&'static str, Callback<()>)>,
}

impl Toasts {
    /// None yet.
    pub fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Something was done.
    pub fn done(&self, text: impl Into<String>) {
        self.say(text.into(), false, None);
    }

    /// Something was done, and a button offers to do something about it. Of several such, the last one stands.
    pub fn offer(&self, text: impl Into<String>, label: &'static str, act: Callback<()>) {
        let _ = self.shown.try_update(|shown| shown.retain(|toast| toast.offer.is_none()));
        self.say(text.into(), false, Some((label, act)));
    }

    /// Something was not done, and why.
    pub fn trouble(&self, trouble: &Trouble) {
        self.say(trouble.0.clone(), true, None);
    }

    fn say(&self, text: String, bad: bool, offer: Option<(&'static str, Callback<()>)>) {
        let Some(id) = self.next.try_update_value(|next| {
            *next += 1;
            *next
        }) else {
            return;
        };
        let toasts = *self;
        let long = if offer.is_some() { OFFERED } else { SHOWN };
        let _ = self.shown.try_update(|shown| shown.push(Toast { id, text, bad, offer }));
        set_timeout(move || toasts.drop(id), long);
    }

    fn drop(&self, id: u64) {
        let _ = self.shown.try_update(|shown| shown.retain(|toast| toast.id != id));
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
                    {toast
                        .offer
                        .map(|(label, act)| {
                            let press = move |_| {
                                toasts.drop(toast.id);
                                act.run(());
                            };
                            view! {
                                <button type="button" class="button quiet" on:click=press>
                                    {label}
                                </button>
                            }
                        })}
                </p>
            </For>
        </div>
    }
}
