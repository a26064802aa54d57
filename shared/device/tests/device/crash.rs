//! A tab dies, or its storage fails, at every single call. What was shown as saved is there
//! afterwards, the read model fits, and the cursor is not ahead.

use device::memory::{Fault, Memory, finish};
use device::{Storage, WriteError};

use crate::kit::*;

/// A tab in which call number `call` from here on goes wrong.
fn failing(memory: &Memory, call: u64, fault: Fault) -> Tablet {
    let device = open(memory);
    device.storage().fail_at(device.storage().calls() + call, fault);
    device
}

/// Whether the ordered fault has come.
fn has_failed(device: &Tablet, opened_with: u64, call: u64) -> bool {
    device.storage().calls() > opened_with + call
}

/// Holds: I2, I6
#[test]
fn an_edit_at_every_call() {
    for fault in Fault::ALL {
        let mut call = 0;
        loop {
            let memory = Memory::new();
            let anna = found(&memory);
            let (document, key) = new_client(&anna, 1, "Birch");
            drop(anna);

            let anna = failing(&memory, call, fault);
            let opened_with = anna.storage().calls();
            let mut saved = Vec::new();
            for (field, value) in [("sector", "Logistics"), ("legal_name", "Birch Ltd")] {
                let stamp = anna.stamp(NOW, "edit");
                if finish(anna.write(document, vec![set(key, field, value)], stamp)).is_ok() {
                    saved.push((field, value));
                }
            }
            let stamp = anna.stamp(NOW, "edit");
            let late = vec![create(complaint(9), &[("subject", "Late")])];
            let numbered = finish(anna.write(document, late, stamp)).is_ok();
            let reached = has_failed(&anna, opened_with, call);

            let again = open(&memory);
            for (field_key, value) in &saved {
                assert_eq!(
                    field(&again, document, key, field_key).as_deref(),
                    Some(*value),
                    "{fault:?} at {call}"
                );
            }
            if numbered {
                assert!(field(&again, document, complaint(9), "number").is_some());
            }
            write(&again, document, vec![set(key, "phone", "+49 30 1")]);
            write(&again, document, vec![set(key, "sector", "Shipping")]);
            check_model(&memory);
            if reached && !anna.storage().is_dead() {
                // The same tab goes on, after it has looked again.
                finish(anna.refresh(&[])).unwrap();
                write(&anna, document, vec![set(key, "sector", "Rail")]);
                check_model(&memory);
            }
            if !reached || call > 60 {
                break;
            }
            call += 1;
        }
        assert!(call > 5, "the fault came at every call");
    }
}

/// Holds: I5
#[test]
fn rows_at_every_call() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let (document, key) = new_client(&anna, 1, "Birch");
    log.push(&anna, true);
    let ben = log.join(&anna, &theirs, "Ben");
    write(&ben, document, vec![set(key, "sector", "Logistics")]);
    new_client(&ben, 2, "Cedar");
    log.push(&ben, true);
    write(&anna, document, vec![set(key, "legal_name", "Birch Ltd")]);
    let start = ours.snapshot();
    let cursor_before = anna.place().unwrap().cursor;
    let seen_before = seen(&anna);
    log.pull(&anna).unwrap();
    let cursor_after = anna.place().unwrap().cursor;
    let seen_after = seen(&anna);
    assert_ne!(seen_before, seen_after);

    for fault in Fault::ALL {
        let mut call = 0;
        loop {
            let memory = Memory::from_snapshot(&start);
            let anna = failing(&memory, call, fault);
            let opened_with = anna.storage().calls();
            let pulled = log.pull(&anna);
            let reached = has_failed(&anna, opened_with, call);

            let again = open(&memory);
            let cursor = again.place().unwrap().cursor;
            let expected = if cursor == cursor_before { &seen_before } else { &seen_after };
            assert!(cursor == cursor_before || cursor == cursor_after);
            assert_eq!(&seen(&again), expected, "{fault:?} at {call}");
            if pulled.is_ok() {
                assert_eq!(cursor, cursor_after);
            }
            check_model(&memory);
            finish(again.count_deaths(false)).unwrap();
            log.pull(&again).unwrap();
            assert_eq!(seen(&again), seen_after);
            assert_eq!(again.unsynced(), 1, "her own edit is not in the log");
            check_model(&memory);
            if !reached || call > 60 {
                break;
            }
            call += 1;
        }
        assert!(call > 5, "the fault came at every call");
    }
}

#[test]
fn acks_and_folding_at_every_call() {
    let memory = Memory::new();
    let anna = found(&memory);
    let log = Log::of(&anna);
    let (document, key) = new_client(&anna, 1, "Birch");
    for number in 0..4 {
        write(&anna, document, vec![set(key, "sector", &number.to_string())]);
    }
    log.pull(&anna).unwrap();
    let chunks = finish(anna.derive()).unwrap();
    let start = memory.snapshot();
    let seen_before = seen(&anna);
    let states = states(&memory);
    let tag = states
        .iter()
        .find(|(_, state)| state.document == Some(document))
        .unwrap()
        .0
        .parse()
        .unwrap();

    for fault in Fault::ALL {
        for call in 0..16 {
            let memory = Memory::from_snapshot(&start);
            let anna = failing(&memory, call, fault);
            let mut acked = 0;
            for chunk in &chunks {
                if finish(anna.acked(chunk.tag, &chunk.hashes, Some(log.id))).is_ok() {
                    acked += chunk.hashes.len() as u64;
                }
            }
            drop(finish(anna.compact(tag)));
            let again = open(&memory);
            let total = chunks.iter().map(|chunk| chunk.hashes.len() as u64).sum::<u64>();
            assert!(again.unsynced() <= total - acked, "{fault:?} at {call}");
            assert_eq!(seen(&again), seen_before);
            check_model(&memory);
            write(&again, document, vec![set(key, "sector", "Rail")]);
            finish(again.compact(tag)).unwrap();
            assert_eq!(field(&open(&memory), document, key, "sector").as_deref(), Some("Rail"));
        }
    }
}

#[test]
fn the_storage_that_closed_says_so() {
    let memory = Memory::new();
    let anna = found(&memory);
    let (document, key) = client(1);
    anna.storage().fail_at(anna.storage().calls(), Fault::CrashBefore);
    let stamp = anna.stamp(NOW, "edit");
    let refused = finish(anna.write(document, vec![create(key, &[("name", "Birch")])], stamp));
    assert!(matches!(refused, Err(WriteError::Storage(device::StorageError::Closed))));
    assert!(finish(anna.storage().get(device::Table::Space, "state")).is_err());
}
