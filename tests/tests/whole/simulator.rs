//! The simulator itself: it repeats itself, its faults occur, and it finds what is planted.

use tests::simulator::{Bug, Tally, simulate};

/// Seeds within which a planted bug must be found.
const ENOUGH: u64 = 150;

#[test]
fn a_seed_runs_the_same_way_each_time() {
    for seed in 0..6 {
        let (once, again) = (simulate(seed, None), simulate(seed, None));
        assert_eq!(once.fingerprint, again.fingerprint, "seed {seed}");
        assert_eq!(once.tally, again.tally, "seed {seed}");
        assert_ne!(once.fingerprint, simulate(seed + 1, None).fingerprint);
    }
}

/// Holds: I1, I2, I3, I4, I5, I6, I7, I8, I10, I14
#[test]
fn nothing_fails_although_everything_happens() {
    let mut tally = Tally::default();
    for seed in 0..60 {
        let outcome = simulate(seed, None);
        if let Some(failure) = outcome.failure {
            panic!("{failure}");
        }
        tally.extend(&outcome.tally);
    }
    for what in [
        "commands saved",
        "backups restored",
        "connections cut before the answer",
        "connections cut without a word",
        "envelopes repeated",
        "devices that heard of their removal",
        "devices wiped",
        "fields in conflict at the end",
        "leaves",
        "links handed over",
        "notices lost",
        "recoveries begun",
        "recovery kits at the end",
        "removals",
        "removed devices at the end",
        "roles set",
        "rotations by hand",
        "stops of the relay",
        "rows covered",
        "snapshots",
        "storage fault: Conflict",
        "stubs at the end",
        "tabs that crashed at a storage call",
        "words for snapshots",
    ] {
        assert!(tally.count(what) > 0, "no {what} in 60 worlds:\n{tally}");
    }
}

#[test]
fn what_is_planted_is_found() {
    for bug in Bug::ALL {
        let found = (0..ENOUGH).find_map(|seed| simulate(seed, Some(bug)).failure);
        let failure = found.unwrap_or_else(|| panic!("{bug:?} was not found"));
        // `cargo test -- --nocapture` shows by which rule.
        println!("{bug:?}: seed {}: {}: {}", failure.seed, failure.rule, failure.what);
    }
}
