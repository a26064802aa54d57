//! A relay that was restored does not know a device any more, which comes in once more, and what several
//! tabs keep of a roster that parted.

use std::rc::Rc;

use device::memory::{Memory, finish};
use device::sync::{Engine, LinkAction, LinkEvent};
use device::{RejoinError, Table};
use replica::{LinkState, Lost, PastLife, Place, StopReason, founding};
use wire::{ClientFrame, Hash, LogId, Refusal, RelayFrame, SessionId};

use crate::kit::*;

/// Ben had joined and worked; then a backup from before that was put back, and Anna went on in it.
struct Restored {
    theirs: Memory,
    anna: Tablet,
    ben: Tablet,
    log: Log,
}

fn restored() -> Restored {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let mut backup = log.clone();
    let ben = log.join(&anna, &theirs, "Ben");
    finish(ben.store_session(SessionId([4; 16]))).unwrap();
    new_client(&ben, 1, "Birch");
    log.push(&ben, true);
    log.pull(&anna).unwrap();
    backup.id = LogId([2; 16]);
    // As the walk over the log gives it.
    let before = anna.place().unwrap();
    let lost = Lost::between(backup.roster(), &before.roster);
    let (roster, records) = (backup.roster().clone(), backup.records().to_vec());
    let place = Place { roster, records, lost, ..before.in_new_life(backup.id) };
    let stored = finish(anna.begin_life(place)).unwrap();
    assert_eq!(stored.records, backup.records());
    Restored { theirs, anna, ben, log: backup }
}

#[test]
fn a_device_that_comes_in_again_keeps_its_keys_and_its_work() {
    let Restored { theirs, anna, ben, mut log, .. } = restored();
    assert_eq!(ben.unsynced(), 0);
    let (invited, link) = log.invite(&anna);
    finish(ben.rejoin(&link)).unwrap();
    assert!(theirs.peek(Table::Keys).contains_key("invite"));

    // What its engine does.
    let secrets = crate::team::secrets(&theirs);
    let mut rng = <rand_chacha::ChaCha20Rng as rand_core::SeedableRng>::from_seed([9; 32]);
    let roster = log.roster().clone();
    let joined =
        founding::join(&invited.secret, &secrets, ben.member(), &roster, &mut rng).unwrap();
    log.append(&anna, &joined.record);
    let place = Place::at_start(log.roster().clone(), log.records().to_vec());
    let before = ben.place().unwrap();
    let stored = finish(ben.joined(place.clone(), joined.ring)).unwrap();
    assert_eq!((stored.cursor, &stored.sessions), (0, &before.sessions));
    assert_eq!(stored.lives, [PastLife { log: LogId([1; 16]), read: before.cursor }]);
    assert!(!theirs.peek(Table::Keys).contains_key("invite"));
    assert_eq!(open(&theirs).place(), Some(stored));

    // Another tab that came in as well changes nothing, and the work goes to the new log.
    log.pull(&ben).unwrap();
    let read = ben.place().unwrap();
    assert_eq!(finish(ben.joined(place, replica::KeyRing::new())).unwrap(), read);
    assert!(ben.unsynced() > 0, "the new log lacks it");
    log.push(&anna, true);
    log.push(&ben, true);
    log.pull(&anna).unwrap();
    assert_eq!((ben.unsynced(), seen(&anna)), (0, seen(&ben)));
}

#[test]
fn an_invitation_that_is_not_for_it_is_not_kept() {
    let Restored { theirs, anna, ben, mut log, .. } = restored();
    let elsewhere = found(&Memory::new());
    let (_, link) = Log::of(&elsewhere).invite(&elsewhere);
    assert!(matches!(finish(ben.rejoin(&link)), Err(RejoinError::OtherSpace)));

    // Removed in a log that has fewer records than were known here.
    let (_, link) = log.invite(&anna);
    let mut known = ben.place().unwrap();
    let removal = anna_in(&mut known, &anna, &ben);
    let fewer = Place { records: removal.records[2..].to_vec(), ..removal };
    let stored = finish(ben.removed(fewer)).unwrap();
    assert!(stored.walked <= stored.records.len(), "what is stored can be read");
    assert!(ben.removal().is_some());
    assert!(matches!(finish(ben.rejoin(&link)), Err(RejoinError::Removed)));
    assert!(!theirs.peek(Table::Keys).contains_key("invite"));
}

/// The engine takes the invitation up where the relay had turned it away, and goes on as before where
/// that lets nobody in either.
#[test]
fn an_invitation_that_lets_nobody_in_is_forgotten() {
    let Restored { theirs, anna, ben, mut log, .. } = restored();
    let (_, link) = log.invite(&anna);
    let mut engine = finish(Engine::start(Rc::new(open(&theirs)), false)).unwrap();
    let refuse = |engine: &mut Engine<_, _>, event, reason| {
        let mut connects = Vec::new();
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            for action in finish(engine.step(1_790_000_000_000, 0, event)) {
                match action {
                    LinkAction::Connect => {
                        let hello = RelayFrame::Hello { versions: (1, 2), nonce: [5; 32] };
                        events.push(LinkEvent::Message(hello.encode()));
                        events.push(LinkEvent::Opened);
                    }
                    LinkAction::Send(message) => {
                        let ClientFrame::Connect { as_invite, device, .. } =
                            ClientFrame::decode(&message).unwrap()
                        else {
                            panic!("nothing else is sent")
                        };
                        connects.push((device, as_invite));
                        let refused = RelayFrame::Refused { hash: Hash::ZERO, reason };
                        events.push(LinkEvent::Message(refused.encode()));
                    }
                    _ => {}
                }
            }
        }
        connects
    };
    let own = ben.device();
    let asked = refuse(&mut engine, LinkEvent::Resumed, Refusal::NotActive);
    assert_eq!(asked, [(own, false), (own, true)], "the roster is read, if it may be");
    assert_eq!(engine.state(), Some(&LinkState::Stopped(StopReason::NotActive)));
    assert_eq!(refuse(&mut engine, LinkEvent::Resumed, Refusal::NotActive).len(), 2);

    finish(engine.device().rejoin(&link)).unwrap();
    let asked = refuse(&mut engine, LinkEvent::Resumed, Refusal::InviteRevoked);
    let door = link.secret.derive_keys().device();
    assert_eq!(asked, [(door, true)]);
    let told = LinkState::Stopped(StopReason::Refused(Refusal::InviteRevoked));
    assert_eq!(engine.state(), Some(&told), "the person is told why");
    assert!(!theirs.peek(Table::Keys).contains_key("invite"));
    let asked = refuse(&mut engine, LinkEvent::Resumed, Refusal::NotActive);
    assert_eq!(asked, [(own, false), (own, true)]);
}

/// The place of Ben's device once Anna has removed it.
fn anna_in(place: &mut Place, anna: &Tablet, ben: &Tablet) -> Place {
    let mut there = anna.place().unwrap();
    (there.roster, there.records) = (place.roster.clone(), place.records.clone());
    finish(anna.begin_life(there.in_new_life(LogId([3; 16])))).unwrap();
    let removal = anna.remove_member(ben.member(), false).unwrap();
    place.roster.apply(&removal.record).unwrap();
    place.records.push(removal.record);
    place.clone()
}

#[test]
fn a_tab_that_gave_a_branch_up_is_not_given_it_back_by_one_that_has_not() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let base = log.roster().clone();
    let ben = log.join(&anna, &theirs, "Ben");
    log.pull(&anna).unwrap();
    let other = open(&ours);
    let known = anna.place().unwrap();
    let lost = Lost::between(&base, &known.roster);
    let records = known.records[..1].to_vec();
    let parted = Place { lost, roster: base, records, walked: 1, ..known.clone() };
    let stored = finish(anna.apply(Vec::new(), parted.clone())).unwrap().place;
    assert_eq!((stored.records.len(), anna.team().unwrap().to_invite), (1, vec![ben.member()]));

    // The other tab has not come to where they part, and goes on with what it knows; the first one stays
    // with what it found.
    let stored = finish(other.apply(Vec::new(), known.clone())).unwrap().place;
    assert_eq!(stored.records, known.records);
    let stored = finish(anna.apply(Vec::new(), parted.clone())).unwrap().place;
    assert_eq!((stored.records, stored.lost), (parted.records, parted.lost));
}
