//! How much room the browser gives, and whether it may take it back.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

use super::js;

/// What the browser says about its room; rough on purpose, to hinder fingerprinting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Bytes in use by this origin.
    pub used: f64,
    /// Bytes it may use.
    pub limit: f64,
}

impl Room {
    /// Bytes left.
    pub fn left(&self) -> f64 {
        (self.limit - self.used).max(0.0)
    }
}

fn manager() -> Option<StorageManager> {
    js::property(&js::navigator(), "storage")?.dyn_into().ok()
}

/// The browser's estimate, or `None` where it does not tell.
pub async fn room() -> Option<Room> {
    let promise = manager()?.estimate().ok()?;
    let estimate: StorageEstimate = JsFuture::from(promise).await.ok()?.unchecked_into();
    Some(Room { used: estimate.get_usage()?, limit: estimate.get_quota()? })
}

/// Whether the browser has promised not to evict this origin's storage.
pub async fn is_persistent() -> bool {
    let Some(Ok(promise)) = manager().map(|manager| manager.persisted()) else { return false };
    JsFuture::from(promise).await.is_ok_and(|answer| answer.is_truthy())
}

/// Asks for that promise; call it after the person's first real edit. The answer may well be no.
pub async fn persist() -> bool {
    let Some(Ok(promise)) = manager().map(|manager| manager.persist()) else { return false };
    JsFuture::from(promise).await.is_ok_and(|answer| answer.is_truthy())
}
