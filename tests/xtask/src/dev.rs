//! `cargo xtask dev`: trunk serves the app and reloads the page after an edit; the relay is rebuilt
//! and restarted.

use std::path::PathBuf;
use std::process::Child;
use std::thread;
use std::time::Duration;

use crate::shell::{Failure, Outcome, announce, not_started, program, root, target};
use crate::sources;
use crate::{app, start, tools};

/// The page's own address while developing; storage belongs to it, so it never mixes with the
/// installed app's.
const PAGE: &str = "http://localhost:7118";
const PAGE_PORT: &str = "7118";
const RELAY: &str = "127.0.0.1:7117";
const SOCKET: &str = "ws://localhost:7117/sync";
/// How often sources are looked at.
const LOOK: Duration = Duration::from_millis(700);

pub(crate) fn serve() -> Outcome {
    tools::for_building()?;
    let mut relay = start_relay()?;
    let mut trunk = app::trunk();
    trunk
        .args(["serve", "--offline", "--skip-version-check", "--cargo-profile", "quick"])
        .args(["--port", PAGE_PORT, "--proxy-ws", "--proxy-backend", SOCKET, "--dist"])
        .arg(target("app-dev"));
    announce(&trunk);
    let mut page = trunk.spawn().map_err(|error| not_started(&trunk, &error))?;

    let folders = [root().join("relay"), root().join("shared/wire")];
    let mut seen = newest(&folders);
    loop {
        thread::sleep(LOOK);
        if let Ok(Some(status)) = page.try_wait() {
            stop(&mut relay);
            return Err(Failure::new(format!("trunk serve ended ({status})")));
        }
        let now = newest(&folders);
        if now != seen {
            seen = now;
            // While the sources do not compile, the old relay goes on.
            if start::relay().is_ok() {
                stop(&mut relay);
                relay = start_relay()?;
            }
        }
    }
}

fn newest(folders: &[PathBuf; 2]) -> Option<std::time::SystemTime> {
    sources::newest(&folders.each_ref().map(PathBuf::as_path))
}

fn start_relay() -> Outcome<Child> {
    let mut serve = program(start::relay()?);
    serve.args(["serve", "--listen", RELAY, "--public-origin", PAGE, "--data"]);
    serve.arg(target("rapport-dev"));
    announce(&serve);
    serve.spawn().map_err(|error| not_started(&serve, &error))
}

fn stop(relay: &mut Child) {
    let _ = relay.kill();
    let _ = relay.wait();
}
