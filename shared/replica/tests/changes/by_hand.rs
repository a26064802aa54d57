//! Bytes that parse almost, or that mean a good change and are not written as one.

use automerge::transaction::Transactable;
use automerge::{ROOT, ReadDoc};
use replica::check::{Rejected, parse};

use crate::safely::{blank, take};
use crate::written::{
    ACTION, INSERT, KEY_PROPERTY, OBJECT_ACTOR, OBJECT_COUNTER, PRED_COUNT, VALUE_META, Written,
    chunk, smallest, unsigned,
};

#[test]
fn a_change_written_by_hand_is_good() {
    assert!(take(&blank(), &smallest().bytes()).is_ok());
}

/// A few bytes that would become very many operations, numbers or keys.
#[test]
fn run_lengths_are_not_believed() {
    let many = [vec![0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80], vec![0x20]].concat();
    let run = |value: &[u8]| [many.as_slice(), value].concat();
    let key = [many.as_slice(), &[0x80, 0x04], &[b'k'; 512]].concat();
    for (what, change) in [
        (
            "operations",
            smallest()
                .column(ACTION, &run(&[1]))
                .column(VALUE_META, &run(&[0]))
                .column(PRED_COUNT, &run(&[0]))
                .column(KEY_PROPERTY, &run(&[1, b'k'])),
        ),
        (
            "keys",
            smallest()
                .column(ACTION, &run(&[1]))
                .column(VALUE_META, &run(&[0]))
                .column(PRED_COUNT, &run(&[0]))
                .column(KEY_PROPERTY, &key),
        ),
        (
            "predecessors",
            smallest().column(PRED_COUNT, &[[0x7f].as_slice(), &unsigned(1 << 60)].concat()),
        ),
    ] {
        assert_eq!(parse(&change.bytes()).unwrap_err(), Rejected::TooLarge, "{what}");
    }
    let negative = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f];
    for change in [
        smallest().column(ACTION, &[negative.as_slice(), &[1]].concat()),
        smallest().column(ACTION, &[0, 0]),
        smallest().column(ACTION, &[[0].as_slice(), &unsigned(u64::MAX)].concat()),
        smallest().column(INSERT, &unsigned(u64::MAX)).column(ACTION, &[]),
        smallest().column(VALUE_META, &[[0x7f].as_slice(), &unsigned(u64::MAX)].concat()),
        Written { message: unsigned((1 << 32) + 1), ..smallest() },
    ] {
        assert!(parse(&change.bytes()).is_err());
    }
}

/// The same meaning in other bytes would get other bytes, and another hash, from the next device.
#[test]
fn there_is_one_way_to_write_a_change() {
    let other = vec![3; 16];
    for (what, change) in [
        ("an actor that is not used", Written { others: vec![other], ..smallest() }),
        ("a long number", Written { seq: vec![0x81, 0], ..smallest() }),
        ("a run of one", smallest().column(ACTION, &[1, 1])),
        ("a run of nothing at the end", smallest().column(KEY_PROPERTY, &[0x7f, 1, b'k', 0, 1])),
        ("more values than operations", smallest().column(VALUE_META, &[2, 0])),
        ("an object in the root's place", smallest().column(OBJECT_COUNTER, &[0, 1])),
        ("a flag too many", smallest().column(INSERT, &[2])),
    ] {
        assert_eq!(parse(&change.bytes()).unwrap_err(), Rejected::NotNormal, "{what}");
    }
    for (what, change, expected) in [
        ("an unknown column", smallest().column(0x95, &[1]), Rejected::Unsupported),
        ("a compressed column", smallest().column(0x4a, &[1]), Rejected::Unsupported),
        (
            "an actor that is not there",
            { smallest().column(OBJECT_ACTOR, &[0x7f, 5]).column(OBJECT_COUNTER, &[0x7f, 1]) },
            Rejected::Malformed,
        ),
        (
            "an id beyond the numbers",
            {
                smallest()
                    .column(OBJECT_ACTOR, &[0x7f, 0])
                    .column(OBJECT_COUNTER, &[[0x7f].as_slice(), &unsigned(1 << 33)].concat())
            },
            Rejected::Malformed,
        ),
        ("an actor without a name", Written { actor: vec![], ..smallest() }, Rejected::Malformed),
        ("an endless actor", Written { actor: vec![1; 33], ..smallest() }, Rejected::Malformed),
        ("numbers from zero", Written { start_op: vec![0], ..smallest() }, Rejected::Numbering),
    ] {
        assert_eq!(parse(&change.bytes()).unwrap_err(), expected, "{what}");
    }
    let mut columns = smallest();
    columns.columns.swap(0, 1);
    assert_eq!(parse(&columns.bytes()).unwrap_err(), Rejected::Malformed, "columns out of order");
    let deps = Written { deps: vec![[9; 32], [8; 32]], ..smallest() };
    assert_eq!(parse(&deps.bytes()).unwrap_err(), Rejected::NotNormal, "dependencies out of order");
}

#[test]
fn only_single_plain_changes_are_read() {
    let mut document = blank();
    let compressed = {
        let mut long = document.transaction();
        long.put(ROOT, "long", "x".repeat(1000)).unwrap();
        let (hash, _) = long.commit();
        document.get_change_by_hash(&hash.unwrap()).unwrap().bytes().into_owned()
    };
    assert_eq!(compressed[8], 2, "that chunk is compressed");
    assert_eq!(parse(&compressed).unwrap_err(), Rejected::Malformed);
    assert_eq!(parse(&document.save()).unwrap_err(), Rejected::Malformed);
    let twice = smallest().bytes().repeat(2);
    assert_eq!(parse(&twice).unwrap_err(), Rejected::Malformed);
    let long_length = chunk(1, &[0x80, 0], &[]);
    assert_eq!(parse(&long_length).unwrap_err(), Rejected::Malformed);
}
