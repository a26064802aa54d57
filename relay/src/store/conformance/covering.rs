//! How rows lose their bytes: under a snapshot, once somebody has vouched for it, and in no other way.

use wire::limits::ATTEST_ALONE_AFTER;
use wire::{Hash, Header, Refusal, Role, RowBody, RowKind, Seq, SpaceId, Tag};

use super::{AppendError, Entry, Person, Stage, session};
use crate::clock::Clock;
use crate::log::{Author, Hint, Quota, row_bytes};
use crate::store::Store;

/// A space of Ada's in which Ben may read, and their devices.
pub(super) async fn team(stage: &Stage) -> (SpaceId, Person, Person) {
    let (ada, ben, door) = (Person::named("Ada"), Person::named("Ben"), Person::named("door"));
    let space = stage.found(&ada).await;
    let roster = stage.standing(space).await.roster;
    let invite = ada.invites(&roster, &door, Role::Reader, 1 << 40);
    stage.record(space, &ada, invite).await.expect("an invite");
    let roster = stage.standing(space).await.roster;
    let author = Author::Invite(roster.invite_by_key(&door.key()).expect("it is there").0);
    let bytes = ben.joins(&roster, &door);
    stage.append(space, Entry::Record { author, bytes }).await.expect("a join");
    (space, ada, ben)
}

pub(super) fn entry(envelope: &wire::Envelope) -> Entry {
    Entry::Envelope(Box::new(envelope.clone()))
}

pub(super) async fn bodies(stage: &Stage, space: SpaceId) -> Vec<RowBody> {
    stage.pull(space, 0, u32::MAX).await.rows.into_iter().map(|row| row.body).collect()
}

pub(super) async fn refused(stage: &Stage, space: SpaceId, entry: Entry) -> Refusal {
    match stage.append(space, entry).await {
        Err(AppendError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

pub(super) async fn rows_under_an_attested_snapshot_become_stubs(stage: &Stage) {
    let (space, ada, ben) = team(stage).await;
    let now = stage.standing(space).await;
    for counter in 1..=3 {
        stage.append(space, ada.writes(&now, session(1), counter)).await.expect("a change");
    }
    let second = ada.writes(&now, session(1), 2);
    // A row of another document, and one of a newer version, which nobody here understands.
    let other = Header { tag: Tag([8; 16]), ..ada.header(&now, session(1), 4) };
    stage.append(space, entry(&ada.seals(&other, b"other"))).await.expect("a change");
    let newer = Header { kind: RowKind::Unknown(99), ..ada.header(&now, session(1), 5) };
    stage.append(space, entry(&ada.seals(&newer, b"newer"))).await.expect("a row");
    let before = stage.pull(space, 0, u32::MAX).await;

    let now = stage.standing(space).await;
    let snapshot = ada.snapshots(&now, (session(1), 6), 8, b"everything");
    assert_eq!(stage.append(space, entry(&snapshot)).await, Ok(9));
    assert!(bodies(stage, space).await.iter().all(|body| matches!(body, RowBody::Whole(_))));
    let attest = ben.attests(&now, (session(2), 1), snapshot.hash());
    assert_eq!(stage.append(space, attest.clone()).await, Ok(10));

    let after = stage.pull(space, 0, u32::MAX).await;
    for (row, old) in after.rows.iter().zip(&before.rows) {
        let stub = RowBody::Stub { covered_by: Some(snapshot.hash()) };
        let goes = (4..=6).contains(&row.seq);
        assert_eq!(row.body, if goes { stub } else { old.body.clone() }, "row {}", row.seq);
        assert_eq!((row.hash, row.kind, row.tag), (old.hash, old.kind, old.tag));
        assert_eq!(row.received_at, old.received_at);
    }
    let counted = after.rows.iter().map(row_bytes).sum::<u64>();
    assert_eq!(stage.standing(space).await.bytes, counted, "what went is not counted any more");
    // What was there keeps its place, and a retry of the attestation is still known.
    assert_eq!(stage.append(space, second).await, Ok(5));
    assert_eq!(stage.append(space, attest).await, Ok(10));
    let again = ben.attests(&now, (session(2), 2), snapshot.hash());
    assert_eq!(refused(stage, space, again).await, Refusal::Attested);
    stage.is_sound(space).await;

    // The next snapshot stands for the one before it, and for the word that was given for that.
    let now = stage.standing(space).await;
    stage.append(space, ada.writes(&now, session(1), 7)).await.expect("a change");
    let next = ada.snapshots(&now, (session(1), 8), 11, b"and more");
    stage.append(space, entry(&next)).await.expect("a snapshot");
    let late = ben.attests(&now, (session(2), 2), next.hash());
    stage.append(space, late).await.expect("a word");
    let rows = stage.pull(space, 0, u32::MAX).await.rows;
    let covered_by = |seq: Seq| match &rows.get(seq as usize - 1).expect("it is there").body {
        RowBody::Stub { covered_by } => *covered_by,
        _ => None,
    };
    assert_eq!(covered_by(4), Some(snapshot.hash()));
    for seq in [9, 10, 11] {
        assert_eq!(covered_by(seq), Some(next.hash()), "row {seq}");
    }
    let gone = ben.attests(&now, (session(2), 3), snapshot.hash());
    assert_eq!(refused(stage, space, gone).await, Refusal::SnapshotUnknown);
    let stats = stage.store.stats().await.expect("it works");
    assert_eq!(stats.first().map(|stats| stats.stubs), Some(6));
    stage.is_sound(space).await;
}

pub(super) async fn without_an_attestation_nothing_goes(stage: &Stage) {
    let ada = Person::named("Ada");
    let space = stage.found(&ada).await;
    let now = stage.standing(space).await;
    stage.append(space, ada.writes(&now, session(1), 1)).await.expect("a change");
    let snapshot = ada.snapshots(&now, (session(1), 2), 2, b"everything");
    stage.append(space, entry(&snapshot)).await.expect("a snapshot");
    let before = bodies(stage, space).await;

    // The only device of a team waits for a week, by the clock of the relay.
    let attest = |counter, hash| ada.attests(&now, (session(1), counter), hash);
    stage.set_clock(1_000 + ATTEST_ALONE_AFTER - 1);
    let early = refused(stage, space, attest(3, snapshot.hash())).await;
    assert_eq!(early, Refusal::AttestRule);
    assert_eq!(refused(stage, space, attest(3, Hash([5; 32]))).await, Refusal::SnapshotUnknown);
    let envelope = match ada.writes(&now, session(1), 1) {
        Entry::Envelope(envelope) => envelope.hash(),
        Entry::Record { .. } => Hash::ZERO,
    };
    assert_eq!(refused(stage, space, attest(3, envelope)).await, Refusal::SnapshotUnknown);
    let elsewhere = Header {
        tag: Tag([8; 16]),
        kind: RowKind::Attest,
        attests: Some(snapshot.hash()),
        ..ada.header(&now, session(1), 3)
    };
    let elsewhere = entry(&ada.seals(&elsewhere, b"vouched"));
    assert_eq!(refused(stage, space, elsewhere).await, Refusal::SnapshotUnknown);
    assert_eq!(bodies(stage, space).await, before);

    stage.set_clock(1_000 + ATTEST_ALONE_AFTER);
    assert_eq!(stage.append(space, attest(3, snapshot.hash())).await, Ok(4));
    let after = bodies(stage, space).await;
    assert_eq!(after.get(1), Some(&RowBody::Stub { covered_by: Some(snapshot.hash()) }));
    stage.is_sound(space).await;
}

pub(super) async fn a_snapshot_covers_all_of_a_document_or_nothing(stage: &Stage) {
    let (space, ada, ben) = team(stage).await;
    let now = stage.standing(space).await;
    let stale = |last| Refusal::SnapshotStale { last };
    let snapshot =
        |counter, covers| entry(&ada.snapshots(&now, (session(1), counter), covers, b"everything"));
    for covers in [0, 3, 4] {
        assert_eq!(refused(stage, space, snapshot(1, covers)).await, stale(0), "{covers}");
    }
    stage.append(space, ada.writes(&now, session(1), 1)).await.expect("a change");
    stage.append(space, ada.writes(&now, session(1), 2)).await.expect("a change");
    for covers in [0, 4, 6, Seq::MAX] {
        assert_eq!(refused(stage, space, snapshot(3, covers)).await, stale(5), "{covers}");
    }
    // The same for a row that the snapshot was made without.
    let first = ada.snapshots(&now, (session(1), 3), 5, b"everything");
    let mut other = ada.header(&now, session(3), 1);
    other.tag = first.header.tag;
    stage.append(space, entry(&ada.seals(&other, b"meanwhile"))).await.expect("a change");
    assert_eq!(refused(stage, space, entry(&first)).await, stale(6));
    let second = ada.snapshots(&now, (session(1), 3), 6, b"everything");
    stage.append(space, entry(&second)).await.expect("a snapshot");
    // A word for it adds nothing to the document; the snapshot itself is its last row now.
    let word = ben.attests(&now, (session(2), 1), second.hash());
    stage.append(space, word).await.expect("a word");
    assert_eq!(refused(stage, space, snapshot(4, 8)).await, stale(7));
    stage.append(space, snapshot(4, 7)).await.expect("a snapshot");
    let reader = ben.snapshots(&now, (session(2), 2), 9, b"everything");
    assert_eq!(refused(stage, space, entry(&reader)).await, Refusal::Role);
    stage.is_sound(space).await;
}

pub(super) async fn one_device_is_asked_when_a_tail_is_long(
    make: impl Fn(Clock, Quota) -> Box<dyn Store>,
) {
    let stage = Stage::with_quota(make, Quota { tail_rows: 3, ..Quota::default() });
    let ada = Person::named("Ada");
    let space = stage.found(&ada).await;
    let now = stage.standing(space).await;
    let write = async |counter| {
        let taken = stage.store.take(space, ada.writes(&now, session(1), counter)).await;
        taken.expect("a change").hint.map(|Hint { last, .. }| last)
    };
    let mut asked = Vec::new();
    for counter in 1..=6 {
        asked.push(write(counter).await);
    }
    assert_eq!(asked, [None, None, Some(4), None, None, Some(7)]);
    // Who asks again for a row that is there is asked for nothing.
    assert_eq!(write(6).await, None);
    // After a snapshot the tail begins anew, and has to be as large as that was.
    let size = 5_000;
    let snapshot = ada.snapshots(&now, (session(1), 7), 7, &vec![0; size]);
    let taken = stage.store.take(space, entry(&snapshot)).await.expect("a snapshot");
    assert_eq!(taken.hint, None);
    let size = snapshot.bytes().len();
    let mut rows = 0;
    let mut bytes = 0;
    loop {
        rows += 1;
        let asked = write(7 + rows).await;
        let Entry::Envelope(envelope) = ada.writes(&now, session(1), 7 + rows) else { return };
        bytes += envelope.bytes().len();
        assert_eq!(asked.is_some(), rows % 3 == 0 && bytes >= size, "{rows} rows");
        if asked.is_some() {
            break;
        }
    }
    assert!(rows > 3);
}

pub(super) async fn a_full_space_can_be_covered(make: impl Fn(Clock, Quota) -> Box<dyn Store>) {
    let stage = Stage::with_quota(make, Quota { bytes: 9_000, ..Quota::default() });
    let (space, ada, ben) = team(&stage).await;
    let now = stage.standing(space).await;
    let large = ada.seals(&ada.header(&now, session(1), 1), &[0; 4_000]);
    stage.append(space, entry(&large)).await.expect("a change");
    let snapshot = ada.snapshots(&now, (session(1), 2), 4, b"everything");
    stage.append(space, entry(&snapshot)).await.expect("a snapshot");
    let mut counter = 3;
    while stage.append(space, ada.writes(&now, session(1), counter)).await.is_ok() {
        counter += 1;
    }
    let refused = refused(&stage, space, ada.writes(&now, session(1), counter)).await;
    assert_eq!(refused, Refusal::Quota);
    let word = ben.attests(&now, (session(2), 1), snapshot.hash());
    stage.append(space, word).await.expect("a word is no load");
    stage.append(space, ada.writes(&now, session(1), counter)).await.expect("there is room");
}
