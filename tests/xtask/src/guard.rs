//! Promises that a compiler does not check.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{Failure, Outcome, ask, cargo, root};
use crate::tools::WASM;

/// Packages that could read a handbook; the relay is built without them and so proves that it
/// cannot.
const NEVER_IN_THE_RELAY: &[&str] =
    &["automerge", "handbook", "handbook-derive", "device", "replica"];

pub(crate) fn dependencies() -> Outcome {
    println!("$ cargo tree: what the relay and the app are made of");
    let relay = tree(&["--package", "relay", "--all-features"])?;
    for package in names(&relay) {
        if NEVER_IN_THE_RELAY.contains(&package) {
            return Err(Failure::new(format!("the relay depends on `{package}`")));
        }
    }
    // Two of them mean two sources of randomness to configure, and the second fails at run time
    // only.
    let app = tree(&["--package", "app", "--target", WASM])?;
    let random: BTreeSet<&str> =
        app.lines().filter(|line| line.starts_with("getrandom v")).map(unmarked).collect();
    if random.len() != 1 {
        return Err(Failure::new(format!("the app must have one getrandom, it has {random:?}")));
    }
    Ok(())
}

/// Tests of the app run in a browser. One that is made for this machine compiles, and nothing ever
/// runs it.
pub(crate) fn app_tests_run() -> Outcome {
    let mut idle = Vec::new();
    for file in rust_files(&root().join("app/src")) {
        let text = fs::read_to_string(&file).unwrap_or_default();
        if is_idle(&text) {
            idle.push(file.display().to_string());
        }
    }
    if idle.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "no browser would run the tests in {}: begin their module with `{RUNS}`",
        idle.join(", ")
    )))
}

/// Turns `#[test]` into a test that runs in a browser.
const RUNS: &str = "use wasm_bindgen_test::wasm_bindgen_test as test;";

fn is_idle(text: &str) -> bool {
    text.lines().any(|line| line.trim() == "#[test]") && !text.contains(RUNS)
}

pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries
        .flatten()
        .map(|entry| entry.path())
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

/// One package a line, `name vVERSION …`.
fn tree(options: &[&str]) -> Outcome<String> {
    let mut command = cargo();
    command.args(["tree", "--locked", "--edges", "normal", "--prefix", "none"]).args(options);
    ask(&mut command).ok_or_else(|| Failure::new("`cargo tree` failed"))
}

fn names(tree: &str) -> impl Iterator<Item = &str> {
    tree.lines().filter_map(|line| line.split_whitespace().next())
}

/// A package that was listed before has `(*)` behind it.
fn unmarked(line: &str) -> &str {
    line.trim_end_matches("(*)").trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_for_this_machine_is_idle_in_the_app() {
        assert!(is_idle("mod tests {\n    #[test]\n    fn a() {}\n}"));
        assert!(!is_idle(&format!("mod tests {{\n    {RUNS}\n    #[test]\n    fn a() {{}}\n}}")));
        assert!(!is_idle("    #[wasm_bindgen_test]\n    fn a() {}"));
    }

    #[test]
    fn names_are_the_first_words() {
        let tree = "relay v0.1.0 (/x/relay)\naxum v0.8.4\nwire v0.1.0 (/x/shared/wire) (*)\n";
        assert_eq!(names(tree).collect::<Vec<_>>(), ["relay", "axum", "wire"]);
        assert_eq!(unmarked("getrandom v0.4.1 (*)"), "getrandom v0.4.1");
    }
}
