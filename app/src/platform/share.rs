//! What other apps share to us.
//!
//! The service worker receives it, with or without a network, and lays it into a cache of its own (`app/public/sw.js`); it waits there until a page of an
//! open workspace takes it, and is gone from there then.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::{
    files::{FileError, MAX_FILE_BYTES, PickedFile},
    js,
};

/// The cache; the worker knows it by the same name.
const CACHE: &str = "shared-with-rapport";
/// The header that carries a file's name, percent-encoded.
const NAME: &str = "x-name";

/// What was shared since a page last looked.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Title, text and address, a line each.
    pub text: String,
    /// Files, in the order in which they came.
    pub files: Vec<PickedFile>,
    /// Files that could not be read.
    pub unreadable: Vec<FileError>,
}

impl Shared {
    /// Whether nothing came.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.files.is_empty() && self.unreadable.is_empty()
    }
}

/// Takes what waits.
pub async fn take() -> Shared {
    read().await.unwrap_or_default()
}

async fn read() -> Option<Shared> {
    let window = js::window()?;
    let caches = js::property(&window, "caches")?;
    let name = JsValue::from_str(CACHE);
    let cache = js::ask(&caches, "open", std::slice::from_ref(&name)).await?;
    let keys: Array = js::ask(&cache, "keys", &[]).await?.dyn_into().ok()?;
    let mut shared = Shared::default();
    for key in keys.iter() {
        let Some(response) = js::ask(&cache, "match", &[key]).await else { continue };
        match file_name(&response) {
            Some(name) => match file(name, &response).await {
                Ok(file) => shared.files.push(file),
                Err(error) => shared.unreadable.push(error),
            },
            None => {
                let text = js::ask(&response, "text", &[]).await.and_then(|text| text.as_string());
                shared.text.push_str(&text.unwrap_or_default());
            }
        }
    }
    js::ask(&caches, "delete", &[name]).await;
    Some(shared)
}

/// The name of a file; text has none.
fn file_name(response: &JsValue) -> Option<String> {
    let headers = js::property(response, "headers")?;
    let encoded = js::call(&headers, "get", &[JsValue::from_str(NAME)])?.ok()?.as_string()?;
    js_sys::decode_uri_component(&encoded).ok().map(String::from)
}

async fn file(name: String, response: &JsValue) -> Result<PickedFile, FileError> {
    let unreadable = || FileError::Unreadable(name.clone());
    let blob = js::ask(response, "blob", &[]).await.ok_or_else(unreadable)?;
    let size = js::property(&blob, "size").and_then(|size| size.as_f64()).ok_or_else(unreadable)?;
    if size > MAX_FILE_BYTES {
        return Err(FileError::TooLarge(name));
    }
    let buffer = js::ask(&blob, "arrayBuffer", &[]).await.ok_or_else(unreadable)?;
    let mime = js::property(&blob, "type").and_then(|mime| mime.as_string()).unwrap_or_default();
    let bytes = Uint8Array::new(&buffer).to_vec();
    Ok(PickedFile { mime, bytes, name, modified_ms: None })
}
