//! Refusals, rollbacks, copies, dead sockets.

use replica::{Effect, Input, LinkState, StopReason};
use wire::{ClientFrame, Hash, LogId, Refusal, RelayFrame, Role};

use crate::relay::Relay;
use crate::tablet::{Tablet, last_session, pair};

fn stopped(reason: StopReason) -> LinkState {
    LinkState::Stopped(reason)
}

#[test]
fn a_push_ends_at_its_first_refusal_and_is_derived_anew() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    ada.offline = true;
    ada.cut(&mut relay);
    for n in 0..5 {
        ada.edit(&mut relay, &format!("edit {n}"));
    }
    relay.refuse.push_back(Some(Refusal::Quota));
    ada.offline = false;
    ada.sleep(&mut relay);
    assert_eq!((relay.head(), ada.unsynced()), (1, 5), "later chunks failed as gaps");
    assert_eq!(ada.state(), &LinkState::Held(Refusal::Quota));

    ada.sleep_while(&mut relay, |ada| ada.unsynced() > 0);
    assert_eq!((relay.head(), ada.state()), (6, &LinkState::Live));
}

#[test]
fn what_the_relay_took_before_a_refusal_counts_and_the_counters_go_on() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    ada.offline = true;
    ada.cut(&mut relay);
    for n in 0..5 {
        ada.edit(&mut relay, &format!("edit {n}"));
    }
    relay.refuse = [None, None, Some(Refusal::Unavailable)].into();
    ada.offline = false;
    ada.sleep(&mut relay);
    assert_eq!((relay.head(), ada.unsynced()), (3, 3));
    assert_eq!(ada.state(), &LinkState::Held(Refusal::Unavailable));
    let before = ada.now;
    ada.sleep_while(&mut relay, |ada| ada.unsynced() > 0);
    assert_eq!((relay.head(), ada.now - before), (6, 5_000));
    let sessions = ada.place.as_ref().unwrap().sessions.len();
    assert_eq!(sessions, 1, "on the same connection");
}

#[test]
fn an_epoch_that_is_over_is_pushed_again_when_the_roster_is_known() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    bo.edit(&mut relay, "b1");
    relay.refuse.push_back(Some(Refusal::StaleEpoch { current: 1 }));
    ada.edit(&mut relay, "a1");
    assert_eq!(ada.state(), &LinkState::Held(Refusal::StaleEpoch { current: 1 }));
    ada.sleep_while(&mut relay, |ada| ada.unsynced() > 0);
    ada.pull(&mut relay);
    bo.pull(&mut relay);
    assert_eq!((ada.state(), &ada.changes), (&LinkState::Live, &bo.changes));
}

#[test]
fn a_document_that_is_too_large_does_not_hold_up_the_others() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    ada.offline = true;
    ada.cut(&mut relay);
    let mut noise = vec![b'!'];
    let mut state = 1_u64;
    for _ in 0..wire::limits::MAX_ENVELOPE + 1000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        noise.push((state >> 56) as u8);
    }
    ada.changes.insert(noise);
    ada.edit(&mut relay, "small");
    ada.offline = false;
    ada.sleep(&mut relay);
    let limit = wire::limits::MAX_ENVELOPE as u64;
    assert_eq!(ada.state(), &LinkState::Held(Refusal::TooLarge { limit }));
    assert_eq!((relay.head(), ada.unsynced()), (2, 1));
    ada.edit(&mut relay, "another");
    assert_eq!((relay.head(), ada.unsynced()), (3, 1));
}

#[test]
fn somebody_removed_keeps_what_was_done_and_is_told() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    relay.refuse.push_back(Some(Refusal::NotActive));
    ada.edit(&mut relay, "a1");
    assert_eq!((ada.state(), ada.unsynced()), (&stopped(StopReason::NotActive), 1));
}

/// Holds: I11
#[test]
fn a_rollback_within_a_life_stops_everything_until_a_new_life() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    ada.edit(&mut relay, "a1");
    bo.pull(&mut relay);
    bo.edit(&mut relay, "b1");
    relay.restore(4);
    bo.cut(&mut relay);
    bo.edit(&mut relay, "b2");
    bo.sleep(&mut relay);
    assert_eq!(bo.state(), &stopped(StopReason::RolledBack { head: 4, cursor: 5 }));
    let (head, sent) = (relay.head(), bo.sent.len());
    bo.edit(&mut relay, "b3");
    assert_eq!((relay.head(), bo.sent.len()), (head, sent), "neither pulled nor pushed");

    // It looks again by itself, without telling people about the attempt.
    let shown = bo.shown.len();
    bo.sleep(&mut relay);
    assert_eq!(bo.shown.len(), shown);
    relay.begin_new_life(LogId([2; 16]));
    bo.sleep(&mut relay);
    bo.sleep(&mut relay);
    assert_eq!((bo.state(), bo.unsynced(), bo.new_lives), (&LinkState::Live, 0, 1));
}

/// Holds: I11
#[test]
fn another_history_of_the_same_length_is_a_fork() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    ada.edit(&mut relay, "a1");
    bo.pull(&mut relay);
    relay.rows[3].received_at += 1;
    bo.cut(&mut relay);
    bo.sleep(&mut relay);
    assert_eq!(bo.state(), &stopped(StopReason::Forked { seq: 4 }));
}

#[test]
fn a_seen_that_the_relay_does_not_share_is_a_fork() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    relay.refuse.push_back(Some(Refusal::SeenMismatch));
    ada.edit(&mut relay, "a1");
    assert_eq!(ada.state(), &stopped(StopReason::Forked { seq: 1 }));
}

/// Holds: I11
#[test]
fn a_colleague_who_saw_another_log_reveals_the_fork() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    // Two logs from here on: one for each.
    ada.edit(&mut relay, "a1");
    let for_bo = relay.rows.clone();
    bo.pull(&mut relay);
    relay.rows[3].received_at += 1;
    let mut cy = ada.copy(5);
    let mut place = cy.place.clone().unwrap();
    place.cursor = 3;
    place.chain = relay.chain(3);
    cy.place = Some(place);
    cy.reload();
    cy.start(&mut relay);
    cy.edit(&mut relay, "c1");
    let row = relay.rows[4].clone();
    // The relay shows the row of the one log in the other.
    relay.rows = for_bo;
    relay.rows.push(row);
    bo.pull(&mut relay);
    assert_eq!(bo.state(), &stopped(StopReason::Forked { seq: 5 }));
    assert!(!bo.changes.contains(b"c1".as_slice()));
}

/// Holds: I11
#[test]
fn a_copied_profile_is_noticed_and_can_go_on() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    let mut copy = ada.copy(9);
    copy.start(&mut relay);
    copy.edit(&mut relay, "from the copy");
    let session = last_session(&copy);

    ada.cut(&mut relay);
    ada.sleep(&mut relay);
    assert_eq!(ada.state(), &stopped(StopReason::AnotherCopy { session }));
    ada.tell(&mut relay, Input::GoOn);
    assert_eq!(ada.state(), &LinkState::Live);
    assert!(ada.changes.contains(b"from the copy".as_slice()));
}

#[test]
fn a_session_of_another_tab_is_no_copy() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    let mut tab = ada.copy(9);
    tab.start(&mut relay);
    tab.edit(&mut relay, "from the other tab");
    // Both tabs share one storage.
    let session = last_session(&tab);
    ada.place.as_mut().unwrap().remember_session(session);
    ada.cut(&mut relay);
    ada.sleep(&mut relay);
    assert_eq!(ada.state(), &LinkState::Live);
}

#[test]
fn a_socket_that_died_silently_is_replaced() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    // What is looked at soon after a connection began has been looked at.
    ada.sleep(&mut relay);
    ada.lie = Some(Box::new(|_| vec![]));
    let before = ada.now;
    ada.tell(&mut relay, Input::Resumed);
    assert!(matches!(ada.sent.last(), Some(ClientFrame::Ping { .. })));
    ada.sleep(&mut relay);
    assert_eq!(ada.now - before, 5_000);
    assert!(matches!(ada.state(), LinkState::Offline { .. }));
    ada.lie = None;
    ada.sleep(&mut relay);
    assert_eq!(ada.state(), &LinkState::Live);
}

#[test]
fn a_living_socket_survives_a_return_and_long_silence() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    let shown = ada.shown.len();
    ada.tell(&mut relay, Input::Resumed);
    for _ in 0..5 {
        ada.sleep(&mut relay);
    }
    assert_eq!(ada.shown.len(), shown);
}

#[test]
fn attempts_come_less_and_less_often_and_never_stop() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.offline = true;
    ada.start(&mut relay);
    let begun = ada.now;
    let mut waits = Vec::new();
    for _ in 0..12 {
        let before = ada.now;
        ada.sleep(&mut relay);
        waits.push(ada.now - before);
    }
    assert!(waits[0] <= 500 && waits[11] >= 15_000 && waits[11] <= 30_000, "{waits:?}");
    assert_eq!(ada.state(), &LinkState::Offline { since: begun });
    // The network is back, and the page knows.
    ada.offline = false;
    ada.tell(&mut relay, Input::Resumed);
    assert_eq!(ada.state(), &LinkState::Live);
}

#[test]
fn random_bytes_end_a_connection_and_nothing_else() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    for message in [&b""[..], b"\xff", b"\x82\x03", &[0x9f; 64]] {
        ada.tell(&mut relay, Input::Received(message.to_vec()));
        assert!(matches!(ada.state(), LinkState::Offline { .. }), "{message:?}");
        ada.sleep(&mut relay);
        assert_eq!(ada.state(), &LinkState::Live);
    }
}

#[test]
fn an_older_app_is_told_to_update() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.offline = true;
    let effects = ada.session.handle(5, &mut ada.rng, Input::Resumed);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Connect)));
    ada.hear(&mut relay, RelayFrame::Hello { versions: (3, 4), nonce: [0; 32] });
    assert_eq!(ada.state(), &stopped(StopReason::Update));
}

#[test]
fn a_record_made_on_an_old_head_is_refused_by_name() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    let late = ada.draft_invite(Role::Editor, u64::MAX);
    let link = bo.invite(&mut relay, Role::Editor);
    ada.tell(&mut relay, Input::Record(late.record));
    assert_eq!(ada.done, [Err(Refusal::RosterHead { head: link.head })]);
    ada.pull(&mut relay);
    assert_eq!(ada.place.as_ref().unwrap().roster.head(), link.head);
}

#[test]
fn a_record_whose_answer_was_lost_is_sent_again() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    ada.lie = Some(Box::new(|_| vec![]));
    let invited = ada.draft_invite(Role::Editor, u64::MAX);
    ada.tell(&mut relay, Input::Record(invited.record));
    assert_eq!((ada.done.len(), relay.head()), (0, 2));
    ada.lie = None;
    ada.cut(&mut relay);
    ada.sleep(&mut relay);
    assert_eq!((&ada.done[..], relay.head()), (&[Ok(2)][..], 2));
}

#[test]
fn an_unknown_refusal_hash_changes_nothing() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    ada.edit(&mut relay, "a1");
    ada.hear(&mut relay, RelayFrame::Refused { hash: Hash([9; 32]), reason: Refusal::Quota });
    assert_eq!((ada.state(), ada.unsynced()), (&LinkState::Live, 0));
}
