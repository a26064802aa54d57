//! A team to which everything happens once.

use wire::roster::Body;
use wire::{Role, Roster};

use crate::team::{
    ada, applies, ben, cleo, invite, invite_key, invites, joins, key, kit, leave, link_device,
    recovery, remove, rotate, set_role, signed, team_with_kit,
};

/// Ben becomes an owner, everybody gets a second device in one of the three ways, Cleo leaves, and
/// Ben and Ada's old device go.
pub(crate) fn story() -> Roster {
    let mut roster = team_with_kit(1);
    let (ada, ben, cleo) = (ada(), ben(), cleo());
    let body = Body::SetRole(set_role(&roster, &ada, &ben, Role::Owner));
    applies(&mut roster, &body, &[&ada.signing]);

    let tablet = ben.with_device(12);
    let body = Body::LinkDevice(link_device(&roster, ben.key(), &tablet));
    applies(&mut roster, &body, &[&ben.signing, &tablet.signing]);

    let phone = cleo.with_device(13);
    let mut door = invite(&roster, &cleo, 5, Role::Reader);
    door.member = Some(cleo.member);
    applies(&mut roster, &Body::Invite(door), &[&cleo.signing]);
    let body = Body::LinkDevice(link_device(&roster, key(&invite_key(5)), &phone));
    applies(&mut roster, &body, &[&invite_key(5), &phone.signing]);

    let body = Body::Leave(leave(&roster, &phone));
    applies(&mut roster, &body, &[&phone.signing]);
    assert!(roster.owes_rotation() && roster.member(&cleo.member).is_none());
    let body = Body::Rotate(rotate(&roster, &ben));
    applies(&mut roster, &body, &[&ben.signing]);

    let found_again = ada.with_device(11);
    let body = Body::LinkDevice(link_device(&roster, key(&kit(1)), &found_again));
    applies(&mut roster, &body, &[&kit(1), &found_again.signing]);
    assert!(roster.kit().is_some_and(|kit| kit.used));
    let mut body = remove(&roster, &found_again, &[&ada, &ben, &tablet]);
    body.wipe = true;
    body.rotation.recovery = Some(recovery(2));
    applies(&mut roster, &Body::Remove(body), &[&found_again.signing]);

    let door = invites(&mut roster, &found_again, 6, Role::Editor);
    joins(&mut roster, &crate::team::Person::numbered(7), 6, door);
    roster
}

#[test]
fn a_team_goes_through_everything() {
    let roster = story();
    assert_eq!((roster.epoch(), roster.records().len()), (4, 16));
    let mut here: Vec<_> = roster.devices().map(|device| device.ordinal).collect();
    here.sort_unstable();
    assert_eq!(here, [5, 6]);
    assert_eq!(roster.members().count(), 2);
    let mut gone: Vec<_> = roster
        .gone_devices()
        .map(|(device, removal)| (device.ordinal, removal.wipe, removal.left))
        .collect();
    gone.sort_unstable();
    let (wiped, left) = ((true, false), (false, true));
    let expected = [(0, wiped), (1, wiped), (2, left), (3, wiped), (4, left)];
    assert_eq!(gone, expected.map(|(ordinal, (wipe, left))| (ordinal, wipe, left)));
    assert_eq!(roster.kit().unwrap().key, key(&kit(2)));
    assert!(!roster.owes_rotation());
    // What was signed by those who went still verifies, by the records that let them in.
    let mut again = wire::Roster::decode(&roster.encode()).unwrap();
    let late = Body::Leave(leave(&again, &ben()));
    assert!(matches!(
        again.apply(&signed(&late, &[&ben().signing])),
        Err(wire::RosterError::NotActive)
    ));
}
