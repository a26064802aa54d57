//! Erasing a person: who may, what every device then holds, and what becomes of work that was under way.

mod restored;
mod set_aside;
mod told;

use std::collections::BTreeSet;

use device::memory::{Fault, finish};
use device::{Confirmation, EraseError, ErasureState, WriteError};
use handbook::records::{Attachment, Comment, Contact};
use handbook::typed::{Note, Record};
use handbook::{Op, RecordId, RecordKey, Value};
use replica::{Content, Task};
use wire::{LogId, Role};

use crate::kit::*;
use told::*;

#[test]
fn every_device_deletes_and_says_so() {
    let (ours, anna, theirs, ben, mut told) = team();
    let preview = finish(anna.erasure(&[client(1).0], &[zoe()])).unwrap();
    assert_eq!(
        preview.records.iter().map(|row| row.kind.key).collect::<Vec<_>>(),
        ["contact", "comment"]
    );
    assert_eq!(preview.touched.iter().map(handbook::Row::key).collect::<Vec<_>>(), [touchpoint(3)]);
    let before = (tags(&ours), seen(&anna));
    assert!(!found_in(&ours, ZOE).is_empty() && !found_in(&theirs, ZOE).is_empty());

    erase(&anna).unwrap();
    assert_eq!(erasure(&anna).begun, None);
    assert!(matches!(erase(&anna), Err(EraseError::UnderWay)));
    // The first snapshot comes first, and nobody takes any notice of it.
    assert!(told.take(&anna));
    told.pull(&ben);
    assert_eq!(seen(&ben), before.1);
    assert_eq!(told.special.len(), 1);
    // The generation.
    assert!(told.take(&anna));
    let state = erasure(&anna);
    assert_eq!((state.records, state.subjects), (2, vec![zoe()]));
    assert!(state.devices.iter().all(|(_, confirmed)| *confirmed == Confirmation::Waiting));
    assert!(told.take(&anna), "Anna's receipt");
    assert!(!told.take(&anna), "and nothing else");
    let of = |state: &ErasureState, key| {
        state.devices.iter().find(|(device, _)| *device == key).unwrap().1
    };
    let state = erasure(&anna);
    assert!(matches!(of(&state, anna.device()), Confirmation::Done(_)));
    assert_eq!(of(&state, ben.device()), Confirmation::Waiting);
    assert_eq!(found_in(&ours, ZOE), Vec::<String>::new());
    assert!(!found_in(&theirs, ZOE).is_empty());

    // Ben owes one as well, unless the relay has it already.
    told.pull(&ben);
    let owed = finish(ben.task(&BTreeSet::new())).unwrap();
    let Some(Task::Receipt { generation, .. }) = owed else { panic!("{owed:?}") };
    assert!(finish(ben.task(&BTreeSet::from([generation]))).unwrap().is_none());
    told.settle(&[&anna, &ben]);
    for (memory, device) in [(&ours, &anna), (&theirs, &ben)] {
        for word in [ZOE, "mornings", &before.0[0].to_string()] {
            let places = found_in(memory, word);
            let named = |place: &String| place.starts_with("local/closed/");
            assert!(places.iter().all(named), "{word} in {places:?}");
        }
        let done = |(_, it): &(_, _)| matches!(it, Confirmation::Done(_));
        assert!(erasure(device).devices.iter().all(done));
        assert_eq!(field(device, client(1).0, client(1).1, "sector").as_deref(), Some("Rail"));
        let notes = field(device, client(1).0, touchpoint(3), "notes");
        assert_eq!(notes.as_deref(), Some("with […]"));
        check_model(memory);
        // It is the same after the app was closed.
        assert_eq!(seen(&open(memory)), seen(device));
        assert_eq!(erasure(&open(memory)), erasure(device));
    }
    assert_eq!(seen(&anna), seen(&ben));
    // Life goes on.
    write(&ben, client(1).0, vec![set(client(1).1, "sector", "Shipping")]);
    told.settle(&[&anna, &ben]);
    assert_eq!(field(&anna, client(1).0, client(1).1, "sector").as_deref(), Some("Shipping"));
}

#[test]
fn what_was_not_sent_yet_is_carried_over_once() {
    let (_, anna, theirs, ben, mut told) = team();
    let (document, key) = client(1);
    write(
        &ben,
        document,
        vec![set(key, "sector", "Shipping"), create(touchpoint(4), &[("subject", "Call")])],
    );
    write(
        &ben,
        document,
        vec![Op::Edit { key, field: "profile_goals", text: "A dry quay".into() }],
    );
    let note = format!("Zoë {ZOE} is content");
    write(&ben, document, vec![create(touchpoint(5), &[("subject", "Later"), ("notes", &note)])]);
    erase(&anna).unwrap();
    told.settle(&[&anna]);
    // Others have gone on with the new one.
    write(&anna, document, vec![set(key, "sector", "Air")]);
    told.push(&anna);
    told.pull(&ben);
    assert_eq!(field(&ben, document, touchpoint(5), "notes").as_deref(), Some("[…] is content"));
    told.settle(&[&anna, &ben]);
    for device in [&anna, &ben] {
        assert_eq!(field(device, document, touchpoint(4), "subject").as_deref(), Some("Call"));
        assert_eq!(field(device, document, key, "profile_goals").as_deref(), Some("A dry quay"));
        let versions = finish(device.versions(document, key, "sector")).unwrap();
        let mut values: Vec<_> = versions.iter().map(|it| it.value.as_text().unwrap()).collect();
        values.sort_unstable();
        assert_eq!(values, ["Air", "Shipping"], "both stay visible");
    }
    assert_eq!(found_in(&theirs, ZOE), Vec::<String>::new());
    assert_eq!(anna.unsynced() + ben.unsynced(), 0);
}

#[test]
fn who_may_not_and_what_cannot_be_erased() {
    let (_, anna, _, ben, mut told) = team();
    assert!(matches!(erase(&ben), Err(EraseError::NotAllowed)), "an editor");
    let stamp = anna.stamp(NOW, "erase");
    let nobody = RecordKey::new(Contact::KIND, RecordId::from_bytes([9; 16]));
    let missing = finish(anna.erase(&[client(1).0], &[nobody], stamp));
    assert!(matches!(missing, Err(EraseError::Missing(key)) if key == nobody));
    // A change that waits for another.
    write(&ben, client(1).0, vec![set(client(1).1, "sector", "Shipping")]);
    write(&ben, client(1).0, vec![set(client(1).1, "sector", "Air")]);
    let mut chunk = finish(ben.derive()).unwrap().remove(0);
    let late = chunk.changes.pop().unwrap();
    told.log.rows.push((chunk.tag, vec![late]));
    told.pull(&anna);
    let refused = erase(&anna).unwrap_err();
    assert!(matches!(refused, EraseError::Troubled));
    assert!(refused.to_string().contains("nothing was erased"), "{refused}");
    assert!(!told.take(&anna));
    told.log.rows.push((chunk.tag, chunk.changes));
    told.pull(&anna);
    erase(&anna).unwrap();
    assert!(told.take(&anna));
}

/// A wish that nobody else knows of can be withdrawn; one of which the relay may know cannot.
#[test]
fn an_erasure_is_taken_back_before_it_has_begun() {
    let (ours, anna, theirs, ben, mut told) = team();
    let other = open(&ours);
    erase(&anna).unwrap();
    assert!(erasure(&other).withdrawable);
    finish(other.withdraw(&[client(1).0])).unwrap();
    assert!(finish(anna.erasures()).unwrap().is_empty());
    assert!(
        matches!(finish(anna.withdraw(&[client(1).0])), Err(EraseError::Begun)),
        "there is none"
    );
    told.settle(&[&anna, &ben]);
    assert!(told.special.is_empty(), "nothing was appended for it");
    assert!(anna.model().row(client(1).0, zoe()).is_some());

    erase(&anna).unwrap();
    assert!(told.take(&anna));
    assert!(!erasure(&anna).withdrawable);
    assert!(matches!(finish(anna.withdraw(&[client(1).0])), Err(EraseError::Begun)));
    told.settle(&[&anna, &ben]);
    assert_eq!(found_in(&ours, ZOE), Vec::<String>::new());
    assert_eq!(found_in(&theirs, ZOE), Vec::<String>::new());
}

/// Who was an owner carries nothing through any more: what was made goes, and the wish can be taken back.
#[test]
fn who_is_no_owner_any_more_takes_back_what_had_begun() {
    let (ours, anna, _, ben, mut told) = team();
    let ben_too = anna.set_role(ben.member(), Role::Owner).unwrap();
    told.log.append(&anna, &ben_too.record);
    told.pull(&ben);
    erase(&anna).unwrap();
    assert!(matches!(finish(anna.task(&BTreeSet::new())), Ok(Some(Task::Begin { .. }))));
    assert_eq!(tags(&ours).len(), 2);
    assert!(!erasure(&anna).withdrawable);
    let anna_no_more = ben.set_role(anna.member(), Role::Editor).unwrap();
    told.log.append(&anna, &anna_no_more.record);
    assert!(!told.take(&anna));
    assert_eq!(tags(&ours).len(), 1, "nothing of it is left");
    assert!(erasure(&anna).withdrawable);
    finish(anna.withdraw(&[client(1).0])).unwrap();
    assert!(finish(anna.erasures()).unwrap().is_empty());
    assert!(anna.model().row(client(1).0, zoe()).is_some());
    check_model(&ours);
}

/// What came in after the document was made anew is in the one that is named.
#[test]
fn an_edit_that_was_faster_makes_it_begin_once_more() {
    let (ours, anna, theirs, ben, mut told) = team();
    erase(&anna).unwrap();
    assert!(told.take(&anna));
    write(&ben, client(1).0, vec![set(client(1).1, "sector", "Shipping")]);
    told.push(&ben);
    told.settle(&[&anna, &ben]);
    let begun = |content: &&Content| matches!(content, Content::Snapshot { .. });
    assert_eq!(told.special.values().filter(begun).count(), 2);
    for (memory, device) in [(&ours, &anna), (&theirs, &ben)] {
        assert_eq!(field(device, client(1).0, client(1).1, "sector").as_deref(), Some("Shipping"));
        assert_eq!(tags(memory).len(), 1, "nothing of the first attempt is left");
        assert_eq!(found_in(memory, ZOE), Vec::<String>::new());
    }
}

#[test]
fn a_tab_that_knows_nothing_of_it_writes_to_the_new_one() {
    let (ours, anna, _, ben, mut told) = team();
    let other = open(&ours);
    let (document, key) = client(1);
    assert_eq!(field(&other, document, key, "sector").as_deref(), Some("Rail"));
    write(&other, document, vec![set(key, "sector", "Air")]);
    erase(&anna).unwrap();
    finish(anna.refresh(&[])).unwrap();
    told.settle(&[&anna, &ben]);
    write(&other, document, vec![set(key, "sector", "Shipping")]);
    let gone = other.stamp(NOW, "edit");
    let gone = finish(other.write(document, vec![set(zoe(), "job_title", "Head")], gone));
    assert!(matches!(gone, Err(WriteError::Content(_))), "{gone:?}");
    assert!(other.model().row(document, zoe()).is_none());
    finish(anna.refresh(&[])).unwrap();
    assert_eq!(seen(&anna), seen(&other));
    told.settle(&[&anna, &ben]);
    assert_eq!(field(&ben, document, key, "sector").as_deref(), Some("Shipping"));
    check_model(&ours);
}

/// At whichever call a device dies: the old document is there whole, or the new one.
#[test]
fn a_crash_leaves_one_or_the_other() {
    let (_, anna, theirs, ben, mut told) = team();
    let (document, key) = client(1);
    write(&ben, document, vec![set(key, "sector", "Shipping")]);
    erase(&anna).unwrap();
    told.settle(&[&anna]);
    let before = theirs.snapshot();
    for fault in Fault::ALL {
        let mut calls = 0;
        loop {
            theirs.restore(&before);
            let ben = open(&theirs);
            let at = ben.storage().calls() + calls;
            ben.storage().fail_at(at, fault);
            let (rows, place) = told.behind(&ben);
            drop(finish(ben.apply(rows, place)));
            let reached = ben.storage().calls() > at;
            let ben = open(&theirs);
            let sector = field(&ben, document, key, "sector");
            assert_eq!(sector.as_deref(), Some("Shipping"), "call {calls}, {fault:?}");
            told.pull(&ben);
            assert_eq!(found_in(&theirs, ZOE), Vec::<String>::new(), "call {calls}, {fault:?}");
            assert_eq!(field(&ben, document, key, "sector").as_deref(), Some("Shipping"));
            check_model(&theirs);
            if !reached {
                break;
            }
            calls += 1;
        }
        assert!((5..100).contains(&calls), "{calls}");
    }
}

#[test]
fn attachments_go_with_the_record_that_has_them() {
    let (ours, anna, theirs, ben, mut told) = team();
    let (document, _) = client(1);
    let photo = anna.seal_object(b"a photo of her").unwrap();
    let other = anna.seal_object(b"a photo of the quay").unwrap();
    for (number, about, object) in
        [(30, zoe().to_string(), &photo), (31, touchpoint(3).to_string(), &other)]
    {
        let attachment = Attachment {
            about,
            name: "photo".into(),
            address: object.address.to_string(),
            key: Note::from("key"),
            ..Attachment::default()
        };
        let ops = vec![attachment.create(RecordId::from_bytes([number; 16]))];
        let stamp = anna.stamp(NOW, "attach");
        let edit = device::Edit { document, ops, stamp };
        finish(anna.write_with_object(edit, object)).unwrap();
    }
    told.push(&anna);
    erase(&anna).unwrap();
    told.settle(&[&anna, &ben]);
    for (memory, device) in [(&ours, &anna), (&theirs, &ben)] {
        assert_eq!(
            found_in(memory, &photo.address.to_string())
                .iter()
                .filter(|it| it.starts_with("objects"))
                .count(),
            0
        );
        assert_eq!(finish(device.object(&photo.address)).unwrap(), None);
        assert_eq!(finish(device.objects_to_erase()).unwrap(), [photo.address]);
        finish(device.object_is_erased(&photo.address, Some(told.log.id))).unwrap();
        assert_eq!(finish(device.objects_to_erase()).unwrap(), []);
    }
    assert!(finish(anna.object(&other.address)).unwrap().is_some());
    // A restored relay may have it again.
    let place = anna.place().unwrap().in_new_life(LogId([2; 16]));
    finish(anna.begin_life(place)).unwrap();
    assert_eq!(finish(anna.objects_to_erase()).unwrap(), [photo.address]);
}

/// What somebody was typing, and where they went last, lies on their device alone.
#[test]
fn settings_lose_what_is_erased() {
    let (ours, anna, theirs, ben, mut told) = team();
    let other = open(&theirs);
    let id = zoe_id();
    let set = |device: &Tablet, name: &str, text: &str| {
        finish(device.set_setting(name, Some(text.into()))).unwrap();
    };
    for device in [&anna, &ben] {
        set(device, "draft/log", &format!("notes\tZoë {ZOE} is late\\nAgain\ncontacts\t{id}\n"));
        set(device, "draft/palette", &format!("/contact/{id}\tZoë {ZOE}\t\n/firm\tFirm\t\n"));
        set(device, &format!("draft/comment/contact/{id}"), "text\tYes\n");
        set(device, "other", "what has nothing to do with her");
    }
    erase(&anna).unwrap();
    told.settle(&[&anna, &ben]);
    for (memory, device) in [(&ours, &anna), (&theirs, &ben)] {
        for word in [ZOE, &id.to_string()] {
            let places = found_in(memory, word);
            let settings: Vec<_> = places.iter().filter(|it| it.contains("setting")).collect();
            assert!(settings.is_empty(), "{word} in {settings:?}");
        }
        let setting = |name| finish(device.setting(name)).unwrap().map(String::from_utf8);
        for (name, expected) in [
            ("draft/log", "notes\t[…] is late\\nAgain\n"),
            ("draft/palette", "/firm\tFirm\t\n"),
            ("other", "what has nothing to do with her"),
        ] {
            assert_eq!(setting(name), Some(Ok(expected.to_owned())));
        }
    }
    let changed = finish(other.refresh(&[])).unwrap();
    assert!(changed.erased, "the other tabs look at what they hold");
    assert!(!finish(other.refresh(&[])).unwrap().erased);
}

/// Two clients that are read as one: the person's record lies in one document, and what is held about
/// her in both.
#[test]
fn documents_that_are_read_as_one_begin_again_together() {
    let (ours, anna, theirs, ben, mut told) = team();
    let (document, key) = new_client(&anna, 2, "Birch & Sons");
    let note = format!("Zoë {ZOE} came along");
    write(&anna, document, vec![create(touchpoint(4), &[("subject", "Lunch"), ("notes", &note)])]);
    let about = zoe().to_string();
    let comment = Comment { about, text: "likes evenings".into(), ..Comment::default() };
    write(&anna, document, vec![comment.create(RecordId::from_bytes([0x30; 16]))]);
    let link = Value::Link(zoe_id());
    let with = Op::Include { key: touchpoint(4), field: "contacts", item: link };
    write(&anna, document, vec![with]);
    told.push(&anna);
    told.pull(&ben);
    // Ben has not sent this when it begins.
    let note = format!("{ZOE}, Zoë: not today");
    write(&ben, document, vec![create(touchpoint(5), &[("subject", "Call"), ("notes", &note)])]);

    let both = [document, client(1).0];
    let preview = finish(anna.erasure(&both, &[zoe()])).unwrap();
    let kinds: Vec<_> = preview.records.iter().map(|row| row.kind.key).collect();
    assert_eq!(kinds, ["contact", "comment", "comment"]);
    let mut touched: Vec<_> = preview.touched.iter().map(handbook::Row::key).collect();
    touched.sort();
    assert_eq!(touched, [touchpoint(3), touchpoint(4)]);
    let name = format!("Zoë {ZOE}");
    let mut cut: Vec<_> = preview.passages.iter().map(|it| (&*it.was, &*it.becomes)).collect();
    cut.sort_unstable();
    let came = format!("{name} came along");
    let with = format!("with {name}");
    assert_eq!(cut, [(&*name, ""), (&*came, "[…] came along"), (&*with, "with […]")]);

    let ask = || finish(anna.erase(&both, &[zoe()], anna.stamp(NOW, "erase")));
    ask().unwrap();
    assert_eq!(finish(anna.erasures()).unwrap().len(), 2);
    finish(anna.withdraw(&both)).unwrap();
    assert!(finish(anna.erasures()).unwrap().is_empty());
    ask().unwrap();
    told.settle(&[&anna, &ben]);
    for (memory, device) in [(&ours, &anna), (&theirs, &ben)] {
        for word in [ZOE, "mornings", "evenings"] {
            assert_eq!(found_in(memory, word), Vec::<String>::new(), "{word}");
        }
        let notes = |number| field(device, document, touchpoint(number), "notes");
        assert_eq!(notes(4).as_deref(), Some("[…] came along"));
        assert_eq!(notes(5).as_deref(), Some("[…]: not today"));
        assert!(finish(device.erasures()).unwrap().iter().all(|it| it.begun.is_some()));
        check_model(memory);
    }
    write(&ben, document, vec![set(key, "sector", "Shipping")]);
    told.settle(&[&anna, &ben]);
    assert_eq!(seen(&anna), seen(&ben));
}
