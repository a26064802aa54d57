//! Objects and drops.

use wire::limits::{
    MAX_DROP as DROP_BYTES, MAX_OBJECT as OBJECT_MAX, MAX_OBJECT_PIECE as OBJECT_PIECE,
};
use wire::{Hash, SpaceId, object_address};

use super::{Person, Stage};
use crate::clock::Clock;
use crate::limits::OBJECT_WAITS;
use crate::log::Quota;
use crate::store::{Answer, DropError, ObjectError, SpaceStats, Store, Totals};

pub(super) async fn an_object_comes_in_pieces(stage: &Stage) {
    let ada = Person::named("Ada");
    let (space, store) = (stage.found(&ada).await, &stage.store);
    let other = stage.found(&Person::named("Ben")).await;
    let sealed: Vec<u8> = (0..100_000_u32).map(|n| n as u8).collect();
    let (address, size) = (object_address(&sealed), sealed.len() as u64);
    let put = |offset: usize, length: usize| {
        let piece = sealed[offset..offset + length].to_vec();
        store.put_piece(space, address, size, offset as u64, piece)
    };
    let read = async |offset, length| {
        store.read_object(space, address, offset, length).await.expect("it works")
    };

    assert_eq!(read(0, 10).await, None);
    // Without bytes it is only a question.
    assert_eq!(put(0, 0).await, Ok(0));
    assert_eq!(store.stats().await.expect("it works").iter().map(|s| s.objects).sum::<u64>(), 0);
    assert_eq!(put(10, 10).await, Err(ObjectError::Misplaced { held: 0 }));
    assert_eq!(put(0, 40_000).await, Ok(40_000));
    assert_eq!(read(0, 10).await, None);
    assert_eq!(put(0, 0).await, Ok(40_000));
    // The connection broke; the other end is not sure how far it came.
    assert_eq!(put(0, 40_000).await, Ok(40_000));
    assert_eq!(put(30_000, 20_000).await, Err(ObjectError::Misplaced { held: 40_000 }));
    assert_eq!(put(40_000, 30_000).await, Ok(70_000));
    let wrong_size = store.put_piece(space, address, size + 1, 70_000, vec![0]).await;
    assert_eq!(wrong_size, Err(ObjectError::Misplaced { held: 70_000 }));
    assert_eq!(put(70_000, 30_000).await, Ok(100_000));
    assert_eq!(put(70_000, 30_000).await, Ok(100_000));

    for (offset, length) in [(0, 10), (39_990, 20), (0, 200_000), (69_999, 2), (99_999, 5), (0, 0)]
    {
        let end = (offset + length).min(sealed.len());
        assert_eq!(read(offset as u64, length).await.as_deref(), sealed.get(offset..end));
    }
    assert_eq!(read(size, 5).await, Some(vec![]));
    assert_eq!(read(u64::MAX, 5).await, Some(vec![]));
    assert_eq!(store.read_object(other, address, 0, 5).await, Ok(None));

    store.drop_object(space, address).await.expect("it works");
    store.drop_object(space, address).await.expect("nothing is to be done");
    assert_eq!(read(0, 10).await, None);
    assert_eq!(put(70_000, 30_000).await, Err(ObjectError::Misplaced { held: 0 }));

    // Bytes that are not what the address says leave nothing, so the right ones can still come.
    let short = b"attachment".to_vec();
    let (address, size) = (object_address(&short), short.len() as u64);
    let wrong = store.put_piece(space, address, size, 0, b"attachmenT".to_vec()).await;
    assert_eq!(wrong, Err(ObjectError::WrongAddress));
    assert_eq!(store.put_piece(space, address, size, 0, short.clone()).await, Ok(size));
    assert_eq!(store.read_object(space, address, 0, 99).await, Ok(Some(short)));
    let empty = object_address(b"");
    assert_eq!(store.put_piece(space, empty, 0, 0, vec![]).await, Ok(0));
    assert_eq!(store.read_object(space, empty, 0, 99).await, Ok(Some(vec![])));

    for (size, piece) in [(OBJECT_MAX + 1, 1), (OBJECT_MAX, OBJECT_PIECE + 1)] {
        let large = store.put_piece(space, Hash::ZERO, size, 0, vec![0; piece]).await;
        assert!(matches!(large, Err(ObjectError::TooLarge { .. })), "{large:?}");
    }
    let nowhere = store.put_piece(SpaceId([0; 32]), address, size, 0, b"attachment".to_vec()).await;
    assert_eq!(nowhere, Err(ObjectError::SpaceUnknown));
}

pub(super) async fn objects_have_an_end(make: impl Fn(Clock, Quota) -> Box<dyn Store>) {
    let stage = Stage::with_quota(make, Quota { objects: 100, ..Quota::default() });
    let (space, store) = (stage.found(&Person::named("Ada")).await, &stage.store);
    let put = |number: u8, size: u64, length: usize| {
        store.put_piece(space, Hash([number; 32]), size, 0, vec![number; length])
    };
    let whole = vec![7; 30];
    let address = object_address(&whole);
    assert_eq!(store.put_piece(space, address, 30, 0, whole).await, Ok(30));
    stage.set_clock(5_000);
    assert_eq!(put(1, 60, 50).await, Ok(50));
    assert_eq!(put(2, 60, 21).await, Err(ObjectError::Quota));
    assert_eq!(put(2, 60, 20).await, Ok(20));
    // Whoever is at it stays. What broke off long ago makes room when another begins.
    let waits = u64::try_from(OBJECT_WAITS.as_millis()).expect("some days");
    stage.set_clock(4_000 + waits);
    let more = store.put_piece(space, Hash([2; 32]), 60, 20, vec![]).await;
    assert_eq!(more, Ok(20));
    assert_eq!(put(3, 60, 1).await, Err(ObjectError::Quota));
    stage.set_clock(5_001 + waits);
    assert_eq!(put(3, 60, 50).await, Ok(50));
    assert_eq!(put(1, 60, 0).await, Ok(0));
    assert_eq!(store.read_object(space, address, 0, 99).await, Ok(Some(vec![7; 30])));
    let stats = store.stats().await.expect("it works");
    assert_eq!(stats.iter().map(|s| (s.objects, s.object_bytes)).collect::<Vec<_>>(), [(2, 80)]);
    assert_eq!(store.check().await, Ok(vec![]));
}

pub(super) async fn a_drop_is_filled_once_and_pulled(stage: &Stage) {
    let ada = Person::named("Ada");
    let (space, store) = (stage.found(&ada).await, &stage.store);
    let [first, second, never] = [1, 2, 3].map(|number| Hash([number; 32]));
    let nowhere = SpaceId([0; 32]);
    assert_eq!(store.open_drop(nowhere, first, 9_000).await, Err(DropError::Unknown));
    for token in [first, second, first] {
        assert_eq!(store.open_drop(space, token, 9_000).await, Ok(()));
    }
    let fill = |token, sealed: Vec<u8>, now| store.fill_drop(space, token, sealed, now);
    assert_eq!(fill(never, vec![1], 1_000).await, Err(DropError::Unknown));
    assert_eq!(fill(first, vec![1], 9_000).await, Err(DropError::Unknown));
    let large = fill(first, vec![0; DROP_BYTES + 1], 1_000).await;
    assert_eq!(large, Err(DropError::TooLarge { limit: DROP_BYTES as u64 }));
    assert_eq!(store.pull_drops(space, 10).await, Ok(vec![]));
    assert_eq!(fill(second, vec![2], 2_000).await, Ok(()));
    assert_eq!(fill(second, vec![9], 2_500).await, Err(DropError::Used));
    assert_eq!(fill(first, vec![1], 3_000).await, Ok(()));

    let answer = |token, received_at, sealed| Answer { token, received_at, sealed };
    let both = vec![answer(second, 2_000, vec![2]), answer(first, 3_000, vec![1])];
    assert_eq!(store.pull_drops(space, 10).await.as_ref(), Ok(&both));
    assert_eq!(store.pull_drops(space, 1).await.expect("it works").len(), 1);
    assert_eq!(store.pull_drops(nowhere, 10).await, Ok(vec![]));
    store.delete_drop(space, second).await.expect("it works");
    store.delete_drop(space, second).await.expect("nothing is to be done");
    assert_eq!(store.pull_drops(space, 10).await, Ok(vec![both[1].clone()]));
    assert_eq!(fill(second, vec![2], 3_000).await, Err(DropError::Unknown));

    // Those whose time is over make room for others; an answer waits until it is pulled.
    assert_eq!(store.open_drop(space, never, 9_000).await, Ok(()));
    stage.set_clock(9_000);
    assert_eq!(store.open_drop(space, second, 20_000).await, Ok(()));
    let stats = store.stats().await.expect("it works");
    assert_eq!(stats.iter().map(|stats| stats.drops).sum::<u64>(), 2);
    assert_eq!(store.pull_drops(space, 10).await, Ok(vec![both[1].clone()]));
}

pub(super) async fn what_is_held_is_counted(stage: &Stage) {
    let store = &stage.store;
    assert_eq!(store.totals().await, Ok(Totals::default()));
    let ada = Person::named("Ada");
    let space = stage.found(&ada).await;
    let other = stage.found(&Person::named("Ben")).await;
    stage.set_clock(3_000);
    let standing = stage.standing(space).await;
    let envelope = ada.seals(&ada.header(&standing, super::session(1), 1), b"sealed");
    let entry = crate::store::Entry::Envelope(Box::new(envelope));
    stage.append(space, entry).await.expect("it may");
    let sealed = b"attachment".to_vec();
    let address = object_address(&sealed);
    store.put_piece(space, address, 10, 0, sealed).await.expect("a piece is taken");
    for token in [1, 2] {
        let token = Hash([token; 32]);
        store.open_drop(space, token, 9_000).await.expect("a drop is opened");
    }
    store.fill_drop(space, Hash([1; 32]), vec![0; 50], 3_000).await.expect("an answer is taken");

    let standing = stage.standing(space).await;
    let expected = SpaceStats {
        space,
        log: standing.log,
        rows: 2,
        row_bytes: standing.bytes,
        stubs: 0,
        last_row_at: 3_000,
        objects: 1,
        object_bytes: 10,
        drops: 2,
        drop_bytes: 50,
    };
    let stats = store.stats().await.expect("it works");
    assert_eq!(stats.first(), Some(&expected));
    assert_eq!(stats.iter().map(|stats| stats.space).collect::<Vec<_>>(), [space, other]);
    let row_bytes = stats.iter().map(|stats| stats.row_bytes).sum();
    assert_eq!(store.totals().await, Ok(Totals { spaces: 2, rows: 3, row_bytes }));
}
