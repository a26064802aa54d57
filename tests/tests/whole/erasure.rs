//! Erasing a person, with a real relay: nothing of what was sealed about them lies in any of its files
//! afterwards, and no word of it on any device.

use std::fs;
use std::path::Path;

use device::Confirmation;
use handbook::records::{Attachment, Comment, Contact};
use handbook::{DocumentId, Record, RecordKey};
use tests::colleague::{Colleague, now_ms};
use tests::raw::Raw;
use tests::relay::Relay;
use wire::{ClientFrame, Envelope, RelayFrame, RowBody, RowKind, Tag};

/// Words that stand nowhere but with the person.
const WORDS: [&str; 4] =
    ["Stachelbeere", "Moosbeerenweg", "moosbeere@quay.example", "mag keine Termine am Morgen"];

/// Bytes of which no two rows have the same by chance.
const SAMPLE: usize = 20;

/// Everything in a folder, and below.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    all
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|it| it == part)
}

/// Parts of the sealed bytes, small enough to lie within a page of a file.
fn samples(sealed: &[u8]) -> Vec<&[u8]> {
    let last = sealed.len().saturating_sub(SAMPLE);
    (SAMPLE..last).step_by(97).filter_map(|at| sealed.get(at..at + SAMPLE)).collect()
}

/// The sealed bodies of all rows under a tag.
async fn sealed(relay: &Relay, anna: &Colleague, tag: Tag) -> Vec<Vec<u8>> {
    let mut raw = Raw::connect(relay).await;
    let nonce = *raw.nonce();
    let connected = raw.say(&anna.greeting(&nonce).await).await;
    assert!(matches!(connected, Some(RelayFrame::Connected { .. })), "{connected:?}");
    let pulled = raw.say(&ClientFrame::Pull { after: 0, max_bytes: 1 << 20 }).await;
    let Some(RelayFrame::Rows { rows, .. }) = pulled else { panic!("{pulled:?}") };
    let of = rows.into_iter().filter(|row| row.tag == tag && row.kind == RowKind::Changes);
    // The readable header names space and device, as those of other rows do.
    let body = |bytes: Vec<u8>| Envelope::parse(&bytes).unwrap().body().to_vec();
    of.filter_map(|row| if let RowBody::Whole(bytes) = row.body { Some(body(bytes)) } else { None })
        .collect()
}

/// Where a word lies on a device, read as plainly as it can be.
fn words_on(colleague: &Colleague) -> Vec<String> {
    let mut found = Vec::new();
    for (place, value) in colleague.stored() {
        let mut texts = vec![value.clone()];
        if place.contains("/snapshot/") {
            let document = handbook::document::load(&value).unwrap();
            let changes = document.get_changes(&[]);
            texts.extend(changes.iter().map(|change| change.raw_bytes().to_vec()));
        }
        for word in WORDS {
            if texts.iter().any(|text| contains(text, word.as_bytes())) {
                found.push(format!("{word} in {place}"));
            }
        }
    }
    found
}

fn tag_of(colleague: &Colleague, document: DocumentId) -> Tag {
    let mut states = colleague.stored().into_iter().filter_map(|(place, bytes)| {
        let tag: Tag = place.strip_prefix("documents/")?.parse().ok()?;
        let state: device::doc_state::DocState = minicbor::decode(&bytes).ok()?;
        (state.document == Some(document)).then_some(tag)
    });
    states.next_back().unwrap()
}

#[tokio::test]
async fn who_is_erased_is_nowhere_any_more() {
    let [family_name, address, email, remark] = WORDS;
    let mut relay = Relay::bare(&[]);
    let mut anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let client = anna.add_client("Harbour Foods").await;
    let document = DocumentId::Client(client);
    anna.sync().await;
    let invitation = anna.invite().await;
    let mut bruno = Colleague::join(&invitation, "Bruno").await;
    let person = RecordKey::new(Contact::KIND, bruno.id());
    let contact = Contact {
        given_name: "Zoë".into(),
        family_name: family_name.into(),
        address: address.into(),
        emails: [email.into()].into(),
        ..Contact::default()
    };
    bruno.write(document, vec![contact.create(person.id)]).await;
    let about = person.to_string();
    let comment = Comment { about: about.clone(), text: remark.into(), ..Comment::default() };
    let comment = comment.create(bruno.id());
    bruno.write(document, vec![comment]).await;
    bruno.sync().await;
    anna.sync().await;
    // A photo of her, at the relay.
    let object = anna.attach(client, "photo", &vec![7; 300_000]).await;
    let photo = anna.device().rows(document).await.unwrap();
    let photo = photo.iter().find(|row| row.kind == Attachment::KIND).unwrap().key();
    anna.write(document, vec![Attachment::KEYS.about.set(photo.id, about)]).await;
    anna.sync().await;
    anna.transfer(usize::MAX).await.unwrap().put(object.address, |_, _| ()).await.unwrap();
    bruno.sync().await;

    let tag = tag_of(&anna, document);
    let rows = sealed(&relay, &anna, tag).await;
    assert!(rows.len() >= 3, "{}", rows.len());
    let piece = object.sealed.get(..4_096).unwrap().to_vec();
    let all: Vec<&[u8]> = rows.iter().chain([&piece]).flat_map(|row| samples(row)).collect();
    assert!(all.len() > 30, "{}", all.len());
    // What was never there could not be found either.
    relay.stop();
    let before = files(relay.data());
    let there = |part: &&&[u8]| before.iter().any(|(_, file)| contains(file, part));
    assert!(all.iter().filter(there).count() * 10 > all.len() * 9);
    assert!(words_on(&anna).len() >= WORDS.len() && words_on(&bruno).len() >= WORDS.len());
    relay.start_again();
    anna.sync().await;

    // Bruno goes on offline, and knows nothing of it.
    let goals = handbook::Op::Edit {
        key: RecordKey::new(handbook::records::Client::KIND, client),
        field: "profile_goals",
        text: "A dry quay".into(),
    };
    bruno.write(document, vec![goals]).await;
    anna.erase(document, &[person]).await;
    assert_eq!(words_on(&anna), Vec::<String>::new());
    assert!(!words_on(&bruno).is_empty());
    bruno.sync().await;
    while bruno
        .device()
        .erasures()
        .await
        .unwrap()
        .iter()
        .any(|it| it.devices.iter().any(|(_, confirmed)| *confirmed == Confirmation::Waiting))
    {
        bruno.until_quiet(now_ms() + 100).await;
        anna.until_quiet(now_ms() + 100).await;
    }
    anna.sync().await;
    for colleague in [&anna, &bruno] {
        assert_eq!(words_on(colleague), Vec::<String>::new());
        let rows = colleague.device().rows(document).await.unwrap();
        assert!(rows.iter().all(|row| row.key() != person && row.key() != photo));
        let client = rows.iter().find(|row| row.id == client).unwrap();
        assert_eq!(client.get("profile_goals").as_text(), Some("A dry quay"));
        let erasures = colleague.device().erasures().await.unwrap();
        let done = |(_, it): &(_, _)| matches!(it, Confirmation::Done(_));
        assert!(erasures.iter().all(|it| it.devices.len() == 2 && it.devices.iter().all(done)));
        let objects = colleague.device().objects_to_erase().await.unwrap();
        assert_eq!(objects, [object.address]);
        let mut transfer = colleague.transfer(usize::MAX).await.unwrap();
        transfer.erase(object.address).await.unwrap();
        let life = Some(transfer.life());
        colleague.device().object_is_erased(&object.address, life).await.unwrap();
        assert!(colleague.device().objects_to_erase().await.unwrap().is_empty());
    }
    assert_eq!(sealed(&relay, &anna, tag).await, Vec::<Vec<u8>>::new(), "rows are stubs");

    // In no file: the log that was written ahead is folded in when the relay ends.
    relay.stop();
    for (name, file) in files(relay.data()) {
        let there = all.iter().enumerate().filter_map(|(at, part)| {
            let place = file.windows(part.len()).position(|it| it == *part)?;
            Some((at, place / 4096, place % 4096))
        });
        let there: Vec<_> = there.collect();
        assert!(
            there.is_empty(),
            "of {} parts, {name} has these (part, page, byte): {there:?}",
            all.len()
        );
    }
    let said = relay.command("verify");
    assert!(said.contains("sound") && !said.contains("DAMAGED"), "{said}");
    relay.start_again();

    // Whoever comes now reads a log with stubs, and has what everybody has.
    let invitation = anna.invite().await;
    let newcomer = Colleague::join(&invitation, "Cleo").await;
    assert_eq!(words_on(&newcomer), Vec::<String>::new());
    let theirs = newcomer.device().rows(document).await.unwrap();
    assert_eq!(theirs, anna.device().rows(document).await.unwrap());
    let erasures = newcomer.device().erasures().await.unwrap();
    assert!(
        erasures.iter().all(|it| it.devices.len() == 2),
        "no receipt is asked of who came later"
    );
}
