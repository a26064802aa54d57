//! An erasure in a log that was restored from a backup of before it.

use std::rc::Rc;

use device::Confirmation;
use device::memory::{Memory, finish};
use device::sync::Engine;
use handbook::records::Contact;
use handbook::typed::Record;
use handbook::{RecordId, RecordKey};
use replica::Content;
use wire::Role;

use super::told::*;
use crate::kit::*;

/// Another person of that client's.
const YAN: &str = "Okafor-Lindqvist";

fn yan() -> RecordKey {
    RecordKey::new(Contact::KIND, RecordId::from_bytes([0x3a; 16]))
}

/// Anna and Ben, both owners, with Yan beside Zoë.
fn two_owners() -> (Memory, Tablet, Memory, Tablet, Told) {
    let (ours, anna, theirs, ben, mut told) = team();
    let ben_too = anna.set_role(ben.member(), Role::Owner).unwrap();
    told.log.append(&anna, &ben_too.record);
    let known = Contact { family_name: YAN.into(), ..Contact::default() };
    write(&anna, client(1).0, vec![known.create(yan().id)]);
    told.push(&anna);
    told.pull(&ben);
    (ours, anna, theirs, ben, told)
}

/// Anna erases Zoë, and writes to the document that follows.
fn erase_and_go_on(anna: &Tablet, told: &mut Told) {
    erase(anna).unwrap();
    told.settle(&[anna]);
    write(anna, client(1).0, vec![create(touchpoint(7), &[("subject", "By Anna")])]);
    told.push(anna);
}

/// Nothing of the erased is anywhere, nothing of what was written since is lost, and everybody sees the same in one document.
fn agree(devices: &[(&Memory, &Tablet)], erased: &[&str], since: &[u8]) {
    for (memory, device) in devices {
        for name in erased {
            assert_eq!(found_in(memory, name), Vec::<String>::new());
        }
        for &number in since {
            let row = device.model().row(client(1).0, touchpoint(number));
            assert!(row.is_some(), "{number}");
        }
        assert_eq!((tags(memory).len(), device.unsynced()), (1, 0));
        check_model(memory);
        assert_eq!(seen(device), seen(devices[0].1));
    }
}

/// A relay restored to before the erasure has everything again. Whoever knows tells it once more, and
/// what somebody who did not know wrote in between is not lost.
#[test]
fn a_restored_relay_is_told_again() {
    let (ours, anna, theirs, ben, mut told) = team();
    let backup = told.log.rows.len();
    let (document, key) = client(1);
    let cleo_has = Memory::new();
    let cleo = told.log.join(&anna, &cleo_has, "Cleo");
    told.devices.push(cleo.device());
    told.log.push(&cleo, true);
    erase(&anna).unwrap();
    told.settle(&[&anna, &ben]);
    write(&anna, document, vec![set(key, "legal_name", "Birch Ltd")]);
    write(&anna, document, vec![create(touchpoint(7), &[("subject", "Afterwards")])]);
    told.push(&anna);

    told.log.rows.truncate(backup + 1);
    told.begin_life(&[&anna, &ben, &cleo]);
    // Ben knows, and is an editor: a generation is an owner's to append.
    assert!(!told.take(&ben));
    // Cleo was away all the time, and writes to the old one.
    write(&cleo, document, vec![create(touchpoint(8), &[("subject", "Meanwhile")])]);
    told.push(&cleo);
    told.pull(&anna);
    told.pull(&ben);
    assert!(anna.model().row(document, zoe()).is_none(), "nobody who knew sees it again");
    told.settle(&[&anna, &ben, &cleo]);
    agree(&[(&ours, &anna), (&theirs, &ben), (&cleo_has, &cleo)], &[ZOE], &[7, 8]);
    for device in [&anna, &ben, &cleo] {
        let state = erasure(device);
        let done = |(_, it): &(_, _)| matches!(it, Confirmation::Done(_));
        assert!(state.devices.iter().all(done), "{state:?}");
    }
}

/// Ben had the new document and not the word that it follows on the old one, when a backup from before both was put back:
/// what others write to it is not thrown away with what that log has forgotten.
#[test]
fn a_new_document_that_a_restored_log_knows_as_one_like_any_other_stays() {
    let (ours, anna, theirs, ben, mut told) = team();
    let (document, key) = client(1);
    erase(&anna).unwrap();
    let old = tags(&theirs);
    assert!(told.take(&anna), "the first snapshot");
    told.pull(&ben);
    let new = tags(&ours).into_iter().find(|tag| !old.contains(tag)).unwrap();
    told.settle(&[&anna]);
    write(&anna, document, vec![create(touchpoint(7), &[("subject", "By Anna")])]);
    told.log.rows.retain(|(tag, _)| *tag != new && !old.contains(tag));
    told.begin_life(&[&anna, &ben]);
    told.push(&anna);
    told.pull(&ben);
    drop(finish(Engine::start(Rc::new(open(&theirs)), false)).unwrap());
    let ben = open(&theirs);
    assert!(tags(&theirs).contains(&new), "rows of this log are in it");
    told.push(&ben);
    told.settle(&[&anna, &ben]);
    agree(&[(&ours, &anna), (&theirs, &ben)], &[ZOE], &[7]);
    assert_eq!(tags(&theirs), [new]);
    assert_eq!(field(&ben, document, key, "sector").as_deref(), Some("Rail"));
}

/// Anna erased Zoë, and Ben, who does not know, erases Yan in a log that was restored. What both wrote since is there,
/// and neither of the two people is.
#[test]
fn ways_that_part_after_a_restore_are_one_again() {
    for lacks_it in [false, true] {
        println!("the restored log lacks the old document: {lacks_it}");
        let (ours, anna, theirs, ben, mut told) = two_owners();
        let (document, _) = client(1);
        let backup = told.log.rows.clone();

        erase_and_go_on(&anna, &mut told);
        let old = tags(&theirs);
        told.log.rows = backup;
        if lacks_it {
            told.log.rows.retain(|(tag, _)| !old.contains(tag));
        }
        told.begin_life(&[&anna, &ben]);
        if lacks_it {
            // Nothing is known there of the old one: the new one is a document like others.
            told.push(&anna);
        }
        told.push(&ben);
        erase_one(&ben, yan()).unwrap();
        told.settle(&[&ben]);
        write(&ben, document, vec![create(touchpoint(8), &[("subject", "By Ben")])]);
        told.push(&ben);

        told.settle(&[&anna, &ben]);
        agree(&[(&ours, &anna), (&theirs, &ben)], &[ZOE, YAN], &[7, 8]);
    }
}

/// Anna tells a restored log again how the document goes on. Ben is faster with another erasure: what she appended went
/// with the old tag, and the relay would take no generation under its tag.
#[test]
fn a_first_snapshot_that_another_way_overtook_is_closed_by_nobody() {
    let (ours, anna, theirs, ben, mut told) = two_owners();
    let backup = told.log.rows.clone();
    erase_and_go_on(&anna, &mut told);
    let unnamed = tags(&ours);

    told.log.rows = backup;
    told.begin_life(&[&anna, &ben]);
    assert!(told.take(&anna), "her first snapshot once more");
    erase_one(&ben, yan()).unwrap();
    assert!(told.take(&ben) && told.take(&ben), "his, and his generation");
    told.settle(&[&anna, &ben]);
    let closes = |content: &Content| matches!(content, Content::Generation { tag, .. } if unnamed.contains(tag));
    assert!(!told.special.values().any(closes));
    agree(&[(&ours, &anna), (&theirs, &ben)], &[ZOE, YAN], &[7]);
}
