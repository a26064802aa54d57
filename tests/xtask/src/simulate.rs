//! `cargo xtask simulate --seeds N [--from S]`: the seeded team simulator.

use std::process::Command;

use crate::shell::{Outcome, cargo, run};

pub(crate) fn run_seeds(options: &[String]) -> Outcome {
    run(command().args(options))
}

/// The simulator, ready for its options.
pub(crate) fn command() -> Command {
    let mut command = cargo();
    command.args(["run", "--locked", "--quiet", "--package", "tests", "--bin", "simulate", "--"]);
    command
}
