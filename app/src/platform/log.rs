//! The log that a person can save and send on.
//!
//! Lines go to the ring that `app/public/boot.js` keeps outside of WASM, so that they survive a panic.
//! Write what the app did, never what a client said: no names, no contents, no keys.

use wasm_bindgen::JsValue;

use super::js;

/// Adds one line; the time is added there.
pub fn note(line: &str) {
    let _ = boot().and_then(|boot| js::call(&boot, "note", &[JsValue::from_str(line)]));
}

/// Offers the log as a text file.
pub fn save() {
    let _ = boot().and_then(|boot| js::call(&boot, "saveLog", &[]));
}

/// The object that the start script left for us; absent in tests.
pub(super) fn boot() -> Option<JsValue> {
    js::property(&js_sys::global(), "rapport")
}
