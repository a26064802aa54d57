//! "Delete what you hold about me." – on every device and at the relay, with each device's word for it.

use std::fs;

use tests::browser::Role;
use tests::relay::Relay;

use crate::looks;
use crate::person::{Person, SAFE, SAVED};

impl Person {
    /// Reads what would go, and takes it along as a file.
    async fn ask_to_erase_greta(&self) {
        self.open_client("Harbour Foods").await;
        self.tab_of_client("People").await;
        self.click("Greta Holm").await;
        self.see_a(Role::Heading, "Greta Holm").await;
        self.click("More").await;
        self.click("Erase this person").await;
        let dialog = self.within(Role::Dialog, "Erase Greta Holm?");
        dialog.see("Contact · Greta Holm").await;
        dialog.see("Stays, without them in it").await;
        dialog.see("wants a name to call.").await;
        dialog.click("Export it first").await;
        let held = fs::read_to_string(self.downloaded("html").await).unwrap();
        assert!(held.contains("Greta Holm wants a name to call."), "{held}");
    }

    /// Means it.
    async fn erase_greta(&self) {
        let dialog = self.within(Role::Dialog, "Erase Greta Holm?");
        dialog.click("I have read what goes, and mean it").await;
        dialog.click("Erase for ever").await;
        self.see("The person is being erased.").await;
    }
}

/// Covers: S2.17, S2.20
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
    bruno.click("Log touchpoint").await;
    let sheet = bruno.log_sheet();
    sheet.fill("What was said", "Greta Holm asked for a ramp.").await;
    sheet.see(SAVED).await;
    bruno.close().await;

    // As long as nobody else has heard of it, it can be taken back.
    anna.ask_to_erase_greta().await;
    let mut objections = looks::objections_to(&anna, "erase").await;
    anna.erase_greta().await;
    anna.click("Greta Holm").await;
    anna.see("This person will be erased as soon as the relay can be reached.").await;
    anna.click("Do not erase").await;
    anna.see("Nobody is erased.").await;
    anna.see_no("This person will be erased as soon as the relay can be reached.").await;
    relay.start_again();
    anna.see(SAFE).await;

    anna.ask_to_erase_greta().await;
    anna.erase_greta().await;
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
    anna.see("Carried out on every device. Asked for by Anna.").await;
    bruno.open_client("Harbour Foods").await;
    bruno.tab_of_client("People").await;
    bruno.see_no("Greta Holm").await;
    bruno.click("Log touchpoint").await;
    bruno.log_sheet().see_beginning("What was said", "[…] asked for a ramp.").await;
    bruno.log_sheet().click("Close").await;

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

/// Two clients that are one: the person came with the one, and was called while the other was shown.
///
/// Covers: S2.17, S2.20
#[tokio::test]
async fn a_person_of_a_merged_client_is_erased_from_both() {
    let relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client("Harbour Foods").await;
    anna.log_call("Greta Holm was on the quay.").await;
    anna.add_client("Harbour Foods Ltd").await;
    anna.add_contact("Greta", "Holm").await;
    anna.visit("Clients").await;
    anna.click("1 possible duplicate").await;
    anna.click("Merge Harbour Foods Ltd into Harbour Foods").await;
    anna.see("Harbour Foods Ltd is part of Harbour Foods now.").await;
    anna.open_client("Harbour Foods").await;
    anna.log_call("Greta Holm wants a name to call.").await;
    anna.see(SAFE).await;

    anna.ask_to_erase_greta().await;
    anna.erase_greta().await;
    anna.open_team().await;
    anna.see("1 person at Harbour Foods").await;
    anna.see("Carried out on every device. Asked for by Anna.").await;
    anna.open_client("Harbour Foods").await;
    anna.tab_of_client("Timeline").await;
    anna.see("[…] was on the quay.").await;
    anna.see("[…] wants a name to call.").await;
    anna.see_no("Greta").await;
    anna.tab_of_client("People").await;
    anna.see_no("Greta").await;
}
