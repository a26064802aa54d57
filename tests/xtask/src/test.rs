//! `cargo xtask test`: everything that must pass, cheapest first, ending at the first failure.

use std::time::{Duration, Instant};

use crate::app::{self, Build};
use crate::shell::{Failure, Outcome, cargo, cargo_web, run, target};
use crate::tally::Tally;
use crate::tools::{self, WASM};
use crate::{check, guard, invariants, simulate, start};

/// Seeds of the simulator in every run; the long run is made by hand with `simulate`.
const SEEDS: &str = "5000";

pub(crate) fn run_all() -> Outcome {
    let mut report = Report::default();
    let outcome = steps(&mut report);
    report.print(outcome.is_ok());
    outcome
}

fn steps(report: &mut Report) -> Outcome {
    let (mut browser_missing, mut database_missing) = (None, None);
    report.step("tools", |_| {
        tools::for_building()?;
        browser_missing = tools::for_stories()?;
        database_missing = tools::database();
        Ok(())
    })?;
    if let Some(missing) = &database_missing {
        report.not_run("PostgreSQL tests", missing);
    }
    report.checked("format", check::format)?;
    report.checked("dependencies", guard::dependencies)?;
    report.checked("idle tests", guard::app_tests_run)?;
    report.checked("invariants", invariants::all_are_held)?;
    report.checked("lints", check::lints)?;
    report.step("native tests", |tally| {
        let relay = start::relay()?;
        tally.run(
            cargo()
                .args(["test", "--locked", "--workspace"])
                .args(["--exclude", "app", "--exclude", "webtools"])
                .env("RAPPORT_RELAY", relay)
                // Said above, so that it is said once and not by each that finds it missing.
                .envs(database_missing.iter().map(|_| ("RAPPORT_POSTGRES_NOT_RUN_SAID", "1"))),
        )?;
        // Apart from the others, as it was built before: together they would all be built once more.
        tally.run(cargo().args(["test", "--locked", "--package", "webtools"]))
    })?;
    match tools::pebble()? {
        None => report.step("ACME test", |tally| {
            let mut test = cargo();
            test.args(["test", "--locked", "--package", "relay", "--test", "relay", "acme"]);
            tally.run(test.args(["--", "--include-ignored"]))
        })?,
        Some(missing) => report.not_run("ACME test", &missing),
    }
    report.checked("app", || app::build(Build::Quick).map(drop))?;
    match browser_missing {
        None => in_a_browser(report)?,
        Some(missing) => {
            report.not_run("WASM tests", &missing);
            report.not_run("browser tests", &missing);
        }
    }
    // Last, because it takes longest.
    report.checked("simulator", || run(simulate::command().args(["--seeds", SEEDS])))
}

fn in_a_browser(report: &mut Report) -> Outcome {
    report.step("WASM tests", |tally| {
        let mut tests = cargo_web();
        tests.args(["test", "--locked", "--package", "app", "--lib"]);
        tests.args(["--target", WASM, "--profile", "quick"]);
        tally.run(&mut tests)
    })?;
    report.step("browser tests", |tally| {
        let mut stories = cargo();
        stories
            .args(["test", "--locked", "--package", "tests"])
            .args(["--no-default-features", "--features", "browser", "--test", "browser"])
            // A story has two browsers already; two stories at once are too many for a small machine.
            .args(["--", "--test-threads", "1"])
            .env("RAPPORT_RELAY", start::relay()?)
            .env("RAPPORT_APP", Build::Quick.folder())
            .env("RAPPORT_AXE", tools::axe_script())
            .env("RAPPORT_SCREENSHOTS", target("browser"));
        tally.run(&mut stories)
    })
}

/// What ran, how long it took, and what it counted.
#[derive(Default)]
struct Report {
    tally: Tally,
    skipped: u64,
    times: Vec<(&'static str, Duration)>,
}

impl Report {
    /// A step whose tests are counted one by one.
    fn step(&mut self, name: &'static str, work: impl FnOnce(&mut Tally) -> Outcome) -> Outcome {
        println!("\n=== {name}");
        let began = now();
        let outcome = work(&mut self.tally);
        self.times.push((name, now().saturating_duration_since(began)));
        if outcome.is_err() && self.tally.failed == 0 {
            self.tally.failed = 1;
        }
        outcome.map_err(|failure| Failure::new(format!("{name}: {failure}")))
    }

    /// A step that counts as one test.
    fn checked(&mut self, name: &'static str, work: impl FnOnce() -> Outcome) -> Outcome {
        self.step(name, |tally| {
            work()?;
            tally.passed += 1;
            Ok(())
        })
    }

    fn not_run(&mut self, name: &'static str, reason: &str) {
        eprintln!("\n=== {name}\n\n*** NOT RUN: {name}: {reason} ***");
        self.skipped += 1;
    }

    fn print(&self, well: bool) {
        println!();
        for (name, time) in &self.times {
            println!("{:>7.1} s  {name}", time.as_secs_f64());
        }
        let total: Duration = self.times.iter().map(|(_, time)| *time).sum();
        println!(
            "{:>7.1} s  in all{}\n",
            total.as_secs_f64(),
            if well { "" } else { ", stopped early" }
        );
        let Tally { passed, failed } = self.tally;
        match self.skipped {
            0 => println!("{passed} passed, {failed} failed"),
            skipped => println!("{passed} passed, {failed} failed, {skipped} skipped"),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "how long a step took")]
fn now() -> Instant {
    Instant::now()
}
