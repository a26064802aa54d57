//! Snapshots on a device: who makes one, who vouches for one, and what becomes of a device that begins
//! with one.

use device::memory::{Fault, Memory, finish};
use device::{ApplyError, Table};
use handbook::document;
use replica::check::CHECK_VERSION;
use replica::session::SkipReason;
use replica::{Content, OpenedRow, Place, Snapshot, Vouch};
use wire::limits::ATTEST_ALONE_AFTER;
use wire::{DeviceKey, Hash, Row, RowBody, RowKind, Tag};

use crate::kit::*;

/// Anna has a client, and some changes of it lie in the log; Ben has read them.
fn team() -> (Memory, Tablet, Memory, Tablet, Log) {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let (document, key) = new_client(&anna, 1, "Birch");
    write(&anna, document, vec![set(key, "sector", "Rail")]);
    log.push(&anna, true);
    let ben = log.join(&anna, &theirs, "Ben");
    log.push(&ben, true);
    log.pull(&anna).unwrap();
    (ours, anna, theirs, ben, log)
}

fn tag_of(memory: &Memory) -> Tag {
    let states = states(memory);
    let of = states.iter().find(|(_, state)| state.document == Some(client(1).0));
    of.unwrap().0.parse().unwrap()
}

fn snapshot(device: &Tablet, tag: Tag) -> Snapshot {
    finish(device.make_snapshot(tag)).unwrap().unwrap()
}

/// A row of a kind that the kit's log does not know, as the next one that the device reads.
fn next(device: &Tablet, tag: Tag, kind: RowKind, content: Content) -> (Vec<OpenedRow>, Place) {
    let place = device.place().unwrap();
    let seq = place.cursor + 1;
    let hash = hash_at(seq);
    let row = Row { seq, received_at: 1_000, kind, tag, hash, body: RowBody::HashOnly };
    (vec![OpenedRow { row, content }], Place { cursor: seq, ..place })
}

fn hash_at(seq: u64) -> Hash {
    wire::hash(b"row", &[&seq.to_be_bytes()])
}

fn reads(device: &Tablet, tag: Tag, content: Content) -> Result<device::Applied, ApplyError> {
    let kind = match &content {
        Content::Attest { .. } => RowKind::Attest,
        _ => RowKind::Snapshot,
    };
    let (rows, place) = next(device, tag, kind, content);
    finish(device.apply(rows, place))
}

fn content(tag: Tag, snapshot: &Snapshot, by: DeviceKey, needed: bool) -> Content {
    Content::Snapshot {
        tag,
        snapshot: snapshot.clone(),
        needed,
        after: None,
        by,
        check: CHECK_VERSION,
    }
}

fn vouches(device: &Tablet) -> Vec<Hash> {
    device.vouches(2_000).into_iter().map(|vouch| vouch.snapshot).collect()
}

#[test]
fn a_snapshot_is_made_of_what_the_relay_holds() {
    let (ours, anna, .., mut log) = team();
    let tag = tag_of(&ours);
    assert!(finish(anna.make_snapshot(Tag([9; 16]))).unwrap().is_none(), "no such document");
    let whole = snapshot(&anna, tag);
    let read = document::load(&whole.document).unwrap();
    assert_eq!(read.get_heads(), states(&ours)[&tag.to_string()].heads.as_slice());

    let (document, key) = client(1);
    write(&anna, document, vec![set(key, "sector", "Shipping")]);
    assert!(finish(anna.make_snapshot(tag)).unwrap().is_none(), "the relay lacks a change");
    log.push(&anna, true);
    assert!(finish(anna.make_snapshot(tag)).unwrap().is_some());
}

#[test]
fn who_has_all_of_it_vouches_until_somebody_did() {
    let (ours, anna, theirs, ben, _) = team();
    let tag = tag_of(&ours);
    let whole = snapshot(&anna, tag);
    let at = hash_at(ben.place().unwrap().cursor + 1);
    reads(&ben, tag, content(tag, &whole, anna.device(), false)).unwrap();
    assert_eq!(vouches(&ben), [at]);
    let examined = |vouch: &Vouch| vouch.examined;
    assert!(ben.vouches(2_000).iter().all(examined));
    // It is remembered.
    assert_eq!(vouches(&open(&theirs)), [at]);
    reads(&ben, tag, Content::Attest { tag, of: hash_at(1), by: ben.device() }).unwrap();
    assert_eq!(vouches(&ben), [at], "that was another one");
    reads(&ben, tag, Content::Attest { tag, of: at, by: ben.device() }).unwrap();
    assert_eq!(vouches(&ben), []);
    check_model(&theirs);
}

/// Whoever lets rows go must have found in the snapshot all that the relay ever held here, and
/// nothing that did not pass this device's own checks.
#[test]
fn nobody_vouches_for_what_is_not_whole() {
    let (ours, anna, _, ben, mut log) = team();
    let tag = tag_of(&ours);
    let (document, key) = client(1);
    let before = snapshot(&anna, tag);
    write(&ben, document, vec![set(key, "sector", "Shipping")]);
    log.push(&ben, true);
    log.pull(&ben).unwrap();
    let read = |snapshot: &Snapshot| {
        let profile = Memory::from_snapshot(&ben.storage().snapshot());
        let ben = open(&profile);
        let applied = reads(&ben, tag, content(tag, snapshot, anna.device(), false)).unwrap();
        (vouches(&ben).len(), applied.skipped)
    };
    assert_eq!(read(&before), (0, vec![]), "a change that the relay holds is not inside");
    log.pull(&anna).unwrap();
    let whole = snapshot(&anna, tag);
    assert_eq!(read(&whole), (1, vec![]));

    // A change that never came in a row.
    write(&anna, document, vec![set(key, "sector", "Air")]);
    log.push(&anna, true);
    assert_eq!(read(&snapshot(&anna, tag)), (0, vec![]), "a change inside is not known here");
    // A change of another document's is refused nowhere.
    let refused = Snapshot { refused: vec![[1; 32]], ..whole.clone() };
    assert_eq!(read(&refused), (0, vec![]), "it refuses what nobody here refuses");
    let mut bytes = whole.document.clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let (vouched, skipped) = read(&Snapshot { document: bytes, ..whole });
    assert_eq!(vouched, 0);
    assert!(matches!(skipped[..], [(_, said)] if said.reason == SkipReason::Unopenable));
}

#[test]
fn a_document_in_trouble_neither_makes_nor_vouches() {
    let (ours, anna, _, ben, mut log) = team();
    let tag = tag_of(&ours);
    let whole = snapshot(&anna, tag);
    let (document, key) = client(1);
    // Ben reads the second of two changes without the first.
    write(&anna, document, vec![set(key, "sector", "Shipping")]);
    log.push(&anna, true);
    write(&anna, document, vec![set(key, "sector", "Air")]);
    log.push(&anna, true);
    log.pull(&ben).unwrap();
    let second = log.rows.pop().unwrap();
    let carol = Memory::new();
    log.rows.push(second.clone());
    let (invited, link) = log.invite(&anna);
    let mut shorter = log.clone();
    shorter.rows.truncate(shorter.rows.len() - 2);
    let guest = shorter.admit(&invited, link, &carol, "Carol");
    shorter.rows.push(second);
    shorter.pull(&guest).unwrap();
    let state = &states(&carol)[&tag.to_string()];
    assert_eq!(state.pending.len(), 1);
    assert!(finish(guest.make_snapshot(tag)).unwrap().is_none());
    reads(&guest, tag, content(tag, &whole, anna.device(), false)).unwrap();
    assert_eq!(vouches(&guest), []);
}

#[test]
fn the_only_device_looks_at_its_own_snapshot_a_week_later() {
    let memory = Memory::new();
    let anna = found(&memory);
    let mut log = Log::of(&anna);
    let (document, key) = new_client(&anna, 1, "Birch");
    log.push(&anna, true);
    log.pull(&anna).unwrap();
    let tag = tag_of(&memory);
    let whole = snapshot(&anna, tag);
    let seq = anna.place().unwrap().cursor + 1;
    let own = Content::OwnSnapshot { tag, after: None, hashes: Vec::new() };
    reads(&anna, tag, own).unwrap();
    assert_eq!(anna.vouches(1_000 + ATTEST_ALONE_AFTER - 1), []);
    let vouch = Vouch { tag, snapshot: hash_at(seq), seq, examined: false };
    assert_eq!(anna.vouches(1_000 + ATTEST_ALONE_AFTER), [vouch]);

    // Later changes are not missed in it; earlier ones are.
    write(&anna, document, vec![set(key, "sector", "Rail")]);
    assert!(finish(anna.examine(&vouch, &whole)).unwrap());
    let other = Vouch { snapshot: hash_at(1), ..vouch };
    assert!(!finish(anna.examine(&other, &whole)).unwrap(), "it knows of no such snapshot");
    let blank = Snapshot { refused: vec![], document: document::blank().save() };
    assert!(!finish(anna.examine(&vouch, &blank)).unwrap(), "nothing is inside");
    let damaged = Snapshot { refused: vec![], document: b"damaged".to_vec() };
    assert!(!finish(anna.examine(&vouch, &damaged)).unwrap());
}

/// I8: who begins with a snapshot and the tail has what those have who read every row.
///
/// Holds: I8
#[test]
fn a_newcomer_begins_with_snapshot_and_tail() {
    let (ours, anna, _, ben, mut log) = team();
    let tag = tag_of(&ours);
    let whole = snapshot(&anna, tag);
    let (document, key) = client(1);
    write(&anna, document, vec![set(key, "sector", "Shipping")]);
    log.push(&anna, true);
    log.pull(&ben).unwrap();

    let cold = Memory::new();
    let (invited, link) = log.invite(&anna);
    let mut shorter = log.clone();
    let tail = shorter.rows.pop().unwrap();
    shorter.rows.retain(|(of, _)| *of != tag);
    let carol = shorter.admit(&invited, link, &cold, "Carol");
    assert!(carol.standing(document).is_none());
    reads(&carol, tag, content(tag, &whole, anna.device(), true)).unwrap();
    assert_eq!(field(&carol, document, key, "sector"), Some("Rail".to_owned()));
    assert_eq!(carol.unsynced(), carol.standing(handbook::DocumentId::Firm).unwrap().unsynced);
    shorter.rows.push(tail);
    let (rows, place) = {
        let place = carol.place().unwrap();
        let seq = place.cursor + 1;
        let (tag, changes) = shorter.rows.last().unwrap();
        (vec![row(seq, *tag, changes)], Place { cursor: seq, ..place })
    };
    finish(carol.apply(rows, place)).unwrap();
    let of = |memory: &Memory| states(memory)[&tag.to_string()].clone();
    let (theirs, hers) = (of(&ours), of(&cold));
    assert_eq!((hers.heads, hers.changes), (theirs.heads.clone(), theirs.changes));
    assert_eq!(hers.relay_heads, theirs.heads);
    assert_eq!(seen(&carol)[&document], seen(&anna)[&document]);
    assert_eq!(vouches(&carol), [], "what is needed was vouched for");
    check_model(&cold);
    // The bytes hold after another start.
    assert_eq!(seen(&open(&cold))[&document], seen(&anna)[&document]);
}

/// A snapshot never replaces what is here: not even edits that nobody else has.
#[test]
fn a_snapshot_is_merged_into_what_is_here() {
    let (ours, anna, theirs, ben, mut log) = team();
    let tag = tag_of(&ours);
    let (document, key) = client(1);
    write(&ben, document, vec![set(key, "phone", "123")]);
    write(&anna, document, vec![set(key, "sector", "Shipping")]);
    log.push(&anna, true);
    let whole = snapshot(&anna, tag);
    let before = ben.unsynced();
    // Anna's change is read from the snapshot: its row was covered before Ben came by.
    reads(&ben, tag, content(tag, &whole, anna.device(), true)).unwrap();
    assert_eq!(field(&ben, document, key, "sector"), Some("Shipping".to_owned()));
    assert_eq!(field(&ben, document, key, "phone"), Some("123".to_owned()));
    assert_eq!(ben.unsynced(), before, "his own edit is still to be pushed, hers is held");
    let state = &states(&theirs)[&tag.to_string()];
    assert_ne!(state.heads, state.relay_heads);
    check_model(&theirs);
}

/// Whoever begins with it never sees the row of a change that was refused, and has to refuse what builds on it.
///
/// Holds: I8
#[test]
fn a_snapshot_names_what_was_refused() {
    let (ours, anna, _, ben, mut log) = team();
    let tag = tag_of(&ours);
    let (document, key) = client(1);
    write(&ben, document, vec![set(key, "sector", "Ports")]);
    log.push(&ben, true);
    let (of, changes) = log.rows.last().unwrap().clone();
    // The same by an actor who has left out a number.
    let mut forged = automerge::Change::from_bytes(changes[0].clone()).unwrap().decode();
    forged.seq += 5;
    let forged = automerge::Change::from(forged);
    log.rows.push((of, vec![forged.raw_bytes().to_vec()]));
    log.pull(&anna).unwrap();
    assert_eq!(snapshot(&anna, tag).refused, [forged.hash().0]);
}

/// What newcomers are told to refuse, they refuse like everybody who read the rows.
///
/// Holds: I8
#[test]
fn a_newcomer_refuses_what_all_others_refuse() {
    let (ours, anna, .., mut log) = team();
    let tag = tag_of(&ours);
    let whole = Snapshot { refused: vec![[5; 32]], ..snapshot(&anna, tag) };
    let cold = Memory::new();
    let (invited, link) = log.invite(&anna);
    let mut shorter = log.clone();
    shorter.rows.retain(|(of, _)| *of != tag);
    let carol = shorter.admit(&invited, link, &cold, "Carol");
    reads(&carol, tag, content(tag, &whole, anna.device(), true)).unwrap();
    let refused = &states(&cold)[&tag.to_string()].refused;
    assert!(refused.contains(&automerge::ChangeHash([5; 32])));
    // One that nobody needs tells nobody anything.
    let other = Snapshot { refused: vec![[6; 32]], ..whole };
    reads(&carol, tag, content(tag, &other, anna.device(), false)).unwrap();
    let refused = &states(&cold)[&tag.to_string()].refused;
    assert!(!refused.contains(&automerge::ChangeHash([6; 32])));
}

/// I2, I5: a crash at any call while a snapshot is stored leaves the device before it or behind it.
///
/// Holds: I2, I5
#[test]
fn a_crash_anywhere_in_a_first_snapshot_loses_nothing() {
    let (ours, anna, .., mut log) = team();
    let tag = tag_of(&ours);
    let whole = snapshot(&anna, tag);
    let cold = Memory::new();
    let (invited, link) = log.invite(&anna);
    let mut shorter = log.clone();
    shorter.rows.retain(|(of, _)| *of != tag);
    let carol = shorter.admit(&invited, link, &cold, "Carol");
    let by = anna.device();
    drop(carol);
    for fault in [Fault::CrashBefore, Fault::CrashAfter, Fault::Full] {
        for call in 0.. {
            let profile = Memory::from_snapshot(&cold.snapshot());
            let trial = open(&profile);
            let calls = trial.storage().calls();
            trial.storage().fail_at(calls + call, fault);
            let stored = reads(&trial, tag, content(tag, &whole, by, true));
            let failed = trial.storage().calls() > calls + call;
            let again = open(&profile);
            let cursor = |device: &Tablet| device.place().unwrap().cursor;
            if cursor(&again) == cursor(&open(&cold)) {
                assert!(stored.is_err());
                assert!(!profile.peek(Table::Documents).contains_key(&tag.to_string()));
                reads(&again, tag, content(tag, &whole, by, true)).unwrap();
            }
            assert_eq!(seen(&again)[&client(1).0], seen(&anna)[&client(1).0], "call {call}");
            check_model(&profile);
            if !failed {
                assert!(call > 1);
                break;
            }
        }
    }
}
