//! The storage in memory keeps the promises of every storage, and breaks them on order.

use std::cell::RefCell;
use std::collections::BTreeMap;

use device::memory::{Fault, Memory, finish};
use device::{Batch, Storage, StorageError, Table, conformance};

#[test]
fn memory_passes_the_suite() {
    let profiles: RefCell<BTreeMap<String, Memory>> = RefCell::default();
    finish(conformance::run(async |name: &str| {
        profiles.borrow_mut().entry(name.to_owned()).or_default().tab()
    }));
}

#[test]
fn faults_come_on_order() {
    let check = |fault, outcome: Result<(), StorageError>, kept: bool, dead: bool| {
        let memory = Memory::new();
        memory.fail_next(fault);
        let mut batch = Batch::new();
        batch.put(Table::Local, "a", b"1".to_vec());
        assert_eq!(finish(memory.commit(batch)), outcome, "{fault:?}");
        assert_eq!(memory.peek(Table::Local).contains_key("a"), kept, "{fault:?}");
        assert_eq!(memory.is_dead(), dead, "{fault:?}");
        assert_eq!(finish(memory.get(Table::Local, "a")).is_err(), dead, "{fault:?}");
    };
    let unknown = || Err(StorageError::Unknown("as ordered".to_owned()));
    check(Fault::CrashBefore, Err(StorageError::Closed), false, true);
    check(Fault::CrashAfter, Err(StorageError::Closed), true, true);
    check(Fault::Conflict, Err(StorageError::Conflict), false, false);
    check(Fault::Full, Err(StorageError::Full), false, false);
    check(Fault::UnknownKept, unknown(), true, false);
    check(Fault::UnknownLost, unknown(), false, false);
}

#[test]
fn a_copied_profile_goes_its_own_way() {
    let memory = Memory::new();
    let put = |memory: &Memory, value: &[u8]| {
        let mut batch = Batch::new();
        batch.put(Table::Local, "a", value.to_vec());
        finish(memory.commit(batch)).unwrap();
    };
    put(&memory, b"1");
    let snapshot = memory.snapshot();
    let copy = Memory::from_snapshot(&snapshot);
    put(&memory, b"2");
    assert_eq!(copy.peek(Table::Local)["a"], b"1");
    memory.restore(&snapshot);
    assert_eq!(memory.tab().peek(Table::Local)["a"], b"1");
}
