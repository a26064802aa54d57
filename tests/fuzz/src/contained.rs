//! Panics inside Automerge, which the product expects and contains, apart from all others.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Calls into Automerge with bytes that the check has not passed yet. `None` if it panicked: on a device the
/// row would be set aside (`device::quarantine`).
///
/// # Panics
/// If the panic was not Automerge's.
pub(crate) fn in_automerge<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |panic| {
            if EXPECTED.get() {
                let place = panic.location().map(ToString::to_string).unwrap_or_default();
                PLACE.with_borrow_mut(|known| *known = place);
            } else {
                others(panic);
            }
        }));
    });
    EXPECTED.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    EXPECTED.set(false);
    let place = PLACE.take();
    assert!(done.is_ok() || is_automerge(&place), "a panic at {place}");
    done.ok()
}

/// Automerge, its columns, or the standard library called by them: nothing else runs in there.
fn is_automerge(place: &str) -> bool {
    ["/automerge-", "/hexane-", "/rustc/", "/library/"].iter().any(|part| place.contains(part))
}
