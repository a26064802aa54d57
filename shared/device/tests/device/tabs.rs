//! Several tabs of one profile, interleaved by hand at every call to the storage.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use device::memory::{Memory, OpenVault, finish};
use device::sync::Engine;
use device::{Device, Joining, Table};
use replica::Place;
use wire::{LogId, Role};

use crate::kit::*;

/// Polls both futures to their end, the one or the other as the bits of `order` say.
fn interleave<A: Future, B: Future>(one: A, two: B, order: u32) -> (A::Output, B::Output) {
    let (mut one, mut two) = (pin!(one), pin!(two));
    let (mut first, mut second) = (None, None);
    for step in 0.. {
        assert!(step < 10_000, "the tabs do not come to an end");
        let turn = order.rotate_right(step) & 1 == 0;
        if (turn || second.is_some()) && first.is_none() {
            first = poll(one.as_mut());
        } else if second.is_none() {
            second = poll(two.as_mut());
        }
        if let (Some(_), Some(_)) = (&first, &second) {
            break;
        }
    }
    (first.unwrap(), second.unwrap())
}

fn poll<F: Future>(future: Pin<&mut F>) -> Option<F::Output> {
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

/// Orders of 32 steps that cover the short interleavings whole, and some long ones.
fn orders() -> impl Iterator<Item = u32> {
    (0..64).chain((0..32).map(|number: u32| number.wrapping_mul(0x9E37_79B9)))
}

/// Holds: I14
#[test]
fn two_tabs_edit_the_same_record() {
    for order in orders() {
        let memory = Memory::new();
        let left = found(&memory);
        let (document, key) = new_client(&left, 1, "Birch");
        let right = open(&memory);
        let (one, two) = interleave(
            left.write(document, vec![set(key, "sector", "Logistics")], left.stamp(NOW, "edit")),
            right.write(
                document,
                vec![set(key, "legal_name", "Birch Ltd")],
                right.stamp(NOW, "edit"),
            ),
            order,
        );
        let (one, two) = (one.unwrap(), two.unwrap());
        finish(right.refresh(&one.changed.tags)).unwrap();
        finish(left.refresh(&two.changed.tags)).unwrap();
        for tab in [&left, &right, &open(&memory)] {
            let row = tab.model().row(document, key).unwrap();
            assert_eq!(row.get("sector"), &text("Logistics"), "order {order:b}");
            assert_eq!(row.get("legal_name"), &text("Birch Ltd"), "order {order:b}");
            assert_eq!(tab.unsynced(), 4);
        }
        check_model(&memory);
    }
}

#[test]
fn two_tabs_number_complaints_of_two_clients() {
    for order in orders() {
        let memory = Memory::new();
        let left = found(&memory);
        new_client(&left, 1, "Birch");
        new_client(&left, 2, "Cedar");
        let right = open(&memory);
        let late = |number| vec![create(complaint(number), &[("subject", "Late")])];
        let (one, two) = interleave(
            left.write(client(1).0, late(10), left.stamp(NOW, "edit")),
            right.write(client(2).0, late(11), right.stamp(NOW, "edit")),
            order,
        );
        one.unwrap();
        two.unwrap();
        let anna = open(&memory);
        let mut numbers = [
            field(&anna, client(1).0, complaint(10), "number").unwrap(),
            field(&anna, client(2).0, complaint(11), "number").unwrap(),
        ];
        numbers.sort();
        assert_eq!(numbers, ["C-26-00-001", "C-26-00-002"], "order {order:b}");
    }
}

/// Holds: I14
#[test]
fn one_tab_edits_while_the_other_applies_rows() {
    for order in orders() {
        let (ours, theirs) = (Memory::new(), Memory::new());
        let anna = found(&ours);
        let mut log = Log::of(&anna);
        let (document, key) = new_client(&anna, 1, "Birch");
        log.push(&anna, true);
        let ben = log.join(&anna, &theirs, "Ben");
        write(&ben, document, vec![set(key, "sector", "Logistics")]);
        log.push(&ben, true);

        let other = open(&ours);
        let (pulled, written) = interleave(
            log.pulling(&anna),
            other.write(
                document,
                vec![set(key, "legal_name", "Birch Ltd")],
                other.stamp(NOW, "edit"),
            ),
            order,
        );
        pulled.unwrap();
        written.unwrap();
        finish(anna.refresh(&[])).unwrap();
        let row = anna.model().row(document, key).unwrap();
        assert_eq!(row.get("sector"), &text("Logistics"), "order {order:b}");
        assert_eq!(row.get("legal_name"), &text("Birch Ltd"), "order {order:b}");
        assert_eq!(anna.unsynced(), 1);
        assert_eq!(anna.place().unwrap().cursor, log.rows.len() as u64);
        check_model(&ours);
    }
}

#[test]
fn two_tabs_sync_at_once() {
    for order in orders() {
        let (ours, theirs) = (Memory::new(), Memory::new());
        let anna = found(&ours);
        let mut log = Log::of(&anna);
        let (document, key) = new_client(&anna, 1, "Birch");
        log.push(&anna, true);
        let ben = log.join(&anna, &theirs, "Ben");
        write(&ben, document, vec![set(key, "sector", "Logistics")]);
        log.push(&ben, true);

        let other = open(&ours);
        let (one, two) = interleave(log.pulling(&anna), log.pulling(&other), order);
        let cursor = log.rows.len() as u64;
        assert_eq!((one.unwrap().place.cursor, two.unwrap().place.cursor), (cursor, cursor));
        for tab in [&anna, &other, &open(&ours)] {
            finish(tab.refresh(&[])).unwrap();
            assert_eq!(tab.model().row(document, key).unwrap().get("sector"), &text("Logistics"));
            assert_eq!(tab.unsynced(), 0, "order {order:b}");
        }
        check_model(&ours);
    }
}

#[test]
fn a_tab_tidies_while_another_writes() {
    for order in orders() {
        let memory = Memory::new();
        let left = found(&memory);
        let (document, key) = new_client(&left, 1, "Birch");
        for number in 0..5 {
            write(&left, document, vec![set(key, "sector", &number.to_string())]);
        }
        let tag = states(&memory)
            .into_iter()
            .find(|(_, state)| state.document == Some(document))
            .map(|(tag, _)| tag.parse().unwrap())
            .unwrap();
        let right = open(&memory);
        let (tidied, written) = interleave(
            left.compact(tag),
            right.write(document, vec![set(key, "name", "Beech")], right.stamp(NOW, "edit")),
            order,
        );
        tidied.unwrap();
        written.unwrap();
        let after = open(&memory);
        assert_eq!(field(&after, document, key, "name").as_deref(), Some("Beech"));
        assert_eq!(field(&after, document, key, "sector").as_deref(), Some("4"));
        assert_eq!(after.unsynced(), 8);
        check_model(&memory);
    }
}

#[test]
fn a_write_that_is_dropped_halfway_leaves_nothing_behind() {
    for polls in 0..8 {
        let memory = Memory::new();
        let anna = found(&memory);
        let (document, key) = new_client(&anna, 1, "Birch");
        {
            let stamp = anna.stamp(NOW, "edit");
            let mut write = pin!(anna.write(document, vec![set(key, "sector", "Rail")], stamp));
            for _ in 0..polls {
                if poll(write.as_mut()).is_some() {
                    break;
                }
            }
        }
        finish(anna.refresh(&[])).unwrap();
        write(&anna, document, vec![set(key, "legal_name", "Birch Ltd")]);
        let again = open(&memory);
        assert_eq!(seen(&again), seen(&anna), "{polls} polls");
        assert_eq!(again.unsynced(), anna.unsynced());
        check_model(&memory);
    }
}

#[test]
fn sessions_and_the_cursor_survive_each_other() {
    let session = |number| wire::SessionId([number; 16]);
    for order in orders() {
        let memory = Memory::new();
        let left = found(&memory);
        new_client(&left, 1, "Birch");
        let mut log = Log::of(&left);
        log.push(&left, true);
        let right = open(&memory);
        let (one, two) =
            interleave(left.store_session(session(1)), right.store_session(session(2)), order);
        one.unwrap();
        two.unwrap();
        let (pulled, stored) =
            interleave(log.pulling(&left), right.store_session(session(3)), order);
        pulled.unwrap();
        stored.unwrap();
        for number in 1..=3 {
            assert_eq!(finish(left.recall_session(session(number))), Ok(true), "order {order:b}");
        }
        assert_eq!(finish(left.recall_session(session(4))), Ok(false));
        assert_eq!(open(&memory).place().unwrap().cursor, log.rows.len() as u64);
    }
}

/// Holds: I7
#[test]
fn no_two_changes_ever_have_the_same_actor_and_number() {
    let memory = Memory::new();
    let anna = found(&memory);
    let (document, key) = new_client(&anna, 1, "Birch");
    write(&anna, document, vec![set(key, "sector", "Rail")]);
    let snapshot = memory.snapshot();
    write(&anna, document, vec![set(key, "sector", "Shipping")]);
    let mut changes = memory.peek(Table::Bytes);

    // The profile is put back under a tab that lives on, and a copy of it goes its own way.
    memory.restore(&snapshot);
    write(&anna, document, vec![set(key, "sector", "Logistics")]);
    changes.extend(memory.peek(Table::Bytes));
    let copy = Memory::from_snapshot(&snapshot);
    write(&open(&copy), document, vec![set(key, "sector", "Aviation")]);
    changes.extend(copy.peek(Table::Bytes));

    let numbers: Vec<_> = changes
        .values()
        .map(|raw| replica::check::parse(raw).unwrap())
        .map(|change| (change.actor_id().clone(), change.seq()))
        .collect();
    assert_eq!(numbers.len(), 6, "the firm, the client, one before and three after");
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), 6, "{numbers:?}");
    check_model(&memory);
}

#[test]
fn a_tab_keeps_its_actor_while_all_goes_well() {
    let memory = Memory::new();
    let (left, right) = (found(&memory), open(&memory));
    let (document, key) = new_client(&left, 1, "Birch");
    finish(right.refresh(&[])).unwrap();
    for value in 0..5 {
        for (tab, name) in [(&left, "left"), (&right, "right")] {
            write(tab, document, vec![set(key, "sector", &format!("{name} {value}"))]);
        }
    }
    let changes = memory.peek(Table::Bytes);
    let actors: BTreeSet<_> = changes
        .values()
        .map(|raw| replica::check::parse(raw).unwrap().actor_id().clone())
        .collect();
    assert_eq!(actors.len(), 3, "the founding's, and one for each tab");
}

#[test]
fn a_tab_goes_on_with_what_another_tab_joined() {
    let anna = found(&Memory::new());
    let mut log = Log::of(&anna);
    let (_, link) = log.invite(&anna);
    let memory = Memory::new();
    let joining = Joining { link, name: "Ben".to_owned() };
    let late =
        finish(Device::join(memory.tab(), OpenVault::default(), opening(), joining)).unwrap();
    assert!(late.place().is_none());
    log.join(&anna, &memory, "Ben");

    // Nobody told this tab, and now it is the one that talks to the relay.
    let late = Rc::new(late);
    let engine = finish(Engine::start(Rc::clone(&late), false)).unwrap();
    assert!(late.place().is_some());
    assert!(late.invite(Role::Editor, u64::MAX).is_ok(), "it holds the key of the space");
    drop(engine);
}

#[test]
fn a_tab_that_heard_nothing_shows_what_it_stores_beside() {
    let memory = Memory::new();
    let left = found(&memory);
    let (document, key) = new_client(&left, 1, "Birch");
    let right = open(&memory);
    let pushed = finish(left.derive()).unwrap();
    write(&left, document, vec![set(key, "sector", "Logistics")]);

    // Nobody told the right tab of the sector; it stores the answer of the relay, and nothing else.
    for chunk in pushed {
        let changed = finish(right.acked(chunk.tag, &chunk.hashes, None)).unwrap();
        assert_eq!(changed.tags, [chunk.tag]);
    }
    finish(right.refresh(&[])).unwrap();
    let row = right.model().row(document, key).unwrap();
    assert_eq!(row.get("sector"), &text("Logistics"));
    check_model(&memory);
}

#[test]
fn a_record_that_another_tab_read_survives_a_new_life_that_this_tab_meets() {
    let memory = Memory::default();
    let tab = found(&memory);
    let stale = tab.place().unwrap();
    let other = open(&memory);
    Log::of(&other).invite(&other);
    let known = other.place().unwrap().records;
    assert_eq!((stale.records.len(), known.len()), (1, 2));

    // This tab has not looked since, and the relay was restored.
    let life = LogId([2; 16]);
    let begun = finish(tab.begin_life(stale.in_new_life(life))).unwrap();
    assert_eq!(begun.records, known);
    // Rows that were on their way to it do not make anybody forget either.
    let read = Place { cursor: 1, walked: 1, ..stale.in_new_life(life) };
    let applied = finish(tab.apply(Vec::new(), read)).unwrap();
    assert_eq!((applied.place.cursor, applied.place.records), (1, known.clone()));
    assert_eq!(open(&memory).place().unwrap().records, known);
}
