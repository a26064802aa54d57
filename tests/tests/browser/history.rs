//! Nothing lost, nothing hidden: past values, undo over pages, a past day, the desk of open decisions.

use tests::browser::Role;
use tests::relay::Relay;

use crate::person::{Person, SAFE};

const CLIENT: &str = "Harbour Foods";

/// Writes into a field of the client whose page is open.
async fn edit_client(person: &Person, label: &str, text: &str) {
    person.tab_of_client("Details").await;
    person.click("Edit client").await;
    person.write(label, text).await;
    person.click("Done").await;
}

/// What a field was stands beside it, with who and when, and is given back as a new edit.
///
/// Covers: S1.9, S2.17
#[tokio::test]
async fn an_earlier_value_is_seen_and_given_back() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    relay.stop();
    edit_client(&anna, "Sector", "Cold storage").await;
    edit_client(&anna, "Legal name", "Harbour Foods Limited").await;
    edit_client(&anna, "Sector", "Food trade").await;
    anna.see("Food trade").await;
    anna.click("Past values of Sector").await;
    let past = anna.within(Role::Part, "Past values of Sector");
    past.see("Cold storage").await;
    past.see("Anna, stands now").await;
    past.click("Restore this value: Cold storage").await;
    anna.see("Sector has its earlier value again.").await;
    anna.reload().await;
    anna.see("Cold storage").await;
    let history = anna.within(Role::Part, "History");
    history.see("from Food trade to Cold storage").await;
    history.see("from Cold storage to Food trade").await;
}

/// One goes on to other pages, then takes back what was done, and does it again.
///
/// Covers: S2.19
#[tokio::test]
async fn edits_are_undone_and_redone_from_any_page() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.add_client("Merrow Ferries").await;
    // Nobody is put away without a way back.
    edit_client(&anna, "Entry route", "Through the harbour office.").await;
    relay.stop();
    anna.open_client(CLIENT).await;
    edit_client(&anna, "Name", "Harbour Foods Ltd").await;
    anna.see_a(Role::Heading, "Harbour Foods Ltd").await;
    anna.open_client("Merrow Ferries").await;
    anna.click("More").await;
    anna.click("Archive client").await;
    anna.see("Client: Archived.").await;

    // What was done last is offered to be taken back at once.
    anna.click("Undo").await;
    anna.see("Undone: Client: Archived.").await;
    anna.visit("Clients").await;
    anna.see("Merrow Ferries").await;
    anna.press_ctrl('z').await;
    anna.see("Undone: Name changed.").await;
    anna.see_no("Harbour Foods Ltd").await;
    anna.see_a(Role::Control, CLIENT).await;
    anna.press_ctrl('y').await;
    anna.see("Done again: Name changed.").await;
    anna.see_a(Role::Control, "Harbour Foods Ltd").await;
    anna.press_ctrl('y').await;
    anna.see("Done again: Client: Archived.").await;
    anna.press_ctrl('y').await;
    anna.see("There is nothing to redo in this tab.").await;
    anna.reload().await;
    anna.see_a(Role::Control, "Harbour Foods Ltd").await;
}

/// Two people decide apart; the desk shows both versions wherever they are, and one of them settles it there.
///
/// Covers: S1.9, S2.17, S2.19
#[tokio::test]
async fn the_desk_gathers_what_waits_for_a_decision() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.see(SAFE).await;
    anna.go(&format!("{}/firm/conflicts", relay.url())).await;
    anna.see("Nothing waits for a decision.").await;
    let invitation = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.join(&invitation).await;
    bruno.open_client(CLIENT).await;
    anna.see(SAFE).await;

    relay.kill();
    anna.open_client(CLIENT).await;
    edit_client(&anna, "Sector", "Food trade").await;
    edit_client(&bruno, "Sector", "Cold storage").await;
    relay.start_again();
    anna.see(SAFE).await;
    bruno.see(SAFE).await;

    anna.visit("Firm").await;
    anna.click("1 record waits for a decision").await;
    anna.see_a(Role::Heading, "To settle").await;
    let desk = anna.within(Role::Part, CLIENT);
    for seen in ["Sector has two versions", "Food trade", "Cold storage", "Bruno", "shown for now"]
    {
        desk.see(seen).await;
    }
    desk.click("Keep this: Cold storage").await;
    anna.see("Nothing waits for a decision.").await;
    bruno.visit("Firm").await;
    bruno.see_no("waits for a decision").await;
    bruno.open_client(CLIENT).await;
    bruno.tab_of_client("Details").await;
    bruno.see("Cold storage").await;
    bruno.see_no("Sector has two versions").await;
}

/// The sample firm has lived for three years: a client is looked at as it was, under the name it had, and only read.
///
/// Covers: S1.9
#[tokio::test]
async fn a_client_is_read_as_it_was_on_a_past_day() {
    let mut relay = Relay::start();
    let vera = Person::new("Vera").await;
    vera.go(&relay.url()).await;
    vera.click("Open sample firm").await;
    vera.see("This is a sample firm.").await;
    relay.stop();
    vera.open_client("Merrow Water Board").await;
    let day: String = vera
        .eventually("return new Date(Date.now() - 600 * 864e5).toISOString().slice(0, 10)")
        .await;
    look_at(&vera, &day).await;
    vera.see_a(Role::Heading, "Merrow Water Trust").await;
    vera.tab_of_client("Details").await;
    vera.see("As of").await;
    vera.see("Utilities").await;
    vera.see_no("Edit client").await;
    // What is kept by any other way is refused in a sentence.
    vera.press_ctrl('z').await;
    vera.see("You are looking at a past day, which can only be read.").await;
    vera.click("Back to today").await;
    vera.see_a(Role::Heading, "Merrow Water Board").await;
    vera.tab_of_client("Details").await;
    vera.see("Water supply").await;
    // Leaving the client leads back to today as well.
    look_at(&vera, &day).await;
    vera.see_a(Role::Heading, "Merrow Water Trust").await;
    vera.open_client("Merrow Water Board").await;
    vera.see_no("As of").await;
}

/// From a client's page to the same page of that day.
async fn look_at(person: &Person, day: &str) {
    person.click("More").await;
    person.click("As of a date…").await;
    let dialog = person.within(Role::Dialog, "The handbook as of a date");
    dialog.fill("Day", day).await;
    dialog.click("Show that day").await;
}

#[tokio::test]
async fn a_day_before_the_client_was_known_says_so() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    relay.stop();
    anna.click("More").await;
    anna.click("As of a date…").await;
    let dialog = anna.within(Role::Dialog, "The handbook as of a date");
    dialog.click("Show that day").await;
    dialog.see("Choose a day before today.").await;
    dialog.click("Cancel").await;
    look_at(&anna, "2020-03-03").await;
    anna.see("As of 3 March 2020").await;
    anna.see("This client was not in the handbook yet on that day.").await;
    anna.click("Back to today").await;
    anna.see_a(Role::Heading, CLIENT).await;
    anna.see_no("As of 3 March 2020").await;
}
