//! Two people, one client, no relay for a while.

use tests::browser::Role;
use tests::relay::Relay;

use crate::person::{Person, SAFE};

const CLIENT: &str = "Harbour Foods";
const COMPLAINT: &str = "Two pallets were thawed";

/// Invite a colleague by link; both work apart with the relay down, on the same client and the same
/// complaint; when it is back both have everything, fields merged, a decisive field that both
/// changed shown with both values, who and when, and settled by one of them. The status line tells
/// the truth all the while.
///
/// Covers: S2.17, S2.19, S2.29
#[tokio::test]
async fn two_people_work_apart_and_agree() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.add_contact("Greta", "Holm").await;
    anna.open_client(CLIENT).await;
    anna.record_complaint("Greta Holm", COMPLAINT, "A credit note").await;
    anna.see(SAFE).await;
    let invitation = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.join(&invitation).await;
    bruno.open_complaint(CLIENT, COMPLAINT).await;
    bruno.see("A credit note").await;
    anna.see(SAFE).await;

    relay.kill();
    anna.see("Offline since").await;
    bruno.see("Offline since").await;

    // The same client, the same complaint: different fields, and one field of which both decide.
    anna.open_client(CLIENT).await;
    anna.log_call("Greta wants the credit note before Friday.").await;
    anna.see("1 change only on this device").await;
    anna.open_complaint(CLIENT, COMPLAINT).await;
    anna.edit_complaint().await;
    anna.decide("Owner", "Anna").await;
    anna.see("2 changes only on this device").await;
    anna.decide("Severity", "Major").await;
    anna.see("3 changes only on this device").await;

    bruno.edit_complaint().await;
    bruno.write("Respond by", "2027-03-05").await;
    bruno.decide("Severity", "Critical").await;
    bruno.see("2 changes only on this device").await;
    bruno.open_client(CLIENT).await;
    bruno.log_call("The warehouse says the cooling failed at night.").await;
    bruno.see("3 changes only on this device").await;

    relay.start_again();
    anna.see(SAFE).await;
    bruno.see(SAFE).await;

    // Both have everything.
    for person in [&anna, &bruno] {
        person.open_client(CLIENT).await;
        person.tab_of_client("Timeline").await;
        person.see("Greta wants the credit note before Friday.").await;
        person.see("The warehouse says the cooling failed at night.").await;
        person.open_complaint(CLIENT, COMPLAINT).await;
        // Merged: neither of them touched what the other one did.
        person.see("Anna").await;
        person.see("5 Mar").await;
        // Decided apart: both values, and whose they are.
        let strip = person.within(Role::Part, "Severity has two versions");
        for seen in ["Major", "Critical", "Anna", "Bruno", "shown for now"] {
            strip.see(seen).await;
        }
        assert!(has_time_of_day(&strip.shown().await), "when: {}", strip.shown().await);
    }

    // One of them settles it; the other hears of it.
    bruno.within(Role::Part, "Severity has two versions").click("Keep this: Critical").await;
    bruno.see_no("Severity has two versions").await;
    anna.see_no("Severity has two versions").await;
    for person in [&anna, &bruno] {
        person.see("Critical").await;
        person.see(SAFE).await;
        person.reload().await;
        person.see_a(Role::Heading, COMPLAINT).await;
        person.see("Critical").await;
        person.see_no("Severity has two versions").await;
    }
}

/// Whether a text has a time such as 09:41 in it.
fn has_time_of_day(text: &str) -> bool {
    text.as_bytes().windows(5).any(|five| {
        let digit = |place: usize| five[place].is_ascii_digit();
        digit(0) && digit(1) && five[2] == b':' && digit(3) && digit(4)
    })
}
