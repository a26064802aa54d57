//! Small steps over untyped JavaScript, for interfaces that `web_sys` has only behind a build flag.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The property, unless it is missing, `undefined` or `null`.
pub(super) fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    if of.is_undefined() || of.is_null() {
        return None;
    }
    let value = Reflect::get(of, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// Calls a method by name; a missing one is `None`, one that throws is `Some(Err)`.
pub(super) fn call(of: &JsValue, name: &str, args: &[JsValue]) -> Option<Result<JsValue, JsValue>> {
    let function: Function = property(of, name)?.dyn_into().ok()?;
    Some(function.apply(of, &args.iter().collect::<Array>()))
}

/// Calls a method that answers with a promise and waits for it; `None` when it is missing or fails.
pub(super) async fn ask(of: &JsValue, name: &str, args: &[JsValue]) -> Option<JsValue> {
    let promise: Promise = call(of, name, args)?.ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

/// An object literal.
pub(super) fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // A plain object takes every property; there is no failure to report.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// The window. A tab always has one; `None` only in a worker, where the app never runs.
pub(super) fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// The `html` element.
pub(super) fn root() -> Option<web_sys::Element> {
    window()?.document()?.document_element()
}

/// What outlives the page and is written at once; `None` where the person blocks storage.
pub(super) fn local_storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok().flatten()
}

/// The navigator as an untyped value.
pub(super) fn navigator() -> JsValue {
    window().map_or(JsValue::UNDEFINED, |window| window.navigator().into())
}

/// An error in words, for the log and for messages: its `name: message`, or whatever it says of itself.
pub(super) fn describe(error: &JsValue) -> String {
    let text = |name| property(error, name).and_then(|value| value.as_string());
    match (text("name"), text("message")) {
        (Some(name), Some(message)) => format!("{name}: {message}"),
        (None, Some(message)) => message,
        _ => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    }
}
