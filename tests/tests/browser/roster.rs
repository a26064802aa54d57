//! The team changes: further devices, other roles, somebody leaves or is removed, everything is lost and comes back with a
//! sheet of paper.

use std::collections::BTreeSet;
use std::fs;

use tests::browser::Role;
use tests::relay::Relay;

use crate::looks;
use crate::person::{Person, SAFE};

const CLIENT: &str = "Harbour Foods";

/// Everything that this origin keeps in databases, as database, store and key.
const KEPT: &str = "
    const done = arguments[0];
    const answer = (request) => new Promise((ok, no) => {
        request.onsuccess = () => ok(request.result);
        request.onerror = () => no(request.error);
    });
    (async () => {
        const kept = [];
        for (const { name } of await indexedDB.databases()) {
            const database = await answer(indexedDB.open(name));
            for (const store of database.objectStoreNames) {
                const keys = await answer(database.transaction(store).objectStore(store).getAllKeys());
                kept.push(...keys.map((key) => `${name}/${store}/${key}`));
            }
            database.close();
        }
        done(kept);
    })();";

/// The phrase and the workspace of a sheet, as they stand on the paper.
const ON_PAPER: &str = "
    const letters = [...document.querySelectorAll('.paper .letters')].map((it) => it.innerText);
    return letters.length > 1 ? letters : null;";

async fn kept(person: &Person) -> Vec<String> {
    person.script(KEPT, Vec::new()).await
}

/// A workspace with a client, and a colleague who has it too.
async fn two(relay: &Relay) -> (Person, Person) {
    let anna = Person::new("Anna").await;
    anna.start_workspace(relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    let invitation = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.join(&invitation).await;
    bruno.open_client(CLIENT).await;
    (anna, bruno)
}

/// Bruno's tablet loses its network, and he works on.
async fn works_offline(bruno: &Person) {
    bruno.wait_for_service_worker().await;
    bruno.see(SAFE).await;
    bruno.set_offline(true).await;
    bruno.reload().await;
    bruno.open_client(CLIENT).await;
    bruno.log_call("Only Bruno heard this.").await;
    bruno.see("1 change only on this device").await;
}

async fn remove_bruno(anna: &Person, wipe: bool) {
    anna.open_team().await;
    anna.see("2 people, 2 devices").await;
    anna.click("Remove: Bruno").await;
    let dialog = anna.within(Role::Dialog, "Remove Bruno from the team");
    dialog.see("1 device is shut out at once. It keeps what it has read.").await;
    dialog.see("A new key begins").await;
    if wipe {
        dialog.click("Ask for everything there to be deleted").await;
    }
    dialog.click(if wipe { "Remove and wipe" } else { "Remove" }).await;
    anna.see("No longer in the team").await;
    anna.see(SAFE).await;
}

/// No key, no change and no row of the workspace is left, only the settings of the app itself.
async fn holds_nothing(person: &Person) {
    let left = kept(person).await;
    let own =
        |key: &String| key.starts_with("rapport/settings/") || key.starts_with("rapport/vault/");
    assert!(left.iter().all(own), "{left:?}");
}

/// I10, and the wish of the record that names the device: nothing of the workspace stays on it, keys included, and it says
/// why.
#[tokio::test]
async fn a_tablet_that_is_removed_and_wiped_holds_nothing_and_says_so() {
    let relay = Relay::start();
    let (anna, bruno) = two(&relay).await;
    let databases = |kept: &[String]| -> BTreeSet<String> {
        kept.iter().filter_map(|key| Some(key.split_once('/')?.0.to_owned())).collect()
    };
    assert_eq!(databases(&kept(&bruno).await).len(), 2, "the list of spaces, and one space");

    remove_bruno(&anna, true).await;
    anna.see("Removed, to be wiped").await;
    anna.see("1 person, 1 device").await;
    anna.see("key number 2").await;

    bruno.see("everything it held was deleted").await;
    bruno.see_a(Role::Part, "Start a workspace").await;
    holds_nothing(&bruno).await;
    bruno.reload().await;
    bruno.see("everything it held was deleted").await;
    holds_nothing(&bruno).await;

    // Who was removed may be asked in again.
    let invitation = anna.invite().await;
    bruno.join(&invitation).await;
    bruno.open_client(CLIENT).await;
    bruno.see_no("everything it held was deleted").await;
}

/// What somebody did offline who was removed meanwhile is not taken by anybody, and not lost.
#[tokio::test]
async fn a_removed_tablet_keeps_what_it_had_and_what_it_did_is_refused_and_kept() {
    let relay = Relay::start();
    let (anna, bruno) = two(&relay).await;
    works_offline(&bruno).await;
    remove_bruno(&anna, false).await;

    bruno.set_offline(false).await;
    bruno.reload().await;
    bruno.see("This device was removed from the team.").await;
    bruno.see("1 change exists only here").await;
    bruno.open_client(CLIENT).await;
    bruno.tab_of_client("Timeline").await;
    bruno.see("Only Bruno heard this.").await;
    bruno.reload().await;
    bruno.see("Only Bruno heard this.").await;
    bruno.see("This device was removed from the team.").await;
    anna.open_client(CLIENT).await;
    anna.tab_of_client("Timeline").await;
    anna.see_no("Only Bruno heard this.").await;

    // It deletes nothing by itself, and everything when asked.
    bruno.click("Delete everything here").await;
    let dialog = bruno.within(Role::Dialog, "Delete this workspace from this device?");
    dialog.see("1 change exists only here. Export first if you need it.").await;
    dialog.click("Delete everything here").await;
    bruno.see_a(Role::Part, "Start a workspace").await;
    holds_nothing(&bruno).await;
}

/// Nothing of the workspace is shown any more, but what nobody else has is not deleted before its person says so.
#[tokio::test]
async fn a_wiped_tablet_with_work_of_its_own_offers_to_export_it_first() {
    let relay = Relay::start();
    let (anna, bruno) = two(&relay).await;
    works_offline(&bruno).await;
    remove_bruno(&anna, true).await;

    bruno.set_offline(false).await;
    bruno.reload().await;
    bruno.see_a(Role::Heading, "This device was removed").await;
    bruno.see("1 change exists only here. Export first if you need it.").await;
    bruno.see_no(CLIENT).await;
    bruno.click("Export first").await;
    let exported = fs::read_to_string(bruno.downloaded("json").await).unwrap();
    assert!(exported.contains("Only Bruno heard this."), "what was only here");
    bruno.reload().await;
    bruno.see_a(Role::Heading, "This device was removed").await;
    bruno.click("Delete everything here").await;
    bruno.see("everything it held was deleted").await;
    holds_nothing(&bruno).await;
}

#[tokio::test]
async fn a_lost_workspace_comes_back_with_a_sheet_of_paper() {
    let relay = Relay::start();
    let mut anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.open_team().await;
    anna.see("There is no recovery kit. If every device is lost, everything is lost.").await;
    anna.click("Make kit").await;
    anna.within(Role::Dialog, "Make kit").click("Make kit").await;
    anna.see_a(Role::Heading, "Recovery kit of Northwind").await;
    // Whoever goes away now has no sheet, and is told so.
    anna.reload().await;
    anna.see("nobody said that it was printed").await;
    anna.click("Replace kit").await;
    anna.within(Role::Dialog, "Replace kit").click("Replace kit").await;
    anna.see_a(Role::Heading, "Recovery kit of Northwind").await;
    let paper: Vec<String> = anna.eventually(ON_PAPER).await;
    let [phrase, number, ..] = &paper[..] else { panic!("{paper:?}") };
    anna.picture_called("roster/sheet").await;
    anna.click("It is printed").await;
    anna.see("A kit exists; Anna made it.").await;
    anna.see(SAFE).await;
    anna.kill();

    let back = Person::new("Back").await;
    back.go(&relay.url()).await;
    let recover = async |phrase: &str| {
        back.click("Use recovery kit").await;
        let dialog = back.within(Role::Dialog, "Use recovery kit");
        dialog.fill("Phrase or recovery link", phrase).await;
        dialog.fill("Workspace", &number.to_lowercase().replace('-', " ")).await;
        dialog.click("Recover workspace").await;
    };
    let wrong = phrase.replacen(|it: char| it.is_ascii_digit(), "X", 1);
    recover(&wrong).await;
    back.see("Some letter of the phrase is mistyped.").await;
    recover(&phrase.to_lowercase().replace('-', " ")).await;
    back.see("This workspace was recovered with its kit.").await;
    back.open_client(CLIENT).await;

    // What was lost is removed, which brings the next sheet; the first one is paper now.
    back.click("Remove lost device").await;
    back.see("1 person, 2 devices").await;
    back.see("The kit was used to come back in.").await;
    back.click("Remove: Device 00").await;
    let dialog = back.within(Role::Dialog, "Remove device 00 of Anna");
    dialog.see("The recovery kit may be known there, so it is replaced").await;
    dialog.click("Remove").await;
    back.see_a(Role::Heading, "Recovery kit of Northwind").await;
    back.click("It is printed").await;
    back.see("1 person, 1 device").await;
    back.see_no("This workspace was recovered with its kit.").await;
    back.see(SAFE).await;

    anna.open_again().await;
    anna.go(&relay.url()).await;
    anna.see("This device was removed from the team.").await;
    let late = Person::new("Late").await;
    late.go(&relay.url()).await;
    late.click("Use recovery kit").await;
    let dialog = late.within(Role::Dialog, "Use recovery kit");
    dialog.fill("Phrase or recovery link", phrase).await;
    dialog.fill("Workspace", number).await;
    dialog.click("Recover workspace").await;
    late.see("The team has another recovery kit by now, or none.").await;
    assert!(kept(&late).await.iter().all(|key| key.starts_with("rapport/")));
}

#[tokio::test]
async fn a_team_gives_roles_links_devices_and_says_who_left() {
    let relay = Relay::start();
    let (anna, bruno) = two(&relay).await;

    // A phone of his own, by a link that asks for no name.
    bruno.open_team().await;
    bruno.click("Link another device").await;
    let dialog = bruno.within(Role::Dialog, "Link another device");
    dialog.click("Make link").await;
    let link = dialog.value("Link for the device").await;
    dialog.click("Close").await;
    bruno.see("Your own further device").await;
    let phone = Person::new("Phone").await;
    phone.go(&link).await;
    phone.within(Role::Dialog, "Link this device").click("Link device").await;
    phone.see(SAFE).await;
    phone.open_client(CLIENT).await;
    bruno.see("2 people, 3 devices").await;

    // Another role is there at once.
    anna.open_team().await;
    anna.see("2 people, 3 devices").await;
    anna.see_a(Role::Part, "Anna").await;
    anna.click("Change role of Bruno").await;
    let dialog = anna.within(Role::Dialog, "Change role of Bruno");
    dialog.click("Reader").await;
    dialog.click("Save role").await;
    anna.see("The role is changed.").await;
    bruno.see("Reader").await;
    bruno.see_no("Invite teammate").await;

    // The only owner cannot go; whoever goes is out with all devices, and the key changes by itself.
    anna.click("Leave team").await;
    let dialog = anna.within(Role::Dialog, "Leave this team?");
    dialog.see("You are the only owner.").await;
    dialog.click("Cancel").await;
    bruno.click("Leave team").await;
    bruno.within(Role::Dialog, "Leave this team?").click("Leave team").await;
    bruno.see("You have left the team.").await;
    phone.see("You have left the team.").await;
    anna.see("1 person, 1 device").await;
    anna.see("Left").await;
    anna.see("key number 2").await;
    anna.see(SAFE).await;
}

/// Each of these pages in both sizes and themes: axe finds nothing, and no word is cut off.
#[tokio::test]
async fn the_pages_of_a_team_can_be_read_by_everybody() {
    let relay = Relay::start();
    let anna = Person::new("Anna").await;
    anna.inject(&looks::axe()).await;
    anna.start_workspace(&relay, "Northwind").await;
    let invitation = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.inject(&looks::axe()).await;
    bruno.join(&invitation).await;
    drop(anna.invite().await);
    anna.see("2 people, 2 devices").await;
    let mut objections = looks::objections_to(&anna, "roster-team").await;
    anna.click("Remove: Bruno").await;
    anna.see_a(Role::Dialog, "Remove Bruno from the team").await;
    objections.extend(looks::objections_to(&anna, "roster-remove").await);
    anna.within(Role::Dialog, "Remove Bruno from the team").click("Cancel").await;
    anna.click("Make kit").await;
    anna.within(Role::Dialog, "Make kit").click("Make kit").await;
    anna.see_a(Role::Heading, "Recovery kit of Northwind").await;
    objections.extend(looks::objections_to(&anna, "roster-sheet").await);
    anna.click("It is printed").await;
    anna.click("Remove: Bruno").await;
    anna.within(Role::Dialog, "Remove Bruno from the team").click("Remove").await;
    anna.see("No longer in the team").await;
    objections.extend(looks::objections_to(&anna, "roster-gone").await);
    bruno.see("This device was removed from the team.").await;
    objections.extend(looks::objections_to(&bruno, "roster-out").await);
    let carla = Person::new("Carla").await;
    carla.inject(&looks::axe()).await;
    carla.go(&relay.url()).await;
    carla.click("Use recovery kit").await;
    carla.see_a(Role::Dialog, "Use recovery kit").await;
    objections.extend(looks::objections_to(&carla, "roster-recover").await);
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}
