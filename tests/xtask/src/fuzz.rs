//! `cargo xtask fuzz [TARGET] [--seconds N]`: the targets of `tests/fuzz` under the guidance of coverage, one
//! after the other. Without a target all of them: `cargo xtask fuzz --seconds 600` is the long run.
//!
//! The coverage is the compiler's own, by flags that any stable toolchain takes; nothing is installed. What is
//! found to be worth trying again stays in `target/fuzz/corpus`, so that each run goes on where the last one
//! ended. An input that breaks something comes to lie in `target/fuzz/found`; it belongs into
//! `tests/fuzz/corpus/TARGET` once it is mended.

use std::fs;
use std::path::Path;

use crate::shell::{Failure, Outcome, ask, cargo, program, root, run, target};

/// What `cargo fuzz` gives the compiler, but for the sanitizers, which only help `unsafe` code and only
/// run on nightly.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares";

/// How long a target runs if nobody says.
const SECONDS: &str = "60";
/// An input that takes as long is a failure, seconds.
const TOO_LONG: &str = "10";
/// A run that takes as much memory is one, MB. Less is each target's own business.
const TOO_MUCH: &str = "3000";

pub(crate) fn run_targets(options: &[String]) -> Outcome {
    let (name, seconds) = read(options)?;
    let host = host()?;
    run(cargo()
        .args(["build", "--locked", "--release", "--package", "fuzz", "--features", "guided"])
        .args(["--bin", "guided"])
        // What is ours asserts what it can; what comes from outside is as it is shipped.
        .args(["--config", "profile.release.debug-assertions=true"])
        .args(["--config", "profile.release.package.'*'.debug-assertions=false"])
        // With a target named, the flags are not for build scripts and macros.
        .args(["--target", &host])
        .env("CARGO_TARGET_DIR", target("fuzz"))
        // Built sooner, and a failure says where.
        .envs([
            ("CARGO_PROFILE_RELEASE_LTO", "off"),
            ("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only"),
        ])
        .env("RUSTFLAGS", COVERAGE))?;
    let binary = target("fuzz").join(&host).join("release/guided");
    let mut failures = Vec::new();
    for name in names()?.iter().filter(|known| name.is_none_or(|name| name == *known)) {
        if let Err(failure) = guide(&binary, name, seconds) {
            failures.push(format!("{name}: {failure}"));
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(Failure::new(failures.join("\n"))) }
}

/// The target and how long each runs.
fn read(options: &[String]) -> Outcome<(Option<&str>, &str)> {
    let known = names()?;
    let (mut name, mut seconds) = (None, SECONDS);
    let mut options = options.iter().map(String::as_str);
    while let Some(option) = options.next() {
        match option {
            "--seconds" => {
                let given =
                    options.next().filter(|given| given.parse::<u32>().is_ok_and(|it| it > 0));
                seconds = given.ok_or_else(|| Failure::new("--seconds takes a number above 0"))?;
            }
            given if known.iter().any(|known| known == given) => name = Some(given),
            _ => {
                let known = known.join(", ");
                return Err(Failure::new(format!(
                    "there is no target `{option}`; there are {known}"
                )));
            }
        }
    }
    Ok((name, seconds))
}

/// The targets, by the files that they are.
fn names() -> Outcome<Vec<String>> {
    let text = fs::read_to_string(root().join("tests/fuzz/src/targets.rs"));
    let text = text.map_err(|error| Failure::new(format!("tests/fuzz: {error}")))?;
    let names = text.lines().filter_map(|line| line.strip_prefix("pub(crate) mod "));
    Ok(names.filter_map(|name| name.strip_suffix(';')).map(str::to_owned).collect())
}

fn guide(binary: &Path, name: &str, seconds: &str) -> Outcome {
    let [corpus, seeds, found] =
        ["corpus", "seeds", "found"].map(|it| target("fuzz").join(it).join(name));
    for folder in [&corpus, &seeds, &found] {
        fs::create_dir_all(folder)
            .map_err(|error| Failure::new(format!("{}: {error}", folder.display())))?;
    }
    println!("\n=== {name}");
    let mut guided = program(binary);
    guided
        .env("RAPPORT_FUZZ", name)
        .env("RAPPORT_FUZZ_SEEDS", &seeds)
        .arg(&corpus)
        .arg(&seeds)
        .args(Some(root().join("tests/fuzz/corpus").join(name)).filter(|folder| folder.is_dir()))
        .args([format!("-max_total_time={seconds}"), format!("-timeout={TOO_LONG}")])
        .args([format!("-rss_limit_mb={TOO_MUCH}"), format!("-malloc_limit_mb={TOO_MUCH}")])
        .args(["-print_final_stats=1", "-print_funcs=0", "-len_control=20"])
        .arg(format!("-artifact_prefix={}", folder_prefix(&found)));
    run(&mut guided)
}

/// A path to which libFuzzer appends names.
fn folder_prefix(folder: &Path) -> String {
    format!("{}/", folder.display())
}

/// This machine as the compiler calls it.
fn host() -> Outcome<String> {
    let said = ask(program("rustc").args(["--version", "--verbose"])).unwrap_or_default();
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| Failure::new("rustc does not say for which machine it builds"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read() {
        let check = |given: &str, expected: Option<(Option<&str>, &str)>| {
            let options: Vec<String> = given.split_whitespace().map(str::to_owned).collect();
            assert_eq!(read(&options).ok(), expected, "{given}");
        };
        check("", Some((None, "60")));
        check("roster", Some((Some("roster"), "60")));
        check("--seconds 600", Some((None, "600")));
        check("import --seconds 5", Some((Some("import"), "5")));
        check("--seconds", None);
        check("--seconds 0", None);
        check("--seconds soon", None);
        check("documents", None);
    }
}
