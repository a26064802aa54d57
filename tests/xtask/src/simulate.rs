//! `cargo xtask simulate --seeds N [--from S] [--jobs J]`: the seeded team simulator, optimised: a world is mostly
//! cryptography and merging, and an unoptimised one takes several times as long.

use std::process::Command;

use crate::shell::{Outcome, cargo, run};

pub(crate) fn run_seeds(options: &[String]) -> Outcome {
    run(command().args(options))
}

/// The simulator, ready for its options.
pub(crate) fn command() -> Command {
    let mut command = cargo();
    command.args(["run", "--locked", "--release", "--quiet"]);
    command.args(["--package", "tests", "--bin", "simulate", "--"]);
    command
}
