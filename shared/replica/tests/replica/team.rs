//! A team changes: who goes is out at once and opens nothing later, who stays opens everything. Long because each way
//! to come and to go is told from its record to what every device opens afterwards.

use replica::founding::{self, current_key};
use replica::{
    Content, DeviceSecrets, Effect, Input, KeyRing, KitSecret, LinkState, RecoverySheet,
    StopReason, seal, team, unlock,
};
use wire::roster::Body;
use wire::{ClientFrame, DeviceKey, Envelope, Refusal, RelayFrame, Role, RowBody, RowKind, Tag};

use crate::relay::{ORIGIN, Relay};
use crate::tablet::{Tablet, chain_of, pair};

const REMOVED: StopReason = StopReason::Removed { wipe: false, left: false };
const LEFT: StopReason = StopReason::Removed { wipe: false, left: true };
const WIPE: StopReason = StopReason::Removed { wipe: true, left: false };

fn stopped(reason: StopReason) -> LinkState {
    LinkState::Stopped(reason)
}

/// Ada owns, Bo and Cy edit.
fn three(relay: &mut Relay) -> (Tablet, Tablet, Tablet) {
    let (mut ada, mut bo) = pair(relay);
    let link = ada.invite(relay, Role::Editor);
    let mut cy = Tablet::newcomer(3, &link);
    cy.start(relay);
    ada.pull(relay);
    bo.pull(relay);
    (ada, bo, cy)
}

impl Tablet {
    fn key(&self) -> DeviceKey {
        self.secrets.device()
    }

    fn removes(&mut self, relay: &mut Relay, whom: &[&Tablet], wipe: bool) {
        self.removes_for(relay, whom, wipe, None);
    }

    fn removes_for(
        &mut self,
        relay: &mut Relay,
        whom: &[&Tablet],
        wipe: bool,
        kit: Option<&KitSecret>,
    ) {
        let devices = whom.iter().map(|tablet| tablet.key()).collect();
        let (roster, ring) = (self.roster().clone(), self.ring.clone());
        let record =
            team::remove(&self.secrets, &roster, &ring, devices, wipe, kit, &mut self.rng).unwrap();
        assert!(self.record(relay, record).is_ok());
    }

    fn rotates(&mut self, relay: &mut Relay, kit: Option<&KitSecret>) {
        let roster = self.roster().clone();
        let record = team::rotate(&self.secrets, &roster, &self.ring, kit, &mut self.rng).unwrap();
        assert!(self.record(relay, record).is_ok());
    }

    fn leaves(&mut self, relay: &mut Relay) {
        let record = team::leave(&self.secrets, self.roster()).unwrap();
        assert!(self.record(relay, record).is_ok());
    }

    /// What the record of another device of the same person needs.
    fn invites_device(&mut self, relay: &mut Relay) -> replica::InviteLink {
        let (roster, ring) = (self.roster().clone(), self.ring.clone());
        let invited =
            founding::invite_device(&self.secrets, &roster, &ring, u64::MAX, &mut self.rng)
                .unwrap();
        assert!(self.record(relay, invited.record).is_ok());
        replica::InviteLink::at(self.place.as_ref().unwrap(), ORIGIN.into(), invited.secret)
    }

    fn sheet(&self, kit: &KitSecret) -> RecoverySheet {
        RecoverySheet::at(self.place.as_ref().unwrap(), ORIGIN.into(), kit.clone())
    }
}

/// How many of the log's envelopes some key of the ring opens.
fn opened(relay: &Relay, ring: &KeyRing, roster: &wire::Roster) -> usize {
    let keys = (1..=roster.epoch()).filter_map(|epoch| ring.key(&roster.epoch_record(epoch)?));
    let keys: Vec<_> = keys.collect();
    let envelopes = relay.rows.iter().filter(|row| row.kind == RowKind::Changes);
    envelopes
        .filter(|row| {
            let RowBody::Whole(bytes) = &row.body else { panic!("the relay has all bytes") };
            let envelope = Envelope::parse(bytes).unwrap();
            keys.iter().any(|key| seal::open(&envelope, key).is_ok())
        })
        .count()
}

/// Holds: I10
#[test]
fn a_removed_device_opens_nothing_of_a_later_epoch_and_all_others_open_all() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = three(&mut relay);
    let kit = KitSecret::make(&mut ada.rng);
    ada.rotates(&mut relay, Some(&kit));
    ada.edit(&mut relay, "a1");
    cy.pull(&mut relay);
    bo.pull(&mut relay);
    ada.removes(&mut relay, &[&bo], false);
    ada.edit(&mut relay, "a2");
    cy.pull(&mut relay);
    cy.edit(&mut relay, "c1");
    ada.rotates(&mut relay, None);
    ada.edit(&mut relay, "a3");
    bo.pull(&mut relay);
    cy.pull(&mut relay);

    assert_eq!(bo.state(), &stopped(REMOVED));
    assert_eq!((ada.state(), cy.state()), (&LinkState::Live, &LinkState::Live));
    assert_eq!((ada.changes.len(), &ada.changes), (4, &cy.changes));
    assert_eq!(bo.changes.len(), 1);
    // Even with every row and every record there is.
    let (roster, records) = (ada.roster(), &ada.place.as_ref().unwrap().records);
    let ring_of = |secrets: &DeviceSecrets| unlock::recover_ring(secrets, roster, records).unwrap();
    for (secrets, rows, keys) in [
        (&ada.secrets, 4, 4),
        (&cy.secrets, 4, 4),
        (&kit.derive_keys(), 4, 4),
        (&bo.secrets, 1, 2),
        (&DeviceSecrets::make(&mut bo.rng), 0, 0),
    ] {
        let ring = ring_of(secrets);
        assert_eq!((opened(&relay, &ring, roster), ring.len()), (rows, keys));
    }
    unlock::top_up(&bo.secrets, roster, records, &mut bo.ring).unwrap();
    assert_eq!((opened(&relay, &bo.ring, roster), bo.ring.len()), (1, 2));
}

#[test]
fn whoever_is_removed_hears_it_from_the_roster_and_for_good() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, _) = three(&mut relay);
    bo.edit(&mut relay, "b1");
    ada.pull(&mut relay);
    bo.offline = true;
    bo.cut(&mut relay);
    bo.edit(&mut relay, "made offline");
    ada.removes(&mut relay, &[&bo], true);
    ada.edit(&mut relay, "after it");
    let head = relay.head();

    bo.offline = false;
    bo.sleep(&mut relay);
    assert_eq!(bo.state(), &stopped(WIPE));
    // What was made meanwhile is refused and kept; nothing of the others came.
    assert_eq!((relay.head(), bo.unsynced()), (head, 1));
    assert!(bo.changes.contains(b"made offline".as_slice()));
    assert!(!bo.changes.contains(b"after it".as_slice()));
    let removal = bo.roster().removal(&bo.key()).unwrap();
    assert_eq!(removal.record, bo.roster().head());

    // Nothing wakes it, and after a reload it knows without asking.
    let (sent, shown) = (bo.sent.len(), bo.shown.len());
    let effects = bo.session.handle(bo.now + 1, &mut bo.rng, Input::Resumed);
    assert!(effects.is_empty(), "{effects:?}");
    bo.reload();
    bo.start(&mut relay);
    assert_eq!((bo.sent.len(), bo.shown.len(), bo.state()), (sent, shown + 1, &stopped(WIPE)));
}

/// A relay that gets an old envelope once more refuses it where nobody asked for anything.
#[test]
fn a_refusal_of_something_else_is_no_answer() {
    let unasked = |reason| {
        let mut refusal = Some(RelayFrame::Refused { hash: wire::Hash([9; 32]), reason });
        move |frame| match frame {
            RelayFrame::Rows { .. } => refusal.take().into_iter().chain([frame]).collect(),
            frame => vec![frame],
        }
    };
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    let link = ada.invite(&mut relay, Role::Editor);
    let mut bo = Tablet::newcomer(2, &link);
    bo.lie = Some(Box::new(unasked(Refusal::Role)));
    bo.start(&mut relay);
    assert_eq!(bo.state(), &LinkState::Live);

    bo.offline = true;
    bo.cut(&mut relay);
    ada.pull(&mut relay);
    ada.removes(&mut relay, &[&bo], false);
    bo.offline = false;
    bo.lie = Some(Box::new(unasked(Refusal::NotActive)));
    bo.sleep(&mut relay);
    assert_eq!(bo.state(), &stopped(REMOVED));
}

#[test]
fn the_relays_word_alone_removes_nobody() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, _) = three(&mut relay);
    relay.banned.push(bo.key());
    ada.edit(&mut relay, "a1");
    bo.pull(&mut relay);
    assert_eq!(bo.state(), &stopped(StopReason::NotActive));
    assert_eq!(bo.roster().removal(&bo.key()), None);
    bo.edit(&mut relay, "b1");
    assert_eq!(bo.unsynced(), 1);
    // Nor do records that do not count: here Bo's removal by a stranger and by Cy.
    let forger = Tablet::founder(9);
    let roster = relay.roster.clone().unwrap();
    let mut body = rotation_body(&mut ada, &roster, bo.key());
    body.by = forger.key();
    let unsigned = wire::Record::unsigned(&Body::Remove(body));
    let signature = forger.secrets.sign(&unsigned.signing_input());
    relay.push(RowKind::Roster, Tag::ZERO, unsigned.assemble(&[signature]));
    bo.sleep(&mut relay);
    assert_eq!(bo.state(), &stopped(StopReason::NotActive));
    // It looks again by itself, and goes on where the relay has come to its senses.
    relay.banned.clear();
    bo.sleep(&mut relay);
    assert_eq!((bo.state(), bo.unsynced()), (&LinkState::Live, 0));
}

fn rotation_body(
    ada: &mut Tablet,
    roster: &wire::Roster,
    going: DeviceKey,
) -> wire::roster::Remove {
    let record =
        team::remove(&ada.secrets, roster, &ada.ring, vec![going], true, None, &mut ada.rng)
            .unwrap();
    match wire::Record::parse(&record).unwrap().body {
        Body::Remove(remove) => remove,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_page_that_is_removed_while_it_is_live_is_told_at_once() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = three(&mut relay);
    ada.removes(&mut relay, &[&bo, &cy], false);
    // One hears that there is something new, the other pushes.
    bo.pull(&mut relay);
    assert_eq!(bo.state(), &stopped(REMOVED));
    cy.edit(&mut relay, "c1");
    assert_eq!((cy.state(), cy.unsynced()), (&stopped(REMOVED), 1));
    assert_eq!(ada.roster().members().count(), 1);
}

#[test]
fn an_edit_sealed_for_the_epoch_before_is_sealed_anew() {
    let mut relay = Relay::new();
    let (mut ada, bo, mut cy) = three(&mut relay);
    ada.removes(&mut relay, &[&bo], false);
    // Cy has not heard of it yet.
    let before = cy.sent.len();
    cy.edit(&mut relay, "c1");
    assert_eq!(cy.state(), &LinkState::Held(Refusal::StaleEpoch { current: 2 }));
    cy.pull(&mut relay);
    assert_eq!((cy.state(), cy.unsynced()), (&LinkState::Live, 0));
    let sealed: Vec<_> = cy.sent[before..]
        .iter()
        .filter_map(|frame| match frame {
            ClientFrame::Append { envelope } => Some(Envelope::parse(envelope).unwrap().header),
            _ => None,
        })
        .map(|header| (header.epoch, header.counter))
        .collect();
    assert_eq!(sealed, [(1, 1), (2, 1)], "the refusal used up no counter");
    ada.pull(&mut relay);
    assert!(ada.changes.contains(b"c1".as_slice()));
}

#[test]
fn whoever_leaves_is_out_and_the_next_owner_online_changes_the_key() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = three(&mut relay);
    ada.offline = true;
    ada.cut(&mut relay);
    bo.leaves(&mut relay);
    bo.pull(&mut relay);
    assert_eq!(bo.state(), &stopped(LEFT));
    cy.pull(&mut relay);
    assert!(cy.roster().owes_rotation(), "an editor cannot pay it");
    cy.edit(&mut relay, "c1");
    assert_eq!(cy.unsynced(), 0, "work goes on");

    // The owner's page is loaded anew: nothing of the debt was remembered but the roster.
    ada.offline = false;
    ada.reload();
    ada.start(&mut relay);
    assert_eq!((ada.state(), ada.roster().epoch()), (&LinkState::Live, 2));
    assert!(!ada.roster().owes_rotation());
    cy.pull(&mut relay);
    cy.edit(&mut relay, "c2");
    ada.pull(&mut relay);
    assert_eq!((cy.unsynced(), &ada.changes), (0, &cy.changes));
    let rotations =
        relay.bodies().into_iter().filter(|body| matches!(body, Body::Rotate(_))).count();
    assert_eq!(rotations, 1);
}

#[test]
fn of_two_owners_one_pays_the_debt() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = three(&mut relay);
    let record = team::set_role(&ada.secrets, ada.roster(), bo.member, Role::Owner).unwrap();
    assert!(ada.record(&mut relay, record).is_ok());
    bo.pull(&mut relay);
    cy.pull(&mut relay);
    cy.leaves(&mut relay);
    ada.pull(&mut relay);
    bo.pull(&mut relay);
    let rotations = |relay: &Relay| {
        relay.bodies().into_iter().filter(|body| matches!(body, Body::Rotate(_))).count()
    };
    assert_eq!((rotations(&relay), ada.roster().epoch(), bo.roster().epoch()), (1, 2, 2));
    assert_eq!((ada.state(), bo.state()), (&LinkState::Live, &LinkState::Live));

    // The slower one is refused, and finds it done.
    let link = ada.invite(&mut relay, Role::Editor);
    let mut di = Tablet::newcomer(4, &link);
    di.start(&mut relay);
    ada.pull(&mut relay);
    bo.pull(&mut relay);
    let mut after = di.roster().clone();
    let leave = team::leave(&di.secrets, &after).unwrap();
    after.apply(&leave).unwrap();
    let faster = team::rotate(&bo.secrets, &after, &bo.ring, None, &mut bo.rng).unwrap();
    relay.race = Some(leave);
    let late = ada.draft_invite(Role::Reader, u64::MAX);
    assert!(matches!(ada.record(&mut relay, late.record), Err(Refusal::RosterHead { .. })));
    relay.race = Some(faster);
    ada.pull(&mut relay);
    assert_eq!(ada.roster().epoch(), 2, "hers was refused");
    ada.pull(&mut relay);
    assert_eq!((rotations(&relay), ada.roster().epoch()), (2, 3));
    assert_eq!(ada.state(), &LinkState::Live);
}

#[test]
fn a_newcomer_opens_the_epochs_before_it() {
    let mut relay = Relay::new();
    let (mut ada, bo, _) = three(&mut relay);
    ada.edit(&mut relay, "a1");
    ada.rotates(&mut relay, None);
    ada.edit(&mut relay, "a2");
    ada.removes(&mut relay, &[&bo], false);
    ada.edit(&mut relay, "a3");
    let link = ada.invite(&mut relay, Role::Reader);
    let mut di = Tablet::newcomer(4, &link);
    di.start(&mut relay);
    assert_eq!((di.state(), &di.changes), (&LinkState::Live, &ada.changes));
    assert_eq!((di.changes.len(), &di.ring), (3, &ada.ring));
    assert_eq!(chain_of(&di), (relay.head(), relay.chain(relay.head())));
}

#[test]
fn a_second_device_comes_in_as_the_same_member() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    ada.edit(&mut relay, "a1");
    let link = ada.invite(&mut relay, Role::Reader);
    let mut cy = Tablet::newcomer(3, &link);
    cy.start(&mut relay);
    // Readers too.
    let link = cy.invites_device(&mut relay);
    let mut phone = Tablet::newcomer(4, &link);
    phone.start(&mut relay);
    assert_eq!((phone.state(), &phone.changes), (&LinkState::Live, &ada.changes));
    let device = phone.roster().active(&phone.key()).unwrap();
    assert_eq!((device.member, device.role), (cy.member, Role::Reader));
    assert_ne!(phone.member, cy.member, "the id it brought is nobody's");

    // And they remove what they lost.
    phone.removes(&mut relay, &[&cy], true);
    cy.pull(&mut relay);
    assert_eq!(cy.state(), &stopped(WIPE));
    ada.pull(&mut relay);
    ada.edit(&mut relay, "a2");
    phone.pull(&mut relay);
    assert_eq!(&phone.changes, &ada.changes);
    assert_eq!(phone.roster().members().count(), 2);
    let late = phone.invites_device(&mut relay);
    ada.pull(&mut relay);
    ada.rotates(&mut relay, None);
    let mut third = Tablet::newcomer(5, &late);
    third.start(&mut relay);
    assert_eq!(third.state(), &stopped(StopReason::Refused(Refusal::InviteRevoked)));
}

#[test]
fn the_kit_brings_an_owner_back_who_then_removes_what_was_lost() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, _) = three(&mut relay);
    let kit = KitSecret::make(&mut ada.rng);
    ada.rotates(&mut relay, Some(&kit));
    let sheet = ada.sheet(&kit);
    ada.edit(&mut relay, "a1");
    bo.pull(&mut relay);
    bo.edit(&mut relay, "b1");
    ada.offline = true;
    ada.cut(&mut relay);

    let typed = RecoverySheet::parse(&sheet.url("https://app.example")).unwrap();
    let mut back = Tablet::recovering(7, &typed);
    back.start(&mut relay);
    assert_eq!((back.state(), &back.changes), (&LinkState::Live, &bo.changes));
    let device = back.roster().active(&back.key()).unwrap();
    assert_eq!((device.member, device.role), (ada.member, Role::Owner));
    assert!(back.roster().kit().unwrap().used);
    let next = KitSecret::make(&mut back.rng);
    back.removes_for(&mut relay, &[&ada], true, Some(&next));
    assert_eq!(back.roster().kit().unwrap().key, next.derive_keys().device());
    ada.offline = false;
    ada.sleep(&mut relay);
    assert_eq!(ada.state(), &stopped(WIPE));

    // The old sheet is paper now; the new one works.
    let by_hand = |secret: &KitSecret| {
        let space = RecoverySheet::parse_number(&sheet.number()).unwrap();
        let secret = KitSecret::parse(&secret.phrase()).unwrap();
        RecoverySheet::typed(sheet.origin.clone(), space, secret)
    };
    for old in [sheet.clone(), by_hand(&kit)] {
        let mut late = Tablet::recovering(8, &old);
        late.start(&mut relay);
        assert_eq!(late.state(), &stopped(StopReason::KitUnknown));
    }
    let mut again = Tablet::recovering(9, &by_hand(&next));
    again.start(&mut relay);
    assert_eq!((again.state(), &again.changes), (&LinkState::Live, &back.changes));
}

#[test]
fn a_recovery_whose_answer_was_lost_is_found_in_the_log() {
    let mut relay = Relay::new();
    let (mut ada, _) = pair(&mut relay);
    let kit = KitSecret::make(&mut ada.rng);
    ada.rotates(&mut relay, Some(&kit));
    let mut back = Tablet::recovering(7, &ada.sheet(&kit));
    back.lie = Some(Box::new(|frame| match frame {
        RelayFrame::Appended { .. } | RelayFrame::Head { .. } => vec![],
        frame => vec![frame],
    }));
    back.start(&mut relay);
    let head = relay.head();
    assert!(back.place.is_none());
    back.lie = None;
    back.cut(&mut relay);
    back.sleep(&mut relay);
    assert_eq!((back.state(), relay.head()), (&LinkState::Live, head), "it was linked once");
}

#[test]
fn whoever_came_in_by_a_kit_is_in_although_the_kit_was_replaced_since() {
    let mut relay = Relay::new();
    let (mut ada, _) = pair(&mut relay);
    let kit = KitSecret::make(&mut ada.rng);
    ada.rotates(&mut relay, Some(&kit));
    let mut back = Tablet::recovering(7, &ada.sheet(&kit));
    back.lie = Some(Box::new(|frame| match frame {
        RelayFrame::Appended { .. } | RelayFrame::Head { .. } => vec![],
        frame => vec![frame],
    }));
    back.start(&mut relay);
    back.lie = None;
    back.offline = true;
    back.cut(&mut relay);
    ada.pull(&mut relay);
    let next = KitSecret::make(&mut ada.rng);
    ada.rotates(&mut relay, Some(&next));
    back.offline = false;
    back.sleep(&mut relay);
    assert_eq!((back.state(), &back.ring), (&LinkState::Live, &ada.ring));
}

#[test]
fn a_sheet_of_another_log_leads_nowhere() {
    let mut relay = Relay::new();
    let (mut ada, _) = pair(&mut relay);
    let kit = KitSecret::make(&mut ada.rng);
    ada.rotates(&mut relay, Some(&kit));
    let mut sheet = ada.sheet(&kit);
    sheet.head = wire::Hash([9; 32]);
    let head = relay.head();
    let mut back = Tablet::recovering(7, &sheet);
    back.start(&mut relay);
    assert_eq!(back.state(), &stopped(StopReason::WrongLog));
    assert_eq!(relay.head(), head);
}

/// A member cannot shut a colleague out by sealing garbage: the colleague says that the key is
/// missing, and an honest rotation mends it.
#[test]
fn a_key_that_was_sealed_wrongly_is_missed_by_name() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = three(&mut relay);
    let roster = ada.roster().clone();
    let record = team::rotate(&ada.secrets, &roster, &ada.ring, None, &mut ada.rng).unwrap();
    let Body::Rotate(mut rotate) = wire::Record::parse(&record).unwrap().body else {
        panic!("a rotation")
    };
    let for_bo = rotate.rotation.sealed.iter_mut().find(|sealed| sealed.device == bo.key());
    for_bo.unwrap().sealed_key[40] ^= 1;
    let unsigned = wire::Record::unsigned(&Body::Rotate(rotate));
    let signature = ada.secrets.sign(&unsigned.signing_input());
    assert!(ada.record(&mut relay, unsigned.assemble(&[signature])).is_ok());
    ada.edit(&mut relay, "a1");
    for tablet in [&mut bo, &mut cy] {
        tablet.pull(&mut relay);
    }
    assert_eq!(cy.state(), &LinkState::Live);
    assert_eq!(bo.state(), &stopped(StopReason::NoKey));
    assert!(current_key(ada.roster(), &bo.ring).is_none());

    ada.rotates(&mut relay, None);
    ada.edit(&mut relay, "a2");
    bo.reload();
    bo.start(&mut relay);
    assert_eq!(bo.state(), &stopped(StopReason::NoKey), "the row before needs the key before");
}

#[test]
fn roles_hold_for_every_device_from_their_record_on() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, mut cy) = three(&mut relay);
    let record = team::set_role(&ada.secrets, ada.roster(), bo.member, Role::Reader).unwrap();
    assert!(ada.record(&mut relay, record).is_ok());
    bo.pull(&mut relay);
    bo.edit(&mut relay, "b1");
    assert_eq!((bo.state(), bo.unsynced()), (&LinkState::Held(Refusal::Role), 1));
    let record = team::set_role(&ada.secrets, ada.roster(), bo.member, Role::Editor).unwrap();
    assert!(ada.record(&mut relay, record).is_ok());
    bo.pull(&mut relay);
    bo.sleep_while(&mut relay, |bo| bo.unsynced() > 0);
    cy.pull(&mut relay);
    assert!(cy.changes.contains(b"b1".as_slice()));
    assert!(cy.contents().all(|content| !matches!(content, Content::Skipped(_))));
}

#[test]
fn a_copy_that_sees_the_removal_first_ends_the_other_tab_too() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, _) = three(&mut relay);
    let mut tab = bo.copy(9);
    ada.removes(&mut relay, &[&bo], false);
    bo.pull(&mut relay);
    assert_eq!(bo.state(), &stopped(REMOVED));
    // The other tab's storage is the same; it is told by its next read.
    tab.place = bo.place.clone();
    tab.slow_storage = false;
    let place = bo.place.clone().unwrap();
    let effects = tab.session.handle(tab.now, &mut tab.rng, Input::Stored { place });
    assert!(effects.iter().any(|effect| matches!(
        effect,
        Effect::Show(LinkState::Stopped(StopReason::Removed { .. }))
    )));
}

/// Two tabs without a lock: the one that comes second never sees the record that began the epoch.
#[test]
fn a_tab_that_another_was_ahead_of_has_the_keys_too() {
    let mut relay = Relay::new();
    let (mut ada, mut bo, _) = three(&mut relay);
    let mut other = bo.copy(9);
    other.slow_storage = true;
    ada.edit(&mut relay, "a1");
    other.start(&mut relay);
    ada.rotates(&mut relay, None);
    bo.pull(&mut relay);
    let place = bo.place.clone().unwrap();
    other.slow_storage = false;
    other.place = Some(place.clone());
    other.tell(&mut relay, Input::Stored { place });
    ada.edit(&mut relay, "a2");
    other.pull(&mut relay);
    assert_eq!(other.state(), &LinkState::Live);
    assert!(other.changes.contains(b"a2".as_slice()));
    other.edit(&mut relay, "b1");
    assert_eq!(other.unsynced(), 0);
}
