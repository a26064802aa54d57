//! `simulate --seeds N [--from S] [--jobs J]`: runs the worlds of N seeds, and says what happened in
//! them. A long run that was stopped goes on with `--from`.

#![expect(clippy::print_stdout, reason = "the report is what it is for")]

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;

use tests::simulator::{Outcome, Tally, listen_for_panics, simulate};

/// Seeds after which it says how far it is.
const REPORT_EVERY: u64 = 2000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(options) = Options::read(&arguments) else {
        eprintln!("usage: simulate --seeds N [--from S] [--jobs J]");
        return ExitCode::FAILURE;
    };
    listen_for_panics();
    let mut report = Report { next: options.from, ..Report::default() };
    options.run(|seed, outcome| report.add(seed, &outcome));
    println!("{}", report.tally);
    println!("{} seeds, {} failures", options.seeds, report.failures);
    if report.failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

struct Options {
    seeds: u64,
    from: u64,
    /// Worlds that run at the same time; each is a thread's own.
    jobs: u64,
}

impl Options {
    fn read(arguments: &[String]) -> Option<Self> {
        let jobs = thread::available_parallelism().map_or(1, |jobs| jobs.get() as u64);
        let mut options = Self { seeds: 1, from: 0, jobs };
        for pair in arguments.chunks(2) {
            let [name, value] = pair else { return None };
            let value = value.parse().ok()?;
            match name.as_str() {
                "--seeds" => options.seeds = value,
                "--from" => options.from = value,
                "--jobs" => options.jobs = value,
                _ => return None,
            }
        }
        Some(options)
    }

    /// Runs all seeds, and hands over each outcome as it comes.
    fn run(&self, mut done: impl FnMut(u64, Outcome)) {
        let next = AtomicU64::new(self.from);
        let end = self.from.saturating_add(self.seeds);
        let (sender, outcomes) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..self.jobs.max(1) {
                let (next, sender) = (&next, sender.clone());
                scope.spawn(move || {
                    loop {
                        let seed = next.fetch_add(1, Ordering::Relaxed);
                        if seed >= end || sender.send((seed, simulate(seed, None))).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            outcomes.into_iter().for_each(|(seed, outcome)| done(seed, outcome));
        });
    }
}

#[derive(Default)]
struct Report {
    tally: Tally,
    failures: u64,
    /// All seeds below this one are done.
    next: u64,
    /// Seeds above it that are done.
    ahead: BTreeSet<u64>,
}

impl Report {
    fn add(&mut self, seed: u64, outcome: &Outcome) {
        self.tally.extend(&outcome.tally);
        if let Some(failure) = &outcome.failure {
            self.failures += 1;
            println!("{failure}\nto see it alone: cargo xtask simulate --seeds 1 --from {seed}\n");
        }
        self.ahead.insert(seed);
        while self.ahead.remove(&self.next) {
            self.next += 1;
            if self.next.is_multiple_of(REPORT_EVERY) {
                println!("all seeds below {} are done, {} failures", self.next, self.failures);
            }
        }
    }
}
