//! Working with many records, all of it without a network.

use tests::browser::{Page, Role};
use tests::relay::Relay;

use crate::person::{Person, SAFE};

/// Somebody who works on a device that has met its relay once, and does not any more.
async fn alone(relay: &mut Relay) -> Person {
    let anna = Person::new("Anna").await;
    anna.start_workspace(relay, "Northwind").await;
    anna.wait_for_service_worker().await;
    relay.stop();
    anna
}

fn dialog(anna: &Person, name: &str) -> Page {
    anna.within(Role::Dialog, name)
}

/// Changes what is selected; the change is said before it is done.
async fn change(anna: &Person, way: &str, said: &str, fill: impl AsyncFn(&Page)) {
    anna.click("Change").await;
    let form = dialog(anna, "Change selected");
    form.choose("What to change", way).await;
    fill(&form).await;
    form.see(said).await;
    form.click("Change 2 clients").await;
    anna.see(&format!("Changed: {said}.")).await;
}

/// Covers: S2.12, S2.17, S2.19
#[tokio::test]
async fn a_view_is_kept_and_many_are_changed_at_once() {
    let mut relay = Relay::start();
    let anna = alone(&mut relay).await;
    for name in ["Harbour Foods", "Merrow Ferries", "Tessel Mills"] {
        anna.add_client(name).await;
    }
    anna.visit("Clients").await;
    anna.see("3 clients").await;
    anna.click("Select").await;
    anna.click("Select Harbour Foods").await;
    anna.click("Select Merrow Ferries").await;
    anna.see("2 selected").await;
    change(&anna, "Set Tier", "2 clients: Tier → Key", async |form| {
        form.choose("New value", "Key").await;
    })
    .await;

    // Filtered, kept, and met again by its address.
    anna.choose("Add filter", "Tier").await;
    let question = dialog(&anna, "Filter by Tier");
    question.click("Key (2)").await;
    question.click("Done").await;
    anna.see("2 clients").await;
    anna.see_no("Tessel Mills").await;
    anna.click("Sort by Client").await;
    anna.click("Save view").await;
    let form = dialog(&anna, "Save view");
    form.fill("Name of the view", "Key ones").await;
    form.click("Everybody").await;
    form.click("Save view").await;
    anna.see("Key ones").await;
    let address = anna.address().await;
    assert!(address.ends_with("/clients?tier=key&sort=name"), "{address}");
    anna.visit("Clients").await;
    anna.see("3 clients").await;
    anna.go(&address).await;
    anna.see("2 clients").await;
    anna.click("Clear filters").await;
    anna.see("3 clients").await;
    anna.click("Key ones").await;
    anna.see("2 clients").await;

    // A second change, taken back as a whole.
    anna.click("Select").await;
    anna.click("Select all 2").await;
    change(&anna, "Add to Tags", "2 clients: Tags + harbour", async |form| {
        form.fill("Tags", "harbour").await;
    })
    .await;
    anna.choose("Add filter", "Tags").await;
    dialog(&anna, "Filter by Tags").see("harbour (2)").await;
    dialog(&anna, "Filter by Tags").click("Done").await;
    anna.click("Undo").await;
    anna.see("2 records are as before.").await;
    anna.choose("Add filter", "Tags").await;
    dialog(&anna, "Filter by Tags").see_no("harbour").await;
    dialog(&anna, "Filter by Tags").click("Done").await;
    anna.see("2 clients").await;

    // Its own Undo and the keys take back and do again the same deed.
    anna.visit("Clients").await;
    anna.see("3 clients").await;
    anna.press_ctrl('y').await;
    anna.see("Done again: 2 records changed.").await;
    anna.press_ctrl('z').await;
    anna.see("Undone: 2 records changed.").await;
}

/// Covers: S2.17, S2.20
#[tokio::test]
async fn two_clients_become_one_and_two_again() {
    let mut relay = Relay::start();
    let anna = alone(&mut relay).await;
    anna.add_client("Harbour Foods").await;
    anna.log_call("The invoice of March was late.").await;
    anna.add_client("Harbour Foods Ltd").await;
    anna.log_call("They plan a second route in summer.").await;
    let old_address = anna.address().await;

    // Said not to be the same, they are not proposed again until that is taken back.
    anna.visit("Clients").await;
    anna.see("2 clients").await;
    anna.click("1 possible duplicate").await;
    anna.click("Harbour Foods and Harbour Foods Ltd are not the same").await;
    anna.see_no("1 possible duplicate").await;
    anna.press_ctrl('z').await;
    anna.click("1 possible duplicate").await;
    anna.see("the same name").await;
    anna.click("Merge Harbour Foods Ltd into Harbour Foods").await;
    anna.see("Harbour Foods Ltd is part of Harbour Foods now.").await;
    anna.see("1 client").await;
    anna.open_client("Harbour Foods").await;
    anna.tab_of_client("Timeline").await;
    anna.see("The invoice of March was late.").await;
    anna.see("They plan a second route in summer.").await;

    anna.go(&old_address).await;
    anna.see_a(Role::Heading, "Harbour Foods").await;
    anna.see("Harbour Foods Ltd has become part of Harbour Foods.").await;
    anna.click("Un-merge").await;
    anna.see("Harbour Foods Ltd is a client of its own again.").await;
    anna.open_client("Harbour Foods").await;
    anna.tab_of_client("Timeline").await;
    anna.see("The invoice of March was late.").await;
    anna.see_no("They plan a second route in summer.").await;
    anna.open_client("Harbour Foods Ltd").await;
    anna.tab_of_client("Timeline").await;
    anna.see("They plan a second route in summer.").await;
}

/// Covers: S1.9, S2.17
#[tokio::test]
async fn what_was_deleted_comes_back() {
    let mut relay = Relay::start();
    let anna = alone(&mut relay).await;
    anna.add_client("Harbour Foods").await;
    anna.add_contact("Greta", "Holm").await;
    anna.open_client("Harbour Foods").await;
    anna.add_contact("G.", "Holm").await;
    anna.open_client("Harbour Foods").await;
    anna.tab_of_client("People").await;
    anna.click("Greta Holm").await;
    anna.click("More").await;
    anna.click("Delete contact").await;
    anna.see("Contact was deleted.").await;
    anna.visit("Firm").await;
    anna.click("Trash").await;
    anna.see("Deleted by Anna").await;
    anna.fill("Search the trash", "nobody").await;
    anna.see("Nothing matches").await;
    anna.fill("Search the trash", "greta harbour").await;
    anna.click("Restore Greta Holm").await;
    anna.see("The trash is empty.").await;

    // Two contacts that are one person, and two again.
    anna.open_client("Harbour Foods").await;
    anna.tab_of_client("People").await;
    anna.click("G. Holm").await;
    anna.click("More").await;
    anna.click("Merge into …").await;
    let form = dialog(&anna, "Merge G. Holm into another contact");
    form.choose("Is the same person as", "Greta Holm").await;
    form.click("Merge").await;
    anna.see_a(Role::Heading, "Greta Holm").await;
    anna.open_client("Harbour Foods").await;
    anna.tab_of_client("People").await;
    anna.see("Greta Holm").await;
    anna.see_no("G. Holm").await;
    anna.visit("Firm").await;
    anna.click("Trash").await;
    anna.click("Restore G. Holm").await;
    anna.see("The trash is empty.").await;
    anna.open_client("Harbour Foods").await;
    anna.tab_of_client("People").await;
    anna.see("G. Holm").await;
}

/// Two people fill in the same own field apart; both values are seen until one of them decides.
///
/// Covers: S2.3, S2.17, S2.19
#[tokio::test]
async fn a_firm_adds_a_field_of_its_own() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client("Harbour Foods").await;
    anna.visit("Firm").await;
    anna.click("Own fields").await;
    anna.click("New own field").await;
    anna.fill("Label", "Vehicles").await;
    anna.choose("Belongs to", "Client").await;
    anna.click("Number").await;
    anna.click("Save own field").await;
    anna.see_a(Role::Heading, "Vehicles").await;
    anna.see(SAFE).await;
    let invitation = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.join(&invitation).await;
    bruno.open_client("Harbour Foods").await;
    anna.see(SAFE).await;

    relay.kill();
    for (person, number) in [(&anna, "42"), (&bruno, "43")] {
        person.see("Offline since").await;
        person.open_client("Harbour Foods").await;
        person.tab_of_client("Details").await;
        person.click("Edit client").await;
        person.write("Vehicles", number).await;
        person.click("Done").await;
        person.see(number).await;
    }
    relay.start_again();
    anna.see(SAFE).await;
    bruno.see(SAFE).await;
    for person in [&anna, &bruno] {
        person.see("Vehicles was filled in twice, apart.").await;
    }
    bruno.click_near("43", "Keep this").await;
    bruno.see_no("filled in twice").await;
    anna.see_no("filled in twice").await;
    anna.see("43").await;
    anna.see_no("42").await;

    // Who is new has it from the start.
    anna.visit("Clients").await;
    anna.click("New client").await;
    anna.fill("Name", "Tessel Mills").await;
    anna.fill("Vehicles", "7").await;
    anna.click("Save client").await;
    anna.see_a(Role::Heading, "Tessel Mills").await;

    // It is a column and a filter like any other.
    anna.visit("Clients").await;
    anna.see("2 clients").await;
    anna.choose("Add filter", "Vehicles").await;
    let question = dialog(&anna, "Filter by Vehicles");
    question.fill("At most", "7").await;
    question.click("Done").await;
    anna.see("1 client").await;
    anna.see("Tessel Mills").await;
    anna.see_no("Harbour Foods").await;
}
