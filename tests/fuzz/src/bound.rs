//! That memory stays bounded.

use crate::{MEMORY, Memory};

/// Runs `work` for an input of `length` bytes.
///
/// What other threads allocate meanwhile counts too, so targets run one at a time.
///
/// # Panics
/// If it takes more memory at a time than the bound allows.
pub(crate) fn within<T>(bound: Memory, length: usize, work: impl FnOnce() -> T) -> T {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let done = work();
    let taken = MEMORY.peak_usage().saturating_sub(before);
    let allowed = bound.base + bound.each * length;
    assert!(taken <= allowed, "{taken} bytes of memory for an input of {length}, not {allowed}");
    done
}
