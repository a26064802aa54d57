//! `cargo xtask start`: from a fresh checkout to a link that opens the app.

use std::path::PathBuf;
use std::process::Command;

use crate::app::{self, Build};
use crate::shell::{self, Outcome, cargo, run, target};
use crate::tools;

/// Everything after `start` goes to `rapport serve`; a `--data` or `--database` there replaces the
/// default folder.
pub(crate) fn run_relay(options: &[String]) -> Outcome {
    tools::for_building()?;
    let app = app::build(Build::Quick)?;
    let relay = relay()?;

    let mut serve = shell::program(relay);
    serve.arg("serve").arg("--app").arg(app);
    let given = |name: &str| options.iter().any(|option| option.split('=').next() == Some(name));
    let in_a_database = given("--database") || std::env::var_os("RAPPORT_DATABASE").is_some();
    if !given("--data") && !in_a_database {
        let data = target("rapport-data");
        println!("The relay keeps its data in {} (--data DIR for another place).", data.display());
        serve.arg("--data").arg(data);
    }
    serve.args(options);
    become_it(serve)
}

/// Builds the relay and returns its binary.
pub(crate) fn relay() -> Outcome<PathBuf> {
    run(cargo().args(["build", "--locked", "--package", "relay"]))?;
    Ok(target("debug").join(format!("rapport{}", std::env::consts::EXE_SUFFIX)))
}

/// On Unix this process turns into the relay: signals reach it without anyone passing them on.
#[cfg(unix)]
fn become_it(mut command: Command) -> Outcome {
    use std::os::unix::process::CommandExt;
    shell::announce(&command);
    let error = command.exec();
    Err(shell::not_started(&command, &error))
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> Outcome {
    run(&mut command)
}
