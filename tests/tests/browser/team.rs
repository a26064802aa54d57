//! Friday, fifteen minutes with the team, without a network: one list over all clients that explains itself; a reason is
//! given to somebody, another laid aside; the agenda and the coverage of all clients (product.md story 7).

use std::fs;

use tests::browser::Role;
use tests::relay::Relay;

use crate::person::{Person, SAFE};

/// Adds a client that we work for.
async fn active_client(person: &Person, name: &str) {
    person.visit("Clients").await;
    person.click("New client").await;
    person.fill("Name", name).await;
    person.choose("Status", "Active").await;
    person.click("Save client").await;
    person.see_a(Role::Heading, name).await;
}

/// Covers: S0.6, S1.14
#[tokio::test]
async fn a_team_goes_through_what_needs_attention_without_a_network() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    active_client(&anna, "Harbour Foods").await;
    anna.log_call("The invoice of March was late.").await;
    active_client(&anna, "Merrow Ferries").await;
    anna.add_contact("Ines", "Calado").await;
    let invitation = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.join(&invitation).await;
    anna.see(SAFE).await;
    anna.visit("Firm").await;
    anna.see("Bruno").await;
    relay.stop();
    anna.see("Offline").await;

    // Each line says why; nobody answers for these clients yet.
    anna.visit("Today").await;
    anna.click("Everyone").await;
    anna.see("Ines Calado is the only person we know there.").await;
    anna.see("Clears when a second contact is entered").await;

    // By rule: one reason at both clients under one heading.
    anna.click("Rule").await;
    anna.see_a(Role::Heading, "No client sponsor, 2 reasons").await;
    anna.choose("Rule", "Only one contact").await;
    anna.see_no("Nobody is their client sponsor.").await;

    // Given to Bruno, and found under his name.
    anna.click_near("Ines Calado is the only person we know there.", "Assign").await;
    anna.within(Role::Dialog, "Assign to").click("Bruno").await;
    anna.see_no("Assign to").await;
    anna.click("Clear filters").await;
    anna.choose("Person", "Bruno").await;
    anna.see("Ines Calado is the only person we know there.").await;
    anna.see_no("Nobody is their client sponsor.").await;
    // What is chosen stands in the address.
    anna.reload().await;
    anna.see("Ines Calado is the only person we know there.").await;
    anna.see_no("Nobody is their client sponsor.").await;

    // Laid aside, but not without a justification and a day ahead.
    anna.click_near("Ines Calado is the only person we know there.", "Snooze").await;
    let dialog = anna.within(Role::Dialog, "Snooze until a day");
    dialog.click("Snooze reason").await;
    dialog.see("Say why it may rest.").await;
    dialog.fill("Why it may rest", "She introduces her deputy next week").await;
    dialog.click("Snooze reason").await;
    dialog.see("Choose a day ahead until which it rests.").await;
    dialog.click("In a week").await;
    dialog.click("Snooze reason").await;
    anna.see("No reason matches these filters.").await;
    anna.see("She introduces her deputy next week").await;
    // Regretted, and done again.
    anna.click("Undo").await;
    anna.see_no("She introduces her deputy next week").await;
    anna.see("Clears when a second contact is entered").await;
    anna.click_near("Ines Calado is the only person we know there.", "Snooze").await;
    dialog.fill("Why it may rest", "She is away").await;
    dialog.click("Tomorrow").await;
    dialog.click("Snooze reason").await;
    anna.see("She is away").await;

    // The client's own page knows of it, and wakes it.
    anna.open_client("Merrow Ferries").await;
    anna.see("She is away").await;
    anna.click("Wake").await;
    anna.see_no("She is away").await;
    anna.see("Ines Calado is the only person we know there").await;

    // Who is in touch with whom.
    anna.visit("Firm").await;
    anna.click("Coverage of all clients").await;
    anna.see("Sales is silent at 2 of 2 clients in the last 90 days.").await;
    anna.see("1 client depends on one person.").await;
    anna.choose("Silent function", "Delivery").await;
    let table = anna.within(Role::Part, "Touchpoints of the last 90 days by client and function");
    table.see("Merrow Ferries").await;
    table.see_no("Harbour Foods").await;
    anna.see("Only one contact").await;

    // The same team finds it all once there is a network again.
    relay.start_again();
    anna.see(SAFE).await;
    bruno.see(SAFE).await;
    bruno.visit("Today").await;
    bruno.see("Ines Calado is the only person we know there.").await;
}

/// Covers: S1.14, S4.31
#[tokio::test]
async fn the_agenda_says_what_is_due_and_why_and_goes_into_a_calendar() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    relay.stop();
    anna.see("Offline").await;
    active_client(&anna, "Harbour Foods").await;
    anna.log_call("The invoice of March was late.").await;

    anna.visit("Today").await;
    anna.click("All of the agenda").await;
    anna.see_a(Role::Heading, "Agenda").await;
    anna.choose("Whose", "Everyone").await;
    anna.see("Speak with the client").await;
    anna.see("and one is wanted every 30 days.").await;
    anna.see("Hold the sponsor dialogue").await;
    anna.choose("About", "Reviews").await;
    anna.see_no("Speak with the client").await;
    anna.see("Refresh the client's profile").await;
    anna.click("Export as calendar").await;
    let reviews = fs::read_to_string(anna.downloaded("ics").await).unwrap();
    assert!(reviews.contains("SUMMARY:Harbour Foods: Refresh the client's profile"), "{reviews}");
    assert!(!reviews.contains("Speak with the client"), "{reviews}");

    anna.visit("Settings").await;
    anna.click("Export agenda as calendar").await;
    anna.see("The file is made.").await;
}
