//! Invitation links that do not work, each with a sentence, and nothing half-made.

use tests::browser::Role;
use tests::relay::Relay;

use crate::person::{Person, SAFE};

/// Sets a page's clock a hundred days back.
const LONG_AGO: &str = "
    const now = Date.now.bind(Date);
    Date.now = () => now() - 100 * 86400e3;";

#[tokio::test]
async fn an_invitation_works_once_and_not_after_it_was_taken_back() {
    let relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    let used = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.join(&used).await;
    anna.see("Bruno").await;
    drop(bruno);

    let revoked = anna.invite().await;
    anna.click_with("Take back").await;
    anna.see("The invitation was taken back.").await;
    anna.see(SAFE).await;

    let carla = Person::new("Carla").await;
    for (link, sentence) in [(&used, "used"), (&revoked, "taken back")] {
        carla.try_to_join(link).await;
        carla.see("That did not work").await;
        carla.see(sentence).await;
        carla.see_a(Role::Part, "Join a team").await;
    }
    // The device is as it was: it can still join by a good one.
    let good = anna.invite().await;
    carla.join(&good).await;
}

#[tokio::test]
async fn a_broken_link_says_so() {
    let relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    let link = anna.invite().await;
    drop(anna);
    let bruno = Person::new("Bruno").await;
    let torn = &link[..link.len() - 7];
    // Not the last letter: some of its bits may mean nothing.
    let (rest, end) = link.split_at(link.len() - 4);
    let (rest, letter) = rest.split_at(rest.len() - 1);
    let flipped = format!("{rest}{}{end}", if letter == "A" { "B" } else { "A" });
    for broken in [torn, &flipped, &format!("{}/#join=hello", relay.url())] {
        bruno.try_to_join(broken).await;
        bruno.see("That did not work").await;
        bruno.reload().await;
    }
    bruno.join(&link).await;
}

#[tokio::test]
async fn an_invitation_that_nobody_took_in_time_says_so() {
    let relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.inject(LONG_AGO).await;
    anna.reload().await;
    let expired = anna.invite().await;
    anna.see(SAFE).await;
    drop(anna);

    let bruno = Person::new("Bruno").await;
    bruno.try_to_join(&expired).await;
    bruno.see("This invitation has expired. Ask for another one.").await;
    bruno.see_a(Role::Part, "Join a team").await;
}
