//! In the car park, four minutes before the meeting, and again when it is over.

use tests::browser::Role;
use tests::relay::Relay;

use crate::person::{Person, SAFE, SAVED};

const CLIENT: &str = "Merrow Water Board";
/// Today, as date fields take it.
const TODAY: &str = "return new Date().toLocaleDateString('sv');";
/// A day in ten days, as date fields take it, and as a text names it.
const IN_TEN_DAYS: &str = "return new Date(Date.now() + 10 * 86400000).toLocaleDateString('sv');";

/// Plans a visit of today from the client's page; its record is open then.
async fn plan_visit(anna: &Person, subject: &str, time: &str) {
    let today: String = anna.eventually(TODAY).await;
    anna.open_client(CLIENT).await;
    anna.click("More").await;
    anna.click("Plan visit").await;
    anna.fill("Subject", subject).await;
    anna.fill("Planned for", &today).await;
    anna.fill("At", time).await;
    anna.fill("Place", "Pump station east, gate 2").await;
    anna.choose("Add With", "Katharina Voss").await;
    anna.click("Save scheduled contact").await;
    anna.see_a(Role::Heading, subject).await;
}

/// Covers: S1.2, S1.3, S1.8, S2.4, S3.35
#[tokio::test]
async fn everything_is_there_in_the_car_park() {
    let mut relay = Relay::start();
    let mut anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.add_contact("Katharina", "Voss").await;
    anna.open_client(CLIENT).await;
    anna.record_complaint("Katharina Voss", "Two revisions of one drawing", "One set").await;
    anna.open_client(CLIENT).await;
    anna.click("Log touchpoint").await;
    let sheet = anna.log_sheet();
    sheet.click("Finance").await;
    sheet.click("Call").await;
    sheet
        .fill("What was said", "Invoices come late. We will send the drawing list by Friday.")
        .await;
    sheet.see("Send the drawing list").await;
    sheet.click("Log touchpoint").await;
    anna.see("Touchpoint logged.").await;
    plan_visit(&anna, "Progress", "23:58").await;
    anna.see(SAFE).await;
    anna.wait_for_service_worker().await;

    // No signal, and the app was closed on the way.
    anna.close().await;
    relay.stop();
    anna.open_again().await;
    anna.go(&relay.url()).await;
    anna.see("Offline").await;
    let visits = anna.within(Role::Part, "Today’s visits");
    visits.see("23:58").await;
    visits.see("Progress, Katharina Voss").await;
    visits.see("Pump station east, gate 2").await;
    visits.click("Open visit pack").await;
    anna.see_a(Role::Heading, "Progress").await;
    anna.within(Role::Part, "Who you meet").see("Katharina Voss").await;
    anna.within(Role::Part, "Open promises").see("Send the drawing list").await;
    let complaints = anna.within(Role::Part, "Open complaints");
    complaints.see("Two revisions of one drawing").await;
    complaints.see("0 working days old").await;
    anna.within(Role::Part, "What each function logged last").see("Invoices come late.").await;
    let questions = anna.within(Role::Part, "Three questions worth asking");
    questions.see("“Two revisions of one drawing”: what would put it right for you?").await;
    questions.see("Why: The complaint has been open for 0 working days.").await;
    anna.see_a(Role::Part, "What presses").await;
    anna.see_a(Role::Part, "Due next").await;
}

/// Covers: S1.2, S3.35, S4.31
#[tokio::test]
async fn a_visit_that_is_over_is_told_of_and_counts_as_held() {
    let relay = Relay::start();
    let mut anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.add_contact("Katharina", "Voss").await;
    plan_visit(&anna, "Progress", "00:00").await;
    anna.click("Edit scheduled contact").await;
    anna.write("Duration", "0:01").await;

    anna.visit("Today").await;
    anna.click("Debrief").await;
    let sheet = anna.log_sheet();
    sheet.see("From your 00:00 visit").await;
    sheet.see(CLIENT).await;
    sheet.click("Engagement").await;
    sheet.click("+1 friendly").await;
    let day: String = anna.eventually(IN_TEN_DAYS).await;
    let said =
        format!("Walked the hall. We will send the levels by {day}. We will call nobody ever.");
    sheet.fill("What was said", &said).await;
    sheet.see("Send the levels").await;
    sheet.click("Leave out: Call nobody ever").await;
    sheet.see_no("Call nobody ever, You").await;
    sheet.click("Add next step").await;
    sheet.fill("Text", "Ask Tomas about the meeting").await;
    sheet.see(SAVED).await;

    // The battery is empty before it is logged.
    anna.kill();
    anna.open_again().await;
    anna.go(&relay.url()).await;
    anna.click("Debrief").await;
    let sheet = anna.log_sheet();
    sheet.see_in("What was said", &said).await;
    let picked = sheet.within(Role::Part, "Picked out of your text");
    picked.see("Send the levels").await;
    picked.see("Ask Tomas about the meeting").await;
    picked.see_no("Call nobody ever").await;
    sheet.click("Log touchpoint").await;
    anna.see("Touchpoint logged.").await;
    anna.see_no("Today’s visits").await;

    // Its record says so, and leads to what was said.
    anna.open_client(CLIENT).await;
    anna.see("Send the levels").await;
    anna.see_no("Call nobody ever").await;
    anna.tab_of_client("Timeline").await;
    anna.see("Walked the hall.").await;
    anna.open_client(CLIENT).await;
    anna.click("More").await;
    anna.click("Open visit pack").await;
    anna.see("Not planned; as things stand today").await;
    let promises = anna.within(Role::Part, "Open promises");
    promises.see("Send the levels").await;
    promises.see("to Katharina Voss, by Anna").await;
    let due = anna.within(Role::Part, "What each function logged last");
    due.see("+1 friendly").await;
    anna.go(&format!("{}/scheduled_contact", client_address(&anna).await)).await;
    anna.see("Held").await;
}

/// The client's own address, from that of any of its pages.
async fn client_address(anna: &Person) -> String {
    let address = anna.address().await;
    let client = address.split("/visit").next().unwrap_or_default();
    client.to_owned()
}
