//! `cargo xtask bench [NAME [SECONDS]] [--json]`: measurements against the app and the relay as they are
//! shipped.

use crate::app::{self, Build};
use crate::shell::{Failure, Outcome, cargo, run, target};
use crate::tools;

pub(crate) fn run_benches(options: &[String]) -> Outcome {
    tools::for_building()?;
    let app = if needs_app(options) {
        if let Some(missing) = tools::browser()? {
            return Err(Failure::new(missing));
        }
        app::build(Build::Release)?
    } else {
        Build::Release.folder()
    };
    run(cargo().args(["build", "--locked", "--release", "--package", "relay"]))?;
    run(cargo()
        .args(["run", "--locked", "--quiet", "--release", "--package", "tests"])
        .args(["--features", "browser", "--bin", "bench", "--"])
        .args(options)
        .env("RAPPORT_APP", app)
        .env("RAPPORT_RELAY", target("release/rapport")))
}

/// Whether one of the benches is about the app; building it takes minutes.
fn needs_app(options: &[String]) -> bool {
    let name = options.iter().find(|option| !option.starts_with("--"));
    name.is_none_or(|name| ["app", "cold", "download"].contains(&name.as_str()))
}
