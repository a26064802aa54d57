//! What just happened, said once: on the screen and to screen readers.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;

use super::{
    icons::{Glyph, Icon},
    state::Trouble,
};

/// Long enough to read two sentences.
const SHOWN: Duration = Duration::from_secs(6);
/// Long enough to regret, too.
const SHOWN_WITH_ACT: Duration = Duration::from_secs(12);
/// More would cover the page of a phone.
const AT_ONCE: usize = 3;

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
    act: Option<Act>,
}

/// A toast's words and what they do. It outlives the part of the page that it came from.
type Act = (&'static str, Arc<dyn Fn() + Send + Sync>);

impl Toasts {
    /// None yet.
    pub fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Something was done.
    pub fn done(&self, text: impl Into<String>) {
        self.say(text.into(), false, None);
    }

    /// Something was done that can be taken back, or followed by something: the act's words and what it does.
    pub fn done_with(
        &self,
        text: impl Into<String>,
        words: &'static str,
        act: impl Fn() + Send + Sync + 'static,
    ) {
        self.say(text.into(), false, Some((words, Arc::new(act))));
    }

    /// Something was done, and a button offers to do something about it. Of several such, the last one stands.
    pub fn offer(&self, text: impl Into<String>, label: &'static str, act: Callback<()>) {
        let _ = self.shown.try_update(|shown| shown.retain(|toast| toast.act.is_none()));
        self.done_with(text, label, move || act.run(()));
    }

    /// Something was not done, and why.
    pub fn trouble(&self, trouble: &Trouble) {
        self.say(trouble.0.clone(), true, None);
    }

    fn say(&self, text: String, bad: bool, act: Option<Act>) {
        let Some(id) = self.next.try_update_value(|next| {
            *next += 1;
            *next
        }) else {
            return;
        };
        let toasts = *self;
        let long = if act.is_some() { SHOWN_WITH_ACT } else { SHOWN };
        let _ = self.shown.try_update(|shown| {
            shown.push(Toast { id, text, bad, act });
            make_room(shown);
        });
        set_timeout(move || toasts.take_away(id), long);
    }

    fn take_away(&self, id: u64) {
        let _ = self.shown.try_update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// Where there are too many, the oldest goes; what is trouble, or can be acted upon, stays longest.
fn make_room(shown: &mut Vec<Toast>) {
    if shown.len() > AT_ONCE {
        let idle = shown.iter().position(|toast| !toast.bad && toast.act.is_none());
        // The newest has not been read by anybody.
        shown.remove(idle.filter(|at| *at < AT_ONCE).unwrap_or(0));
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
                        .act
                        .map(|(words, act)| {
                            view! {
                                <button
                                    type="button"
                                    class="button quiet flush-end"
                                    on:click=move |_| {
                                        toasts.take_away(toast.id);
                                        act();
                                    }
                                >
                                    {words}
                                </button>
                            }
                        })}
                </p>
            </For>
        </div>
    }
}
