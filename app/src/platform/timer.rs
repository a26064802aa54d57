//! Waiting, and giving way.

use gloo::timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{clock, js};

/// How long work that nobody waits for goes on before the page may draw and answer, milliseconds.
const BREATH_MS: f64 = 12.0;
/// The same for work that somebody waits for: closer to the 50 that people begin to notice.
const AWAITED_BREATH_MS: f64 = 35.0;

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
    awaited: bool,
}

impl Breath {
    /// Work that nobody waits for begins now.
    pub fn begin() -> Self {
        Self { last: clock::elapsed(), awaited: false }
    }

    /// Work that somebody waits for begins now.
    pub fn awaited() -> Self {
        Self { awaited: true, ..Self::begin() }
    }

    /// Whether the page has waited for long.
    pub fn is_due(&self) -> bool {
        let every = if self.awaited { AWAITED_BREATH_MS } else { BREATH_MS };
        clock::elapsed() - self.last > every
    }

    /// Gives way if the page has waited for long.
    pub async fn take(&mut self) {
        if self.is_due() {
            self.give_way().await;
        }
    }

    /// Gives way, however short the page has waited. A timer costs milliseconds, however short it is; what somebody waits for
    /// goes on as soon as the page has answered and drawn, where the browser can say so.
    pub async fn give_way(&mut self) {
        match scheduler_yield().filter(|_| self.awaited) {
            // It is only ever resolved.
            Some(turn) => drop(JsFuture::from(turn).await),
            None => sleep(0).await,
        }
        self.last = clock::elapsed();
    }
}

/// `scheduler.yield()` (Prioritized Task Scheduling), where the browser has it.
fn scheduler_yield() -> Option<Promise> {
    let scheduler = js::property(&js::window()?.into(), "scheduler")?;
    js::call(&scheduler, "yield", &[])?.ok()?.dyn_into().ok()
}
