//! The one place that every stored byte passes, in and out.
//!
//! Today it only changes representation. Encryption at rest under an app lock will sit here; nothing else in
//! the app turns stored values into bytes or back.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

/// Bytes as they are to be stored.
pub(super) fn inward(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// Stored bytes as the app may see them; `None` for a value that this app never wrote.
pub(super) fn outward(stored: &JsValue) -> Option<Vec<u8>> {
    stored.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}
