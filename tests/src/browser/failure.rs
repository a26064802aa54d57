//! A test that fails leaves something to look at.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs, thread};

use super::Page;
use crate::process::root;

/// Lines of the console that are shown.
const CONSOLE: usize = 30;
/// Characters of the page's text that are shown.
const TEXT: usize = 2_000;

impl Page {
    /// Ends the test with a message, the page's text, its console, and a picture of it.
    pub(super) async fn fail(&self, message: &str) -> ! {
        let mut report = format!("{}: {message}", self.name);
        if let Ok(url) = self.driver().current_url().await {
            let _ = write!(report, "\nat {url}");
        }
        if let Some(picture) = self.picture().await {
            let _ = write!(report, "\npicture: {}", picture.display());
        }
        if let Ok(text) = self.text().await {
            let text: String = text.chars().take(TEXT).collect();
            let _ = write!(report, "\npage: {text}");
        }
        let console = self.driver().browser_log().await.unwrap_or_default();
        let skipped = console.len().saturating_sub(CONSOLE);
        for entry in console.iter().skip(skipped) {
            let _ = write!(report, "\n{}: {}", entry.level, entry.message);
        }
        panic!("{report}");
    }

    /// Saves a picture of the page under the name of the test and of the browser.
    pub async fn picture(&self) -> Option<PathBuf> {
        let thread = thread::current();
        let test = thread.name().unwrap_or("test").replace("::", "-");
        self.picture_called(&format!("{test}-{}", self.name)).await
    }

    /// Saves a picture of the page under a name.
    pub async fn picture_called(&self, name: &str) -> Option<PathBuf> {
        let folder = env::var_os("RAPPORT_SCREENSHOTS").map(PathBuf::from);
        let folder = folder.unwrap_or_else(|| root().join("target/browser"));
        let path = folder.join(format!("{name}.png"));
        fs::create_dir_all(path.parent()?).ok()?;
        self.driver().screenshot(&path).await.ok()?;
        Some(path)
    }
}
