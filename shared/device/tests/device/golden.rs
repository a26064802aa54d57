//! What is stored on devices stays readable: each stored form against a file that was written once.
//!
//! `UPDATE_GOLDEN=1` writes the files anew. Do that only for forms that nobody has stored yet.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use automerge::ChangeHash;
use device::doc_state::{DocState, InLog, KeptRow, Noted, Quarantined};
use device::memory::Memory;
use device::space_state::{SpaceKind, SpaceState};
use device::{ObjectState, Table};
use handbook::{Moment, Money, Op, RecordId, Value};
use replica::Place;
use wire::{DeviceKey, LogId, MemberId, SpaceId, Tag};

use crate::kit::*;

fn check(name: &str, bytes: &[u8]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.hex"));
    let mut hex = String::new();
    for (place, byte) in bytes.iter().enumerate() {
        let gap = if place > 0 && place % 32 == 0 { "\n" } else { "" };
        write!(hex, "{gap}{byte:02x}").unwrap();
    }
    hex.push('\n');
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &hex).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(hex, golden, "{name} is stored in another form than before");
}

#[test]
fn doc_state() {
    let state = DocState {
        version: 7,
        document: Some(client(5).0),
        heads: vec![ChangeHash([2; 32]), ChangeHash([1; 32])].into(),
        changes: 300,
        life: Some(LogId([3; 16])),
        relay_heads: vec![ChangeHash([4; 32])].into(),
        unsynced: 2,
        pending: vec![hash(6)],
        quarantined: vec![Quarantined { row: hash(7), build: "build 1".to_owned() }],
        refused: vec![ChangeHash([8; 32])].into(),
        min_writer: 1,
        tail: 12,
        snapshot: None,
        after: None,
        begun: None,
    };
    let bytes = minicbor::to_vec(&state).unwrap();
    check("doc_state", &bytes);
    assert_eq!(minicbor::decode::<DocState>(&bytes).unwrap(), state);
    let noted = Noted {
        hash: hash(9),
        seq: 40,
        log: Some(LogId([3; 16])),
        by: DeviceKey([5; 32]),
        at: 1_790_000_000_000,
        heads: vec![ChangeHash([4; 32])].into(),
        examined: true,
    };
    let state = DocState { snapshot: Some(noted), ..state };
    let bytes = minicbor::to_vec(&state).unwrap();
    check("doc_state_snapshot", &bytes);
    assert_eq!(minicbor::decode::<DocState>(&bytes).unwrap(), state);
    let begun = InLog { row: hash(10), log: Some(LogId([3; 16])), after: None };
    let first = InLog { after: Some(Tag([11; 16])), ..begun };
    let begun = Some(begun);
    let state = DocState { after: Some(Tag([11; 16])), begun, ..state };
    let bytes = minicbor::to_vec(&state).unwrap();
    check("doc_state_after", &bytes);
    assert_eq!(minicbor::decode::<DocState>(&bytes).unwrap(), state);
    let state = DocState { begun: Some(first), ..state };
    let bytes = minicbor::to_vec(&state).unwrap();
    check("doc_state_first", &bytes);
    assert_eq!(minicbor::decode::<DocState>(&bytes).unwrap(), state);
    check("doc_state_new", &minicbor::to_vec(DocState::default()).unwrap());
}

#[test]
fn object_state() {
    let state = ObjectState { size: 300_000, here: 262_144, held_in: Some(LogId([3; 16])) };
    check("object_state", &minicbor::to_vec(state).unwrap());
}

#[test]
fn kept_row() {
    let row = KeptRow {
        seq: 9,
        log: Some(LogId([3; 16])),
        check: 1,
        changes: vec![b"one".to_vec().into(), b"two".to_vec().into()],
        snapshot: None,
        after: None,
    };
    let bytes = minicbor::to_vec(&row).unwrap();
    check("kept_row", &bytes);
    assert_eq!(minicbor::decode::<KeptRow>(&bytes).unwrap(), row);
    let row = KeptRow { changes: vec![], snapshot: Some(b"payload".to_vec().into()), ..row };
    let bytes = minicbor::to_vec(&row).unwrap();
    check("kept_snapshot", &bytes);
    assert_eq!(minicbor::decode::<KeptRow>(&bytes).unwrap(), row);
    let row = KeptRow { after: Some(Tag([11; 16])), ..row };
    let bytes = minicbor::to_vec(&row).unwrap();
    check("kept_first_snapshot", &bytes);
    assert_eq!(minicbor::decode::<KeptRow>(&bytes).unwrap(), row);
}

#[test]
fn space_state() {
    let state = SpaceState {
        version: 3,
        kind: SpaceKind::Team,
        space: SpaceId([1; 32]),
        origin: "http://localhost:7117".to_owned(),
        member: MemberId([2; 16]),
        device: DeviceKey([3; 32]),
        introduce: Some("Ben".to_owned()),
        unknown_rows: 4,
        place: None,
        last_seen: BTreeMap::new(),
    };
    check("space_state", &state.encode());
    assert_eq!(SpaceState::decode(&state.encode()).unwrap(), state);
    let last_seen = BTreeMap::from([(DeviceKey([3; 32]), 5), (DeviceKey([4; 32]), 6)]);
    let state = SpaceState { last_seen, ..state };
    check("space_state_last_seen", &state.encode());
    assert_eq!(SpaceState::decode(&state.encode()).unwrap(), state);
}

/// A device that was removed, and is to be wiped.
#[test]
fn space_state_of_a_removed_device() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let ben = log.join(&anna, &theirs, "Ben");
    log.pull(&anna).unwrap();
    let removal = anna.remove_member(ben.member(), true).unwrap();
    log.append(&anna, &removal.record);
    let place = Place {
        roster: log.roster().clone(),
        records: log.records().to_vec(),
        ..ben.place().unwrap()
    };
    device::memory::finish(ben.removed(place)).unwrap();
    let stored = theirs.peek(Table::Space)["state"].clone();
    check("space_state_removed", &stored);
    let state = SpaceState::decode(&stored).unwrap();
    let removed = state.place.unwrap().roster.removal(&state.device).unwrap();
    assert_eq!((removed.wipe, removed.left), (true, false));
}

/// The entries of the read model, but for the 32 bytes that stand for the declarations, which grow.
#[test]
fn read_model() {
    let memory = Memory::new();
    let anna = found(&memory);
    let (document, key) = client(1);
    let member = RecordId::from_bytes(anna.member().0);
    write(
        &anna,
        document,
        vec![
            Op::Create {
                key,
                values: vec![
                    ("name", text("Birch")),
                    ("sites", Value::Many(vec![text("Berlin"), text("Kiel")])),
                    ("service_since", Value::Date("2019-05-01".parse().unwrap())),
                    ("long_term", Value::Flag(true)),
                    ("status", Value::Choice("active".to_owned())),
                ],
            },
            Op::Create {
                key: complaint(2),
                values: vec![
                    ("number", text("C-25-00-001")),
                    ("received", Value::Moment(Moment { ms: -1, offset_min: -90 })),
                    ("owner", Value::Link(member)),
                    ("compensation", Value::Money(Money { minor: -12_345, currency: *b"EUR" })),
                    ("description", text("It was late.")),
                    ("escalation_level", Value::Integer(2)),
                ],
            },
            create(touchpoint(3), &[("subject", "Gone")]),
        ],
    );
    write(&anna, document, vec![Op::Delete { key: touchpoint(3) }]);
    for (table, name) in [(Table::Hot, "hot_entry"), (Table::Rows, "rows_entry")] {
        let entries = memory.peek(table);
        let tag = states(&memory).into_iter().find(|(_, state)| state.document == Some(document));
        let mut bytes = entries[&tag.unwrap().0].clone();
        bytes[4..36].fill(0);
        let by = anna.member().0;
        for place in 0..bytes.len().saturating_sub(16) {
            if bytes[place..place + 16] == by {
                bytes[place..place + 16].fill(0xAA);
            }
        }
        check(name, &bytes);
    }
}

/// The names of tables and keys, with ids and hashes replaced by their length.
#[test]
fn keys() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    new_client(&anna, 1, "Birch");
    write(&anna, client(1).0, vec![create(complaint(2), &[("subject", "Late")])]);
    log.push(&anna, true);
    let ben = log.join(&anna, &theirs, "Ben");
    device::memory::finish(ben.set_setting("pin", Some(vec![1]))).unwrap();
    for tag in states(&ours).into_keys() {
        device::memory::finish(anna.compact(tag.parse().unwrap())).unwrap();
    }
    let mut shapes = std::collections::BTreeSet::new();
    for memory in [&ours, &theirs] {
        for table in Table::ALL {
            for key in memory.peek(table).into_keys() {
                let parts = key.split('/').map(|part| {
                    let hex = part.len() >= 32 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
                    if hex { format!("{{{}}}", part.len() / 2) } else { part.to_owned() }
                });
                shapes.insert(format!("{} {}", table.name(), parts.collect::<Vec<_>>().join("/")));
            }
        }
    }
    let shapes: Vec<String> = shapes.into_iter().collect();
    assert_eq!(
        shapes,
        [
            "bytes {16}/change/{32}",
            "bytes {16}/snapshot/{32}",
            "documents {16}",
            "hot {16}",
            "keys device",
            "keys ring",
            "local number/C/26",
            "local setting/pin",
            "rows {16}",
            "space state",
        ]
    );
}
