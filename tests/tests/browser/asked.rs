//! "What do you hold about me?" – answered without a network.

use std::fs;

use tests::browser::Role;
use tests::relay::Relay;

use crate::person::Person;

/// Covers: S1.9, S2.17
#[tokio::test]
async fn whoever_asks_is_given_everything_about_them_and_nothing_else() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.wait_for_service_worker().await;
    relay.stop();
    anna.add_client("Harbour Foods").await;
    anna.add_contact("Greta", "Holm").await;
    anna.open_client("Harbour Foods").await;
    anna.log_call("Greta Holm wants a name to call.").await;
    anna.log_call("The lorries come too late.").await;
    anna.record_complaint("Greta Holm", "Two pallets were thawed", "A credit note").await;

    anna.see("Offline").await;
    anna.open_client("Harbour Foods").await;
    anna.tab_of_client("People").await;
    anna.click("Greta Holm").await;
    anna.see_a(Role::Heading, "Greta Holm").await;
    anna.click("More").await;
    anna.click("Export all about this person").await;
    let file = anna.downloaded("html").await;
    assert!(file.to_string_lossy().contains("greta-holm"), "{file:?}");
    let page = fs::read_to_string(file).unwrap();
    for told in ["<h1>Greta Holm</h1>", "wants a name to call", "Two pallets were thawed"] {
        assert!(page.contains(told), "{told} is missing");
    }
    for of_others in ["come too late", "<section id=\"client\">"] {
        assert!(!page.contains(of_others), "{of_others} is not theirs");
    }
}
