//! Sizes and times as an operator reads them.

use chrono::DateTime;
use wire::Millis;

/// A size with three digits at least, in powers of 1024.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    let mut unit = "bytes";
    let mut left = bytes;
    let mut tenths = 0;
    for larger in UNITS {
        if left < 1024 {
            break;
        }
        tenths = left % 1024 * 10 / 1024;
        left /= 1024;
        unit = larger;
    }
    if unit == "bytes" { format!("{left} {unit}") } else { format!("{left}.{tenths} {unit}") }
}

/// A moment in UTC, to the second.
pub(super) fn moment(at: Millis) -> String {
    written(at, "%Y-%m-%dT%H:%M:%SZ")
}

/// The same as part of a file's name.
pub(super) fn stamp(at: Millis) -> String {
    written(at, "%Y%m%dT%H%M%SZ")
}

fn written(at: Millis, format: &str) -> String {
    let at = i64::try_from(at).ok().and_then(DateTime::from_timestamp_millis);
    at.map_or_else(|| "never".to_owned(), |at| at.format(format).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        for (given, expected) in [
            (0, "0 bytes"),
            (1023, "1023 bytes"),
            (1024, "1.0 KiB"),
            (1536, "1.5 KiB"),
            (16 << 30, "16.0 GiB"),
            (u64::MAX, "16777215.9 TiB"),
        ] {
            assert_eq!(size(given), expected);
        }
    }

    #[test]
    fn moments_are_in_utc() {
        assert_eq!(moment(1_795_336_200_000), "2026-11-22T08:30:00Z");
        assert_eq!(stamp(1_795_336_200_999), "20261122T083000Z");
        assert_eq!(moment(u64::MAX), "never");
    }
}
