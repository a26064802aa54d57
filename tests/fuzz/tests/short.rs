//! Every target over its seeds, the committed corpus, and some damage to both.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use fuzz::{Target, committed, damaged};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;

/// Damaged inputs for each target: a second or two without optimisation.
const CASES: u32 = 400;

/// No input may take as long, without optimisation and beside other work: most take a thousandth of it.
const TOO_LONG: Duration = Duration::from_secs(5);

/// Memory is counted for the whole process.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Whether the product took the input for good; and it took its time, but not too long.
fn check(target: &Target, input: &[u8]) -> bool {
    let began = now();
    let good = target.check(input);
    let taken = now().saturating_duration_since(began);
    assert!(taken < TOO_LONG, "{taken:?} for {} bytes", input.len());
    good
}

#[expect(clippy::disallowed_methods, reason = "how long an input takes")]
fn now() -> Instant {
    Instant::now()
}

fn short(name: &str) {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(|failed| failed.into_inner());
    let target = Target::named(name).expect("a target");
    let mut inputs = (target.seeds)();
    assert!(inputs.len() > 3, "{name} has hardly any seeds");
    let good = inputs.iter().filter(|input| check(&target, input)).count();
    // A target that refuses everything would assert nothing.
    assert!(3 * good >= inputs.len(), "{name}: only {good} of {} seeds are good", inputs.len());
    for (path, input) in committed(&target) {
        eprintln!("{}", path.display());
        check(&target, &input);
        inputs.push(input);
    }
    check(&target, &[]);
    let damage = (any::<u8>(), any::<Index>(), 0usize..40, vec(any::<u8>(), 1..9));
    let strategy = (any::<Index>(), vec(damage, 1..5));
    let config =
        ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
    let outcome = TestRunner::new(config).run(&strategy, |(which, damages)| {
        let mut input = which.get(&inputs).clone();
        for (kind, at, length, new) in damages {
            let place = at.index(input.len() + 1);
            damaged(&mut input, kind, place, length, &new);
        }
        check(&target, &input);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{name}: {failure}");
    }
}

/// Holds: I13
#[test]
fn frame() {
    short("frame");
}

/// Holds: I13
#[test]
fn envelope() {
    short("envelope");
}

/// Holds: I13
#[test]
fn roster() {
    short("roster");
}

/// Holds: I13
#[test]
fn change() {
    short("change");
}

/// Holds: I13
#[test]
fn snapshot() {
    short("snapshot");
}

/// Holds: I13
#[test]
fn link() {
    short("link");
}

/// Holds: I13
#[test]
fn import() {
    short("import");
}

#[test]
fn no_target_is_left_out() {
    let names: Vec<_> = fuzz::TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(names, ["frame", "envelope", "roster", "change", "snapshot", "link", "import"]);
}
