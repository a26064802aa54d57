//! `cargo xtask dist`: the release.

use std::fs;
use std::path::PathBuf;

use crate::app::{self, Build};
use crate::shell::{Failure, Outcome, cargo, run, target};
use crate::tools;

/// Builds `target/dist/rapport`, the relay with the app inside, and `target/dist/app`, the app's
/// files alone.
pub(crate) fn run_all() -> Outcome {
    tools::for_building()?;
    let app = app::build(Build::Release)?;
    run(cargo().env("RAPPORT_APP_DIR", &app).args([
        "build",
        "--locked",
        "--release",
        "--package",
        "relay",
        "--features",
        "embed",
    ]))?;
    let binary = place("rapport")?;
    println!("\n{}\n{}", binary.display(), app.display());
    Ok(())
}

fn place(name: &str) -> Outcome<PathBuf> {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let from = target("release").join(&name);
    let to = target("dist").join(&name);
    fs::copy(&from, &to)
        .map_err(|error| Failure::new(format!("{} could not be written: {error}", to.display())))?;
    Ok(to)
}
