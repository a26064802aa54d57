//! `cargo xtask check`: format, lints and documentation.

use crate::guard;
use crate::shell::{Outcome, cargo, cargo_web, run};
use crate::tools::{self, WASM};

pub(crate) fn run_all() -> Outcome {
    tools::for_building()?;
    format()?;
    guard::dependencies()?;
    guard::app_tests_run()?;
    lints()?;
    documentation()
}

pub(crate) fn format() -> Outcome {
    run(cargo().args(["fmt", "--all", "--check"]))
}

/// clippy, warnings denied: everything native for this machine, the app for the browser.
pub(crate) fn lints() -> Outcome {
    const DENY: &[&str] = &["--", "--deny", "warnings"];
    run(cargo()
        .args(["clippy", "--locked", "--workspace", "--exclude", "app", "--all-targets"])
        .args(["--features", "tests/browser"])
        .args(DENY))?;
    run(cargo_web()
        .args(["clippy", "--locked", "--package", "app", "--all-targets", "--target", WASM])
        .args(["--profile", "quick"])
        .args(DENY))
}

fn documentation() -> Outcome {
    const QUIET: &[&str] = &["doc", "--locked", "--no-deps", "--document-private-items"];
    run(cargo().env("RUSTDOCFLAGS", "-D warnings").args(QUIET).args([
        "--workspace",
        "--exclude",
        "app",
        "--exclude",
        "webtools",
    ]))?;
    run(cargo_web().env("RUSTDOCFLAGS", "-D warnings").args(QUIET).args([
        "--package",
        "app",
        "--lib",
        "--target",
        WASM,
    ]))
}
