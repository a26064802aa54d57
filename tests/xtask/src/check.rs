//! `cargo xtask check`: format, lints and documentation.

use crate::guard;
use crate::invariants;
use crate::shell::{Outcome, cargo, cargo_web, run};
use crate::tools::{self, WASM};

pub(crate) fn run_all() -> Outcome {
    tools::for_building()?;
    format()?;
    guard::dependencies()?;
    guard::app_tests_run()?;
    invariants::all_are_held()?;
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

/// The documentation of those who work on it: private items stand in it, so links may lead to them.
fn documentation() -> Outcome {
    const DENY: &str = "-D warnings -A rustdoc::private-intra-doc-links";
    const QUIET: &[&str] = &["doc", "--locked", "--no-deps", "--document-private-items"];
    run(cargo().env("RUSTDOCFLAGS", DENY).args(QUIET).args([
        "--workspace",
        "--exclude",
        "app",
        "--exclude",
        "webtools",
    ]))?;
    run(cargo_web().env("RUSTDOCFLAGS", DENY).args(QUIET).args([
        "--package",
        "app",
        "--lib",
        "--target",
        WASM,
    ]))
}
