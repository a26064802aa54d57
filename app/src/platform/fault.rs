//! After a panic a WASM page is dead but looks alive. So the panic hook covers it.
//!
//! The overlay is plain JavaScript (`app/public/boot.js`), for no Rust may run any more. Nothing that was shown as saved is
//! lost, because edits are durable before they are confirmed.
//!
//! The hook also leaves a sign that outlives the page. A row of the log that breaks the app again and again is set
//! aside (`device`, quarantine); the sign tells a panic from a tab that was merely closed in the middle.

use std::panic;

use wasm_bindgen::JsValue;

use super::{js, log};

const KEY: &str = "rapport.panicked";

/// Installs the hook; call it first in `main`.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        leave_sign();
        let message = JsValue::from_str(&info.to_string());
        let covered = log::boot()
            .and_then(|boot| js::call(&boot, "panicked", std::slice::from_ref(&message)));
        // No overlay (a test page): the error console is better than silence.
        if !matches!(covered, Some(Ok(_)))
            && let Some(console) = js::property(&js_sys::global(), "console")
        {
            let _ = js::call(&console, "error", &[message]);
        }
    }));
}

/// Whether some tab panicked since [`forget_panic`].
pub fn has_panicked() -> bool {
    js::local_storage()
        .is_some_and(|storage| storage.get_item(KEY).is_ok_and(|sign| sign.is_some()))
}

/// Takes the sign away, once it has been counted.
pub fn forget_panic() {
    if let Some(storage) = js::local_storage() {
        let _ = storage.remove_item(KEY);
    }
}

/// `localStorage`, because it is written at once: a dying page does not wait for anything else.
pub(super) fn leave_sign() {
    if let Some(storage) = js::local_storage() {
        let _ = storage.set_item(KEY, "1");
    }
}
