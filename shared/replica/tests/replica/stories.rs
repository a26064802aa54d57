//! What should happen when nobody lies.

use replica::{Content, Input, LinkState, StopReason};
use wire::{ClientFrame, CloseReason, LogId, Refusal, RelayFrame, Role};

use crate::relay::Relay;
use crate::tablet::{Tablet, chain_of, last_session, pair};

#[test]
fn a_founder_comes_to_rest_with_the_space_at_the_relay() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    assert!(!ada.place.as_ref().unwrap().founded);
    ada.start(&mut relay);
    assert_eq!(ada.state(), &LinkState::Live);
    assert_eq!(chain_of(&ada), (1, relay.chain(1)));
    assert!(ada.place.as_ref().unwrap().founded);
}

#[test]
fn founding_again_after_a_lost_answer_founds_nothing_twice() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.lie = Some(Box::new(|frame| match frame {
        RelayFrame::Founded { .. } => vec![],
        frame => vec![frame],
    }));
    ada.start(&mut relay);
    assert_eq!(relay.head(), 1);
    ada.lie = None;
    ada.cut(&mut relay);
    ada.sleep(&mut relay);
    assert_eq!((ada.state(), relay.head()), (&LinkState::Live, 1));
}

#[test]
fn a_token_that_made_another_space_is_said_to_be_used() {
    let mut relay = Relay::new();
    Tablet::founder(1).start(&mut relay);
    let mut late = Tablet::founder(2);
    late.start(&mut relay);
    let used = LinkState::Stopped(StopReason::Refused(Refusal::TokenUsed));
    assert_eq!(late.state(), &used);

    let mut relay = Relay::new();
    let mut wrong = Tablet::founder_with(1, "guess");
    wrong.start(&mut relay);
    let refused = LinkState::Stopped(StopReason::Refused(Refusal::TokenWrong));
    assert_eq!((wrong.state(), relay.head()), (&refused, 0));
}

#[test]
fn edits_travel_both_ways() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    assert_eq!((ada.state(), bo.state()), (&LinkState::Live, &LinkState::Live));
    ada.edit(&mut relay, "a1");
    ada.edit(&mut relay, "a2");
    bo.pull(&mut relay);
    bo.edit(&mut relay, "b1");
    ada.pull(&mut relay);
    assert_eq!(ada.changes, bo.changes);
    assert_eq!(ada.changes.len(), 3);
    assert_eq!((ada.unsynced(), bo.unsynced()), (0, 0));
    assert_eq!(chain_of(&ada), (relay.head(), relay.chain(relay.head())));
    assert_eq!(chain_of(&ada), chain_of(&bo));
}

#[test]
fn own_rows_come_back_without_their_bytes_on_the_same_connection_only() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    ada.edit(&mut relay, "a1");
    let own = |ada: &Tablet| {
        ada.contents().filter(|content| matches!(content, Content::OwnChanges { .. })).count()
    };
    assert_eq!(own(&ada), 1);

    // The answer is lost, the row is not.
    ada.lie = Some(Box::new(|frame| match frame {
        RelayFrame::Appended { .. } | RelayFrame::Head { .. } => vec![],
        frame => vec![frame],
    }));
    ada.edit(&mut relay, "a2");
    assert_eq!(ada.unsynced(), 1);
    ada.lie = None;
    ada.cut(&mut relay);
    ada.sleep(&mut relay);
    assert_eq!((own(&ada), ada.unsynced(), relay.head()), (1, 0, 3), "whole, and not pushed twice");
    assert_eq!(ada.state(), &LinkState::Live);
}

#[test]
fn many_edits_go_out_in_a_window_and_count_in_order() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    ada.offline = true;
    ada.cut(&mut relay);
    for n in 0..30 {
        ada.edit(&mut relay, &format!("edit {n:02}"));
    }
    assert_eq!((ada.unsynced(), relay.head()), (30, 3));
    ada.offline = false;
    ada.sleep(&mut relay);
    assert_eq!((ada.unsynced(), relay.head()), (0, 33));
    bo.pull(&mut relay);
    assert_eq!(bo.changes, ada.changes);
    let counters: Vec<_> = ada
        .sent
        .iter()
        .filter_map(|frame| match frame {
            ClientFrame::Append { envelope } => {
                Some(wire::Envelope::parse(envelope).unwrap().header.counter)
            }
            _ => None,
        })
        .collect();
    assert_eq!(counters, (1..=30).collect::<Vec<_>>());
}

#[test]
fn acknowledgements_count_only_behind_all_earlier_ones() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    ada.offline = true;
    ada.cut(&mut relay);
    for change in ["a1", "a2", "a3"] {
        ada.edit(&mut relay, change);
    }
    // The answer about the first is kept back.
    ada.lie = Some(Box::new(|frame| match frame {
        RelayFrame::Appended { counter: 1, .. } | RelayFrame::Head { .. } => vec![],
        frame => vec![frame],
    }));
    ada.offline = false;
    ada.sleep(&mut relay);
    assert_eq!((ada.unsynced(), relay.head()), (3, 4));
    let first = relay.rows[1].hash;
    ada.hear(&mut relay, RelayFrame::Appended { counter: 1, hash: first, seq: 2 });
    assert_eq!(ada.unsynced(), 0);
}

/// Holds: I6
#[test]
fn nothing_is_sealed_before_the_session_is_durable() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    ada.slow_storage = true;
    ada.edit(&mut relay, "a1");
    let session = last_session(&ada);
    let is_append = |frame: &ClientFrame| matches!(frame, ClientFrame::Append { .. });
    assert!(!ada.sent.iter().any(is_append), "sent under a session that a crash would forget");
    ada.finish_storing(&mut relay);
    let envelopes = ada.sent.iter().filter_map(|frame| match frame {
        ClientFrame::Append { envelope } => Some(wire::Envelope::parse(envelope).unwrap()),
        _ => None,
    });
    assert_eq!(envelopes.map(|envelope| envelope.header.session).collect::<Vec<_>>(), [session]);
}

/// Holds: I5
#[test]
fn the_cursor_waits_for_the_storage() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    let before = bo.session.place().unwrap().cursor;
    ada.edit(&mut relay, "a1");
    bo.slow_storage = true;
    bo.pull(&mut relay);
    assert_eq!(bo.session.place().unwrap().cursor, before);
    bo.edit(&mut relay, "b1");
    assert_eq!(bo.unsynced(), 1, "nothing is pushed meanwhile");
    // The connection breaks while the storage works.
    bo.cut(&mut relay);
    bo.sleep(&mut relay);
    bo.finish_storing(&mut relay);
    assert_eq!(bo.session.place().unwrap().cursor, relay.head());
    assert_eq!((bo.unsynced(), bo.state()), (0, &LinkState::Live));
    let changes = bo.contents().filter(|content| matches!(content, Content::Changes { .. }));
    assert_eq!(changes.count(), 1, "rows are handed out once");
}

#[test]
fn another_tab_may_be_ahead() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    let behind = bo.copy(9);
    ada.edit(&mut relay, "a1");
    bo.pull(&mut relay);
    let ahead = bo.place.clone().unwrap();
    let mut other = behind;
    other.slow_storage = true;
    ada.edit(&mut relay, "a2");
    other.start(&mut relay);
    // Its rows were stored by the first tab in the meantime, and a later batch too.
    bo.pull(&mut relay);
    assert!(bo.place.as_ref().unwrap().cursor > ahead.cursor);
    other.slow_storage = false;
    let place = bo.place.clone().unwrap();
    other.place = Some(place.clone());
    other.tell(&mut relay, Input::Stored { place });
    assert_eq!(other.state(), &LinkState::Live);
    ada.edit(&mut relay, "a3");
    other.pull(&mut relay);
    assert_eq!(chain_of(&other), (relay.head(), relay.chain(relay.head())));
}

#[test]
fn a_reader_reads_and_is_told_that_edits_stay_here() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    let link = ada.invite(&mut relay, Role::Reader);
    let mut cy = Tablet::newcomer(3, &link);
    cy.start(&mut relay);
    ada.edit(&mut relay, "a1");
    cy.pull(&mut relay);
    assert_eq!((cy.changes.len(), cy.state()), (1, &LinkState::Live));
    cy.edit(&mut relay, "c1");
    assert_eq!((cy.unsynced(), cy.state()), (1, &LinkState::Held(Refusal::Role)));
    assert!(!cy.sent.iter().any(|frame| matches!(frame, ClientFrame::Append { .. })));
}

#[test]
fn a_restarting_relay_is_found_again_within_moments() {
    let mut relay = Relay::new();
    let (mut ada, _) = pair(&mut relay);
    let before = ada.now;
    ada.hear(&mut relay, RelayFrame::Closing { why: CloseReason::Restarting });
    assert_eq!(ada.state(), &LinkState::Offline { since: before });
    ada.sleep(&mut relay);
    assert_eq!(ada.state(), &LinkState::Live);
    assert!(ada.now - before <= 3_000);
}

#[test]
fn a_new_life_is_read_from_its_first_row_and_gets_everything_again() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    ada.edit(&mut relay, "a1");
    bo.pull(&mut relay);
    bo.edit(&mut relay, "b1");
    ada.pull(&mut relay);
    // The backup knows of the first edit, not of the second.
    relay.restore(4);
    relay.begin_new_life(LogId([2; 16]));
    for tablet in [&mut ada, &mut bo] {
        tablet.cut(&mut relay);
        tablet.sleep(&mut relay);
        assert_eq!(tablet.new_lives, 1);
        tablet.sleep(&mut relay);
        assert_eq!((tablet.state(), tablet.unsynced()), (&LinkState::Live, 0));
    }
    bo.pull(&mut relay);
    ada.pull(&mut relay);
    assert_eq!(ada.changes, bo.changes);
    assert_eq!(chain_of(&ada), chain_of(&bo));
    let lives = |tablet: &Tablet| {
        tablet.contents().filter(|content| matches!(content, Content::Life { .. })).count()
    };
    assert_eq!((lives(&ada), lives(&bo)), (1, 1));
}

#[test]
fn a_roster_that_a_backup_lacks_is_put_back() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    let records = relay.bodies();
    assert_eq!(records.len(), 3);
    relay.restore(1);
    relay.begin_new_life(LogId([2; 16]));
    ada.cut(&mut relay);
    ada.sleep(&mut relay);
    ada.sleep(&mut relay);
    assert_eq!((ada.state(), relay.bodies()), (&LinkState::Live, records));
    bo.cut(&mut relay);
    bo.sleep(&mut relay);
    bo.sleep(&mut relay);
    assert_eq!(bo.state(), &LinkState::Live);
    assert_eq!(chain_of(&ada), chain_of(&bo));
}

/// The answer about it was lost, so it waits for one, and is missing in the backup as well.
#[test]
fn a_record_that_still_waits_for_its_answer_is_put_back_too() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    let invited = ada.draft_invite(Role::Editor, u64::MAX);
    ada.lie = Some(Box::new(|frame| match frame {
        RelayFrame::Appended { .. } => vec![],
        frame => vec![frame],
    }));
    ada.tell(&mut relay, Input::Record(invited.record));
    ada.pull(&mut relay);
    assert_eq!((ada.done.len(), ada.roster().head()), (0, invited.hash));
    ada.lie = None;
    relay.restore(1);
    relay.begin_new_life(LogId([2; 16]));
    ada.cut(&mut relay);
    ada.sleep(&mut relay);
    ada.sleep(&mut relay);
    assert_eq!((ada.state(), &ada.done[..]), (&LinkState::Live, &[Ok(3)][..]));
}

#[test]
fn a_page_that_was_loaded_again_goes_on() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    ada.edit(&mut relay, "a1");
    ada.reload();
    ada.start(&mut relay);
    assert_eq!(ada.state(), &LinkState::Live);
    bo.edit(&mut relay, "b1");
    ada.pull(&mut relay);
    assert!(ada.changes.contains(b"b1".as_slice()));
}
