//! A relay that was restored lacks records of the roster. They are put back, or where others took their
//! place, decided again. Long because each kind of decision is told from its loss to its return.

use replica::founding::{self, current_key};
use replica::{InviteLink, KitSecret, LinkState, Session, StopReason, seal, team};
use wire::roster::Body;
use wire::{Envelope, InviteState, LogId, Refusal, Role, RowBody, RowKind, Seq};

use crate::relay::{ORIGIN, Relay};
use crate::tablet::{Tablet, pair};

const REMOVED: LinkState = LinkState::Stopped(StopReason::Removed { wipe: false, left: false });
const WIPE: LinkState = LinkState::Stopped(StopReason::Removed { wipe: true, left: false });

/// Ada owns, Bo and Cy edit; all have read everything.
fn three(relay: &mut Relay) -> (Tablet, Tablet, Tablet) {
    let (mut ada, mut bo) = pair(relay);
    let link = ada.invite(relay, Role::Editor);
    let mut cy = Tablet::newcomer(3, &link);
    cy.start(relay);
    ada.pull(relay);
    bo.pull(relay);
    (ada, bo, cy)
}

fn part_from(relay: &mut Relay, tablets: &mut [&mut Tablet]) {
    for tablet in tablets {
        tablet.offline = true;
        tablet.cut(relay);
    }
}

/// Comes back, and finds that another life has begun.
fn come_back(relay: &mut Relay, tablet: &mut Tablet) {
    tablet.offline = false;
    tablet.sleep(relay);
    tablet.sleep(relay);
}

/// The backup of that row is put back.
fn restore(relay: &mut Relay, head: Seq, life: u8) {
    relay.restore(head);
    relay.begin_new_life(LogId([life; 16]));
}

/// Puts something at the end of the restored log's roster.
fn invites(relay: &mut Relay, tablet: &mut Tablet) {
    tablet.invite(relay, Role::Reader);
}

fn remove(relay: &mut Relay, by: &mut Tablet, whom: &Tablet, wipe: bool) {
    let (roster, ring) = (by.roster().clone(), by.ring.clone());
    let devices = vec![whom.secrets.device()];
    let record =
        team::remove(&by.secrets, &roster, &ring, devices, wipe, None, &mut by.rng).unwrap();
    assert!(by.record(relay, record).is_ok());
}

fn is_active(tablet: &Tablet, whom: &Tablet) -> bool {
    tablet.roster().active(&whom.secrets.device()).is_some()
}

/// A backup from before a removal is put back, and the one who had been removed goes on in it; then the
/// others come back.
fn bo_goes_on(relay: &mut Relay, wipe: bool) -> (Tablet, Tablet, Tablet) {
    let (mut ada, mut bo, mut cy) = three(relay);
    let backup = relay.head();
    part_from(relay, &mut [&mut bo]);
    remove(relay, &mut ada, &bo, wipe);
    cy.pull(relay);
    part_from(relay, &mut [&mut ada, &mut cy]);
    restore(relay, backup, 2);
    come_back(relay, &mut bo);
    invites(relay, &mut bo);
    (ada, bo, cy)
}

#[test]
fn nothing_is_sent_while_somebody_counts_whom_the_team_had_removed() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = bo_goes_on(&mut relay, true);
    bo.edit(&mut relay, "of bo");
    cy.edit(&mut relay, "of cy");
    come_back(&mut relay, &mut cy);
    assert_eq!(cy.state(), &LinkState::Parted);
    assert!(cy.changes.contains(b"of bo".as_slice()), "it pulls");
    assert_eq!(cy.unsynced(), 1, "and sends nothing");
    assert!(is_active(&cy, &bo), "the log's branch stands");
    // Nor after a reload, nor when it is asked to.
    cy.reload();
    cy.start(&mut relay);
    cy.edit(&mut relay, "more of cy");
    assert_eq!((cy.state(), cy.unsynced()), (&LinkState::Parted, 2));

    // The owner decides it again, with a key that nobody had, and without being asked.
    come_back(&mut relay, &mut ada);
    assert_eq!(ada.state(), &LinkState::Live);
    let Some(Body::Remove(again)) = relay.bodies().pop() else { panic!("removed again") };
    assert!(again.wipe && again.devices == [bo.secrets.device()]);
    cy.pull(&mut relay);
    assert_eq!((cy.state(), cy.unsynced()), (&LinkState::Live, 0));
    bo.pull(&mut relay);
    assert_eq!(bo.state(), &WIPE);
    ada.pull(&mut relay);
    assert_eq!(ada.changes, cy.changes);

    // Both epochs have the number 2; what was sent after it opens for those who stayed.
    let of_cy = |row: &&wire::Row| row.kind == RowKind::Changes;
    let last = relay.rows.iter().rfind(of_cy).unwrap();
    let RowBody::Whole(bytes) = &last.body else { panic!("whole") };
    let envelope = Envelope::parse(bytes).unwrap();
    assert_eq!((envelope.header.epoch, cy.ring.len()), (2, 3));
    let opens = |tablet: &Tablet| {
        let key = current_key(tablet.roster(), &tablet.ring);
        key.is_some_and(|key| seal::open(&envelope, key).is_ok())
    };
    assert_eq!((opens(&ada), opens(&cy), opens(&bo)), (true, true, false));
    assert!(cy.place.unwrap().lost.is_settled(), "nothing is left to be decided");
}

#[test]
fn what_nothing_took_the_place_of_is_put_back() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = three(&mut relay);
    let backup = relay.head();
    part_from(&mut relay, &mut [&mut bo]);
    remove(&mut relay, &mut ada, &bo, false);
    cy.pull(&mut relay);
    let records = relay.bodies();
    part_from(&mut relay, &mut [&mut ada, &mut cy]);
    restore(&mut relay, backup, 2);
    come_back(&mut relay, &mut cy);
    assert_eq!((cy.state(), relay.bodies()), (&LinkState::Live, records));
    come_back(&mut relay, &mut bo);
    bo.sleep_while(&mut relay, |bo| bo.state() != &REMOVED);
}

/// Somebody who is no owner removes their own lost tablet again, and nobody else's.
#[test]
fn everybody_decides_again_what_is_theirs_to_decide() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = three(&mut relay);
    let (roster, ring) = (cy.roster().clone(), cy.ring.clone());
    let invited =
        founding::invite_device(&cy.secrets, &roster, &ring, u64::MAX, &mut cy.rng).unwrap();
    assert!(cy.record(&mut relay, invited.record).is_ok());
    let link = InviteLink::at(cy.place.as_ref().unwrap(), ORIGIN.into(), invited.secret);
    let mut old = Tablet::newcomer(4, &link);
    old.start(&mut relay);
    for tablet in [&mut ada, &mut bo, &mut cy] {
        tablet.pull(&mut relay);
    }
    let backup = relay.head();
    part_from(&mut relay, &mut [&mut old, &mut bo]);
    remove(&mut relay, &mut cy, &old, false);
    ada.pull(&mut relay);
    remove(&mut relay, &mut ada, &bo, false);
    cy.pull(&mut relay);
    part_from(&mut relay, &mut [&mut ada, &mut cy]);
    restore(&mut relay, backup, 2);
    come_back(&mut relay, &mut bo);
    invites(&mut relay, &mut bo);

    come_back(&mut relay, &mut cy);
    assert!(!is_active(&cy, &old) && is_active(&cy, &bo));
    assert_eq!(cy.state(), &LinkState::Parted);
    come_back(&mut relay, &mut ada);
    cy.pull(&mut relay);
    assert!(!is_active(&cy, &bo));
    assert_eq!((ada.state(), cy.state()), (&LinkState::Live, &LinkState::Live));
}

#[test]
fn roles_invites_and_the_kit_are_decided_again_and_once() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = three(&mut relay);
    let open = ada.draft_invite(Role::Editor, u64::MAX);
    assert!(ada.record(&mut relay, open.record.clone()).is_ok());
    bo.pull(&mut relay);
    let backup = relay.head();
    part_from(&mut relay, &mut [&mut bo, &mut cy]);
    let role = |ada: &mut Tablet, relay: &mut Relay, of: &Tablet, role| {
        let record = team::set_role(&ada.secrets, ada.roster(), of.member, role).unwrap();
        assert!(ada.record(relay, record).is_ok());
    };
    let revoked = founding::revoke(&ada.secrets, ada.roster(), open.hash).unwrap();
    assert!(ada.record(&mut relay, revoked).is_ok());
    role(&mut ada, &mut relay, &cy, Role::Owner);
    role(&mut ada, &mut relay, &bo, Role::Reader);
    let kit = KitSecret::make(&mut ada.rng);
    let (roster, ring) = (ada.roster().clone(), ada.ring.clone());
    let rotated = team::rotate(&ada.secrets, &roster, &ring, Some(&kit), &mut ada.rng).unwrap();
    assert!(ada.record(&mut relay, rotated).is_ok());
    part_from(&mut relay, &mut [&mut ada]);
    restore(&mut relay, backup, 2);
    come_back(&mut relay, &mut bo);
    invites(&mut relay, &mut bo);

    come_back(&mut relay, &mut ada);
    assert_eq!(ada.state(), &LinkState::Live);
    let is = |ada: &Tablet, of: &Tablet| ada.roster().member(&of.member).unwrap().role;
    assert_eq!((is(&ada, &cy), is(&ada, &bo)), (Role::Owner, Role::Reader));
    assert_eq!(ada.roster().invite(&open.hash).unwrap().state, InviteState::Revoked);
    assert_eq!(ada.roster().kit().unwrap().key, kit.derive_keys().device());
    assert!(ada.place.as_ref().unwrap().lost.is_settled());

    // Decided again means once: what an owner changes then, stays.
    let count = relay.bodies().len();
    role(&mut ada, &mut relay, &cy, Role::Editor);
    come_back(&mut relay, &mut cy);
    ada.pull(&mut relay);
    assert_eq!((is(&ada, &cy), relay.bodies().len()), (Role::Editor, count + 1));
}

#[test]
fn what_the_log_decided_since_stands_against_what_was_lost() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = three(&mut relay);
    let owner = team::set_role(&ada.secrets, ada.roster(), bo.member, Role::Owner).unwrap();
    assert!(ada.record(&mut relay, owner).is_ok());
    bo.pull(&mut relay);
    let backup = relay.head();
    part_from(&mut relay, &mut [&mut bo]);
    let lost = team::set_role(&ada.secrets, ada.roster(), cy.member, Role::Owner).unwrap();
    assert!(ada.record(&mut relay, lost).is_ok());
    part_from(&mut relay, &mut [&mut ada, &mut cy]);
    restore(&mut relay, backup, 2);
    come_back(&mut relay, &mut bo);
    let since = team::set_role(&bo.secrets, bo.roster(), cy.member, Role::Reader).unwrap();
    assert!(bo.record(&mut relay, since).is_ok());
    come_back(&mut relay, &mut ada);
    come_back(&mut relay, &mut cy);
    assert_eq!(ada.roster().member(&cy.member).unwrap().role, Role::Reader);
    assert_eq!((ada.state(), cy.state()), (&LinkState::Live, &LinkState::Live));
}

#[test]
fn whoever_had_joined_comes_in_again_with_the_same_keys() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    let backup = relay.head();
    part_from(&mut relay, &mut [&mut bo]);
    let link = ada.invite(&mut relay, Role::Editor);
    let mut cy = Tablet::newcomer(3, &link);
    cy.start(&mut relay);
    cy.edit(&mut relay, "of cy");
    ada.pull(&mut relay);
    remove(&mut relay, &mut ada, &bo, false);
    cy.pull(&mut relay);
    part_from(&mut relay, &mut [&mut ada, &mut cy]);
    restore(&mut relay, backup, 2);
    come_back(&mut relay, &mut bo);
    invites(&mut relay, &mut bo);
    come_back(&mut relay, &mut ada);
    let lost: Vec<_> = ada.place.as_ref().unwrap().lost.joined().collect();
    assert_eq!(lost, [(cy.secrets.device(), cy.member)]);
    cy.offline = false;
    cy.sleep(&mut relay);
    assert_eq!(cy.state(), &LinkState::Stopped(StopReason::NotActive));

    // By another link, on the same tablet.
    let link = ada.invite(&mut relay, Role::Editor);
    let before = cy.place.clone().unwrap();
    cy.session = Session::joining(link, cy.member, cy.secrets.clone());
    cy.forget_connection();
    cy.start(&mut relay);
    assert_eq!((cy.state(), cy.unsynced()), (&LinkState::Live, 0));
    let now = cy.place.as_ref().unwrap();
    assert_eq!(now.log, Some(relay.log));
    assert_eq!(now.lives.iter().map(|past| past.log).collect::<Vec<_>>(), before.log.as_slice());
    assert_eq!(now.sessions[..before.sessions.len()], before.sessions);
    assert!(
        is_active(&ada, &cy) || {
            ada.pull(&mut relay);
            is_active(&ada, &cy)
        }
    );
    assert!(ada.changes.contains(b"of cy".as_slice()));
    assert_eq!(ada.place.as_ref().unwrap().lost.joined().count(), 0);
}

#[test]
fn an_admission_that_has_expired_meanwhile_is_given_up_with_what_followed() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = three(&mut relay);
    let bodies = relay.bodies().len();
    remove(&mut relay, &mut ada, &bo, false);
    bo.pull(&mut relay);
    cy.pull(&mut relay);
    // Everything from the join of cy on is missing, and the relay takes it no more.
    let join = relay.rows.iter().rfind(|row| row.kind == RowKind::Roster).unwrap().seq - 1;
    part_from(&mut relay, &mut [&mut ada, &mut cy]);
    restore(&mut relay, join - 1, 2);
    relay.refuse_records.push_back(Refusal::InviteExpired);
    come_back(&mut relay, &mut ada);
    assert_eq!(ada.state(), &LinkState::Live);
    assert!(!is_active(&ada, &cy) && !is_active(&ada, &bo));
    assert_eq!(relay.bodies().len(), bodies, "the removal in place of the join");
    let lost: Vec<_> = ada.place.as_ref().unwrap().lost.joined().collect();
    assert_eq!(lost, [(cy.secrets.device(), cy.member)]);
    // Another tab that has not given it up does not bring it back.
    let mut knowing = ada.place.clone().unwrap();
    knowing.records.truncate(1);
    let kept = ada.place.clone().unwrap().with_knowledge_of(&knowing);
    assert_eq!(kept.records, ada.place.as_ref().unwrap().records);
    cy.offline = false;
    cy.sleep(&mut relay);
    assert_eq!(cy.state(), &LinkState::Stopped(StopReason::NotActive));
}

/// A device that had heard of a life, and not read what the team decided in it before the next restore,
/// does not take that for another history.
#[test]
fn a_restore_after_a_restore_is_no_fork() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = three(&mut relay);
    let backup = relay.head();
    part_from(&mut relay, &mut [&mut cy]);
    invites(&mut relay, &mut ada);
    bo.pull(&mut relay);
    part_from(&mut relay, &mut [&mut ada, &mut bo]);
    restore(&mut relay, backup, 2);
    bo.offline = false;
    bo.sleep(&mut relay);
    part_from(&mut relay, &mut [&mut bo]);
    assert_eq!(
        bo.place.as_ref().map(|place| (place.log, place.cursor)),
        Some((Some(relay.log), 0))
    );
    come_back(&mut relay, &mut cy);
    invites(&mut relay, &mut cy);
    part_from(&mut relay, &mut [&mut cy]);
    let backup = relay.head();
    restore(&mut relay, backup, 3);
    come_back(&mut relay, &mut bo);
    assert_eq!(bo.state(), &LinkState::Live);
    assert_eq!(bo.roster().records(), relay.roster.as_ref().unwrap().records());
}

/// A device that had read the lost branch, and is removed on the log's, hears it there.
#[test]
fn a_removal_is_read_across_the_parting() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = three(&mut relay);
    let backup = relay.head();
    part_from(&mut relay, &mut [&mut ada]);
    invites(&mut relay, &mut cy);
    bo.pull(&mut relay);
    part_from(&mut relay, &mut [&mut bo, &mut cy]);
    restore(&mut relay, backup, 2);
    come_back(&mut relay, &mut ada);
    remove(&mut relay, &mut ada, &bo, false);
    bo.offline = false;
    bo.sleep_while(&mut relay, |bo| bo.state() != &REMOVED);
    let place = bo.place.as_ref().unwrap();
    assert!(place.walked <= place.records.len());
    assert_eq!(replica::Place::decode(&place.encode()).unwrap(), *place);
    come_back(&mut relay, &mut cy);
    assert_eq!(cy.state(), &LinkState::Live);
}

/// Restored twice, and parted both times: nothing that was decided is forgotten.
#[test]
fn a_log_that_was_lost_twice() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = bo_goes_on(&mut relay, false);
    let backup = relay.head();
    come_back(&mut relay, &mut cy);
    assert_eq!(cy.state(), &LinkState::Parted);
    let link = bo.invite(&mut relay, Role::Editor);
    cy.pull(&mut relay);
    part_from(&mut relay, &mut [&mut bo, &mut cy]);
    drop(link);
    restore(&mut relay, backup, 3);
    come_back(&mut relay, &mut bo);
    let open = bo.draft_invite(Role::Reader, u64::MAX);
    assert!(bo.record(&mut relay, open.record).is_ok());
    come_back(&mut relay, &mut cy);
    assert_eq!(cy.state(), &LinkState::Parted);
    come_back(&mut relay, &mut ada);
    cy.pull(&mut relay);
    assert!(!is_active(&ada, &bo));
    assert_eq!((ada.state(), cy.state()), (&LinkState::Live, &LinkState::Live));
}
