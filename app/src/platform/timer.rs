//! Waiting, and giving way.

use gloo::timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::clock;

/// How long work goes on before the page may draw and answer, milliseconds: less than half of the 50 that people begin to
/// notice.
const BREATH_MS: f64 = 20.0;

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
pub struct Breath(f64);

impl Breath {
    /// Work begins now.
    pub fn begin() -> Self {
        Self(clock::elapsed())
    }

    /// Gives way if the page has waited for long. A timer costs milliseconds, however short it is.
    pub async fn take(&mut self) {
        if clock::elapsed() - self.0 > BREATH_MS {
            sleep(0).await;
            self.0 = clock::elapsed();
        }
    }
}
