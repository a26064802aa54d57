//! Attachments on the device: the record and the bytes are there together or not at all.

use device::memory::{Fault, Memory, OpenVault, finish};
use device::{Device, Edit, ObjectError, ObjectState, StorageError, Table};
use handbook::records::Attachment;
use handbook::{DocumentId, Op, Record, RecordId, RecordKey};
use replica::{ObjectKey, SealedObject};
use wire::limits::OBJECT_PIECE;
use wire::{Hash, LogId};

use crate::kit::*;

const LIFE: Option<LogId> = Some(LogId([1; 16]));

fn content(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|n| (n * 7) as u8).collect()
}

/// An attachment of a client, and its key.
fn attachment(number: u8, object: &SealedObject) -> (RecordKey, Op) {
    let key = RecordKey::new(Attachment::KIND, RecordId::from_bytes([number; 16]));
    let record = Attachment {
        about: client(1).1.to_string(),
        name: "quay.jpg".into(),
        size: Some(1),
        address: object.address.to_string(),
        key: object.key.to_text().as_str().into(),
        ..Attachment::default()
    };
    (key, record.create(key.id))
}

pub(crate) fn attach(
    device: &Tablet,
    document: DocumentId,
    bytes: usize,
) -> (RecordKey, SealedObject) {
    let object = device.seal_object(&content(bytes)).unwrap();
    let (key, op) = attachment(9, &object);
    let edit = Edit { document, ops: vec![op], stamp: device.stamp(NOW, "attach") };
    finish(device.write_with_object(edit, &object)).unwrap();
    (key, object)
}

#[test]
fn an_attachment_at_every_call() {
    for fault in Fault::ALL {
        let mut call = 0;
        loop {
            let memory = Memory::new();
            let anna = found(&memory);
            let (document, _) = new_client(&anna, 1, "Birch");
            drop(anna);
            let anna = open(&memory);
            let opened_with = anna.storage().calls();
            anna.storage().fail_at(opened_with + call, fault);
            let object = anna.seal_object(&content(300_000)).unwrap();
            let (key, op) = attachment(9, &object);
            let edit = Edit { document, ops: vec![op], stamp: anna.stamp(NOW, "attach") };
            let saved = finish(anna.write_with_object(edit, &object)).is_ok();
            let reached = anna.storage().calls() > opened_with + call;

            let again = open(&memory);
            let told = field(&again, document, key, "address").is_some();
            let here = finish(again.object(&object.address)).unwrap();
            let opened = finish(again.open_object(&object.address, &object.key)).unwrap();
            let at = format!("{fault:?} at {call}");
            assert_eq!(told, here.is_some(), "half an attachment: {at}");
            assert_eq!(opened.is_some(), told, "{at}");
            assert!(told || !saved, "shown as saved and lost: {at}");
            assert!(told || memory.peek(Table::Objects).is_empty(), "{at}");
            if told {
                assert_eq!(opened, Some(content(300_000)));
                assert_eq!(finish(again.objects_to_send()).unwrap().len(), 1);
            }
            check_model(&memory);
            if !reached {
                break;
            }
            call += 1;
        }
        assert!(call > 2, "{fault:?} was tried {call} times");
    }
}

#[test]
fn a_device_without_room_keeps_nothing_of_it() {
    let memory = Memory::new();
    let anna = found(&memory);
    let (document, _) = new_client(&anna, 1, "Birch");
    memory.set_quota_bytes(Some(200_000));
    let object = anna.seal_object(&content(300_000)).unwrap();
    let (key, op) = attachment(9, &object);
    let edit = Edit { document, ops: vec![op], stamp: anna.stamp(NOW, "attach") };
    let full = finish(anna.write_with_object(edit, &object));
    let full = matches!(full, Err(device::WriteError::Storage(StorageError::Full)));
    assert!(full);
    assert_eq!(field(&anna, document, key, "name"), None);
    assert!(memory.peek(Table::Objects).is_empty());
    // Room again, and all goes on.
    memory.set_quota_bytes(None);
    attach(&anna, document, 300_000);
    check_model(&memory);
    let large = anna.seal_object(&vec![0; device::MAX_ATTACHMENT + 1]);
    assert!(large.is_err());
}

#[test]
fn what_is_to_be_sent_is_a_difference() {
    let memory = Memory::new();
    let anna = found(&memory);
    let log = Log::of(&anna);
    let (document, _) = new_client(&anna, 1, "Birch");
    let (key, object) = attach(&anna, document, 1_000);
    log.pull(&anna).unwrap();
    let owed = |device: &Tablet| -> Vec<Hash> {
        finish(device.objects_to_send()).unwrap().into_iter().map(|(at, _)| at).collect()
    };
    assert_eq!(owed(&anna), [object.address]);
    let life = anna.place().unwrap().log;
    finish(anna.object_is_held(&object.address, life)).unwrap();
    assert_eq!(owed(&anna), []);
    assert_eq!(owed(&open(&memory)), []);
    // A relay that was restored may have lost it.
    finish(anna.object_is_held(&object.address, Some(LogId([9; 16])))).unwrap();
    assert_eq!(owed(&anna), [object.address]);
    // What was removed need not be sent; taken back, it is again.
    write(&anna, document, vec![Op::Delete { key }]);
    assert_eq!(owed(&anna), []);
    write(&anna, document, vec![Op::Restore { key }]);
    assert_eq!(owed(&anna), [object.address]);
    finish(anna.forget_object(&object.address)).unwrap();
    assert_eq!(owed(&anna), []);
    assert!(memory.peek(Table::Objects).is_empty());
}

/// Two tabs fetch the same; pieces come twice, late, in the wrong order, with a flipped bit.
#[test]
fn pieces_are_taken_in_their_order_and_compared_in_the_end() {
    let memory = Memory::new();
    let one = found(&memory);
    let two = open(&memory);
    let object = one.seal_object(&content(300_000)).unwrap();
    let (address, size) = (object.address, object.sealed.len() as u64);
    let take = |device: &Device<Memory, OpenVault>, number: usize, flipped: bool| {
        let mut bytes = object.sealed.chunks(OBJECT_PIECE).nth(number).unwrap().to_vec();
        bytes[5] ^= u8::from(flipped);
        let offset = (number * OBJECT_PIECE) as u64;
        finish(device.take_object_piece(address, size, offset, bytes, LIFE))
    };
    let piece = OBJECT_PIECE as u64;
    assert!(matches!(take(&one, 1, false), Err(ObjectError::Misplaced { expected: 0 })));
    assert_eq!(take(&one, 0, false).unwrap().here, piece);
    assert_eq!(take(&two, 0, false).unwrap().here, piece, "the same, by another tab");
    assert!(matches!(take(&two, 2, false), Err(ObjectError::Misplaced { .. })));
    assert_eq!(take(&two, 1, false).unwrap().here, 2 * piece);
    assert_eq!(finish(one.open_object(&address, &object.key)).unwrap(), None);
    assert!(matches!(take(&one, 2, true), Err(ObjectError::Damaged)));
    assert!(memory.peek(Table::Objects).is_empty(), "nothing of it stays");
    for number in 0..3 {
        take(&one, number, false).unwrap();
    }
    let state = finish(two.object(&address)).unwrap();
    assert_eq!(state, Some(ObjectState { size, here: size, held_in: LIFE }));
    let opened = finish(two.open_object(&address, &object.key)).unwrap();
    assert_eq!(opened, Some(content(300_000)));
    let other = ObjectKey::parse(&"5a".repeat(32)).unwrap();
    let wrong = finish(two.open_object(&address, &other));
    assert!(matches!(wrong, Err(ObjectError::Damaged)));
}
