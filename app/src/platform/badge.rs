//! The number on the icon of the installed app.

use wasm_bindgen::JsValue;

use super::js;

/// Shows how many things need attention; zero takes the badge away. Browsers without badges ignore it.
pub fn show(count: u32) {
    let navigator = js::navigator();
    let answer = if count == 0 {
        js::call(&navigator, "clearAppBadge", &[])
    } else {
        js::call(&navigator, "setAppBadge", &[JsValue::from_f64(f64::from(count))])
    };
    // The promise rejects where the app is not installed; nobody needs to hear that.
    if let Some(Ok(promise)) = answer {
        wasm_bindgen_futures::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&promise)).await;
        });
    }
}
