//! Waiting.

use gloo::timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Lets at least this many milliseconds pass. A hidden tab waits longer: browsers wake it once a second at best.
/// Dropping the future ends the timer.
pub async fn sleep(milliseconds: u32) {
    let mut timeout = None;
    let passed = Promise::new(&mut |resolve, _| {
        timeout = Some(Timeout::new(milliseconds, move || {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }));
    });
    // It is only ever resolved.
    let _ = JsFuture::from(passed).await;
    drop(timeout);
}
