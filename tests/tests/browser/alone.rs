//! One person without a relay: closed, stopped, opened again, and all of it still works.

use std::fs;
use std::time::Duration;

use tests::browser::{Key, Role};
use tests::relay::Relay;

use crate::person::{Person, SAFE, SAVED};

/// How long a full device may go on taking small edits.
const ASKS_AGAIN: Duration = Duration::from_secs(90);

/// Types a letter now and then, slowly enough for each to be kept, until one is refused.
const TYPE_UNTIL_REFUSED: &str = "
    if (document.body.innerText.includes('This device has no room left, so the change was not saved.')) return true;
    if (Date.now() - (window.typed ?? 0) < 2000) return null;
    window.typed = Date.now();
    const field = [...document.querySelectorAll('label')].find((label) => label.innerText.startsWith('Sector')).control;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    set.call(field, field.value.startsWith('Food') ? `${field.value}.` : 'Food');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    return null;";

/// Covers: S1.2, S1.9, S2.2, S2.3, S2.4, S2.8, S2.12, S2.16, S2.18
#[tokio::test]
async fn everything_works_after_all_was_closed_and_the_relay_is_stopped() {
    let mut relay = Relay::start();
    let mut anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client("Harbour Foods").await;
    anna.log_call("The invoice of March was late.").await;
    anna.see(SAFE).await;
    anna.wait_for_service_worker().await;
    assert_eq!(anna.obstacles_to_installing().await, [""; 0]);

    anna.close().await;
    relay.stop();
    anna.open_again().await;
    anna.go(&relay.url()).await;
    anna.see("Northwind").await;
    anna.see("Offline").await;
    // An address inside the app, as a bookmark has it.
    anna.go(&format!("{}/clients", relay.url())).await;
    anna.click("Harbour Foods").await;
    anna.see("The invoice of March was late.").await;

    // Creating.
    anna.add_client("Merrow Ferries").await;
    anna.add_contact("Ines", "Calado").await;
    anna.open_client("Merrow Ferries").await;
    anna.log_call("They plan a second route in summer.").await;
    anna.record_complaint("Ines Calado", "The ramp was blocked", "A discount").await;

    // Searching.
    anna.find("second route", "Merrow Ferries", "They plan a second route in summer.").await;
    anna.find("march invoice", "Harbour Foods", "The invoice of March was late.").await;

    // Importing: what is new, what matches, which rows are bad and why.
    anna.try_import("clients.csv").await;
    anna.see("2 bad").await;
    anna.click("Import rows").await;
    anna.see_no("What would become of it").await;
    anna.open_client("Merrow Ferries").await;
    anna.tab_of_client("People").await;
    anna.see("Tomás Reis").await;
    anna.visit("Settings").await;
    anna.choose("Belongs to", "Harbour Foods").await;
    anna.try_import("people.vcf").await;
    anna.click("Import rows").await;
    anna.see_no("What would become of it").await;
    anna.open_client("Harbour Foods").await;
    anna.tab_of_client("People").await;
    anna.see("Ola Lindqvist").await;

    // Giving out.
    anna.visit("Settings").await;
    anna.click("Export everything as JSON").await;
    let exported = anna.downloaded("json").await;
    let exported: serde_json::Value =
        serde_json::from_slice(&fs::read(exported).unwrap()).expect("JSON");
    assert!(exported.to_string().contains("They plan a second route in summer."));
    anna.see("only on this device").await;

    // All of it is delivered when the relay is back.
    relay.start_again();
    anna.see(SAFE).await;
    let invitation = anna.invite().await;
    anna.close().await;
    let bruno = Person::new("Bruno").await;
    bruno.join(&invitation).await;
    bruno.open_client("Merrow Ferries").await;
    bruno.see("They plan a second route in summer.").await;
}

#[tokio::test]
async fn a_visitor_looks_around_and_leaves_nothing_behind() {
    let relay = Relay::start();
    let vera = Person::new("Vera").await;
    vera.go(&relay.url()).await;
    vera.click("Open sample firm").await;
    vera.see("This is a sample firm.").await;
    vera.visit("Clients").await;
    vera.see("This is a sample firm.").await;
    vera.see("8 clients").await;
    vera.click("Discard sample firm").await;
    vera.see_a(Role::Part, "Start a workspace").await;
    vera.reload().await;
    vera.see_a(Role::Part, "Start a workspace").await;
}

#[tokio::test]
async fn a_damaged_import_file_is_refused_with_a_sentence() {
    let relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.visit("Settings").await;
    let folder = tempfile::tempdir().unwrap();
    for (name, content, sentence) in [
        ("noise.csv", &[0xff, 0x00, 0xfe, 0x81, 0x0a, 0xc3][..], "nothing was imported"),
        ("empty.csv", b"", "othing was imported"),
        ("torn.vcf", b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ola", "cut off here"),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, content).unwrap();
        anna.drop_file("Choose file", &file).await;
        anna.see(sentence).await;
        anna.reload().await;
    }
    anna.visit("Clients").await;
    anna.see("Add the first one").await;
}

/// An import is one act, and so is taking it back.
#[tokio::test]
async fn an_import_is_taken_back_as_a_whole() {
    let relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.try_import("clients.csv").await;
    anna.click("Import rows").await;
    anna.see_no("What would become of it").await;
    anna.click("Undo import of clients.csv").await;
    anna.see("5 records were taken back.").await;
    anna.visit("Clients").await;
    anna.see("Add the first one").await;
}

/// What the device holds when it is full stays, what was typed stays in sight, and with room again it is saved.
#[tokio::test]
async fn a_full_device_says_so_and_loses_nothing() {
    let relay = Relay::start();
    let mut anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client("Harbour Foods").await;
    anna.log_call("The invoice of March was late.").await;
    anna.see(SAFE).await;

    anna.set_quota(&relay.url(), Some(1000)).await;
    anna.click("Details").await;
    anna.click("Edit client").await;
    // A browser that found much room a while ago asks again after half a minute only.
    let _: bool = anna.patient(ASKS_AGAIN).eventually(TYPE_UNTIL_REFUSED).await;
    anna.see("What was saved before is safe; make room, or export the workspace in Settings.")
        .await;
    anna.see_beginning("Sector", "Food").await;

    anna.set_quota(&relay.url(), None).await;
    anna.write("Sector", "Food trade").await;
    anna.see(SAFE).await;
    anna.close().await;
    anna.open_again().await;
    anna.go(&relay.url()).await;
    anna.open_client("Harbour Foods").await;
    anna.see("The invoice of March was late.").await;
    anna.click("Details").await;
    anna.see("Food trade").await;
}

/// A field that names one of very many is typed into; it is kept like any other.
#[tokio::test]
async fn one_of_many_clients_is_named_by_typing() {
    let relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    let folder = tempfile::tempdir().unwrap();
    let names = (0..70).map(|number| format!("Branch {number:02}\n"));
    let table = folder.path().join("branches.csv");
    fs::write(&table, format!("Company\n{}", names.collect::<String>())).unwrap();
    anna.visit("Settings").await;
    anna.drop_file("Choose file", &table).await;
    anna.see("What would become of it").await;
    anna.click("Import rows").await;
    anna.see_no("What would become of it").await;

    anna.add_client("Harbour Foods").await;
    anna.click("Details").await;
    anna.click("Edit client").await;
    anna.fill("Parent client", "").await;
    anna.type_into("Parent client", "branch 4").await;
    anna.press(Key::Down).await;
    anna.press(Key::Enter).await;
    anna.see(SAVED).await;
    anna.reload().await;
    anna.see("Branch 41").await;
}
