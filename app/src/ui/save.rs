//! When typed text is kept: soon after the last key, and never later than three seconds after the first.

use std::time::Duration;

use handbook::Value;
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

use crate::platform::clock;

/// After so long without a key, what was typed is kept.
const PAUSE_MS: f64 = 800.0;
/// At the latest after so long, however fast somebody types.
const AT_MOST_MS: f64 = 3_000.0;

/// Holds what was typed until it is worth a write. Nothing is lost when the page goes: the rest is written then.
#[derive(Clone, Copy)]
pub struct Saver {
    pending: StoredValue<Option<Value>>,
    first_ms: StoredValue<Option<f64>>,
    timer: StoredValue<Option<TimeoutHandle>, LocalStorage>,
    save: Callback<Value>,
}

impl Saver {
    /// A saver under the current owner.
    pub fn new(save: Callback<Value>) -> Self {
        let saver = Self {
            pending: StoredValue::new(None),
            first_ms: StoredValue::new(None),
            timer: StoredValue::new_local(None),
            save,
        };
        on_cleanup(move || saver.flush());
        saver
    }

    /// Something was typed.
    pub fn later(&self, value: Value) {
        let now = clock::elapsed();
        let first = self.first_ms.get_value().unwrap_or(now);
        self.first_ms.set_value(Some(first));
        self.pending.set_value(Some(value));
        let wait = PAUSE_MS.min((first + AT_MOST_MS - now).max(0.0));
        let saver = *self;
        let timer =
            set_timeout_with_handle(move || saver.flush(), Duration::from_millis(wait as u64));
        self.restart(timer.ok());
    }

    /// Something was chosen, or a field was left.
    pub fn now(&self, value: Value) {
        let _ = self.pending.try_set_value(Some(value));
        self.flush();
    }

    /// Writes what waits.
    pub fn flush(&self) {
        self.restart(None);
        self.first_ms.try_set_value(None);
        if let Some(value) = self.pending.try_update_value(Option::take).flatten() {
            self.save.run(value);
        }
    }

    /// Forgets what waits: it is not fit to be written.
    pub fn drop_pending(&self) {
        self.restart(None);
        self.first_ms.try_set_value(None);
        let _ = self.pending.try_update_value(Option::take);
    }

    fn restart(&self, timer: Option<TimeoutHandle>) {
        let old = self.timer.try_update_value(|old| std::mem::replace(old, timer)).flatten();
        if let Some(old) = old {
            old.clear();
        }
    }
}
