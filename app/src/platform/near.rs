//! When an element comes near the window, so that a page can go on drawing before somebody gets there.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// So far below the window an element counts as near: two screens of a tablet.
const AHEAD: &str = "0px 0px 2000px 0px";

/// Watches one element at a time for as long as it lives.
pub struct Watch {
    observer: IntersectionObserver,
    _told: Closure<dyn FnMut(js_sys::Array)>,
}

impl Watch {
    /// Calls `near` whenever the watched element comes near. `None` where the browser cannot tell; then the page has to
    /// draw everything.
    pub fn new(near: impl Fn() + 'static) -> Option<Self> {
        let told = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let met = entries.iter().any(|entry| {
                entry.dyn_into::<IntersectionObserverEntry>().is_ok_and(|it| it.is_intersecting())
            });
            if met {
                near();
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(AHEAD);
        let observer =
            IntersectionObserver::new_with_options(told.as_ref().unchecked_ref(), &options).ok()?;
        Some(Self { observer, _told: told })
    }

    /// Watches this element, and no other any more. If it is near already, that is told at once.
    pub fn look_at(&self, element: &Element) {
        self.observer.disconnect();
        self.observer.observe(element);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
