//! Finding and taking in, without a network: search, palette, comments, what is dropped and shared, words that hurt.

use tests::browser::{Key, Role};
use tests::relay::Relay;

use crate::person::{Person, SAFE, fixture};

const CLIENT: &str = "Harbour Foods";
const COMPLAINT: &str = "Two pallets were thawed";

/// Shares a text and a file as another app would: with the request that the browser makes of it.
const SHARE: &str = "
    const form = document.createElement('form');
    form.method = 'post';
    form.action = '/share';
    form.enctype = 'multipart/form-data';
    const field = (type, name) => {
        const input = document.createElement('input');
        Object.assign(input, { type, name });
        form.append(input);
        return input;
    };
    field('text', 'title').value = 'From the chat';
    field('text', 'text').value = 'They want the pallets back.';
    const card = 'BEGIN:VCARD\\r\\nVERSION:4.0\\r\\nFN:Ola Lindqvist\\r\\nEND:VCARD\\r\\n';
    const files = new DataTransfer();
    files.items.add(new File([card], 'ola.vcf', { type: 'text/vcard' }));
    field('file', 'files').files = files.files;
    document.body.append(form);
    setTimeout(() => form.submit());
    arguments[0](true);";

/// The search of a new colleague's first day: a slip of the finger, a phrase, who said it and when; then the palette from the keyboard alone.
///
/// Covers: S1.2, S1.9
#[tokio::test]
async fn a_note_is_found_and_the_palette_does_the_rest() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.add_contact("Greta", "Holm").await;
    anna.open_client(CLIENT).await;
    anna.log_call("Greta spoke of late invoices and wants one name to call.").await;
    anna.see(SAFE).await;
    relay.kill();

    anna.visit("Today").await;
    anna.press_ctrl('k').await;
    let palette = anna.within(Role::Dialog, "Search");
    palette.type_into("Search", "late invioces").await;
    palette.see("late invoices and wants one name").await;
    palette.see("with Anna").await;
    anna.press(Key::Enter).await;
    anna.see("Greta spoke of late invoices and wants one name to call.").await;
    anna.see_a(Role::Heading, "Comments").await;

    anna.press_ctrl('k').await;
    palette.see("Recent").await;
    palette.type_into("Search", "\"invoices late\"").await;
    palette.see("Nothing on this device matches.").await;
    anna.press(Key::Escape).await;

    // From anywhere to a tab of the client one looks at, to a form, to another language and back.
    anna.open_client(CLIENT).await;
    anna.press_ctrl('k').await;
    palette.type_into("Search", "timeline").await;
    anna.press(Key::Enter).await;
    anna.see("All functions").await;
    anna.press_ctrl('k').await;
    palette.type_into("Search", "new risk").await;
    anna.press(Key::Enter).await;
    anna.see_a(Role::Heading, "New risk").await;
    anna.press_ctrl('k').await;
    palette.type_into("Search", "deutsch").await;
    anna.press(Key::Enter).await;
    anna.see("Einstellungen").await;
    anna.press_ctrl('k').await;
    anna.within(Role::Dialog, "Suchen").type_into("Suchen", "english").await;
    anna.press(Key::Enter).await;
    anna.see("Settings").await;
}

/// A comment that names a colleague reaches them, is seen, is found and stands in the history.
#[tokio::test]
async fn a_comment_reaches_the_colleague_it_names() {
    let relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.add_contact("Greta", "Holm").await;
    anna.open_client(CLIENT).await;
    anna.record_complaint("Greta Holm", COMPLAINT, "A credit note").await;
    let invitation = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.join(&invitation).await;
    anna.see("Bruno").await;

    anna.open_complaint(CLIENT, COMPLAINT).await;
    anna.type_into("Comment", "Who knows the driver? @Br").await;
    anna.click("Bruno").await;
    anna.type_into("Comment", "perhaps").await;
    anna.click("Add comment").await;
    anna.see("Anna commented: Who knows the driver? @Bruno perhaps").await;
    anna.see(SAFE).await;

    bruno.visit("Today").await;
    bruno.see("You were mentioned").await;
    bruno.see("Anna, on Two pallets were thawed, Harbour Foods").await;
    bruno.click("Who knows the driver? @Bruno perhaps").await;
    bruno.see_a(Role::Heading, COMPLAINT).await;
    bruno.click("Seen").await;
    bruno.see("seen by Bruno").await;
    bruno.visit("Today").await;
    bruno.see_no("You were mentioned").await;
    anna.see("seen by Bruno").await;

    bruno.find("knows the driver", "on Two pallets were thawed", "A credit note").await;
    bruno.see_a(Role::Heading, COMPLAINT).await;
}

/// A file dropped on a client's page opens its dry run for that client; a tap that writes to somebody offers to log it.
#[tokio::test]
async fn a_dropped_file_opens_the_dry_run() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.see(SAFE).await;
    relay.kill();

    anna.drop_file("Log touchpoint", &fixture("people.vcf")).await;
    anna.see("What would become of it").await;
    anna.see("Ola Lindqvist").await;
    anna.click("Import rows").await;
    anna.see_no("What would become of it").await;
    anna.open_client(CLIENT).await;
    anna.tab_of_client("People").await;

    anna.click("Write e-mail: Ola Lindqvist").await;
    anna.see("You wrote to Ola Lindqvist.").await;
    anna.click("Log it").await;
    let sheet = anna.log_sheet();
    sheet.see(CLIENT).await;
    sheet.click("Delivery").await;
    sheet.fill("What was said", "Asked her for the pallet numbers.").await;
    sheet.click("Log touchpoint").await;
    anna.see("Touchpoint logged.").await;
    anna.see_no("You wrote to Ola Lindqvist.").await;
    anna.tab_of_client("Timeline").await;
    anna.see("Asked her for the pallet numbers.").await;
    anna.see("E-mail").await;
    anna.see("Ola Lindqvist").await;
}

/// What another app shares arrives without a network: files at the import, text in the log sheet.
#[tokio::test]
async fn what_another_app_shares_is_taken_in() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.see(SAFE).await;
    anna.wait_for_service_worker().await;
    anna.reload().await;
    anna.see(CLIENT).await;
    relay.kill();

    assert!(anna.script::<bool>(SHARE, Vec::new()).await);
    anna.see("What would become of it").await;
    anna.see("Ola Lindqvist").await;
    let sheet = anna.log_sheet();
    sheet.see_in("What was said", "From the chat\nThey want the pallets back.").await;
    sheet.choose("Which client", CLIENT).await;
    sheet.click("Delivery").await;
    sheet.click("Call").await;
    sheet.click("Log touchpoint").await;
    anna.see("Touchpoint logged.").await;
    // It is taken once.
    anna.go(&format!("{}/shared", relay.url())).await;
    anna.see("What was shared could not be read.").await;
}

/// Words that would hurt get a hint and a better way to say it; nothing keeps anybody from writing them. What the client would read is
/// shown before it is written.
///
/// Covers: S1.32
#[tokio::test]
async fn words_that_hurt_get_a_hint() {
    let mut relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.see(SAFE).await;
    relay.kill();

    anna.click("Log touchpoint").await;
    let sheet = anna.log_sheet();
    sheet.click("Finance").await;
    sheet.click("Call").await;
    sheet.fill("What was said", "The second reminder went out; payment is 40 days overdue.").await;
    sheet.see_no("Better:").await;
    sheet.fill("What was said", "They never pay, and they lied about it.").await;
    sheet.see("“They never pay” blames for always or never.").await;
    sheet.see("how often, and when").await;
    sheet.see("“they lied” guesses at intentions.").await;
    sheet.click("The client could read this").await;
    let seen = sheet.within(Role::Part, "What the client would read");
    seen.see("Call").await;
    seen.see("Stays with the team").await;
    seen.see_no("They never pay").await;
    sheet.click("Log touchpoint").await;
    anna.see("Touchpoint logged.").await;
    anna.see("They never pay, and they lied about it.").await;
}
