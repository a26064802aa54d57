//! Offering to install the app: a button where the browser has a prompt, a hint where it has none.

use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};

use super::{dom, js, log};

/// How the app can be installed here and now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// It already runs as an installed app.
    Installed,
    /// The browser will show its prompt when asked by [`prompt`].
    Prompt,
    /// Only by the browser's own menu (Safari: Share, then Add to Home Screen).
    ByHand,
}

/// What is possible now; it may change when the browser makes up its mind, see [`watch`].
pub fn offer() -> Offer {
    let standalone = dom::prefers("(display-mode: standalone)")
        || js::property(&js::navigator(), "standalone").is_some_and(|it| it.is_truthy());
    if standalone {
        Offer::Installed
    } else if kept_prompt().is_some() {
        Offer::Prompt
    } else {
        Offer::ByHand
    }
}

/// Shows the browser's prompt (only from a click); `true` if the person accepted.
pub async fn prompt() -> bool {
    let Some(event) = kept_prompt() else { return false };
    if let Some(boot) = log::boot() {
        // A prompt can be shown once.
        let _ = js_sys::Reflect::set(&boot, &JsValue::from_str("installPrompt"), &JsValue::NULL);
    }
    let Some(choice) = js::ask(&event, "prompt", &[]).await else { return false };
    js::property(&choice, "outcome").and_then(|outcome| outcome.as_string()).as_deref()
        == Some("accepted")
}

/// Calls `changed` whenever [`offer`] may answer differently, as long as the result is kept.
pub fn watch(changed: impl Fn() + Clone + 'static) -> impl Sized {
    let window = js::window()?;
    let target: &web_sys::EventTarget = window.unchecked_ref();
    let listen = |name: &'static str| {
        let changed = changed.clone();
        EventListener::new(target, name, move |_| changed())
    };
    Some([listen("beforeinstallprompt"), listen("appinstalled")])
}

/// The event arrives before WASM does, so the start script keeps it for us.
fn kept_prompt() -> Option<JsValue> {
    js::property(&log::boot()?, "installPrompt")
}
