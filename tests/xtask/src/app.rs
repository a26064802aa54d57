//! The app: trunk builds it, `finish-app` completes it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Failure, Outcome, program, root, run, target};
use crate::sources::Stamp;

/// How the app is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// For `start` and for tests: built again within seconds after an edit.
    Quick,
    /// As it is shipped: small, with compressed twins.
    Release,
}

impl Build {
    fn profile(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Release => "web",
        }
    }

    /// The folder that holds the finished files.
    pub(crate) fn folder(self) -> PathBuf {
        match self {
            Self::Quick => target("app"),
            Self::Release => target("dist/app"),
        }
    }
}

/// Builds the app unless no source changed since the last build; returns its folder.
pub(crate) fn build(build: Build) -> Outcome<PathBuf> {
    let folder = build.folder();
    let stamp = target(&format!("app-{}.stamp", build.profile()));
    let stamp = Stamp(&stamp);
    let sources = sources();
    let sources: Vec<&Path> = sources.iter().map(PathBuf::as_path).collect();
    if folder.join("index.html").is_file() && stamp.is_fresh(&sources) {
        return Ok(folder);
    }
    let begun = stamp.begin();
    run(trunk()
        .args(["build", "--offline", "--skip-version-check", "--locked"])
        .args(["--cargo-profile", build.profile()])
        .arg("--dist")
        .arg(&folder))?;
    let mut finish = program("finish-app");
    finish.arg(&folder);
    if build == Build::Release {
        finish.arg("--brotli");
    }
    run(&mut finish)?;
    if !folder.join("index.html").is_file() {
        return Err(Failure::new(format!("trunk left no index.html in {}", folder.display())));
    }
    stamp.finish(begun);
    Ok(folder)
}

/// trunk, with the web build folder.
pub(crate) fn trunk() -> Command {
    let mut command = program("trunk");
    // trunk reads NO_COLOR as true or false and stops at the customary NO_COLOR=1.
    command.env_remove("NO_COLOR").env("CARGO_TARGET_DIR", target("web"));
    command
}

/// Everything at the root that can end up in the app.
fn sources() -> Vec<PathBuf> {
    const NOT_THE_APP: &[&str] = &["target", "docs", "relay", "tests", "README.md", "node_modules"];
    let Ok(entries) = std::fs::read_dir(root()) else { return Vec::new() };
    entries
        .flatten()
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            !name.starts_with('.') && !NOT_THE_APP.contains(&name.as_ref())
        })
        .map(|entry| entry.path())
        .collect()
}
