//! A running Chromium and the driver process that steers it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{ChildStdout, Command, Stdio};
use std::sync::mpsc::channel;

use serde_json::json;
use thirtyfour::common::log::LoggingPrefsLogLevel;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, WebDriver};

use crate::deadline::{PATIENCE, until};
use crate::process::{Group, kill_with_argument, with_argument};

/// A tablet held upright would be narrower; the stories use the layout with the side rail.
const WINDOW: &str = "--window-size=1280,900";
/// As root Chromium has no sandbox; nothing here may look for a network; a tab in the background
/// stays awake as a second window on a desk would.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--lang=en-GB",
    WINDOW,
];

/// The driver takes a port that is free in one family of addresses and ends if it is taken in the other.
const TRIES: usize = 5;

#[derive(Debug)]
pub(super) struct Session {
    driver: Option<WebDriver>,
    chromium: String,
    // Dropped last: it ends whatever is left.
    _process: Group,
}

impl Session {
    pub(super) async fn start(profile: &Path, downloads: &Path) -> Self {
        let (process, port) = (0..TRIES)
            .find_map(|_| {
                let mut process = Group::spawn(
                    Command::new("chromedriver")
                        .arg("--port=0")
                        .stdin(Stdio::null())
                        .stdout(Stdio::piped()),
                );
                let stdout = process.child().stdout.take().expect("a piped stdout");
                let port = port(stdout)?;
                Some((process, port))
            })
            .expect("chromedriver says its port");
        let chromium = format!("--user-data-dir={}", profile.display());
        let capabilities = capabilities(&chromium, downloads).expect("capabilities are valid JSON");
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await;
        let driver = driver.unwrap_or_else(|error| panic!("Chromium does not start: {error}"));
        Self { driver: Some(driver), chromium, _process: process }
    }

    pub(super) fn driver(&self) -> &WebDriver {
        self.driver.as_ref().expect("a driver until the session ends")
    }

    /// Chromium flushes and leaves its profile in order.
    pub(super) async fn close(mut self) {
        if let Some(driver) = self.driver.take() {
            driver.quit().await.expect("Chromium closes");
        }
        let gone = until(|| with_argument(&self.chromium).is_empty().then_some(()));
        assert!(gone.is_some(), "Chromium stays open");
    }

    pub(super) fn kill(self) {
        drop(self);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        kill_with_argument(&self.chromium);
        if let Some(driver) = self.driver.take() {
            // There is no browser any more that could be asked to quit.
            let _ = driver.leak();
        }
    }
}

fn capabilities(
    profile: &str,
    downloads: &Path,
) -> thirtyfour::error::WebDriverResult<ChromeCapabilities> {
    let mut capabilities = ChromeCapabilities::new();
    for flag in FLAGS {
        capabilities.add_arg(flag)?;
    }
    capabilities.add_arg(profile)?;
    capabilities.add_experimental_option(
        "prefs",
        json!({ "download.default_directory": downloads, "download.prompt_for_download": false }),
    )?;
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(capabilities)
}

/// The port that the driver chose; it is in its first lines. None if the driver ended instead.
fn port(stdout: ChildStdout) -> Option<u16> {
    let (sender, ports) = channel();
    std::thread::spawn(move || {
        // Read to the end, or the driver would one day block on a full pipe.
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            let port = line
                .split_once("started successfully on port ")
                .and_then(|(_, rest)| rest.trim_end_matches('.').parse().ok());
            if let Some(port) = port {
                let _ = sender.send(port);
            }
        }
    });
    ports.recv_timeout(PATIENCE).ok()
}
