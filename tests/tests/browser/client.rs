//! What a person does on a client's page: whom would be missed, from a person to value, engagements, the timeline.
//!
//! All of it happens without a network.

use tests::browser::Role;
use tests::relay::Relay;

use crate::person::Person;

/// Opens the sample firm and leaves the network.
async fn looking_around(name: &str) -> (Relay, Person) {
    let mut relay = Relay::start();
    let vera = Person::new(name).await;
    vera.go(&relay.url()).await;
    vera.click("Open sample firm").await;
    vera.see("This is a sample firm.").await;
    vera.wait_for_service_worker().await;
    relay.stop();
    (relay, vera)
}

/// Covers: S1.3, S1.26, S1.27, S2.12, S2.17
#[tokio::test]
async fn a_relationship_on_one_person_is_seen_and_widened() {
    let (_relay, vera) = looking_around("Vera").await;
    vera.open_client("Saltmere Port Authority").await;
    vera.see("The relationship hangs on Tomas Reuter.").await;
    let carried = vera.within(Role::Part, "Who carries it");
    carried.see("Noor Haddad").await;
    let value = vera.within(Role::Part, "From a person to value");
    value.see("Only Tomas Reuter has met Noor Haddad.").await;
    value.see("Introduction on").await;

    // What is missing leads to where it is filled in.
    vera.see("Still missing").await;
    vera.click("Legal name").await;
    vera.write("Legal name", "Saltmere Port Authority plc").await;
    vera.tab_of_client("Overview").await;
    vera.see_a(Role::Control, "Payment terms").await;
    vera.see_no("Legal name").await;
}

/// Covers: S1.26, S1.27
#[tokio::test]
async fn a_client_of_whom_we_know_one_person_shows_the_steps_to_value() {
    let relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client("Harbour Foods").await;
    anna.add_contact("Ines", "Calado").await;
    anna.open_client("Harbour Foods").await;
    anna.see("We know one person only there.").await;
    anna.see("It is written down what they want to reach").await;
    anna.click("Write down goals").await;
    anna.write("Goals", "Fewer suppliers by next summer").await;
    anna.tab_of_client("Overview").await;
    anna.see_no("Write down goals").await;
}

/// Covers: S0.4, S0.7, S0.29, S0.30, S2.13, S2.15
#[tokio::test]
async fn engagements_say_what_is_accepted_agreed_and_confirmed() {
    let (_relay, vera) = looking_around("Vera").await;
    vera.open_client("Northmere Rail").await;
    vera.tab_of_client("Engagements").await;
    vera.see("Embankment monitoring").await;
    vera.see("Missed 2 periods running").await;
    vera.see("Accepted by Joanna Pryce").await;
    vera.see("Night readings in every report.").await;

    // The client accepts the work: who and on which day are asked for.
    vera.click("Record acceptance").await;
    let dialog = vera.within(Role::Dialog, "Record acceptance");
    dialog.click("Save").await;
    dialog.see("Say what was accepted, by whom and on which day.").await;
    dialog.fill("What", "The first report").await;
    dialog.choose("Accepted by", "Iwan Rees").await;
    dialog.click("Save").await;
    vera.see("Accepted by Iwan Rees").await;

    // Both who answer for it confirm that a tool is in use.
    vera.see("Projects on-going: a tool is named, but nobody has confirmed that it is in use.")
        .await;
    vera.click("Confirm in use: Project ledger").await;
    let dialog = vera.within(Role::Dialog, "Confirm in use: Project ledger");
    dialog.click("Save").await;
    vera.see_no("a tool is named, but nobody has confirmed").await;
    vera.see("by Jonas Eklund and Ines Marchetti").await;
    vera.see("Opportunities: no tool is in place; adopt the group's tool.").await;
}

/// Covers: S1.3, S1.5, S1.8
#[tokio::test]
async fn the_timeline_is_filtered_and_its_address_keeps_the_filters() {
    let (_relay, vera) = looking_around("Vera").await;
    vera.open_client("Merrow Water Board").await;
    vera.tab_of_client("Timeline").await;
    vera.see("entries").await;
    vera.choose("Function", "Finance").await;
    vera.see("Payment run is on the 15th").await;
    vera.see_no("Deliverable due").await;
    vera.choose("Function", "All functions").await;
    vera.choose("Kind", "Service level results").await;
    vera.see("Answer to a question from site").await;
    vera.see("4 entries").await;
    vera.reload().await;
    vera.see("4 entries").await;
    vera.see_in("Kind", "sla_result").await;
    vera.click("Show everything").await;
    vera.see("Withdraw revision B at the site office").await;
}

/// Covers: S2.4, S2.5, S2.19
#[tokio::test]
async fn people_stand_in_the_grid_and_whoever_left_stands_apart() {
    let (_relay, vera) = looking_around("Vera").await;
    vera.open_client("Merrow Water Board").await;
    vera.tab_of_client("People").await;
    vera.within(Role::Part, "Influence and interest").see("Katharina Voss").await;
    vera.within(Role::Part, "Who has met whom").see("Daniel Ferreira").await;
    vera.within(Role::Part, "No longer there").see("Bram de Wit").await;

    // Somebody turns away from us; the page says so.
    vera.click("Katharina Voss").await;
    vera.click("Edit contact").await;
    vera.decide("Stance now", "Neutral").await;
    vera.open_client("Merrow Water Board").await;
    vera.tab_of_client("People").await;
    vera.see("Was supportive before").await;

    vera.open_client("Saltmere Port Authority").await;
    vera.tab_of_client("People").await;
    vera.click("Same person at Merrow Water Board").await;
    vera.see_a(Role::Heading, "Bram de Wit").await;
}
