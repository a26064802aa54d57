//! How logs grow and are read.

use futures_util::future::join_all;
use wire::limits::MAX_PULL_ROWS;
use wire::{LogId, Refusal, Role, RowBody, Seq, SpaceId, Tag, chain_next, chain_start};

use super::{AppendError, Entry, Person, Stage, session};
use crate::clock::Clock;
use crate::limits::SESSIONS_PER_DEVICE;
use crate::log::{Author, Quota, row_bytes};
use crate::store::Store;

pub(super) async fn rows_are_numbered_chained_and_given_out_as_they_came(stage: &Stage) {
    let ada = Person::named("Ada");
    let space = stage.found(&ada).await;
    let mut sent = Vec::new();
    for counter in 1..=5 {
        stage.set_clock(1_000 + counter * 10);
        let standing = stage.standing(space).await;
        let mut header = ada.header(&standing, session(1), counter);
        header.tag = Tag([counter as u8; 16]);
        let envelope = ada.seals(&header, &counter.to_be_bytes());
        sent.push((header.tag, envelope.bytes().to_vec()));
        let seq = stage.append(space, Entry::Envelope(Box::new(envelope))).await;
        assert_eq!(seq, Ok(counter + 1));
    }

    let pulled = stage.pull(space, 1, u32::MAX).await;
    for (index, (row, (tag, bytes))) in pulled.rows.iter().zip(&sent).enumerate() {
        assert_eq!(row.seq, index as Seq + 2);
        assert_eq!(row.received_at, 1_000 + (index as u64 + 1) * 10);
        assert_eq!((row.tag, &row.body), (*tag, &RowBody::Whole(bytes.clone())));
    }
    assert_eq!(pulled.rows.len(), sent.len());

    let mut chain = chain_start(&space);
    for row in &stage.pull(space, 0, u32::MAX).await.rows {
        chain = chain_next(&chain, row);
        let arrival = stage.store.arrive(space, ada.key(), row.seq).await.expect("it works");
        assert_eq!(arrival.expect("it exists").chain_at_cursor, Some(chain));
        assert_eq!(stage.pull(space, row.seq - 1, 0).await.chain, Some(chain));
    }
    assert_eq!(pulled.standing.chain, chain);
    assert_eq!(pulled.chain, Some(chain));
    stage.is_sound(space).await;
}

pub(super) async fn the_same_bytes_keep_their_place(stage: &Stage) {
    let ada = Person::named("Ada");
    let space = stage.found(&ada).await;
    let standing = stage.standing(space).await;
    let first = ada.writes(&standing, session(1), 1);
    let invite = ada.invites(&standing.roster, &Person::named("door"), Role::Editor, 9_000);
    for _ in 0..3 {
        assert_eq!(stage.append(space, first.clone()).await, Ok(2));
    }
    assert_eq!(stage.record(space, &ada, invite.clone()).await, Ok(3));
    assert_eq!(stage.append(space, ada.writes(&standing, session(1), 2)).await, Ok(4));
    assert_eq!(stage.append(space, first).await, Ok(2));
    assert_eq!(stage.record(space, &ada, invite).await, Ok(3));
    assert_eq!(stage.standing(space).await.head, 4);
}

pub(super) async fn counters_run_by_session_and_old_sessions_are_forgotten(stage: &Stage) {
    let ada = Person::named("Ada");
    let space = stage.found(&ada).await;
    let standing = stage.standing(space).await;
    let gap = |expected| Err(AppendError::Refused(Refusal::CounterGap { expected }));
    let last = async || {
        let arrival = stage.store.arrive(space, ada.key(), 0).await.expect("it works");
        arrival.expect("it exists").last
    };

    assert_eq!(last().await, None);
    assert_eq!(stage.append(space, ada.writes(&standing, session(1), 2)).await, gap(1));
    assert_eq!(stage.append(space, ada.writes(&standing, session(1), 1)).await, Ok(2));
    assert_eq!(stage.append(space, ada.writes(&standing, session(1), 3)).await, gap(2));
    assert_eq!(stage.append(space, ada.writes(&standing, session(2), 1)).await, Ok(3));
    assert_eq!(last().await, Some((session(2), 1)));
    assert_eq!(stage.append(space, ada.writes(&standing, session(1), 2)).await, Ok(4));
    assert_eq!(last().await, Some((session(1), 2)));
    let arrival = stage.store.arrive(space, Person::named("Ben").key(), 0).await;
    assert_eq!(arrival.expect("it works").expect("it exists").last, None);

    // With enough newer ones an old session starts from the beginning, while its rows stay known.
    let newer = u8::try_from(SESSIONS_PER_DEVICE).expect("few") + 10;
    for number in 10..newer {
        assert!(stage.append(space, ada.writes(&standing, session(number), 1)).await.is_ok());
    }
    assert_eq!(stage.append(space, ada.writes(&standing, session(1), 3)).await, gap(1));
    assert_eq!(stage.append(space, ada.writes(&standing, session(1), 2)).await, Ok(4));
    assert_eq!(last().await, Some((session(newer - 1), 1)));
}

pub(super) async fn a_refusal_leaves_nothing(stage: &Stage) {
    let (ada, eve) = (Person::named("Ada"), Person::named("Eve"));
    let space = stage.found(&ada).await;
    let nowhere = SpaceId([0; 32]);
    let before = stage.pull(space, 0, u32::MAX).await;
    let standing = &before.standing;
    let refused = |refusal| Err(AppendError::Refused(refusal));

    let entry = ada.writes(standing, session(1), 1);
    assert_eq!(stage.append(nowhere, entry).await, refused(Refusal::SpaceUnknown));
    assert!(stage.store.pull(nowhere, 0, 0).await.expect("it works").is_none());
    assert!(stage.store.arrive(nowhere, ada.key(), 0).await.expect("it works").is_none());

    let entry = eve.writes(standing, session(1), 1);
    assert_eq!(stage.append(space, entry).await, refused(Refusal::NotActive));
    let entry = eve.invites(&standing.roster, &Person::named("door"), Role::Editor, 9_000);
    assert_eq!(stage.record(space, &ada, entry).await, refused(Refusal::NotActive));
    assert_eq!(stage.record(space, &ada, vec![0xff]).await, refused(Refusal::Malformed));

    let after = stage.pull(space, 0, u32::MAX).await;
    assert_eq!(after.rows, before.rows);
    assert_eq!(after.standing.chain, standing.chain);
    assert_eq!(after.standing.bytes, standing.bytes);
    // No refusal used up a counter.
    assert_eq!(stage.append(space, ada.writes(standing, session(1), 1)).await, Ok(2));
}

pub(super) async fn a_team_grows_by_invitation(stage: &Stage) {
    let (ada, ben, eva) = (Person::named("Ada"), Person::named("Ben"), Person::named("Eva"));
    let (door, late) = (Person::named("door"), Person::named("late door"));
    let space = stage.found(&ada).await;
    let refused = |refusal| Err(AppendError::Refused(refusal));

    let roster = stage.standing(space).await.roster;
    let invite = ada.invites(&roster, &door, Role::Editor, 5_000);
    assert_eq!(stage.record(space, &ada, invite).await, Ok(2));
    let roster = stage.standing(space).await.roster;
    let author = Author::Invite(roster.invite_by_key(&door.key()).expect("it is there").0);
    let join = Entry::Record { author, bytes: ben.joins(&roster, &door) };
    let second = Entry::Record { author, bytes: eva.joins(&roster, &door) };
    assert_eq!(stage.append(space, join.clone()).await, Ok(3));
    assert_eq!(stage.append(space, second).await, refused(Refusal::InviteUsed));
    assert_eq!(stage.append(space, join).await, Ok(3));

    let standing = stage.standing(space).await;
    assert_eq!(standing.roster.active(&ben.key()).map(|device| device.role), Some(Role::Editor));
    assert_eq!(stage.append(space, ben.writes(&standing, session(1), 1)).await, Ok(4));

    // Time is asked when the record comes in, and never again.
    let roster = stage.standing(space).await.roster;
    let invite = ben.invites(&roster, &late, Role::Reader, 5_000);
    assert_eq!(stage.record(space, &ben, invite).await, Ok(5));
    stage.set_clock(5_000);
    let roster = stage.standing(space).await.roster;
    let author = Author::Invite(roster.invite_by_key(&late.key()).expect("it is there").0);
    let join = Entry::Record { author, bytes: eva.joins(&roster, &late) };
    assert_eq!(stage.append(space, join.clone()).await, refused(Refusal::InviteExpired));
    stage.set_clock(4_999);
    assert_eq!(stage.append(space, join).await, Ok(6));
    stage.is_sound(space).await;
}

pub(super) async fn an_answer_is_bounded_but_never_empty(stage: &Stage) {
    let ada = Person::named("Ada");
    let space = stage.found(&ada).await;
    let standing = stage.standing(space).await;
    let body = vec![0; 10_000];
    let rows = MAX_PULL_ROWS as u64 + 10;
    let appends = join_all((1..rows).map(|counter| {
        let header = ada.header(&standing, session(1), counter);
        let body = if counter <= 10 { body.as_slice() } else { &[] };
        stage.append(space, Entry::Envelope(Box::new(ada.seals(&header, body))))
    }));
    let seqs = appends.await;
    assert_eq!(seqs, (2..=rows).map(Ok).collect::<Vec<_>>());

    let large = stage.pull(space, 1, 0).await;
    assert_eq!(large.rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [2]);
    let size = u32::try_from(row_bytes(large.rows.first().expect("one row"))).expect("small");
    for (max_bytes, expected) in [(size, 1), (size * 2 - 1, 1), (size * 2, 2), (size * 5 + 1, 5)] {
        let pulled = stage.pull(space, 1, max_bytes).await;
        assert_eq!(pulled.rows.len(), expected);
        assert_eq!(pulled.standing.head, rows);
    }
    assert_eq!(stage.pull(space, 0, u32::MAX).await.rows.len(), MAX_PULL_ROWS);

    let end = stage.pull(space, rows, u32::MAX).await;
    assert_eq!((end.rows.len(), end.chain), (0, Some(end.standing.chain)));
    for beyond in [rows + 1, Seq::MAX] {
        let pulled = stage.pull(space, beyond, u32::MAX).await;
        assert_eq!((pulled.rows.len(), pulled.chain), (0, None));
    }
    stage.is_sound(space).await;
}

pub(super) async fn many_at_once_make_one_order(stage: &Stage) {
    let ada = Person::named("Ada");
    let spaces = [stage.found(&ada).await, stage.found(&Person::named("Ben")).await];
    let standing = stage.standing(spaces[0]).await;
    // Twenty connections, each sending its five envelopes twice over without waiting.
    let appends = (1..=20).flat_map(|number| {
        let standing = &standing;
        let ada = &ada;
        [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]
            .map(|counter| stage.append(spaces[0], ada.writes(standing, session(number), counter)))
    });
    let mut seqs: Vec<_> =
        join_all(appends).await.into_iter().map(|seq| seq.expect("ok")).collect();
    for sent in seqs.chunks(10) {
        let (first, again) = sent.split_at(5);
        assert_eq!(first, again);
        assert!(first.is_sorted());
    }
    seqs.sort_unstable();
    seqs.dedup();
    assert_eq!(seqs, (2..=101).collect::<Vec<_>>());
    assert_eq!(stage.standing(spaces[1]).await.head, 1);
    stage.is_sound(spaces[0]).await;
}

pub(super) async fn a_space_has_a_last_row(make: impl Fn(Clock, Quota) -> Box<dyn Store>) {
    let stage = Stage::with_quota(make, Quota { rows: 3, ..Quota::default() });
    let ada = Person::named("Ada");
    let space = stage.found(&ada).await;
    for (counter, expected) in [(1, Ok(2)), (2, Ok(3)), (3, Err(Refusal::Quota))] {
        let entry = ada.writes(&stage.standing(space).await, session(1), counter);
        let expected = expected.map_err(AppendError::Refused);
        assert_eq!(stage.append(space, entry).await, expected, "{counter}");
    }
    let roster = stage.standing(space).await.roster;
    let invite = ada.invites(&roster, &Person::named("door"), Role::Editor, 9_000);
    let refused = stage.record(space, &ada, invite).await;
    assert_eq!(refused, Err(AppendError::Refused(Refusal::Quota)));
    // A new life is the operator's, and is never kept out.
    assert_eq!(stage.store.new_life(space, LogId([8; 16])).await, Ok(Some(4)));
}

pub(super) async fn a_space_has_an_end(make: impl Fn(Clock, Quota) -> Box<dyn Store>) {
    let stage = Stage::with_quota(make, Quota { bytes: 5_000, ..Quota::default() });
    let ada = Person::named("Ada");
    let space = stage.found(&ada).await;
    let mut counter = 0;
    let refused = loop {
        counter += 1;
        let standing = stage.standing(space).await;
        if let Err(refused) = stage.append(space, ada.writes(&standing, session(1), counter)).await
        {
            break refused;
        }
    };
    assert_eq!(refused, AppendError::Refused(Refusal::Quota));
    let pulled = stage.pull(space, 0, u32::MAX).await;
    assert_eq!(pulled.standing.bytes, pulled.rows.iter().map(row_bytes).sum::<u64>());
    assert_eq!(pulled.standing.head, counter);
    assert!((4_000..=5_000).contains(&pulled.standing.bytes), "{}", pulled.standing.bytes);
}

pub(super) async fn those_who_watch_are_told(stage: &Stage) {
    let ada = Person::named("Ada");
    let space = stage.found(&ada).await;
    let (mut news, mut others) = (stage.store.watch(space), stage.store.watch(SpaceId([0; 32])));
    news.borrow_and_update();
    others.borrow_and_update();
    let standing = stage.standing(space).await;
    for counter in 1..=3 {
        let entry = ada.writes(&standing, session(1), counter);
        stage.append(space, entry).await.expect("it is appended");
    }
    assert_eq!(*news.borrow_and_update(), 4);
    // Neither a retry nor a refusal is news.
    stage.append(space, ada.writes(&standing, session(1), 3)).await.expect("it is there");
    stage.append(space, ada.writes(&standing, session(1), 9)).await.expect_err("a gap");
    assert!(!news.has_changed().expect("the store lives"));
    assert!(!others.has_changed().expect("the store lives"));
}
