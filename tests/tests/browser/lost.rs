//! The relay's disk has lost one row: who had not read it is told what that means, and goes on with the rest.

use tests::browser::Role;
use tests::relay::Relay;

use crate::looks;
use crate::person::{Person, SAFE};

const HARBOUR: &str = "Harbour Foods";
const MERROW: &str = "Merrow Ferries";

async fn hears(person: &Person, client: &str, said: &[&str]) {
    person.open_client(client).await;
    person.tab_of_client("Timeline").await;
    for said in said {
        person.see(said).await;
    }
}

#[tokio::test]
async fn a_lost_row_is_told_and_everything_else_goes_on_until_a_backup_has_it_again() {
    let mut relay = Relay::start();
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("whole.db").display().to_string();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(HARBOUR).await;
    anna.add_client(MERROW).await;
    anna.see(SAFE).await;
    let invitation = anna.invite().await;
    let mut bruno = Person::new("Bruno").await;
    bruno.inject(&looks::axe()).await;
    bruno.join(&invitation).await;
    bruno.open_client(HARBOUR).await;
    bruno.close().await;
    anna.open_client(HARBOUR).await;
    anna.log_call("The lorries come too late.").await;
    anna.see(SAFE).await;
    relay.stop();
    relay.command_with(&["backup", &backup]);
    let row = relay.lose_last_changes();
    relay.start_again();
    anna.see(SAFE).await;
    anna.open_client(MERROW).await;
    anna.log_call("The timetable pleases.").await;
    anna.see(SAFE).await;

    bruno.open_again().await;
    bruno.inject(&looks::axe()).await;
    bruno.go(&relay.url()).await;
    let lost = format!("The relay lost row {row}");
    bruno.see(&lost).await;
    hears(&bruno, MERROW, &["The timetable pleases."]).await;
    hears(&bruno, HARBOUR, &[]).await;
    bruno.see_no("The lorries come too late.").await;
    let mut objections = looks::objections_to(&bruno, "lost-row").await;
    bruno.click("Read on").await;
    let why = bruno.within(Role::Dialog, &format!("{lost} of this workspace’s log"));
    why.see("Everything on this device is safe").await;
    why.see("Tell whoever runs the relay").await;
    objections.extend(looks::objections_to(&bruno, "lost-row-why").await);
    why.click("Close").await;
    // What is done goes both ways.
    bruno.log_call("They want the early tour.").await;
    hears(&anna, HARBOUR, &["They want the early tour.", "The lorries come too late."]).await;
    bruno.see(&lost).await;
    looks::speak_german(&bruno).await;
    bruno.see(&format!("Das Relay hat Zeile {row}")).await;
    objections.extend(looks::objections_in_german(&bruno, "lost-row").await);
    looks::speak_english(&bruno).await;

    // What the sentence asks for is done, and it was true: nothing is missing any more.
    relay.stop();
    let said = relay.command_with(&["restore", &backup, "--set-aside"]);
    assert!(said.contains("goes on as"), "{said}");
    relay.start_again();
    for person in [&anna, &bruno] {
        person.see(SAFE).await;
        hears(person, HARBOUR, &["The lorries come too late.", "They want the early tour."]).await;
        hears(person, MERROW, &["The timetable pleases."]).await;
    }
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}
