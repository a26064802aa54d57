//! A space begins, and is there again after the tab was closed.

use device::memory::{Fault, Memory, OpenVault, finish};
use device::{Device, Founding, OpenError, SpaceKind, StorageError, Table, VaultError, WriteError};
use handbook::records::{Member, Settings};
use handbook::{DocumentId, Record, RecordId, RecordKey};
use wire::Role;

use crate::kit::*;

#[test]
fn a_founder_can_work_at_once() {
    let memory = Memory::new();
    let anna = found(&memory);
    assert_eq!(anna.role(), Some(Role::Owner));
    assert!(!anna.place().unwrap().founded, "the relay has not heard of it");
    assert_eq!(anna.unsynced(), 1);
    assert_eq!(
        field(&anna, DocumentId::Firm, RecordKey::only(Settings::KIND), "firm_name").as_deref(),
        Some("Alder & Tarn")
    );
    let own = RecordKey::new(Member::KIND, RecordId::from_bytes(anna.member().0));
    assert_eq!(anna.model().row(DocumentId::Firm, own).unwrap().title(), "Anna");

    let (document, key) = new_client(&anna, 1, "Birch");
    write(&anna, document, vec![set(key, "sector", "Logistics")]);
    assert_eq!(anna.unsynced(), 3);
    check_model(&memory);
}

#[test]
fn everything_is_there_again_after_closing() {
    let memory = Memory::new();
    let anna = found(&memory);
    let (document, key) = new_client(&anna, 1, "Birch");
    write(
        &anna,
        document,
        vec![create(touchpoint(2), &[("subject", "Kick-off"), ("notes", "Went well")])],
    );
    let before = seen(&anna);
    drop(anna);

    let anna = open(&memory);
    assert_eq!(seen(&anna), before);
    assert_eq!(anna.unsynced(), 3);
    assert_eq!(anna.model().row(document, key).unwrap().title(), "Birch");
    assert_eq!(field(&anna, document, touchpoint(2), "notes").as_deref(), Some("Went well"));
    let hot = anna.model().row(document, touchpoint(2)).unwrap();
    assert_eq!(hot.get("subject"), &text("Kick-off"));
    assert!(hot.get("notes").is_empty(), "notes are not among the columns");
}

#[test]
fn a_device_without_a_space_says_so() {
    let opened = finish(Device::open(Memory::new(), OpenVault::default(), opening()));
    assert!(matches!(opened, Err(OpenError::Nothing)));
}

#[test]
fn keys_of_another_profile_are_refused() {
    let memory = Memory::new();
    found(&memory);
    let opened = finish(Device::open(memory.tab(), OpenVault { profile: 1 }, opening()));
    assert!(matches!(opened, Err(OpenError::Vault(VaultError::Foreign))));
}

#[test]
fn the_slower_of_two_founding_tabs_uses_the_others_space() {
    let memory = Memory::new();
    let first = found(&memory);
    let second = found(&memory);
    assert_eq!(second.space(), first.space());
    assert_eq!(second.device(), first.device());
    assert_eq!(memory.peek(Table::Documents).len(), 1, "one firm's document");
}

#[test]
fn founding_is_all_or_nothing() {
    for fault in Fault::ALL {
        for call in 0..12 {
            let memory = Memory::new();
            let tab = memory.tab();
            tab.fail_at(call, fault);
            let founding = Founding {
                kind: SpaceKind::Sample,
                origin: String::new(),
                token: String::new(),
                firm: "Alder & Tarn".to_owned(),
                name: "Anna".to_owned(),
                at: NOW,
            };
            let founded =
                finish(Device::found(tab, OpenVault::default(), opening(), prepared(&founding)));
            match finish(Device::open(memory.tab(), OpenVault::default(), opening())) {
                Ok(anna) => {
                    let own = RecordKey::new(Member::KIND, RecordId::from_bytes(anna.member().0));
                    assert!(anna.model().row(DocumentId::Firm, own).is_some());
                    check_model(&memory);
                }
                Err(OpenError::Nothing) => assert!(founded.is_err(), "{fault:?} at {call}"),
                Err(error) => panic!("{fault:?} at {call}: {error}"),
            }
        }
    }
}

#[test]
fn a_newcomer_introduces_herself_when_the_firm_has_arrived() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    log.push(&anna, true);
    let ben = log.join(&anna, &theirs, "Ben");
    assert_eq!(ben.role(), Some(Role::Editor));
    let own = RecordKey::new(Member::KIND, RecordId::from_bytes(ben.member().0));
    assert_eq!(ben.model().row(DocumentId::Firm, own).unwrap().title(), "Ben");
    assert_eq!(ben.unsynced(), 1);

    let again = finish(ben.introduce(NOW)).unwrap();
    assert!(again.changed.is_empty(), "once is enough");

    log.push(&ben, true);
    log.pull(&anna).unwrap();
    assert_eq!(anna.model().row(DocumentId::Firm, own).unwrap().title(), "Ben");
}

#[test]
fn the_set_up_token_goes_once_the_relay_has_the_space() {
    let memory = Memory::new();
    let anna = found(&memory);
    assert!(memory.peek(Table::Keys).contains_key("token"));
    Log::of(&anna).pull(&anna).unwrap();
    assert!(anna.place().unwrap().founded);
    assert!(!memory.peek(Table::Keys).contains_key("token"));
}

#[test]
fn numbers_for_people_are_given_once() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    log.push(&anna, true);
    let ben = log.join(&anna, &theirs, "Ben");
    let number = |device: &Tablet, client_number: u8, complaint_number: u8| {
        let (document, _) = client(client_number);
        let key = complaint(complaint_number);
        write(device, document, vec![create(key, &[("subject", "Late")])]);
        field(device, document, key, "number").unwrap()
    };
    new_client(&anna, 1, "Birch");
    new_client(&ben, 2, "Cedar");
    assert_eq!(number(&anna, 1, 10), "C-26-00-001");
    assert_eq!(number(&anna, 1, 11), "C-26-00-002");
    assert_eq!(number(&ben, 2, 12), "C-26-01-001");
    drop(anna);
    assert_eq!(number(&open(&ours), 1, 13), "C-26-00-003");
}

#[test]
fn a_full_disk_keeps_what_was_there() {
    let memory = Memory::new();
    let anna = found(&memory);
    let (document, key) = new_client(&anna, 1, "Birch");
    memory.set_quota_bytes(Some(1));
    let stamp = anna.stamp(NOW, "edit");
    let refused = finish(anna.write(document, vec![set(key, "name", "Beech")], stamp));
    assert!(matches!(refused, Err(WriteError::Storage(StorageError::Full))));
    assert_eq!(field(&anna, document, key, "name").as_deref(), Some("Birch"));
    memory.set_quota_bytes(None);
    write(&anna, document, vec![set(key, "name", "Beech")]);
    assert_eq!(field(&anna, document, key, "name").as_deref(), Some("Beech"));
    check_model(&memory);
}

#[test]
fn settings_stay_on_the_device() {
    let memory = Memory::new();
    let anna = found(&memory);
    finish(anna.set_setting("pin", Some(b"1234".to_vec()))).unwrap();
    assert_eq!(finish(open(&memory).setting("pin")), Ok(Some(b"1234".to_vec())));
    finish(anna.set_setting("pin", None)).unwrap();
    assert_eq!(finish(anna.setting("pin")), Ok(None));
    assert_eq!(anna.unsynced(), 1, "nothing of it is to be pushed");
}

#[test]
fn what_is_said_of_a_client_that_has_not_arrived_begins_no_second_document() {
    let memory = Memory::default();
    let anna = found(&memory);
    let before = memory.peek(Table::Documents);
    let (document, _) = client(1);
    let stray = vec![create(touchpoint(1), &[("subject", "About the ramp")])];
    let refused = finish(anna.write(document, stray, anna.stamp(NOW, "edit"))).unwrap_err();
    assert!(matches!(refused, WriteError::NoDocument(of) if of == document), "{refused}");
    assert_eq!(memory.peek(Table::Documents), before, "nothing is written");
}
