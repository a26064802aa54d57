//! Web Locks: which one of several tabs does a thing.
//!
//! `web_sys` has this interface behind a build flag only, hence the untyped calls. A browser without locks grants
//! each tab its own: for the socket that means every tab syncs, which is wasteful and safe.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::AbortController;

use super::js;

/// A lock in our hands until dropped; closing the tab lets go of it too.
#[must_use = "dropping it lets the lock go"]
#[derive(Debug)]
pub struct Held(#[expect(dead_code, reason = "kept for its drop")] Option<Request>);

/// Waits until this tab holds the lock `name`. Dropping the future gives up the place in the queue.
pub async fn hold(name: &str) -> Held {
    let Some(locks) = js::property(&js::navigator(), "locks") else { return Held(None) };
    let Some((request, granted)) = Request::send(&locks, name) else { return Held(None) };
    // The promise is only ever resolved, see `Request::send`.
    let _ = JsFuture::from(granted).await;
    Held(Some(request))
}

/// A request for a lock: queued, then granted, then (dropped) released.
#[derive(Debug)]
struct Request {
    controller: Option<AbortController>,
    release: Option<Function>,
    _on_granted: Closure<dyn FnMut(JsValue) -> JsValue>,
}

impl Request {
    /// Sends the request; the promise resolves when the lock is ours, or when the browser refuses locks altogether.
    fn send(locks: &JsValue, name: &str) -> Option<(Self, Promise)> {
        let (granted, grant) = promise();
        let (until_released, release) = promise();
        let on_granted = {
            let grant = grant.clone();
            Closure::new(move |_lock: JsValue| -> JsValue {
                call(grant.as_ref());
                // The browser holds the lock until this promise resolves.
                until_released.clone().into()
            })
        };
        let controller = AbortController::new().ok();
        let signal = controller.as_ref().map_or(JsValue::UNDEFINED, |it| it.signal().into());
        let arguments = [
            JsValue::from_str(name),
            js::object(&[("signal", signal)]).into(),
            on_granted.as_ref().clone(),
        ];
        let answer = js::call(locks, "request", &arguments)?.ok()?;
        spawn_local(async move {
            // It rejects when we gave up (nobody listens any more), and where storage is blocked: then each tab
            // goes ahead on its own, as without locks.
            if JsFuture::from(Promise::resolve(&answer)).await.is_err() {
                call(grant.as_ref());
            }
        });
        Some((Self { controller, release, _on_granted: on_granted }, granted))
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        call(self.release.as_ref());
        // Only a waiting request is aborted by this; a granted one ends by `release`.
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

/// A promise and the function that resolves it.
fn promise() -> (Promise, Option<Function>) {
    let mut resolve = None;
    let promise = Promise::new(&mut |resolver, _| resolve = Some(resolver));
    (promise, resolve)
}

fn call(function: Option<&Function>) {
    if let Some(function) = function {
        let _ = function.call0(&JsValue::UNDEFINED);
    }
}
