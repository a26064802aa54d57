//! One person's browser: a Chromium with a profile of its own, which is what Rapport calls a
//! device.
//!
//! A story says what the person does and sees, by the names that stand on the screen and that a
//! screen reader reads out: they come from the browser's accessibility tree ([`find`]), so a button
//! without a name cannot be clicked here either. Every act waits until it is possible, and every
//! look until there is something to see; what does not happen in time ends the test with a picture
//! of the page in `target/browser/`.

mod act;
mod devtools;
mod failure;
mod find;
mod look;
mod page;
mod session;

use std::fs;
use std::ops::Deref;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::deadline::{Deadline, LOOK};
pub use find::Role;
pub use page::{Page, Tab};
use session::Session;
pub use thirtyfour::Key;

/// A browser with a profile that outlives it, so that it can be closed or killed and opened again.
///
/// What can be done on the current page is said by [`Page`].
#[derive(Debug)]
pub struct Browser {
    name: String,
    profile: TempDir,
    downloads: TempDir,
    open: Option<(Session, Page)>,
}

impl Browser {
    /// Opens a browser with an empty profile; `name` is whose it is, for messages and pictures.
    ///
    /// # Panics
    /// If Chromium or its driver does not start.
    pub async fn open(name: &str) -> Self {
        let mut browser = Self {
            name: name.to_owned(),
            profile: TempDir::new().expect("a temporary folder"),
            downloads: TempDir::new().expect("a temporary folder"),
            open: None,
        };
        browser.open_again().await;
        browser
    }

    /// Opens it again with the same profile: everything that was stored is still there.
    ///
    /// # Panics
    /// If it is open already, or does not start.
    pub async fn open_again(&mut self) {
        assert!(self.open.is_none(), "{}'s browser is open", self.name);
        let session = Session::start(self.profile.path(), self.downloads.path()).await;
        let page = Page::new(session.driver().clone(), &self.name);
        self.open = Some((session, page));
    }

    /// Closes it as a person does, and returns when its processes have ended.
    pub async fn close(&mut self) {
        if let Some((session, _)) = self.open.take() {
            session.close().await;
        }
    }

    /// Kills it at once, as an empty battery does: no page hears of it.
    pub fn kill(&mut self) {
        if let Some((session, _)) = self.open.take() {
            session.kill();
        }
    }

    /// The newest file of that kind that the app gave out, waited for.
    ///
    /// # Panics
    /// If none comes.
    pub async fn downloaded(&self, extension: &str) -> PathBuf {
        let deadline = Deadline::soon();
        loop {
            let files = fs::read_dir(self.downloads.path()).into_iter().flatten().flatten();
            let newest = files
                .map(|file| file.path())
                .filter(|path| path.extension().is_some_and(|is| is == extension))
                .max_by_key(|path| fs::metadata(path).and_then(|file| file.modified()).ok());
            if let Some(path) = newest {
                return path;
            }
            if deadline.passed() {
                self.fail(&format!("no {extension} file was given out")).await;
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

impl Deref for Browser {
    type Target = Page;

    fn deref(&self) -> &Page {
        match &self.open {
            Some((_, page)) => page,
            None => panic!("{}'s browser is closed", self.name),
        }
    }
}
