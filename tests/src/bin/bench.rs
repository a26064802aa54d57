//! `bench [NAME [SECONDS]] [--json]`: runs the measurements, or the one of that name; SECONDS is how long
//! the load lasts.

#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::path::PathBuf;
use std::process::ExitCode;

use tests::bench::{Measure, app, cold, download, idle, load, push};

/// How long the load lasts if nobody says.
const SECONDS: u64 = 300;

fn main() -> ExitCode {
    let (options, names): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let json = options.iter().any(|option| option == "--json");
    let name = names.first().map(String::as_str).unwrap_or_default();
    let seconds = match names.get(1).map(|seconds| seconds.parse()) {
        None => SECONDS,
        Some(Ok(seconds)) => seconds,
        Some(Err(_)) => {
            eprintln!("after the name of a bench come seconds, or nothing");
            return ExitCode::FAILURE;
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let measures = runtime.map(|runtime| runtime.block_on(measures(name, seconds)));
    match measures {
        Ok(measures) if !measures.is_empty() => {
            for measure in measures {
                if json {
                    println!("{}", measure.json());
                } else {
                    println!("{measure}");
                }
            }
            ExitCode::SUCCESS
        }
        Ok(_) => {
            eprintln!(
                "there is no bench `{name}`; there are: download, push, idle, cold, load, app"
            );
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn measures(name: &str, seconds: u64) -> Vec<Measure> {
    let wanted = |bench: &str| name.is_empty() || name == bench;
    let mut measures = Vec::new();
    if wanted("download") {
        let app = std::env::var_os("RAPPORT_APP").map(PathBuf::from).unwrap_or_default();
        match download::measure(&app) {
            Ok(measure) => measures.push(measure),
            Err(error) => eprintln!("download: no app in {}: {error}", app.display()),
        }
    }
    if wanted("push") {
        measures.push(push::measure().await);
    }
    if wanted("idle") {
        measures.extend(idle::measure().await);
    }
    if wanted("cold") {
        measures.extend(cold::measure().await);
    }
    if wanted("load") {
        measures.extend(load::measure(seconds).await);
    }
    if wanted("app") {
        measures.extend(app::measure().await);
    }
    measures
}
