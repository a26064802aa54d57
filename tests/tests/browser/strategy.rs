//! Where a relationship is going, written down without a network.

use tests::browser::Role;
use tests::relay::Relay;

use crate::person::Person;

/// A firm with one client, and no network any more; the client's strategy is open.
async fn alone_with_a_client() -> (Relay, Person) {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client("Harbour Foods").await;
    anna.wait_for_service_worker().await;
    relay.stop();
    anna.see("Offline").await;
    anna.tab_of_client("Strategy").await;
    (relay, anna)
}

impl Person {
    /// Goes back to the strategy of the client from the page of one of its records.
    async fn back_to_strategy(&self) {
        self.open_client("Harbour Foods").await;
        self.tab_of_client("Strategy").await;
    }

    /// Adds an item to the draft that is being written.
    async fn add_item(&self, quadrant: &str, what: &str) {
        let add = format!("Add {quadrant}");
        self.click(&add).await;
        let dialog = self.within(Role::Dialog, &add);
        dialog.fill("What", what).await;
        dialog.click("Save").await;
        self.see(what).await;
    }
}

/// Covers: S1.34, S1.35
#[tokio::test]
async fn a_swot_is_made_and_its_second_version_compared() {
    let (_relay, anna) = alone_with_a_client().await;
    anna.see("looked at anew every three months").await;
    anna.click("New analysis: Relationship").await;
    anna.see("A draft.").await;
    anna.add_item("strength", "They call us first").await;
    anna.add_item("threat", "A cheaper rival next door").await;
    anna.click("Make current: Relationship").await;
    anna.see_no("A draft.").await;
    let lens = anna.within(Role::Part, "Relationship");
    lens.see("Current").await;
    lens.see("by Anna, holds until").await;

    // The next version begins with what the last one said.
    anna.click("New version: Relationship").await;
    anna.see("2 unchanged").await;
    anna.add_item("opportunity", "A second cold store").await;
    anna.within(Role::Part, "What differs").see("Added").await;
    anna.click("Make current: Relationship").await;
    anna.see_no("A draft.").await;
    anna.choose("Compare with", &compared(&anna).await).await;
    let changes = anna.within(Role::Part, "What differs");
    changes.see("Opportunities: A second cold store").await;
    changes.see("2 unchanged").await;
    anna.reload().await;
    anna.see("A second cold store").await;
}

/// The words of the earlier version, as the list has them.
async fn compared(person: &Person) -> String {
    person
        .eventually("
            const list = [...document.querySelectorAll('select')].find((it) => it.labels[0]?.innerText === 'Compare with');
            return list?.options[1]?.text ?? null;")
        .await
}

/// Covers: S1.28, S1.29
#[tokio::test]
async fn a_risk_without_a_contingency_is_said() {
    let (_relay, anna) = alone_with_a_client().await;
    anna.click("New risk").await;
    anna.fill("Risk", "Their buyer leaves").await;
    anna.fill("Probability", "4").await;
    anna.fill("Impact", "5").await;
    anna.click("Save risk").await;
    anna.back_to_strategy().await;
    anna.see("Exposure 20 over 1 open risk (n = 1)").await;
    anna.see("One high risk has no contingency measure.").await;
    anna.see("nobody has written down what happens then").await;

    anna.click("Their buyer leaves").await;
    anna.click("Edit risk").await;
    anna.write("Contingency measure", "Visit the deputy the same week").await;
    anna.back_to_strategy().await;
    anna.see("If it happens: Visit the deputy the same week").await;
    anna.see_no("nobody has written down what happens then").await;
}

/// Covers: S1.30, S1.31
#[tokio::test]
async fn a_loss_beyond_control_leads_to_a_salvage_plan() {
    let (_relay, anna) = alone_with_a_client().await;
    anna.click("New opportunity").await;
    anna.fill("Title", "Cold store two").await;
    anna.click("All fields").await;
    anna.fill("Decided to propose on", "2026-01-12").await;
    anna.fill("Reason of the loss", "The owner moved the plant abroad").await;
    anna.choose("Was it in our hands?", "No").await;
    anna.click("Save opportunity").await;
    for step in ["Qualify", "Decide to propose", "Propose", "Lost"] {
        anna.click(step).await;
    }
    anna.see_no("Next steps").await;
    anna.back_to_strategy().await;
    anna.see("Lost because: The owner moved the plant abroad").await;
    anna.see("It was beyond our control.").await;

    anna.click("Plan what can still be gained: Cold store two").await;
    anna.fill("Name", "What the cold store still gives us").await;
    anna.click("Save salvage plan").await;
    anna.back_to_strategy().await;
    anna.see("Salvage plan: What the cold store still gives us").await;
    anna.see_no("Plan what can still be gained").await;
}

/// Covers: S1.10, S1.11, S1.12
#[tokio::test]
async fn the_digest_holds_only_what_the_client_may_see() {
    let (_relay, anna) = alone_with_a_client().await;
    let today = today(&anna).await;
    anna.click("New proactive service").await;
    anna.fill("Idea", "Swept the loading ramp").await;
    anna.fill("Done on", &today).await;
    anna.click("All fields").await;
    anna.fill("Benefit in the client's words", "No lorry had to wait.").await;
    anna.fill("Reaction", "Cheap to please").await;
    anna.click("Save proactive service").await;
    anna.back_to_strategy().await;
    anna.see("One service is done, and nobody has told the client.").await;
    anna.see("Cheap to please").await;

    anna.click("Digest for the client").await;
    anna.see_a(Role::Heading, "What we did for Harbour Foods").await;
    anna.see("No lorry had to wait.").await;
    anna.see_no("Cheap to please").await;
    anna.click("Save as text").await;
    let text = std::fs::read_to_string(anna.downloaded("txt").await).unwrap();
    assert!(text.contains("Swept the loading ramp\n  No lorry had to wait."), "{text}");
    assert!(!text.contains("Cheap"), "{text}");
    anna.click("Mark one service as told").await;
    anna.see("Marked as told.").await;
    anna.back_to_strategy().await;
    anna.see_no("nobody has told the client").await;
    anna.see("Told on").await;
}

/// The day where the browser is.
async fn today(person: &Person) -> String {
    person
        .eventually("const now = new Date(); return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, '0'), String(now.getDate()).padStart(2, '0')].join('-');")
        .await
}

/// Covers: S4.45, S4.46, S4.47, S4.48
#[tokio::test]
async fn a_sponsor_listens_and_one_who_does_the_work_is_named_before_and_after() {
    let (_relay, anna) = alone_with_a_client().await;
    anna.see("Nobody is the client sponsor").await;
    anna.click("Assign sponsor").await;
    let dialog = anna.within(Role::Dialog, "Assign sponsor");
    dialog.choose("Client sponsor", "Anna").await;
    dialog.click("Assign sponsor").await;
    anna.see("Independent of the work").await;

    // The sponsor hears whether the client is well served.
    anna.see("No dialogue has been held yet.").await;
    anna.click("New sponsor dialogue").await;
    anna.see_in("On", &today(&anna).await).await;
    anna.choose("Served well", "Partly").await;
    anna.click("All fields").await;
    anna.fill("What works", "They call back the same day.").await;
    anna.fill("Concerns", "Nobody tells us of delays.").await;
    anna.click("Save sponsor dialogue").await;
    anna.back_to_strategy().await;
    anna.see("Partly well served").await;
    anna.see("They call back the same day.").await;
    anna.see("Nobody tells us of delays.").await;

    anna.tab_of_client("Details").await;
    anna.click_with("Assignments").await;
    anna.click("New assignment").await;
    anna.choose("Role", "Project manager").await;
    anna.choose("Person", "Anna").await;
    // Before it is saved.
    anna.see("Anna also has the role “project manager” for this client.").await;
    anna.click("Save assignment").await;
    anna.see_no("Save assignment").await;
    anna.see("A sponsor stands outside the work.").await;
    anna.back_to_strategy().await;
    anna.see("Not independent").await;
    anna.see("Anna also has the role “project manager” for this client.").await;
}
