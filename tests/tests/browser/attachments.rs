//! Photos and files: taken without a network, seen elsewhere, carried on where a line broke.

use std::fs;
use std::time::Duration;

use serde_json::Value;
use tests::browser::Role;
use tests::relay::Relay;

use crate::looks;
use crate::person::{Person, SAFE, fixture};

const CLIENT: &str = "Harbour Foods";
/// The whole picture that is shown: its natural size.
const WHOLE: &str = "
    const [image] = document.querySelectorAll('.attachment-whole');
    return image && image.complete && image.naturalWidth > 0
        ? [image.naturalWidth, image.naturalHeight] : null;";

async fn two_people(relay: &Relay) -> (Person, Person) {
    let anna = Person::new("Anna").await;
    anna.start_workspace(relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.see(SAFE).await;
    let invitation = anna.invite().await;
    let bruno = Person::new("Bruno").await;
    bruno.inject(&looks::axe()).await;
    bruno.join(&invitation).await;
    (anna, bruno)
}

/// The bytes of objects that the relay has stored.
fn held(relay: &Relay) -> u64 {
    let stats: Value = serde_json::from_str(&relay.command_with(&["stats", "--json"])).unwrap();
    let spaces = stats["spaces"].as_array().unwrap_or_else(|| panic!("{stats}"));
    spaces.iter().map(|space| space["object_bytes"].as_u64().unwrap()).sum()
}

/// A photo taken offline on one tablet is seen on the other after both are back: at once as a small picture, whole
/// when it is asked for, upright and without what the camera wrote into it. The sync sentence tells the truth meanwhile.
#[tokio::test]
async fn a_photo_taken_offline_is_seen_on_the_other_tablet() {
    let mut relay = Relay::start();
    let (mut anna, bruno) = two_people(&relay).await;
    relay.kill();
    anna.see("Offline since").await;
    anna.open_client(CLIENT).await;
    anna.tab_of_client("Details").await;
    let section = anna.within(Role::Part, "Photos and files");
    section.see("There is no photo or file here yet.").await;
    anna.drop_file("Add file", &fixture("quay.jpg")).await;
    section.see("quay.jpg").await;
    section.see("Only on this device").await;
    anna.see("1 change and 1 attachment only on this device").await;
    // It is there after the browser was closed, and can be looked at.
    anna.close().await;
    anna.open_again().await;
    anna.go(&relay.url()).await;
    anna.open_client(CLIENT).await;
    anna.see("1 change and 1 attachment only on this device").await;
    let section = anna.within(Role::Part, "All photos and files");
    section.click("Open quay.jpg").await;
    let size: [u32; 2] = anna.eventually(WHOLE).await;
    assert_eq!(size, [1920, 2560], "scaled down, and turned as the camera was held");
    anna.within(Role::Dialog, "quay.jpg").click("Close").await;

    relay.start_again();
    anna.see(SAFE).await;
    assert!(held(&relay) > 20_000);
    bruno.open_client(CLIENT).await;
    let section = bruno.within(Role::Part, "All photos and files");
    section.see("quay.jpg").await;
    section.see("Not on this device yet").await;
    section.see("Anna").await;
    let small: bool = bruno
        .eventually("return document.querySelector('.attachment img')?.naturalHeight > 60 || null")
        .await;
    assert!(small);
    let mut objections =
        looks::objections_from(&bruno, "attachments", "All photos and files").await;
    section.click("Fetch").await;
    section.see_no("Not on this device yet").await;
    section.click("Open quay.jpg").await;
    let size: [u32; 2] = bruno.eventually(WHOLE).await;
    assert_eq!(size, [1920, 2560]);
    objections.extend(looks::objections_to(&bruno, "attachment").await);
    bruno.within(Role::Dialog, "quay.jpg").click("Close").await;
    // What the camera wrote into it did not travel.
    section.click("More").await;
    section.click("Save as file").await;
    let bytes = fs::read(bruno.downloaded("jpg").await).unwrap();
    let has = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    let taken = fs::read(fixture("quay.jpg")).unwrap();
    for word in [&b"Exif"[..], b"QuayCam"] {
        assert!(has(&taken, word) && !has(&bytes, word));
    }
    // Without a network it is there, and so is everything around it.
    relay.kill();
    bruno.reload().await;
    bruno.within(Role::Part, "All photos and files").click("Open quay.jpg").await;
    let _: [u32; 2] = bruno.eventually(WHOLE).await;
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}

/// The relay dies while a large file is on its way. It goes on where it was: the relay counts what comes in.
#[tokio::test]
async fn a_cut_transfer_goes_on_where_it_was() {
    const BYTES: usize = 20 << 20;
    let mut relay = Relay::watched();
    let (anna, bruno) = two_people(&relay).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.pdf");
    fs::write(&file, noise(BYTES)).unwrap();
    anna.open_client(CLIENT).await;
    anna.tab_of_client("Details").await;
    anna.drop_file("Add file", &file).await;
    while held(&relay) < 1 << 20 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    relay.kill();
    let before = held(&relay);
    assert!((1 << 20..20 << 20).contains(&before), "the whole of it had come: {before}");
    anna.see("1 attachment only on this device").await;
    relay.start_again();
    anna.see(SAFE).await;
    let all = held(&relay);
    let received = figure(&relay.figures(), "rapport_received_bytes_total");
    let rest = (all - before) as f64;
    assert!(
        (rest..rest + 300_000.0).contains(&received),
        "{received} bytes came for a rest of {rest}, of {all}"
    );

    // Down as well: cut, said, gone on with.
    bruno.see(SAFE).await;
    bruno.open_client(CLIENT).await;
    let section = bruno.within(Role::Part, "All photos and files");
    section.click("Fetch").await;
    section.see("Save as file").await;
    section.click("Open plan.pdf").await;
    let bytes = fs::read(bruno.downloaded("pdf").await).unwrap();
    assert_eq!(bytes.len(), BYTES);
    assert!(bytes == fs::read(&file).unwrap());
}

/// A tablet without room says so, and nothing of the file stays behind; what the relay has no room for stays on the tablet, and says that.
#[tokio::test]
async fn no_room_is_said_on_either_side() {
    let relay = Relay::with_options(&["--object-bytes", "200KiB"]);
    let anna = Person::new("Anna").await;
    anna.start_workspace(&relay, "Northwind").await;
    anna.add_client(CLIENT).await;
    anna.see(SAFE).await;
    anna.tab_of_client("Details").await;
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes| {
        let file = folder.path().join(name);
        fs::write(&file, noise(bytes)).unwrap();
        file
    };
    anna.drop_file("Add file", &file("plan.pdf", 300_000)).await;
    anna.see("The relay has no room left for attachments.").await;
    anna.see("Only on this device").await;
    anna.see("1 attachment only on this device").await;

    anna.drop_file("Add file", &file("film.mov", 25 << 20)).await;
    anna.see("“film.mov” was not added: it is larger than").await;
    anna.see_no("film.mov is kept").await;
    anna.set_quota(&relay.url(), Some(1000)).await;
    let large = file("second.pdf", 12 << 20);
    let refused = "The attachment was not added, and nothing of it was stored.";
    // A browser that found much room a while ago asks again after half a minute only.
    for _ in 0..8 {
        anna.drop_file("Add file", &large).await;
        anna.see_one_of(&[refused, "second.pdf is kept on this device"]).await;
        if anna.shown().await.contains(refused) {
            break;
        }
        tokio::time::sleep(Duration::from_secs(6)).await;
    }
    anna.see(refused).await;
    // What was typed and saved before is there.
    anna.set_quota(&relay.url(), None).await;
    anna.reload().await;
    anna.see("plan.pdf").await;
}

/// Bytes that no compression makes smaller.
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    (0..bytes).map(next).collect()
}

fn figure(figures: &str, name: &str) -> f64 {
    let line = figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name}")).parse().unwrap()
}
