//! Any commands on any devices, merged in any order: every device shows the same.

use automerge::ReadDoc;
use handbook::document;
use handbook::lifecycles::complaint::LIFECYCLE;
use handbook::{Op, Value};
use proptest::prelude::*;

use crate::team::{Device, INES, JONAS, TOMAS, complaint, id, text};

/// What somebody does next.
#[derive(Clone, Debug)]
enum Act {
    Set(u8),
    Settle(u8),
    Include(u8),
    Exclude(u8),
    Edit(String),
    State(u8),
    Delete,
    Restore,
    /// Gets what that device has.
    Hear(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (0..4u8).prop_map(Act::Set),
        1 => (0..4u8).prop_map(Act::Settle),
        2 => (0..4u8).prop_map(Act::Include),
        2 => (0..4u8).prop_map(Act::Exclude),
        2 => "[a-dé👷 ]{0,12}".prop_map(Act::Edit),
        1 => any::<u8>().prop_map(Act::State),
        1 => Just(Act::Delete),
        1 => Just(Act::Restore),
        2 => (0..3usize).prop_map(Act::Hear),
    ]
}

fn play(devices: &mut [Device; 3], who: usize, act: &Act) {
    let key = complaint();
    let value = |n: u8| match n {
        0 => Value::Empty,
        n => text(&format!("version {n}")),
    };
    let device = &mut devices[who];
    let op = match act {
        Act::Set(n) => Op::Set { key, field: "remedy", value: value(*n) },
        Act::Settle(n) => Op::Settle { key, field: "remedy", value: value(*n) },
        Act::Include(n) => Op::Include { key, field: "affected", item: Value::Link(id(*n)) },
        Act::Exclude(n) => Op::Exclude { key, field: "affected", item: Value::Link(id(*n)) },
        Act::Edit(words) => Op::Edit { key, field: "description", text: words.clone() },
        Act::State(n) => {
            let to = if n % 2 == 0 { "withdrawn" } else { "duplicate" };
            let details = [("why", text("so")), ("original", Value::Link(id(9)))];
            let fact = handbook::RecordId::from_bytes([
                who as u8, *n, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            ]);
            match LIFECYCLE.step(&device.row(), to, &details, fact) {
                Ok(op) => op,
                Err(_) => return,
            }
        }
        Act::Delete => Op::Delete { key },
        Act::Restore => Op::Restore { key },
        Act::Hear(from) => {
            if *from != who {
                let changes = devices[*from].doc.get_changes(&devices[who].doc.get_heads());
                devices[who].doc.apply_changes(changes).expect("changes apply");
            }
            return;
        }
    };
    device.write(&[op]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_device_ends_with_the_same_rows(
        acts in prop::collection::vec((0..3usize, act()), 1..40),
    ) {
        let first = Device::first(INES);
        let mut devices = [first.copy(INES), first.copy(TOMAS), first.copy(JONAS)];
        for (who, act) in &acts {
            play(&mut devices, *who, act);
        }
        let all: Vec<Vec<_>> = devices.iter().map(|device| device.doc.get_changes(&[])).collect();
        let mut shown = Vec::new();
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let mut doc = document::blank();
            for from in order {
                doc.apply_changes(all[from].clone()).expect("changes apply");
            }
            prop_assert!(doc.get_missing_deps(&[]).is_empty());
            let saved = document::load(&doc.save()).expect("loads");
            prop_assert_eq!(document::rows(&saved), document::rows(&doc));
            shown.push((
                document::all(&doc),
                document::versions(&doc, complaint(), "remedy"),
                document::history(&doc, complaint()),
            ));
        }
        prop_assert_eq!(&shown[0], &shown[1]);
        prop_assert_eq!(&shown[0], &shown[2]);
    }

    #[test]
    fn a_record_stays_while_anybody_edited_it_apart_from_the_deletion(
        deleters in prop::collection::vec(0..3usize, 1..3),
        editor in 0..3usize,
    ) {
        let first = Device::first(INES);
        let mut devices = [first.copy(INES), first.copy(TOMAS), first.copy(JONAS)];
        for who in deleters.iter().filter(|who| **who != editor) {
            play(&mut devices, *who, &Act::Delete);
        }
        play(&mut devices, editor, &Act::Set(1));
        let [mut one, mut two, mut three] = devices;
        one.doc.merge(&mut two.doc).expect("merges");
        one.doc.merge(&mut three.doc).expect("merges");
        prop_assert!(!one.row().gone);
    }
}
