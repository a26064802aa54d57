//! Waiting, and giving way.

use gloo::timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::clock;

/// How long work that nobody waits for goes on before the page may draw and answer, milliseconds.
const BREATH_MS: f64 = 12.0;

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

/// Long work that gives way to the page now and then.
pub struct Breath {
    last: f64,
    every: f64,
}

impl Breath {
    /// Work that nobody waits for begins now.
    pub fn begin() -> Self {
        Self::of(BREATH_MS)
    }

    /// Work begins now that gives way after so many milliseconds.
    pub fn of(every: f64) -> Self {
        Self { last: clock::elapsed(), every }
    }

    /// Whether the page has waited for long.
    pub fn is_due(&self) -> bool {
        clock::elapsed() - self.last > self.every
    }

    /// Gives way if the page has waited for long. A timer costs milliseconds, however short it is.
    pub async fn take(&mut self) {
        if self.is_due() {
            sleep(0).await;
            self.last = clock::elapsed();
        }
    }
}
