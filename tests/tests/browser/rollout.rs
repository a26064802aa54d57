//! How the firm's procedures come to a client: no pilot begins before there is time for it.

use tests::browser::Role;
use tests::relay::Relay;

use crate::person::Person;

/// The Monday of this week, as an address or a field of a date has it.
const MONDAY: &str = "
    const day = new Date();
    day.setDate(day.getDate() - (day.getDay() + 6) % 7);
    const two = (number) => String(number).padStart(2, '0');
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;";

/// Covers: S4.56, S4.57, S4.60, S4.61, S4.62
#[tokio::test]
async fn a_pilot_waits_until_there_is_time_for_it() {
    let relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client("Harbour Foods").await;
    anna.tab_of_client("Details").await;
    anna.click("Edit client").await;
    anna.decide("Status", "Active").await;
    anna.write("Willingness to invest", "4").await;
    let monday: String = anna.eventually(MONDAY).await;
    anna.visit("Firm").await;
    anna.click("Capacity entries").await;
    anna.click("New capacity entry").await;
    anna.choose("Person", "Anna").await;
    anna.fill("Week from", &monday).await;
    anna.fill("Time to spare", "8 h").await;
    anna.click("Save capacity entry").await;

    anna.visit("Firm").await;
    anna.click("Rollout").await;
    anna.see("No client takes part yet.").await;
    anna.see("Willing to invest: 4 of 5").await;
    anna.see("0 of 1 clients work by the procedures, 0 try them.").await;
    anna.click("Make candidate: Harbour Foods").await;
    anna.fill("Name", "First").await;
    anna.click("All fields").await;
    anna.fill("Time the pilot needs", "16 h").await;
    anna.fill("Entry criteria", "They plan a year ahead.").await;
    anna.click("Save rollout").await;

    // The page of the record says what the page of the rollout says.
    let refusal = "The team has 8 hours to spare, and a pilot needs 16.";
    anna.see(refusal).await;
    anna.visit("Firm").await;
    anna.click("Rollout").await;
    anna.see("Not now.").await;
    anna.see(refusal).await;
    anna.see("Nobody leads it.").await;
    anna.within(Role::Part, "Candidate").click("Harbour Foods").await;
    anna.click("Edit rollout").await;
    anna.write("Time the pilot needs", "6 h").await;
    anna.see_no(refusal).await;
    anna.click("Begin the pilot").await;
    anna.see("Evaluate").await;
    anna.visit("Firm").await;
    anna.click("Rollout").await;
    anna.within(Role::Part, "Pilot").see("Procedures in pilot").await;
    anna.see("0 of 1 clients work by the procedures, 1 try them.").await;
}
