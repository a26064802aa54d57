//! The one place where the app reads a clock.

use chrono::NaiveDateTime;
use handbook::Moment;
use js_sys::Date;

/// Milliseconds since 1970, UTC. The device's clock, so it may be wrong: for display, never for order.
pub fn now() -> u64 {
    // `Date.now()` is a whole number far below 2^53; a clock set before 1970 counts as 1970.
    Date::now().max(0.0) as u64
}

/// Minutes that local time is ahead of UTC at `at` (milliseconds since 1970): 60 in Berlin in winter.
pub fn offset_minutes(at: u64) -> i16 {
    let date = Date::new(&wasm_bindgen::JsValue::from_f64(at as f64));
    // JavaScript counts the other way round. Offsets lie within a day, so the cast keeps the value.
    -date.get_timezone_offset() as i16
}

/// A time on the wall of this place as a moment, with the offset that holds here on that day.
pub fn moment_here(local: NaiveDateTime) -> Moment {
    let as_utc = local.and_utc().timestamp_millis();
    let offset_min = offset_minutes(u64::try_from(as_utc).unwrap_or_default());
    Moment { ms: as_utc - i64::from(offset_min) * 60_000, offset_min }
}

/// Today by the device's calendar, as (year, month 1–12, day 1–31).
pub fn today() -> (i32, u32, u32) {
    let date = Date::new_0();
    (date.get_full_year() as i32, date.get_month() + 1, date.get_date())
}

/// The last millisecond of a day (month 1–12) by the device's calendar, since 1970, UTC; before it negative.
pub fn end_of_day(year: i32, month: u32, day: u32) -> i64 {
    // JavaScript counts months from 0, and takes the day after the last one as the first of the next month.
    let (month, next) = (month as i32 - 1, day as i32 + 1);
    Date::new_with_year_month_day(year.max(0) as u32, month, next).get_time() as i64 - 1
}

/// Milliseconds with fractions since the page was opened, monotonic; for measuring only.
pub fn elapsed() -> f64 {
    super::js::window()
        .and_then(|window| super::js::property(&window, "performance"))
        .and_then(|performance| super::js::call(&performance, "now", &[])?.ok()?.as_f64())
        .unwrap_or(0.0)
}
