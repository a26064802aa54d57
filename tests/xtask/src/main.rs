//! `cargo xtask COMMAND`: the one way to do everything, for a person, for CI and for the README.
//!
//! This package has no dependencies, so that it is there in a second on a fresh machine and can
//! install the rest. Each command is a file; `shell` runs programs, `tools` brings what is missing,
//! `app` builds the front end.

#![expect(clippy::print_stdout, reason = "talking to a terminal is what it is for")]

mod app;
mod bench;
mod check;
mod dev;
mod dist;
mod fuzz;
mod guard;
mod invariants;
mod shell;
mod simulate;
mod sources;
mod start;
mod tally;
mod test;
mod tools;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  start [RELAY OPTIONS]         install what is missing, build, run the relay, print the link to open
  test                          everything that must pass, as CI runs it
  simulate --seeds N [--from S] [--jobs J]
                                a team in one process, seeded; a failing seed reproduces alone
  fuzz [TARGET] [--seconds N]   the decoders under the guidance of coverage, 60 s each unless said
  bench [NAME [SECONDS]] [--json]
                                the measurements of docs/performance.md; SECONDS is how long `load` lasts
  dev                           trunk serve and the relay, both rebuilt after each edit
  dist                          the release: target/dist/rapport, one file with the app inside
  check                         format, lints and documentation, without the tests
  tools                         only install what building and testing needs
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let outcome = match command.as_str() {
        "start" => start::run_relay(&rest),
        "test" => test::run_all(),
        "simulate" => simulate::run_seeds(&rest),
        "fuzz" => fuzz::run_targets(&rest),
        "bench" => bench::run_benches(&rest),
        "dev" => dev::serve(),
        "dist" => dist::run_all(),
        "check" => check::run_all(),
        "tools" => tools::run_all(),
        "" | "help" | "--help" | "-h" => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        unknown => Err(shell::Failure::new(format!("there is no command `{unknown}`\n\n{HELP}"))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
