//! "Delete what you hold about me." – on every device and at the relay, with each device's word for it.

use tests::browser::Role;
use tests::relay::Relay;

use crate::looks;
use crate::person::{Person, SAFE};

/// Covers: S2.17
#[tokio::test]
async fn a_person_is_erased_from_every_device_and_each_says_so() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.inject(&looks::axe()).await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client("Harbour Foods").await;
    anna.add_contact("Greta", "Holm").await;
    anna.open_client("Harbour Foods").await;
    anna.log_call("Greta Holm wants a name to call.").await;
    anna.log_call("The lorries come too late.").await;
    let invitation = anna.invite().await;
    let mut bruno = Person::new("Bruno").await;
    bruno.join(&invitation).await;
    anna.see(SAFE).await;
    bruno.open_client("Harbour Foods").await;
    bruno.tab_of_client("People").await;
    bruno.see("Greta Holm").await;

    // Bruno is on the road, goes on working, and puts the tablet away.
    relay.stop();
    bruno.see("Offline").await;
    bruno.log_call("They want the early tour.").await;
    bruno.close().await;
    relay.start_again();
    anna.see(SAFE).await;

    // Anna reads what would go before she means it.
    anna.open_client("Harbour Foods").await;
    anna.tab_of_client("People").await;
    anna.click("Greta Holm").await;
    anna.see_a(Role::Heading, "Greta Holm").await;
    anna.click("More").await;
    anna.click("Erase this person").await;
    let dialog = anna.within(Role::Dialog, "Erase Greta Holm?");
    dialog.see("Contact · Greta Holm").await;
    dialog.see("Stays, without them in it").await;
    let mut objections = looks::objections_to(&anna, "erase").await;
    dialog.click("I have read what goes, and mean it").await;
    dialog.click("Erase for ever").await;
    anna.see("The person is being erased.").await;
    anna.see_no("Greta Holm").await;

    // Bruno's tablet has not heard of it.
    anna.open_team().await;
    anna.see("1 person at Harbour Foods").await;
    anna.see("Carried out on 1 of 2 devices. Asked for by Anna.").await;
    anna.see("has not carried it out yet").await;
    objections.extend(looks::objections_from(&anna, "erased", "Erased people").await);
    looks::speak_german(&anna).await;
    anna.see("Ausgeführt auf").await;
    objections.extend(looks::objections_in_german(&anna, "erased").await);
    looks::speak_english(&anna).await;

    bruno.open_again().await;
    bruno.go(&relay.url()).await;
    bruno.see(SAFE).await;
    anna.see("Carried out on 2 of 2 devices. Asked for by Anna.").await;
    bruno.open_client("Harbour Foods").await;
    bruno.tab_of_client("People").await;
    bruno.see_no("Greta Holm").await;

    // What is not about her is there, what was written meanwhile among it.
    for person in [&anna, &bruno] {
        person.open_client("Harbour Foods").await;
        person.tab_of_client("Timeline").await;
        person.see("The lorries come too late.").await;
        person.see("They want the early tour.").await;
        person.see_no("Greta").await;
    }
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}
