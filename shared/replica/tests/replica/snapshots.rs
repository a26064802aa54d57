//! Snapshots: asked for, made, vouched for, and read where rows have lost their bytes.

use replica::{Content, LinkState, Task, Vouch};
use wire::{ClientFrame, Envelope, Hash, Refusal, RelayFrame, Role, RowBody, RowKind};

use crate::relay::Relay;
use crate::tablet::{TAG, Tablet, pair};

fn bytes(row: &wire::Row) -> &[u8] {
    match &row.body {
        RowBody::Whole(bytes) => bytes,
        other => panic!("{other:?}"),
    }
}

/// A relay that asks after two rows of changes, and a team that wrote as many.
fn hinted() -> (Relay, Tablet, Tablet) {
    let mut relay = Relay::new();
    let (mut ada, bo) = pair(&mut relay);
    relay.hint_after = Some(2);
    ada.edit(&mut relay, "one");
    ada.edit(&mut relay, "two");
    (relay, ada, bo)
}

#[test]
fn who_is_asked_makes_a_snapshot_of_what_the_relay_holds() {
    let (relay, ada, _) = hinted();
    let [snapshot] = &relay.of_kind(RowKind::Snapshot)[..] else { panic!("no snapshot") };
    let header = Envelope::parse(bytes(snapshot)).unwrap().header;
    let last = relay.of_kind(RowKind::Changes).last().unwrap().seq;
    assert_eq!((header.tag, header.covers), (TAG, Some(last)));
    assert_eq!(ada.place.as_ref().unwrap().cursor, relay.head(), "its own row came back");
    assert!(ada.contents().any(|it| matches!(it, Content::OwnSnapshot { .. })));
    assert_eq!(*ada.state(), LinkState::Live);
}

#[test]
fn a_snapshot_that_comes_too_late_is_given_up_and_nothing_with_it() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    ada.edit(&mut relay, "one");
    // A hint about a row that is not the last any more by the time it is heard.
    let stale = relay.head();
    bo.pull(&mut relay);
    bo.edit(&mut relay, "two");
    ada.pull(&mut relay);
    ada.hear(&mut relay, RelayFrame::Hint { tag: TAG, last: stale });
    assert_eq!(relay.of_kind(RowKind::Snapshot).len(), 0, "refused");
    assert_eq!(*ada.state(), LinkState::Live);
    ada.edit(&mut relay, "three");
    assert_eq!(ada.unsynced(), 0, "the counter was not used up");
    // Of a document that it cannot make one of just now, it makes none.
    ada.hear(&mut relay, RelayFrame::Hint { tag: wire::Tag([9; 16]), last: 1 });
    assert_eq!(relay.of_kind(RowKind::Snapshot).len(), 0);
    let last = relay.of_kind(RowKind::Changes).last().unwrap().seq;
    ada.hear(&mut relay, RelayFrame::Hint { tag: TAG, last });
    assert_eq!(relay.of_kind(RowKind::Snapshot).len(), 1);
}

/// Who is asked while there is more to read makes one of where the log ends.
#[test]
fn a_snapshot_covers_what_came_meanwhile() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    bo.edit(&mut relay, "one");
    let asked = relay.head();
    bo.edit(&mut relay, "two");
    ada.hear(&mut relay, RelayFrame::Hint { tag: TAG, last: asked });
    let [row] = &relay.of_kind(RowKind::Snapshot)[..] else { panic!("no snapshot") };
    let header = Envelope::parse(bytes(row)).unwrap().header;
    assert_eq!(header.covers, Some(asked + 1));
}

/// Between what a device has read and the row that it is to cover others may have written: it reads
/// on first, and what it makes holds their changes.
#[test]
fn a_snapshot_is_made_only_after_every_row_under_it_was_read() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    bo.edit(&mut relay, "one");
    ada.lie = Some(Box::new(|frame| match frame {
        RelayFrame::Head { .. } => vec![],
        frame => vec![frame],
    }));
    relay.hint_after = Some(2);
    ada.edit(&mut relay, "two");
    let [row] = &relay.of_kind(RowKind::Snapshot)[..] else { panic!("no snapshot") };
    bo.pull(&mut relay);
    let found = bo.rows.iter().find(|it| it.row.hash == row.hash).unwrap();
    let Content::Snapshot { snapshot, .. } = &found.content else { panic!("{found:?}") };
    let inside = replica::chunk::decode_changes(&snapshot.document).unwrap();
    assert_eq!(inside, [b"one".to_vec(), b"two".to_vec()]);
}

#[test]
fn another_vouches_after_a_while_and_one_word_is_enough() {
    let (mut relay, mut ada, mut bo) = hinted();
    bo.pull(&mut relay);
    let row = relay.of_kind(RowKind::Snapshot).remove(0);
    let found = bo.rows.iter().find(|it| it.row.hash == row.hash).unwrap();
    let Content::Snapshot { needed, by, .. } = &found.content else { panic!("{found:?}") };
    assert_eq!((*needed, *by), (false, ada.secrets.device()));
    bo.vouches = vec![Vouch { tag: TAG, snapshot: row.hash, seq: row.seq, examined: true }];
    assert_eq!(relay.of_kind(RowKind::Attest).len(), 0, "perhaps somebody else is faster");
    bo.sleep_while(&mut relay, |bo| bo.session.place().unwrap().cursor == row.seq);
    let [word] = &relay.of_kind(RowKind::Attest)[..] else { panic!("no word") };
    let header = Envelope::parse(bytes(word)).unwrap().header;
    assert_eq!((header.tag, header.attests), (TAG, Some(row.hash)));
    bo.vouches.clear();
    ada.pull(&mut relay);
    let attested = |it: &Content| matches!(it, Content::Attest { of, .. } if *of == row.hash);
    assert!(ada.contents().any(attested));
    assert!(bo.contents().any(attested));
}

#[test]
fn a_word_that_is_refused_takes_nothing_with_it() {
    for reason in [Refusal::Attested, Refusal::AttestRule, Refusal::SnapshotUnknown, Refusal::Quota]
    {
        let (mut relay, _, mut bo) = hinted();
        bo.pull(&mut relay);
        let row = relay.of_kind(RowKind::Snapshot).remove(0);
        bo.vouches = vec![Vouch { tag: TAG, snapshot: row.hash, seq: row.seq, examined: true }];
        relay.refuse = [Some(reason)].into();
        bo.sleep_while(&mut relay, |bo| bo.sent.len() < 100 && bo.now < 1_010_000);
        assert_eq!(relay.of_kind(RowKind::Attest).len(), 0, "{reason}");
        assert_eq!(*bo.state(), LinkState::Live, "{reason}");
        relay.refuse.clear();
        bo.edit(&mut relay, "three");
        assert_eq!(bo.unsynced(), 0, "{reason}");
    }
}

/// Another tab was faster with the receipt for a generation: it is not sent again, and what else there is to
/// append does not wait for it.
#[test]
fn a_receipt_that_the_relay_has_is_done() {
    let mut relay = Relay::new();
    let (_, mut bo) = pair(&mut relay);
    let [here, other] = [5, 6].map(|it| Hash([it; 32]));
    bo.owed = Some(here);
    bo.tasks = [Task::Receipt { tag: TAG, generation: other }].into();
    relay.refuse = [None, Some(Refusal::Attested)].into();
    bo.edit(&mut relay, "one");
    let receipts = |bo: &Tablet| -> Vec<Option<Hash>> {
        let appends = bo.sent.iter().filter_map(|frame| match frame {
            ClientFrame::Append { envelope } => Some(Envelope::parse(envelope).unwrap().header),
            _ => None,
        });
        appends.filter(|it| it.kind == RowKind::Attest).map(|it| it.attests).collect()
    };
    assert_eq!(receipts(&bo), [Some(here), Some(other)]);
    let words = relay.of_kind(RowKind::Attest);
    assert_eq!(words.len(), 1);
    for text in ["two", "three"] {
        bo.sleep(&mut relay);
        bo.edit(&mut relay, text);
    }
    assert_eq!((bo.unsynced(), bo.state()), (0, &LinkState::Live));
    assert_eq!(receipts(&bo).len(), 2, "on this connection it is not asked for again");
    // On the next one everything was read before: if the word was not in it, it is owed.
    bo.cut(&mut relay);
    bo.sleep_while(&mut relay, |bo| *bo.state() != LinkState::Live);
    assert_eq!(receipts(&bo).get(2..), Some(&[Some(here)][..]));
    assert_eq!(bo.owed, None, "it was taken and read back");
}

/// What is refused for another reason is tried again, after a while.
#[test]
fn a_receipt_that_is_refused_is_tried_again() {
    let mut relay = Relay::new();
    let (_, mut bo) = pair(&mut relay);
    bo.owed = Some(Hash([5; 32]));
    relay.refuse = [None, Some(Refusal::Quota)].into();
    bo.edit(&mut relay, "one");
    assert!(bo.owed.is_some());
    bo.sleep_while(&mut relay, |bo| bo.owed.is_some());
}

#[test]
fn the_only_device_fetches_its_own_snapshot_back_and_looks_at_it() {
    for whole in [true, false] {
        let mut relay = Relay::new();
        let mut ada = Tablet::founder(1);
        ada.start(&mut relay);
        relay.hint_after = Some(1);
        ada.edit(&mut relay, "one");
        let row = relay.of_kind(RowKind::Snapshot).remove(0);
        ada.vouches = vec![Vouch { tag: TAG, snapshot: row.hash, seq: row.seq, examined: false }];
        ada.whole = whole;
        // On the connection on which it was sent its bytes do not come back.
        ada.cut(&mut relay);
        ada.sleep_while(&mut relay, |ada| ada.now < 1_020_000);
        assert_eq!(relay.of_kind(RowKind::Attest).len(), usize::from(whole));
        assert_eq!(*ada.state(), LinkState::Live);
    }
}

#[test]
fn what_the_log_no_longer_has_is_not_vouched_for() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    relay.hint_after = Some(1);
    ada.edit(&mut relay, "one");
    let row = relay.of_kind(RowKind::Snapshot).remove(0);
    ada.vouches = vec![Vouch { tag: TAG, snapshot: row.hash, seq: row.seq, examined: false }];
    ada.cut(&mut relay);
    // The relay shows another row in its place.
    let other = relay.of_kind(RowKind::Changes).remove(0);
    ada.lie = Some(Box::new(move |frame| match frame {
        RelayFrame::Rows { rows, head, chain } => {
            let rows = rows.into_iter().map(|it| wire::Row { body: other.body.clone(), ..it });
            vec![RelayFrame::Rows { rows: rows.collect(), head, chain }]
        }
        frame => vec![frame],
    }));
    ada.sleep_while(&mut relay, |ada| ada.now < 1_020_000);
    assert_eq!(relay.of_kind(RowKind::Attest).len(), 0);
}

/// The log after rows were covered, and somebody who reads it from its first row.
fn covered(vouched: bool) -> (Relay, Tablet, wire::Seq) {
    let (mut relay, mut ada, mut bo) = hinted();
    relay.hint_after = None;
    bo.pull(&mut relay);
    let row = relay.of_kind(RowKind::Snapshot).remove(0);
    bo.vouches = vec![Vouch { tag: TAG, snapshot: row.hash, seq: row.seq, examined: true }];
    if vouched {
        bo.sleep_while(&mut relay, |bo| bo.session.place().unwrap().cursor == row.seq);
    }
    bo.vouches.clear();
    let first = relay.of_kind(RowKind::Changes).first().unwrap().seq;
    relay.cover(TAG, row.seq - 1, row.hash);
    ada.pull(&mut relay);
    ada.edit(&mut relay, "three");
    let link = ada.invite(&mut relay, Role::Editor);
    let mut cy = Tablet::newcomer(3, &link);
    cy.start(&mut relay);
    (relay, cy, first)
}

#[test]
fn a_newcomer_finds_what_stubs_held() {
    let (relay, cy, _) = covered(true);
    assert_eq!(*cy.state(), LinkState::Live);
    assert_eq!(cy.changes.len(), 3);
    assert_eq!(cy.unsynced(), 0);
    assert_eq!(cy.lost, []);
    let needed = |it: &Content| matches!(it, Content::Snapshot { needed: true, .. });
    assert_eq!(cy.contents().filter(|it| needed(it)).count(), 1);
    assert_eq!(cy.contents().filter(|it| matches!(it, Content::Covered)).count(), 2);
    assert_eq!(cy.place.as_ref().unwrap().cursor, relay.head());
    assert!(cy.place.as_ref().unwrap().covers.is_empty());
}

#[test]
fn without_a_word_for_the_snapshot_the_row_is_lost() {
    let (mut relay, mut cy, first) = covered(false);
    assert_eq!(cy.lost, [first]);
    assert_eq!(*cy.state(), LinkState::Live, "everything else goes on");
    // It is said once, and again after a reload, when nobody remembers.
    cy.edit(&mut relay, "four");
    assert_eq!(cy.lost, [first]);
    cy.reload();
    cy.start(&mut relay);
    assert_eq!(cy.lost, [first, first]);
}

#[test]
fn a_row_that_nothing_covers_is_lost() {
    let mut relay = Relay::new();
    let (mut ada, _) = pair(&mut relay);
    ada.edit(&mut relay, "one");
    let row = relay.of_kind(RowKind::Changes).remove(0);
    for covered_by in [None, Some(wire::Hash([3; 32])), Some(row.hash)] {
        relay.rows[row.seq as usize - 1].body = RowBody::Stub { covered_by };
        let link = ada.invite(&mut relay, Role::Editor);
        let mut cy = Tablet::newcomer(3 + relay.head(), &link);
        cy.start(&mut relay);
        assert_eq!(cy.lost, [row.seq], "{covered_by:?}");
        ada.pull(&mut relay);
    }
}
