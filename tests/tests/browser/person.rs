//! What people do in Rapport, in the words that stand on its pages.

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

use tests::browser::{Browser, Key, Page, Role};
use tests::relay::Relay;

pub(crate) const SAFE: &str = "All safe on the relay";
pub(crate) const SAVED: &str = "Saved on this device";

/// A person with a browser.
#[derive(Debug)]
pub(crate) struct Person {
    browser: Browser,
    name: String,
}

impl Person {
    pub(crate) async fn new(name: &str) -> Self {
        Self { browser: Browser::open(name).await, name: name.to_owned() }
    }

    /// Opens the set-up link and starts a workspace.
    pub(crate) async fn start_workspace(&self, relay: &Relay, firm: &str) {
        self.go(&relay.setup_link()).await;
        let form = self.within(Role::Dialog, "Start a workspace");
        form.fill("Firm’s name", firm).await;
        form.fill("Your name", &self.name).await;
        form.click("Start workspace").await;
        self.see(SAFE).await;
    }

    /// Opens an invitation and joins.
    pub(crate) async fn join(&self, invitation: &str) {
        self.try_to_join(invitation).await;
        self.see(SAFE).await;
    }

    /// Opens an invitation and asks to join, whatever comes of it.
    pub(crate) async fn try_to_join(&self, invitation: &str) {
        self.go(invitation).await;
        let form = self.within(Role::Dialog, "Join a team");
        form.fill("Your name", &self.name).await;
        form.click("Join team").await;
    }

    /// Makes an invitation for an editor; its link.
    pub(crate) async fn invite(&self) -> String {
        self.open_team().await;
        self.click("Invite teammate").await;
        let dialog = self.within(Role::Dialog, "Invite teammate");
        dialog.click("Make link").await;
        let link = dialog.value("Invitation link").await;
        dialog.click("Close").await;
        link
    }

    /// Opens the page of the team and its devices.
    pub(crate) async fn open_team(&self) {
        self.visit("Firm").await;
        self.click("Team and devices").await;
        self.see_a(Role::Heading, "Team and devices").await;
    }

    /// Goes to one of the four places.
    pub(crate) async fn visit(&self, place: &str) {
        self.within(Role::Part, "Places").click(place).await;
    }

    pub(crate) async fn add_client(&self, name: &str) {
        self.visit("Clients").await;
        self.click("New client").await;
        self.fill("Name", name).await;
        self.click("Save client").await;
        self.see_a(Role::Heading, name).await;
    }

    pub(crate) async fn open_client(&self, name: &str) {
        self.visit("Clients").await;
        self.click(name).await;
        self.see_a(Role::Heading, name).await;
    }

    /// Opens a tab of the client whose page is open; behind its name there may be a number.
    pub(crate) async fn tab_of_client(&self, name: &str) {
        self.within(Role::Part, "Client").click_with(name).await;
    }

    /// Adds a person at the client whose page is open.
    pub(crate) async fn add_contact(&self, given: &str, family: &str) {
        self.tab_of_client("People").await;
        self.click("New contact").await;
        self.fill("Given name", given).await;
        self.fill("Family name", family).await;
        self.click("Save contact").await;
        self.see(&format!("{given} {family}")).await;
    }

    /// Logs a call from delivery with the client whose page is open.
    pub(crate) async fn log_call(&self, said: &str) {
        self.click("Log touchpoint").await;
        let sheet = self.log_sheet();
        sheet.click("Delivery").await;
        sheet.click("Call").await;
        sheet.fill("What was said", said).await;
        sheet.click("Log touchpoint").await;
        self.see("Touchpoint logged.").await;
    }

    pub(crate) fn log_sheet(&self) -> Page {
        self.within(Role::Dialog, "Log touchpoint")
    }

    /// Records a complaint of the client whose page is open; its page is open then.
    pub(crate) async fn record_complaint(&self, from: &str, subject: &str, remedy: &str) {
        self.click("New complaint").await;
        self.choose("From", from).await;
        self.choose("Received by way of", "Call").await;
        self.fill("Description", &format!("{subject}. It happened twice.")).await;
        self.fill("Remedy asked", remedy).await;
        self.fill("Subject", subject).await;
        self.click("Record complaint").await;
        self.see_a(Role::Heading, subject).await;
    }

    pub(crate) async fn open_complaint(&self, client: &str, subject: &str) {
        self.open_client(client).await;
        self.tab_of_client("Complaints").await;
        self.click_with(subject).await;
        self.see_a(Role::Heading, subject).await;
    }

    /// From a complaint's page to its fields.
    pub(crate) async fn edit_complaint(&self) {
        self.click("More").await;
        self.click("Edit complaint").await;
    }

    /// Chooses in a field of a record that exists, and waits until it is kept.
    pub(crate) async fn decide(&self, label: &str, entry: &str) {
        self.choose(label, entry).await;
        self.see_marked(label, SAVED).await;
    }

    /// Writes into a field of a record that exists, and waits until it is kept.
    pub(crate) async fn write(&self, label: &str, text: &str) {
        self.fill(label, text).await;
        self.see_marked(label, SAVED).await;
    }

    /// Searches for words, opens the first hit, which names its client, and sees what was looked for.
    pub(crate) async fn find(&self, words: &str, client: &str, sought: &str) {
        self.click("Search").await;
        let search = self.within(Role::Dialog, "Search");
        search.type_into("Search", words).await;
        search.see(client).await;
        search.press(Key::Enter).await;
        self.see(sought).await;
    }

    /// Drops a file on the import page and waits for its dry run.
    pub(crate) async fn try_import(&self, file: &str) {
        self.visit("Settings").await;
        self.drop_file("Choose file", &fixture(file)).await;
        self.see("What would become of it").await;
    }
}

impl Deref for Person {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl DerefMut for Person {
    fn deref_mut(&mut self) -> &mut Browser {
        &mut self.browser
    }
}

/// A file of these stories.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/files").join(name)
}
