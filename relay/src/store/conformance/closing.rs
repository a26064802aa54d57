//! How a document goes on under another tag, and what happens to what lay under the old one.

use wire::{Hash, Header, Refusal, RowBody, RowKind, Tag};

use super::covering::{bodies, entry, refused, team};
use super::{Person, Stage, session};
use crate::log::row_bytes;

const NEW: Tag = Tag([10; 16]);
const ANOTHER: Tag = Tag([11; 16]);

fn old() -> Tag {
    Tag([9; 16])
}

pub(super) async fn a_document_goes_on_under_another_tag(stage: &Stage) {
    let (space, ada, ben) = team(stage).await;
    let now = stage.standing(space).await;
    stage.append(space, ada.writes(&now, session(1), 1)).await.expect("a change");
    stage.append(space, ada.writes(&now, session(1), 2)).await.expect("a change");
    let snapshot = ada.snapshots(&now, (session(1), 3), 5, b"everything");
    stage.append(space, entry(&snapshot)).await.expect("a snapshot");
    let word = ben.attests(&now, (session(2), 1), snapshot.hash());
    stage.append(space, word).await.expect("a word");
    // A row of a newer version, whatever it holds, and one of another document.
    let newer = Header { kind: RowKind::Unknown(99), ..ada.header(&now, session(1), 4) };
    stage.append(space, entry(&ada.seals(&newer, b"newer"))).await.expect("a row");
    let other = Header { tag: Tag([8; 16]), ..ada.header(&now, session(1), 5) };
    stage.append(space, entry(&ada.seals(&other, b"other"))).await.expect("a change");

    let now = stage.standing(space).await;
    let first = ada.begins(&now, (session(1), 6), NEW, old());
    assert_eq!(stage.append(space, entry(&first)).await, Ok(10));
    let orphan = ada.begins(&now, (session(1), 7), ANOTHER, old());
    assert_eq!(stage.append(space, entry(&orphan)).await, Ok(11));
    let now = stage.standing(space).await;
    let step = ada.goes_on(&now, (session(1), 8), &first);
    assert_eq!(stage.append(space, entry(&step)).await, Ok(12));

    let rows = stage.pull(space, 0, u32::MAX).await.rows;
    for row in &rows {
        let by = match row.seq {
            4 | 5 => Some(snapshot.hash()),
            6..=8 | 11 => Some(step.hash()),
            _ => None,
        };
        match by {
            Some(_) => assert_eq!(row.body, RowBody::Stub { covered_by: by }, "row {}", row.seq),
            None => assert!(matches!(row.body, RowBody::Whole(_)), "row {}", row.seq),
        }
    }
    let counted = rows.iter().map(row_bytes).sum::<u64>();
    assert_eq!(stage.standing(space).await.bytes, counted, "what went is not counted any more");
    stage.is_sound(space).await;

    // The old tag takes nothing but receipts, that of another tag nothing at all.
    let now = stage.standing(space).await;
    let write = ada.writes(&now, session(1), 9);
    assert_eq!(refused(stage, space, write).await, Refusal::TagClosed);
    let again = ada.begins(&now, (session(1), 9), Tag([12; 16]), old());
    assert_eq!(refused(stage, space, entry(&again)).await, Refusal::TagClosed);
    let again = ada.goes_on(&now, (session(1), 9), &first);
    assert_eq!(refused(stage, space, entry(&again)).await, Refusal::TagClosed);
    let dead = Header { tag: ANOTHER, ..ada.header(&now, session(1), 9) };
    let dead = entry(&ada.seals(&dead, b"late"));
    assert_eq!(refused(stage, space, dead).await, Refusal::TagClosed);
    let receipt = ben.attests(&now, (session(2), 2), step.hash());
    assert_eq!(stage.append(space, receipt.clone()).await, Ok(13));
    assert_eq!(stage.append(space, receipt).await, Ok(13));
    let elsewhere = Header {
        tag: NEW,
        kind: RowKind::Attest,
        attests: Some(step.hash()),
        ..ada.header(&now, session(1), 9)
    };
    let elsewhere = entry(&ada.seals(&elsewhere, b"done"));
    assert_eq!(refused(stage, space, elsewhere).await, Refusal::SnapshotUnknown);

    // The new one is a document like any other.
    let change = Header { tag: NEW, ..ada.header(&now, session(1), 9) };
    stage.append(space, entry(&ada.seals(&change, b"more"))).await.expect("a change");
    let now = stage.standing(space).await;
    let whole = ada.header(&now, session(1), 10);
    let whole = Header { tag: NEW, kind: RowKind::Snapshot, covers: Some(14), ..whole };
    let whole = ada.seals(&whole, b"all of it");
    stage.append(space, entry(&whole)).await.expect("a snapshot");
    let word = Header {
        tag: NEW,
        kind: RowKind::Attest,
        attests: Some(whole.hash()),
        ..ben.header(&now, session(2), 3)
    };
    stage.append(space, entry(&ben.seals(&word, b"vouched"))).await.expect("a word");
    let rows = stage.pull(space, 0, u32::MAX).await.rows;
    let is_whole = |seq: usize| matches!(rows[seq - 1].body, RowBody::Whole(_));
    assert_eq!([10, 12, 13, 14].map(is_whole), [false, true, true, false]);
    stage.is_sound(space).await;

    // And can go on once more.
    let now = stage.standing(space).await;
    let third = Tag([13; 16]);
    let begin = ada.begins(&now, (session(1), 11), third, NEW);
    stage.append(space, entry(&begin)).await.expect("a snapshot");
    let now = stage.standing(space).await;
    let step = ada.goes_on(&now, (session(1), 12), &begin);
    let step = Header { tag: NEW, ..step.header };
    stage.append(space, entry(&ada.seals(&step, b"why"))).await.expect("a generation");
    stage.is_sound(space).await;
}

pub(super) async fn one_receipt_of_each_device_is_enough(stage: &Stage) {
    let (space, ada, ben) = team(stage).await;
    let now = stage.standing(space).await;
    stage.append(space, ada.writes(&now, session(1), 1)).await.expect("a change");
    let first = ada.begins(&now, (session(1), 2), NEW, old());
    stage.append(space, entry(&first)).await.expect("a snapshot");
    let now = stage.standing(space).await;
    let step = ada.goes_on(&now, (session(1), 3), &first);
    stage.append(space, entry(&step)).await.expect("a generation");

    let now = stage.standing(space).await;
    let word = ben.attests(&now, (session(2), 1), step.hash());
    stage.append(space, word.clone()).await.expect("a receipt");
    let before = stage.standing(space).await;
    let again = ben.attests(&now, (session(2), 2), step.hash());
    assert_eq!(refused(stage, space, again).await, Refusal::Attested);
    let later = ben.attests(&before, (session(3), 1), step.hash());
    assert_eq!(refused(stage, space, later).await, Refusal::Attested);
    // The same one is no second one.
    assert_eq!(stage.append(space, word).await, Ok(before.head));
    assert_eq!(stage.standing(space).await.head, before.head);
    let own = ada.attests(&now, (session(1), 4), step.hash());
    stage.append(space, own.clone()).await.expect("another device's");

    // Another generation is another matter.
    let third = Tag([13; 16]);
    let begin = ada.begins(&now, (session(1), 5), third, NEW);
    stage.append(space, entry(&begin)).await.expect("a snapshot");
    let now = stage.standing(space).await;
    let next = Header { tag: NEW, ..ada.goes_on(&now, (session(1), 6), &begin).header };
    let next = ada.seals(&next, b"why");
    stage.append(space, entry(&next)).await.expect("a generation");
    let receipt = |counter, of: &wire::Envelope| {
        let (kind, attests) = (RowKind::Attest, Some(of.hash()));
        let header = ben.header(&now, session(2), counter);
        entry(&ben.seals(&Header { tag: of.header.tag, kind, attests, ..header }, b"done"))
    };
    stage.append(space, receipt(2, &next)).await.expect("a receipt");
    assert_eq!(refused(stage, space, receipt(3, &next)).await, Refusal::Attested);
    assert_eq!(refused(stage, space, receipt(3, &step)).await, Refusal::Attested);
    stage.is_sound(space).await;
}

pub(super) async fn a_first_snapshot_is_inert_until_it_is_named(stage: &Stage) {
    let ada = Person::named("Ada");
    let space = stage.found(&ada).await;
    let now = stage.standing(space).await;
    let begin = |counter| entry(&ada.begins(&now, (session(1), counter), NEW, old()));
    // There is nothing that it could follow on.
    assert_eq!(refused(stage, space, begin(1)).await, Refusal::TagClosed);
    stage.append(space, ada.writes(&now, session(1), 1)).await.expect("a change");
    let first = ada.begins(&now, (session(1), 2), NEW, old());
    assert_eq!(stage.append(space, entry(&first)).await, Ok(3));
    let before = bodies(stage, space).await;

    let now = stage.standing(space).await;
    let inert = |kind, covers, attests| {
        let header = ada.header(&now, session(1), 3);
        entry(&ada.seals(&Header { tag: NEW, kind, covers, attests, ..header }, b"early"))
    };
    let change = inert(RowKind::Changes, None, None);
    assert_eq!(refused(stage, space, change).await, Refusal::TagClosed);
    let whole = inert(RowKind::Snapshot, Some(3), None);
    assert_eq!(refused(stage, space, whole).await, Refusal::TagClosed);
    let word = inert(RowKind::Attest, None, Some(first.hash()));
    assert_eq!(refused(stage, space, word).await, Refusal::TagClosed);
    let second = entry(&ada.begins(&now, (session(1), 3), NEW, old()));
    assert_eq!(refused(stage, space, second).await, Refusal::TagClosed);
    assert_eq!(bodies(stage, space).await, before);
    // The old one goes on as if nothing had been.
    stage.append(space, ada.writes(&now, session(1), 3)).await.expect("a change");
    stage.is_sound(space).await;
}

pub(super) async fn what_came_in_meanwhile_keeps_a_tag_open(stage: &Stage) {
    let ada = Person::named("Ada");
    let space = stage.found(&ada).await;
    let now = stage.standing(space).await;
    stage.append(space, ada.writes(&now, session(1), 1)).await.expect("a change");
    let first = ada.begins(&now, (session(1), 2), NEW, old());
    stage.append(space, entry(&first)).await.expect("a snapshot");
    let read = stage.standing(space).await;
    stage.append(space, ada.writes(&read, session(2), 1)).await.expect("a change");
    let before = bodies(stage, space).await;

    let step = |read: &_, with: &_| entry(&ada.goes_on(read, (session(1), 3), with));
    let stale = Refusal::SnapshotStale { last: 4 };
    assert_eq!(refused(stage, space, step(&read, &first)).await, stale);
    let now = stage.standing(space).await;
    let unknown = ada.begins(&now, (session(1), 3), ANOTHER, old());
    let unknown = step(&now, &unknown);
    assert_eq!(refused(stage, space, unknown).await, Refusal::SnapshotUnknown);
    // Of another document.
    let other = Header { tag: Tag([8; 16]), ..ada.header(&now, session(1), 3) };
    stage.append(space, entry(&ada.seals(&other, b"other"))).await.expect("a change");
    let begins = wire::Begins { tag: NEW, snapshot: first.hash() };
    let of_other = Header {
        tag: Tag([8; 16]),
        kind: RowKind::Generation,
        begins: Some(begins),
        seen: stage.standing(space).await.seen(),
        ..ada.header(&now, session(1), 4)
    };
    let of_other = entry(&ada.seals(&of_other, b"why"));
    assert_eq!(refused(stage, space, of_other).await, Refusal::TagClosed);
    let nothing = wire::Begins { tag: NEW, snapshot: Hash([5; 32]) };
    let nothing = Header {
        kind: RowKind::Generation,
        begins: Some(nothing),
        ..ada.header(&now, session(1), 4)
    };
    let nothing = entry(&ada.seals(&nothing, b"why"));
    assert_eq!(refused(stage, space, nothing).await, Refusal::SnapshotUnknown);
    assert_eq!(bodies(stage, space).await.get(..before.len()), Some(before.as_slice()));

    // Whoever has read it may.
    let step = ada.goes_on(&now, (session(1), 4), &first);
    stage.append(space, entry(&step)).await.expect("a generation");
    stage.is_sound(space).await;
}
