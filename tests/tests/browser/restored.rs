//! A relay that lost something: what people see of it, and what they do not lose.

use tests::browser::Role;
use tests::relay::Relay;

use crate::looks;
use crate::person::{Person, SAFE};

const CLIENT: &str = "Harbour Foods";

async fn hears(person: &Person, said: &[&str]) {
    person.open_client(CLIENT).await;
    person.tab_of_client("Timeline").await;
    for said in said {
        person.see(said).await;
    }
}

/// Anna has a workspace with a client, which Bruno has joined; the relay's operator makes a backup.
async fn two_and_a_backup(relay: &Relay, backup: &str) -> (Person, Person) {
    let anna = Person::new("Anna").await;
    anna.start_workspace(relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.log_call("Before the backup.").await;
    anna.see(SAFE).await;
    let invitation = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.join(&invitation).await;
    let said = relay.command_with(&["backup", backup]);
    assert!(said.contains("every chain was walked"), "{said}");
    (anna, bruno)
}

fn restore(relay: &mut Relay, backup: &str) {
    relay.kill();
    let said = relay.command_with(&["restore", backup, "--set-aside"]);
    assert!(said.contains("goes on as"), "{said}");
    relay.start_again();
}

#[tokio::test]
async fn a_relay_restored_from_yesterdays_backup_loses_nothing_that_any_device_had() {
    let mut relay = Relay::start();
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("yesterday.db").display().to_string();
    let (anna, bruno) = two_and_a_backup(&relay, &backup).await;

    // Today: what both have seen, and a client that is new.
    anna.open_client(CLIENT).await;
    anna.log_call("Anna, after the backup.").await;
    hears(&bruno, &["Anna, after the backup."]).await;
    bruno.log_call("Bruno, after the backup.").await;
    bruno.see(SAFE).await;
    hears(&anna, &["Bruno, after the backup."]).await;
    anna.add_client("Merrow Ferries").await;
    anna.see(SAFE).await;

    // The machine is lost, and people work on.
    relay.kill();
    anna.see("Offline since").await;
    hears(&bruno, &[]).await;
    bruno.log_call("While there was no relay.").await;
    bruno.see("1 change only on this device").await;
    restore(&mut relay, &backup);

    let all = [
        "Before the backup.",
        "Anna, after the backup.",
        "Bruno, after the backup.",
        "While there was no relay.",
    ];
    for person in [&anna, &bruno] {
        person.see(SAFE).await;
        hears(person, &all).await;
        person.open_client("Merrow Ferries").await;
        // It is said, and it is over.
        person.visit("Settings").await;
        person.see("1 time since this device joined.").await;
        person.see(SAFE).await;
        person.picture_called("pages/restored-tablet-light").await;
    }
    // The relay has all of it again, as somebody finds who has nothing else.
    let invitation = anna.invite().await;
    let clara = Person::new("Clara").await;
    clara.join(&invitation).await;
    hears(&clara, &all).await;
    clara.open_client("Merrow Ferries").await;
}

/// Bruno was removed after the backup, and comes back in it before those who know: nothing is sent to
/// him, until the owner's own device has removed him again.
#[tokio::test]
async fn whom_the_team_had_removed_is_removed_again_after_a_restore() {
    let mut relay = Relay::start();
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("yesterday.db").display().to_string();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    let people = [anna.invite().await, anna.invite().await];
    let bruno = Person::new("Bruno").await;
    bruno.join(&people[0]).await;
    let clara = Person::new("Clara").await;
    clara.inject(&looks::axe()).await;
    clara.join(&people[1]).await;
    anna.see(SAFE).await;
    relay.command_with(&["backup", &backup]);

    for person in [&anna, &bruno, &clara] {
        person.wait_for_service_worker().await;
    }
    bruno.set_offline(true).await;
    bruno.reload().await;
    anna.open_team().await;
    anna.click("Remove: Bruno").await;
    let dialog = anna.within(Role::Dialog, "Remove Bruno from the team");
    dialog.click("Remove").await;
    anna.see("No longer in the team").await;
    anna.see(SAFE).await;
    clara.open_team().await;
    clara.see("No longer in the team").await;
    for person in [&anna, &clara] {
        person.set_offline(true).await;
        person.reload().await;
    }
    restore(&mut relay, &backup);

    // He knows of nothing, and changes the team on the restored log.
    bruno.set_offline(false).await;
    bruno.reload().await;
    bruno.see(SAFE).await;
    drop(bruno.invite().await);

    clara.set_offline(false).await;
    clara.reload().await;
    clara.see("The relay lets somebody in whom the team has removed.").await;
    clara.open_client(CLIENT).await;
    let mut objections = looks::objections_to(&clara, "parted").await;
    looks::speak_german(&clara).await;
    clara.see("Das Relay lässt jemanden ein, den das Team entfernt hat.").await;
    objections.extend(looks::objections_in_german(&clara, "parted").await);
    looks::speak_english(&clara).await;
    clara.open_client(CLIENT).await;
    clara.log_call("Not for Bruno.").await;
    hears(&bruno, &[]).await;

    anna.set_offline(false).await;
    anna.reload().await;
    anna.see(SAFE).await;
    clara.see(SAFE).await;
    hears(&anna, &["Not for Bruno."]).await;
    bruno.see("This device was removed from the team.").await;
    bruno.see_no("Not for Bruno.").await;
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}

/// Carla joined after the backup, and somebody else changed the team on the restored relay: she opens
/// another invitation in her browser, and everything there goes on.
#[tokio::test]
async fn whoever_joined_after_the_backup_comes_in_again_with_what_they_did() {
    let mut relay = Relay::start();
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("yesterday.db").display().to_string();
    let (anna, bruno) = two_and_a_backup(&relay, &backup).await;
    anna.inject(&looks::axe()).await;
    bruno.wait_for_service_worker().await;
    bruno.set_offline(true).await;
    bruno.reload().await;
    let invitation = anna.invite().await;
    let carla = Person::new("Carla").await;
    carla.inject(&looks::axe()).await;
    carla.join(&invitation).await;
    hears(&carla, &["Before the backup."]).await;
    carla.wait_for_service_worker().await;
    anna.wait_for_service_worker().await;
    for person in [&anna, &carla] {
        person.set_offline(true).await;
        person.reload().await;
    }
    carla.open_client(CLIENT).await;
    carla.log_call("Carla, offline.").await;
    carla.see("1 change only on this device").await;
    restore(&mut relay, &backup);
    bruno.set_offline(false).await;
    bruno.reload().await;
    bruno.see(SAFE).await;
    drop(bruno.invite().await);

    carla.set_offline(false).await;
    carla.reload().await;
    carla.see("The relay does not let this device in").await;
    let mut objections = looks::objections_to(&carla, "not-let-in").await;
    anna.set_offline(false).await;
    anna.reload().await;
    anna.open_team().await;
    anna.see("from before these came in: Carla").await;
    objections.extend(looks::objections_to(&anna, "to-invite").await);
    let invitation = anna.invite().await;
    carla.try_to_join(&invitation).await;
    carla.see(SAFE).await;
    hears(&carla, &["Before the backup.", "Carla, offline."]).await;
    hears(&anna, &["Carla, offline."]).await;
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}

#[tokio::test]
async fn joining_can_be_stopped_and_goes_on_where_it_was() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    let invitation = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.inject(&looks::axe()).await;
    bruno.go(&relay.url()).await;
    bruno.wait_for_service_worker().await;
    relay.kill();
    bruno.try_to_join(&invitation).await;
    bruno.see("Joining the team").await;
    bruno.click("Cancel").await;
    bruno.see("Joining was stopped.").await;
    bruno.see_no("Joining the team").await;
    let mut objections = looks::objections_to(&bruno, "joining-stopped").await;

    // It is taken up again by itself when the app is opened, or when it is asked to.
    bruno.reload().await;
    bruno.see("Joining the team.").await;
    objections.extend(looks::objections_to(&bruno, "joining").await);
    bruno.click("Cancel").await;
    bruno.see("Joining was stopped.").await;
    relay.start_again();
    bruno.click("Go on joining").await;
    bruno.see(SAFE).await;
    bruno.open_client(CLIENT).await;
    // By the invitation that was opened first, and as nobody else.
    anna.open_team().await;
    anna.see("2 people, 2 devices").await;
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}
