//! The page in the current tab, whole or one part of it.

use std::time::Duration;

use thirtyfour::{WebDriver, WindowHandle};

use super::Role;
use crate::deadline::PATIENCE;

/// What a person has before them. Acts are in `act`, looks in `look`.
#[derive(Clone, Debug)]
pub struct Page {
    driver: WebDriver,
    /// Whose browser it is.
    pub(super) name: String,
    /// The part in which names are looked for; the whole page if there is none.
    pub(super) part: Option<(Role, String)>,
    /// How long to wait for what must happen.
    pub(super) patience: Duration,
}

/// One tab of a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab(WindowHandle);

impl Page {
    pub(super) fn new(driver: WebDriver, name: &str) -> Self {
        Self { driver, name: name.to_owned(), part: None, patience: PATIENCE }
    }

    /// The same page, in which names and texts are looked for inside one part only.
    #[must_use]
    pub fn within(&self, role: Role, name: &str) -> Self {
        Self { part: Some((role, name.to_owned())), ..self.clone() }
    }

    /// The same page, for which everything may take that long.
    #[must_use]
    pub fn patient(&self, patience: Duration) -> Self {
        Self { patience, ..self.clone() }
    }

    /// Loads an address in the current tab.
    pub async fn go(&self, url: &str) {
        if let Err(error) = self.driver.goto(url).await {
            self.fail(&format!("cannot open {url}: {error}")).await;
        }
    }

    /// Loads the current page again.
    pub async fn reload(&self) {
        if let Err(error) = self.driver.refresh().await {
            self.fail(&format!("cannot reload: {error}")).await;
        }
    }

    /// The address of the current page.
    pub async fn address(&self) -> String {
        self.driver.current_url().await.map(String::from).unwrap_or_default()
    }

    /// The current tab.
    ///
    /// # Panics
    /// If there is none.
    pub async fn tab(&self) -> Tab {
        Tab(self.driver.window().await.expect("a current tab"))
    }

    /// Opens another tab, which is then the current one.
    ///
    /// # Panics
    /// If the browser refuses.
    pub async fn new_tab(&self, url: &str) -> Tab {
        let tab = Tab(self.driver.new_tab().await.expect("a new tab"));
        self.switch_to(&tab).await;
        self.go(url).await;
        tab
    }

    /// Makes a tab the current one.
    pub async fn switch_to(&self, tab: &Tab) {
        if let Err(error) = self.driver.switch_to_window(tab.0.clone()).await {
            self.fail(&format!("cannot switch to a tab: {error}")).await;
        }
    }

    /// Closes the current tab as a person does; `next` is then the current one.
    ///
    /// # Panics
    /// If there is no tab to close.
    pub async fn close_tab(&self, next: &Tab) {
        self.driver.close_window().await.expect("a tab to close");
        self.switch_to(next).await;
    }

    pub(super) fn driver(&self) -> &WebDriver {
        &self.driver
    }
}
