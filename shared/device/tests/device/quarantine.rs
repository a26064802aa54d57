//! Rows that cannot be applied: they wait, they are set aside, and nothing else suffers.

use device::memory::{Memory, finish};
use device::{Batch, LoadError, MAX_DEATHS, MAX_PANICS, Storage, Table, WriteError};
use replica::Content;

use crate::kit::*;

/// Anna's profile before Ben's edit of Birch arrives, and the log with it.
fn before_a_row() -> (Memory, Log) {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let (document, key) = new_client(&anna, 1, "Birch");
    log.push(&anna, true);
    let ben = log.join(&anna, &theirs, "Ben");
    log.push(&ben, true);
    log.pull(&anna).unwrap();
    write(&ben, document, vec![set(key, "sector", "Logistics")]);
    log.push(&ben, true);
    (ours, log)
}

fn deaths_until_set_aside(panicked: bool) -> u8 {
    let (memory, log) = before_a_row();
    for deaths in 1..=10 {
        die(&memory, panicked, |it| log.pull(it));
        let copy = Memory::from_snapshot(&memory.snapshot());
        let anna = open(&copy);
        finish(anna.count_deaths(panicked)).unwrap();
        log.pull(&anna).unwrap();
        assert_eq!(anna.place().unwrap().cursor, log.rows.len() as u64, "it holds nothing up");
        if anna.standing(client(1).0).unwrap().quarantined == 1 {
            return deaths;
        }
    }
    panic!("never set aside");
}

/// Holds: I13
#[test]
fn a_row_that_kills_is_set_aside() {
    assert_eq!(deaths_until_set_aside(true), MAX_PANICS);
    assert_eq!(deaths_until_set_aside(false), MAX_DEATHS);
}

#[test]
fn a_row_that_was_set_aside_is_tried_once_by_the_next_build() {
    let (memory, mut log) = before_a_row();
    let (document, key) = client(1);
    die(&memory, true, |it| log.pull(it));
    die(&memory, true, |it| log.pull(it));
    let anna = open(&memory);
    finish(anna.count_deaths(true)).unwrap();
    log.pull(&anna).unwrap();
    assert_eq!(anna.standing(document).unwrap().quarantined, 1);
    assert_eq!(field(&anna, document, key, "sector"), None);
    assert!(
        memory.peek(Table::Bytes).keys().any(|key| key.contains("/row/")),
        "its bytes are kept"
    );

    // Work goes on meanwhile, and is pushed.
    write(&anna, document, vec![set(key, "legal_name", "Birch Ltd")]);
    log.push(&anna, true);
    assert_eq!(anna.unsynced(), 0);
    assert!(finish(anna.retry_kept()).unwrap().is_empty(), "the same build does not try");
    check_model(&memory);

    let anna = open_updated(&memory);
    finish(anna.count_deaths(false)).unwrap();
    let changed = finish(anna.retry_kept()).unwrap();
    assert_eq!(changed.records, [(document, key)]);
    assert_eq!(anna.standing(document).unwrap().quarantined, 0);
    assert_eq!(field(&anna, document, key, "sector").as_deref(), Some("Logistics"));
    assert!(!memory.peek(Table::Bytes).keys().any(|key| key.contains("/row/")));
    assert_eq!(anna.unsynced(), 0, "it is in the log, so it need not be pushed");
    check_model(&memory);
}

#[test]
fn a_row_waits_for_what_it_depends_on() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    log.push(&anna, true);
    let ben = log.join(&anna, &theirs, "Ben");
    log.push(&ben, true);
    log.pull(&anna).unwrap();
    let (document, key) = new_client(&ben, 1, "Birch");
    log.push(&ben, true);
    write(&ben, document, vec![set(key, "sector", "Logistics")]);
    log.push(&ben, true);
    let rows = log.rows.len();
    log.rows.swap(rows - 1, rows - 2);
    let late = log.rows.pop().unwrap();

    log.pull(&anna).unwrap();
    assert_eq!(anna.standing(document), None, "nothing to see yet");
    let troubled = anna.troubled();
    assert_eq!(troubled.len(), 1);
    assert_eq!(troubled[0].1.pending, 1);
    assert_eq!(anna.place().unwrap().cursor, log.rows.len() as u64);
    drop(anna);

    let anna = open(&ours);
    log.rows.push(late);
    log.pull(&anna).unwrap();
    assert_eq!(field(&anna, document, key, "sector").as_deref(), Some("Logistics"));
    assert_eq!(anna.standing(document).unwrap().pending, 0);
    assert_eq!(anna.unsynced(), 0);
    assert!(!ours.peek(Table::Bytes).keys().any(|key| key.contains("/row/")));
    check_model(&ours);
}

#[test]
fn a_row_for_a_newer_check_waits_for_an_update() {
    let (memory, log) = before_a_row();
    let (document, key) = client(1);
    let anna = open(&memory);
    let (mut rows, place) = log.behind(&anna);
    for row in &mut rows {
        if let Content::Changes { check, .. } = &mut row.content {
            *check = u8::MAX;
        }
    }
    finish(anna.apply(rows, place)).unwrap();
    assert_eq!(anna.standing(document).unwrap().pending, 1);
    assert_eq!(field(&anna, document, key, "sector"), None);
    write(&anna, document, vec![set(key, "legal_name", "Birch Ltd")]);
    assert_eq!(anna.standing(document).unwrap().pending, 1);
    check_model(&memory);
}

#[test]
fn a_damaged_change_is_passed_over_by_itself() {
    let (memory, mut log) = before_a_row();
    let (document, key) = client(1);
    let anna = open(&memory);
    let good = log.rows.last().unwrap().clone();
    let bytes = good.1[0].len();
    for bit in (0..bytes * 8).step_by(7) {
        let mut bad = good.clone();
        bad.1[0][bit / 8] ^= 1 << (bit % 8);
        log.rows.insert(log.rows.len() - 1, bad);
    }
    log.rows.insert(log.rows.len() - 1, (good.0, vec![b"no change at all".to_vec()]));
    log.pull(&anna).unwrap();
    assert_eq!(field(&anna, document, key, "sector").as_deref(), Some("Logistics"));
    assert_eq!(anna.unsynced(), 0);
    check_model(&memory);
}

#[test]
fn a_damaged_document_holds_up_no_other() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let (birch, of_birch) = new_client(&anna, 1, "Birch");
    let (cedar, of_cedar) = new_client(&anna, 2, "Cedar");
    log.push(&anna, true);
    let ben = log.join(&anna, &theirs, "Ben");
    log.push(&ben, true);
    log.pull(&anna).unwrap();
    write(&ben, birch, vec![set(of_birch, "sector", "Rail")]);
    write(&ben, cedar, vec![set(of_cedar, "sector", "Rail")]);
    log.push(&ben, true);
    drop(anna);

    let states = states(&ours);
    let (tag, _) = states.iter().find(|(_, state)| state.document == Some(birch)).unwrap();
    let whole = ours.snapshot();
    let bytes = ours.peek(Table::Bytes);
    let (key, change) = bytes.iter().find(|(key, _)| key.starts_with(tag)).unwrap();
    let mut batch = Batch::new();
    batch.put(Table::Bytes, key.clone(), change[1..].to_vec());
    finish(ours.commit(batch)).unwrap();

    let anna = open(&ours);
    log.pull(&anna).unwrap();
    assert_eq!(anna.model().row(cedar, of_cedar).unwrap().get("sector"), &text("Rail"));
    assert_eq!(anna.standing(birch).unwrap().pending, 1, "its row is kept");
    assert_eq!(anna.model().row(birch, of_birch).unwrap().title(), "Birch", "what was read stays");
    let stamp = anna.stamp(NOW, "edit");
    let refused = finish(anna.write(birch, vec![set(of_birch, "name", "Beech")], stamp));
    assert!(matches!(refused, Err(WriteError::Load(LoadError::Damaged { .. }))));
    write(&anna, cedar, vec![set(of_cedar, "name", "Larch")]);
    log.push(&anna, true);
    drop(anna);

    // Whatever mends it: once its bytes are whole, the rows that waited go in.
    let good = Memory::from_snapshot(&whole).peek(Table::Bytes)[key].clone();
    let mut batch = Batch::new();
    batch.put(Table::Bytes, key.clone(), good);
    finish(ours.commit(batch)).unwrap();
    let anna = open(&ours);
    finish(anna.retry_kept()).unwrap();
    assert_eq!(anna.model().row(birch, of_birch).unwrap().get("sector"), &text("Rail"));
    assert_eq!(anna.standing(birch).unwrap().pending, 0);
    check_model(&ours);
}

/// The profile once something of the client was set aside: rows die one after the other, each as often as it takes.
fn until_set_aside(memory: &Memory, log: &Log) -> Tablet {
    for _ in 0..20 {
        die(memory, true, |it| log.pull(it));
        let copy = Memory::from_snapshot(&memory.snapshot());
        let anna = open(&copy);
        finish(anna.count_deaths(true)).unwrap();
        log.pull(&anna).unwrap();
        if anna.standing(client(1).0).unwrap().quarantined == 1 {
            memory.restore(&copy.snapshot());
            return anna;
        }
    }
    panic!("never set aside");
}

fn begin_another_life(anna: &Tablet, log: &mut Log) {
    log.id = wire::LogId([2; 16]);
    finish(anna.begin_life(anna.place().unwrap().in_new_life(log.id))).unwrap();
}

#[test]
fn what_was_here_before_is_held_although_its_row_is_set_aside() {
    let (memory, mut log) = before_a_row();
    let anna = open(&memory);
    log.pull(&anna).unwrap();
    // A colleague sends the last row again, with something after it.
    let (document, key) = client(1);
    let theirs = Memory::new();
    let ben = log.join(&anna, &theirs, "Ben again");
    log.push(&ben, true);
    write(&ben, document, vec![set(key, "sector", "Storage")]);
    log.push(&ben, true);
    let (tag, last) = log.rows.pop().unwrap();
    let before = log.rows.iter_mut().rev().find(|(of, _)| *of == tag).unwrap();
    before.1.extend(last);
    begin_another_life(&anna, &mut log);
    let anna = until_set_aside(&memory, &log);
    assert_eq!(field(&anna, document, key, "sector").as_deref(), Some("Logistics"));
    assert_eq!(anna.unsynced(), 0, "the new life holds all that is here");
    check_model(&memory);
}

#[test]
fn a_row_that_brings_nothing_new_is_not_set_aside_in_another_life_of_the_log() {
    let (memory, mut log) = before_a_row();
    let anna = open(&memory);
    log.pull(&anna).unwrap();
    begin_another_life(&anna, &mut log);
    for _ in 0..MAX_PANICS {
        die(&memory, true, |it| log.pull(it));
    }

    let anna = open(&memory);
    finish(anna.count_deaths(true)).unwrap();
    log.pull(&anna).unwrap();
    assert_eq!(anna.standing(client(1).0).unwrap().quarantined, 0);
    assert_eq!(anna.unsynced(), 0, "the new life holds all that is here");
    check_model(&memory);
}
