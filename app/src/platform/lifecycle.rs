//! What happens to a tab: hidden, shown, left, frozen, brought back, network gone and come.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, PageTransitionEvent};

use super::js;

/// One thing that happened to this tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifecycle {
    /// Another tab or app is in front. Commit what is typed: on tablets nothing else may follow.
    Hidden,
    /// In front again.
    Shown,
    /// The page is left or closed: the last moment to commit.
    Leaving,
    /// Back from the back-forward cache; sockets are dead although they look open.
    Restored,
    /// The browser stops our timers until `Thawed`.
    Frozen,
    /// Timers run again.
    Thawed,
    /// The system found a network. It does not say that the relay can be reached.
    Online,
    /// The system lost its network.
    Offline,
}

impl Lifecycle {
    /// Whether a socket opened before may be dead without having said so.
    pub const fn is_return(self) -> bool {
        matches!(self, Self::Shown | Self::Restored | Self::Thawed | Self::Online)
    }

    /// Whether unsaved typing must be committed now.
    pub const fn is_farewell(self) -> bool {
        matches!(self, Self::Hidden | Self::Leaving | Self::Frozen)
    }
}

/// Listens until dropped.
#[must_use = "dropping it stops listening"]
#[derive(Debug, Default)]
pub struct Watch(#[expect(dead_code, reason = "kept for its drop")] Vec<EventListener>);

/// Calls `told` for everything that happens to this tab, as long as the result is kept.
pub fn watch(told: impl Fn(Lifecycle) + Clone + 'static) -> Watch {
    let Some(window) = js::window() else { return Watch::default() };
    let Some(document) = window.document() else { return Watch::default() };
    let window: &EventTarget = window.unchecked_ref();
    let fixed = |target: &EventTarget, name: &'static str, what: Lifecycle| {
        let told = told.clone();
        EventListener::new(target, name, move |_| told(what))
    };
    let visibility = {
        let told = told.clone();
        EventListener::new(&document, "visibilitychange", move |_| {
            told(if is_visible() { Lifecycle::Shown } else { Lifecycle::Hidden });
        })
    };
    let restored = {
        let told = told.clone();
        EventListener::new(window, "pageshow", move |event| {
            // The first `pageshow` of a page is its load; only a cached page needs waking.
            if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
                told(Lifecycle::Restored);
            }
        })
    };
    Watch(vec![
        visibility,
        restored,
        fixed(window, "pagehide", Lifecycle::Leaving),
        fixed(window, "online", Lifecycle::Online),
        fixed(window, "offline", Lifecycle::Offline),
        fixed(&document, "freeze", Lifecycle::Frozen),
        fixed(&document, "resume", Lifecycle::Thawed),
    ])
}

/// Whether this tab is in front.
pub fn is_visible() -> bool {
    js::window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

/// Whether the system believes to have a network; `true` where it does not say.
pub fn is_online() -> bool {
    js::property(&js::navigator(), "onLine").is_none_or(|it| it.is_truthy())
}
