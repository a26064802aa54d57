//! A browser killed in the middle of a sentence.
//!
//! The promise: what was ever shown as saved is never lost, and at most the last moments of
//! unmarked typing are. So the field and its mark are looked at together while somebody types, and
//! at some point everything is killed.

use tests::browser::{Page, Role};
use tests::relay::Relay;

use crate::person::{Person, SAVED};

const CLIENT: &str = "Harbour Foods";
/// The moments of the kills, in words typed.
const KILLS: [usize; 3] = [7, 16, 23];

#[tokio::test]
async fn a_record_keeps_every_word_that_was_shown_as_saved() {
    let relay = Relay::start();
    let mut anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.add_contact("Greta", "Holm").await;
    anna.click("Edit contact").await;
    let address = anna.address().await;
    for words in KILLS {
        let shown_as_saved = type_until_killed(&mut anna, None, "Notes", words).await;
        anna.open_again().await;
        anna.go(&address).await;
        anna.click("Edit contact").await;
        anna.see_beginning("Notes", &shown_as_saved).await;
    }
}

#[tokio::test]
async fn a_log_sheet_keeps_every_word_that_was_shown_as_saved() {
    let relay = Relay::start();
    let mut anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    let address = anna.address().await;
    anna.click("Log touchpoint").await;
    for words in KILLS {
        let shown_as_saved =
            type_until_killed(&mut anna, Some("Log touchpoint"), "What was said", words).await;
        anna.open_again().await;
        anna.go(&address).await;
        anna.click("Log touchpoint").await;
        anna.log_sheet().see_beginning("What was said", &shown_as_saved).await;
    }
}

/// Types so many words and kills the browser; answers with the longest text that was shown as
/// saved.
///
/// Goes on until something was: a test in which nothing is ever saved would prove nothing.
async fn type_until_killed(
    anna: &mut Person,
    dialog: Option<&str>,
    label: &str,
    words: usize,
) -> String {
    let page: Page = match dialog {
        Some(dialog) => anna.within(Role::Dialog, dialog),
        None => Page::clone(anna),
    };
    let mut saved = String::new();
    let mut typed = 0;
    while typed < words || saved.is_empty() {
        page.type_into(label, &format!(" word{typed}")).await;
        typed += 1;
        saved = latest(&page, label, saved).await;
        assert!(typed < 500, "nothing is ever shown as saved");
    }
    anna.kill();
    saved
}

async fn latest(page: &Page, label: &str, before: String) -> String {
    let (value, marked) = page.value_and_mark(label, SAVED).await;
    if marked { value } else { before }
}
