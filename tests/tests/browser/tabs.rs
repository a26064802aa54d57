//! Two tabs of one browser, with the same guarantees as two devices.

use tests::browser::Role;
use tests::relay::Relay;

use crate::person::{Person, SAFE};

const CLIENT: &str = "Harbour Foods";
const COMPLAINT: &str = "Two pallets were thawed";

#[tokio::test]
async fn two_tabs_show_the_same_and_lose_nothing() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.add_contact("Greta", "Holm").await;
    anna.open_client(CLIENT).await;
    anna.record_complaint("Greta Holm", COMPLAINT, "A credit note").await;
    anna.edit_complaint().await;
    let first = anna.tab().await;
    let second = anna.new_tab(&anna.address().await).await;

    // Both tabs have the record open; each changes what the other one does not.
    relay.kill();
    anna.decide("Severity", "Major").await;
    anna.switch_to(&first).await;
    anna.see_in("Severity", "major").await;
    anna.decide("Owner", "Anna").await;
    anna.see("2 changes only on this device").await;
    anna.switch_to(&second).await;
    anna.see("2 changes only on this device").await;
    anna.write("Category", "Cold chain").await;
    anna.switch_to(&first).await;
    anna.see_in("Category", "Cold chain").await;
    anna.see("3 changes only on this device").await;
    // One person's tabs follow each other: nothing is in conflict.
    anna.see_no("has two versions").await;

    // Whichever tab holds the connection, the other one takes it over.
    relay.start_again();
    anna.see(SAFE).await;
    anna.close_tab(&second).await;
    anna.see(SAFE).await;
    anna.decide("Severity", "Critical").await;
    anna.see(SAFE).await;
    let third = anna.new_tab(&anna.address().await).await;
    anna.switch_to(&second).await;
    anna.close_tab(&third).await;
    anna.write("Category", "Transport").await;
    anna.see(SAFE).await;

    let invitation = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.join(&invitation).await;
    bruno.open_complaint(CLIENT, COMPLAINT).await;
    bruno.see("Critical").await;
    bruno.edit_complaint().await;
    bruno.see_in("Category", "Transport").await;
    bruno.see_no("has two versions").await;
}

#[tokio::test]
async fn a_tab_that_crashes_takes_nothing_with_it() {
    let relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    let first = anna.tab().await;
    anna.new_tab(&anna.address().await).await;
    anna.see_a(Role::Heading, CLIENT).await;
    anna.log_call("The last call before the crash.").await;
    anna.crash_tab().await;
    anna.switch_to(&first).await;
    anna.see("The last call before the crash.").await;
    anna.log_call("The first call after it.").await;
    anna.see(SAFE).await;
}
