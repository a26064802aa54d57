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

/// Holds: I1, I2, I3, I5, I7, I8, I14
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

/// By the rule that it breaks, or the invariant of which it breaks any rule: a world that fails at anything at all would
/// prove less.
#[test]
fn what_is_planted_is_found() {
    for bug in Bug::ALL {
        let rule = match bug {
            Bug::StorageForgetsToCompare => "what is sent can be opened",
            Bug::StorageAnswersEarly => "I2: what is shown as saved is durable",
            Bug::StorageTearsTransactions => "I5: ",
            Bug::StorageLosesReadModel => "I14: rebuilding gives the stored read model",
            Bug::StorageLosesCounters => "human numbers are unique",
            Bug::TabsShareTheirSeed => "nobody is stopped without a cause",
            Bug::NetworkAcknowledges => "I2: only held changes enter relay heads",
            Bug::RelayLosesLastRow => "I3: a visible prefix only grows",
            Bug::NetworkSwallows => "the team comes to rest",
            Bug::RelayLosesBytes => "no row is passed over",
            Bug::ColleagueHandsOutKeys => "I10: epochs open for those who stay and for nobody else",
        };
        let fails = |seed| {
            simulate(seed, Some(bug)).failure.filter(|failure| failure.rule.starts_with(rule))
        };
        let failure = (0..ENOUGH).find_map(fails);
        let failure = failure.unwrap_or_else(|| panic!("{bug:?} was not found by \"{rule}\""));
        // `cargo test -- --nocapture` shows where.
        println!("{bug:?}: seed {}: {}: {}", failure.seed, failure.rule, failure.what);
    }
}
