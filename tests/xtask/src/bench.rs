//! `cargo xtask bench [NAME] [--json]`: measurements against the app and the relay as they are
//! shipped.

use crate::app::{self, Build};
use crate::shell::{Failure, Outcome, cargo, run, target};
use crate::tools;

pub(crate) fn run_benches(options: &[String]) -> Outcome {
    tools::for_building()?;
    if let Some(missing) = tools::browser()? {
        return Err(Failure::new(missing));
    }
    let app = app::build(Build::Release)?;
    run(cargo().args(["build", "--locked", "--release", "--package", "relay"]))?;
    run(cargo()
        .args(["run", "--locked", "--quiet", "--release", "--package", "tests"])
        .args(["--features", "browser", "--bin", "bench", "--"])
        .args(options)
        .env("RAPPORT_APP", app)
        .env("RAPPORT_RELAY", target("release/rapport")))
}
