//! A set-up link on a device that has a workspace: the relay is empty, has it, or never had it.

use tests::browser::{Page, Role};
use tests::relay::Relay;

use crate::looks;
use crate::person::{Person, SAFE};

const CLIENT: &str = "Harbour Foods";
const QUESTION: &str = "Set Northwind up again from this device?";
const GONE: &str = "The relay does not have this workspace any more";

async fn hears(person: &Person, said: &[&str]) {
    person.open_client(CLIENT).await;
    person.tab_of_client("Timeline").await;
    for said in said {
        person.see(said).await;
    }
}

async fn sync_now(person: &Person) {
    person.visit("Settings").await;
    person.click("Sync now").await;
}

/// Everything on the relay is lost, without a backup. Both tablets go on working, and the owner sets the workspace up again:
/// in the end both have, and the relay has, what was done before and what was done meanwhile on either.
#[tokio::test]
async fn the_owner_of_an_emptied_relay_sets_the_workspace_up_again() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.inject(&looks::axe()).await;
    let spent = relay.setup_link();
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.log_call("Before it was lost.").await;
    anna.see(SAFE).await;
    let invitation = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.join(&invitation).await;
    hears(&bruno, &["Before it was lost."]).await;
    let open_invitation = anna.invite().await;
    anna.see(SAFE).await;

    relay.kill();
    anna.see("Offline since").await;
    hears(&anna, &[]).await;
    anna.log_call("Anna, meanwhile.").await;
    bruno.log_call("Bruno, meanwhile.").await;
    relay.empty();
    relay.start_again();

    // Both are told, and can go on.
    sync_now(&bruno).await;
    bruno.see(GONE).await;
    hears(&bruno, &["Before it was lost.", "Bruno, meanwhile."]).await;
    sync_now(&anna).await;
    anna.see(GONE).await;
    anna.open_team().await;
    anna.see("This relay is empty").await;
    let mut objections = looks::objections_to(&anna, "again-team").await;

    // Links that are no good are told apart, and leave everything as it was.
    anna.click("Paste set-up link").await;
    let dialog = anna.within(Role::Dialog, QUESTION);
    objections.extend(looks::objections_to(&anna, "again-paste").await);
    let refused = async |dialog: &Page, link: &str, why: &str| {
        dialog.fill("Set-up link or token", link).await;
        dialog.click("Set up again").await;
        dialog.see(why).await;
    };
    refused(&dialog, "", "Paste the set-up link.").await;
    refused(&dialog, &invitation, "This is not a set-up link.").await;
    let elsewhere = "http://other.example/#setup=0123456789abcdef0123456789abcdef";
    refused(&dialog, elsewhere, "This link is for another relay (http://other.example).").await;
    refused(&dialog, &spent, "The set-up link is not the relay’s current one.").await;
    dialog.click("Cancel").await;
    anna.see(GONE).await;
    // The line about the relay leads there too.
    anna.click("Read on").await;
    let why = anna.within(Role::Dialog, GONE);
    why.see("Ask who runs the relay to restore a backup").await;
    objections.extend(looks::objections_to(&anna, "again-why").await);
    why.click("Paste set-up link").await;
    anna.within(Role::Dialog, QUESTION).click("Cancel").await;

    // The operator's link, opened where one is used to opening links.
    looks::speak_german(&anna).await;
    anna.go(&relay.setup_link()).await;
    anna.see_a(Role::Dialog, "Northwind von diesem Gerät aus wieder einrichten?").await;
    objections.extend(looks::objections_in_german(&anna, "again-link").await);
    anna.within(Role::Dialog, "Northwind von diesem Gerät aus wieder einrichten?")
        .click("Abbrechen")
        .await;
    looks::speak_english(&anna).await;
    anna.go(&relay.setup_link()).await;
    let dialog = anna.within(Role::Dialog, QUESTION);
    dialog.see("Colleagues have nothing to do.").await;
    objections.extend(looks::objections_to(&anna, "again-link").await);
    dialog.click("Set up again").await;
    anna.see("Northwind is set up on the relay.").await;
    anna.see(SAFE).await;

    // Bruno has nothing to do; it would happen by itself within a minute.
    sync_now(&bruno).await;
    bruno.see(SAFE).await;
    let all = ["Before it was lost.", "Anna, meanwhile.", "Bruno, meanwhile."];
    hears(&bruno, &all).await;
    hears(&anna, &all).await;
    for person in [&anna, &bruno] {
        person.log_call("After it.").await;
        person.see(SAFE).await;
    }
    // The relay has all of it, and the invitation from before lets somebody in.
    let clara = Person::new("Clara").await;
    clara.join(&open_invitation).await;
    hears(&clara, &all).await;
    anna.open_team().await;
    anna.see("3 people, 3 devices").await;
    anna.see_no("This relay is empty").await;
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}

/// A workspace that was begun without a set-up link comes to the relay with one, opened later.
#[tokio::test]
async fn a_workspace_begun_without_a_link_comes_to_the_relay_later() {
    let relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.inject(&looks::axe()).await;
    anna.go(&relay.url()).await;
    anna.click("Start workspace").await;
    let form = anna.within(Role::Dialog, "Start a workspace");
    form.fill("Firm’s name", "Northwind").await;
    form.fill("Your name", "Anna").await;
    form.click("Start workspace").await;
    anna.see("This workspace is on this device only").await;
    anna.add_client(CLIENT).await;
    anna.go(&relay.setup_link()).await;
    anna.see_a(Role::Dialog, "Set Northwind up on this relay?").await;
    let mut objections = looks::objections_to(&anna, "again-first").await;
    anna.within(Role::Dialog, "Set Northwind up on this relay?").click("Set up on relay").await;
    anna.see("Northwind is set up on the relay.").await;
    anna.see(SAFE).await;
    let invitation = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.join(&invitation).await;
    bruno.open_client(CLIENT).await;

    // The relay has it: another link has nothing to do with this workspace, and can begin another.
    let said = relay.command("token");
    let link = said.split_whitespace().find(|word| word.contains("#setup=")).map(str::to_owned);
    let token = link.as_deref().and_then(|link| link.rsplit_once('=')).expect("a link").1;
    anna.go(&format!("{}/#setup={token}", relay.url())).await;
    let dialog = anna.within(Role::Dialog, "Set-up link");
    dialog.see("The relay has this workspace").await;
    objections.extend(looks::objections_to(&anna, "again-there").await);
    dialog.click("Start another workspace").await;
    anna.see_a(Role::Dialog, "Start a workspace").await;
    anna.within(Role::Dialog, "Start a workspace").click("Cancel").await;
    anna.reload().await;
    anna.see(SAFE).await;
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}
