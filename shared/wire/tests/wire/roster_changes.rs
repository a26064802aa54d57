//! Who may change what about a team, as tables.

use ed25519_dalek::SigningKey;
use wire::roster::{Body, Recovery};
use wire::{Applied, InviteState, Role, Roster, RosterError, RowKind, SealKey};

use crate::team::{
    Person, ada, applies, ben, cleo, found, founded, invite, invite_key, invites, join, key, kit,
    leave, link_device, recovery, remove, rotate, set_role, signed, team, team_with_kit,
};

/// The record counts, or is refused for that reason and leaves no trace.
#[track_caller]
fn judged(roster: &Roster, body: &Body, signers: &[&SigningKey], expected: &str) {
    let mut after = roster.clone();
    let outcome = match after.apply(&signed(body, signers)) {
        Ok(_) => "ok".to_owned(),
        Err(error) => {
            assert_eq!(&after, roster);
            let name = format!("{error:?}");
            name.split([' ', '(', '{']).next().unwrap().to_owned()
        }
    };
    assert_eq!(outcome, expected, "{body:?}");
}

/// Ada owns with two devices, Ben edits with two, Cleo reads with two, Dora owns with one.
fn large() -> Roster {
    let mut roster = team_with_kit(1);
    for (person, n) in [(ada(), 11), (ben(), 12), (cleo(), 13)] {
        let second = person.with_device(n);
        let body = Body::LinkDevice(link_device(&roster, person.key(), &second));
        applies(&mut roster, &body, &[&person.signing, &second.signing]);
    }
    let door = invites(&mut roster, &ada(), 4, Role::Owner);
    crate::team::joins(&mut roster, &dora(), 4, door);
    roster
}

fn dora() -> Person {
    Person::numbered(4)
}

#[test]
fn owners_remove_anybody_and_members_their_own_other_devices() {
    let roster = large();
    let (ada2, ben2, cleo2) =
        (ada().with_device(11), ben().with_device(12), cleo().with_device(13));
    for (by, whom, expected) in [
        (ada(), vec![&ben()], "ok"),
        (ada(), vec![&ben(), &ben2, &cleo(), &cleo2], "ok"),
        (ada(), vec![&dora()], "ok"),
        (ada(), vec![&ada2], "ok"),
        (ada(), vec![&ada2, &dora()], "ok"),
        (ada(), vec![&ada()], "RemovesItself"),
        (ada(), vec![&ada(), &ben()], "RemovesItself"),
        (ben(), vec![&ben2], "ok"),
        (ben(), vec![&ben()], "RemovesItself"),
        (ben(), vec![&cleo()], "Role"),
        (ben(), vec![&ada2], "Role"),
        (ben(), vec![&ben2, &cleo()], "Role"),
        (cleo(), vec![&cleo2], "ok"),
        (cleo(), vec![&ben2], "Role"),
        (ada(), vec![&Person::numbered(9)], "DeviceUnknown"),
        (Person::numbered(9), vec![&ben()], "NotActive"),
    ] {
        let body = Body::Remove(remove(&roster, &by, &whom));
        judged(&roster, &body, &[&by.signing], expected);
    }
    let body = remove(&roster, &ada(), &[&ben()]);
    judged(&roster, &Body::Remove(body.clone()), &[&ben().signing], "Signature");
    let mut none = body.clone();
    none.devices.clear();
    judged(&roster, &Body::Remove(none), &[&ada().signing], "Malformed");
    let mut twice = body.clone();
    twice.devices.push(ben().key());
    judged(&roster, &Body::Remove(twice), &[&ada().signing], "Malformed");
    let mut late = body;
    late.prev = roster.space().0.into();
    judged(&roster, &Body::Remove(late), &[&ada().signing], "WrongHead");
}

/// I10 begins here: a key that reaches fewer than all, or one too many, is no rotation.
///
/// Holds: I10
#[test]
fn a_rotation_covers_exactly_those_who_stay() {
    let roster = large();
    let signers = [&ada().signing];
    let removal = remove(&roster, &ada(), &[&ben()]);
    let check = |spoil: &dyn Fn(&mut wire::roster::Rotation), expected| {
        let mut body = removal.clone();
        spoil(&mut body.rotation);
        judged(&roster, &Body::Remove(body), &signers, expected);
        let mut body = rotate(&roster, &ada());
        spoil(&mut body.rotation);
        judged(&roster, &Body::Rotate(body), &signers, expected);
    };
    check(&|_| {}, "ok");
    for at in 0..removal.rotation.sealed.len() {
        check(&|new| drop(new.sealed.remove(at)), "Coverage");
    }
    check(&|new| new.sealed.clear(), "Coverage");
    check(&|new| new.sealed.swap(0, 1), "Coverage");
    check(&|new| new.sealed.push(new.sealed[0].clone()), "Coverage");
    check(&|new| new.recovery = None, "Coverage");
    check(&|new| new.epoch += 1, "Epoch");
    check(&|new| new.epoch -= 1, "Epoch");
    check(&|new| new.previous = vec![0; 300], "TooLarge");
    check(&|new| new.sealed[0].sealed_key = vec![0; 300], "TooLarge");
    // And not the one who goes.
    let mut body = removal.clone();
    body.rotation = rotate(&roster, &ada()).rotation;
    judged(&roster, &Body::Remove(body), &signers, "Coverage");
}

#[test]
fn only_owners_rotate_and_set_roles() {
    let roster = large();
    for (by, expected) in [(ada(), "ok"), (dora(), "ok"), (ben(), "Role"), (cleo(), "Role")] {
        judged(&roster, &Body::Rotate(rotate(&roster, &by)), &[&by.signing], expected);
        for role in [Role::Owner, Role::Editor, Role::Reader] {
            let body = Body::SetRole(set_role(&roster, &by, &ben(), role));
            judged(&roster, &body, &[&by.signing], expected);
        }
    }
    let nobody = Body::SetRole(set_role(&roster, &ada(), &Person::numbered(9), Role::Reader));
    judged(&roster, &nobody, &[&ada().signing], "MemberUnknown");
}

#[test]
fn an_owner_with_a_device_remains() {
    let (ada, ben) = (ada(), ben());
    // Ada is the only owner. The kit is none.
    let alone = team_with_kit(1);
    let down = Body::SetRole(set_role(&alone, &ada, &ada, Role::Editor));
    judged(&alone, &down, &[&ada.signing], "LastOwner");
    judged(&alone, &Body::Leave(leave(&alone, &ada)), &[&ada.signing], "LastOwner");
    judged(&alone, &Body::Leave(leave(&alone, &ben)), &[&ben.signing], "ok");

    let mut two = alone;
    let up = Body::SetRole(set_role(&two, &ada, &ben, Role::Owner));
    applies(&mut two, &up, &[&ada.signing]);
    for body in [
        Body::SetRole(set_role(&two, &ada, &ada, Role::Editor)),
        Body::Leave(leave(&two, &ada)),
        Body::Remove(remove(&two, &ada, &[&ben])),
    ] {
        let mut after = two.clone();
        applies(&mut after, &body, &[&ada.signing]);
        let last = if after.active(&ben.key()).is_some_and(|it| it.role == Role::Owner) {
            ben.clone()
        } else {
            ada.clone()
        };
        if after.members().filter(|member| member.role == Role::Owner).count() == 1 {
            let leave = Body::Leave(leave(&after, &last));
            judged(&after, &leave, &[&last.signing], "LastOwner");
        }
    }
}

#[test]
fn a_device_comes_in_by_its_members_device_their_invite_or_the_kit() {
    let mut roster = large();
    let mut own = invite(&roster, &cleo(), 5, Role::Reader);
    own.member = Some(cleo().member);
    applies(&mut roster, &Body::Invite(own.clone()), &[&cleo().signing]);
    let team_door = invites(&mut roster, &ada(), 6, Role::Reader);
    let new = |person: Person| person.with_device(21);
    for (by, person, expected) in [
        (&ada().signing, ada(), "ok"),
        (&ben().signing, ben(), "ok"),
        (&cleo().signing, cleo(), "ok"),
        (&ada().signing, ben(), "Role"),
        (&ben().signing, ada(), "Role"),
        (&invite_key(5), cleo(), "ok"),
        (&invite_key(5), ada(), "Role"),
        (&invite_key(6), ada(), "Role"),
        (&invite_key(9), ada(), "NotActive"),
        (&kit(1), ada(), "ok"),
        (&kit(1), dora(), "ok"),
        (&kit(1), ben(), "Role"),
        (&kit(1), Person::numbered(9), "MemberUnknown"),
        (&kit(2), ada(), "NotActive"),
    ] {
        let device = new(person);
        let body = Body::LinkDevice(link_device(&roster, key(by), &device));
        judged(&roster, &body, &[by, &device.signing], expected);
    }
    let device = new(ada());
    let sound = link_device(&roster, ada().key(), &device);
    let both = [&ada().signing, &device.signing];
    let body = Body::LinkDevice(sound.clone());
    judged(&roster, &body, &[&ada().signing, &ada().signing], "Signature");
    judged(&roster, &body, &[&ada().signing], "Malformed");
    let mut old = sound.clone();
    old.epoch -= 1;
    judged(&roster, &Body::LinkDevice(old), &both, "Epoch");
    let known = ada().with_device(12);
    let body = Body::LinkDevice(link_device(&roster, ada().key(), &known));
    judged(&roster, &body, &[&ada().signing, &known.signing], "KeyKnown");
    let as_kit = Person { signing: kit(1), ..ada() };
    let body = Body::LinkDevice(link_device(&roster, ada().key(), &as_kit));
    judged(&roster, &body, &[&ada().signing, &kit(1)], "KeyKnown");

    // An invite for a device lets nobody join, and serves once.
    let (door, _) = roster.invite_by_key(&key(&invite_key(5))).unwrap();
    let body = Body::Join(join(&roster, &Person::numbered(9), door));
    judged(&roster, &body, &[&invite_key(5), &Person::numbered(9).signing], "Role");
    let phone = cleo().with_device(21);
    let body = Body::LinkDevice(link_device(&roster, key(&invite_key(5)), &phone));
    applies(&mut roster, &body, &[&invite_key(5), &phone.signing]);
    assert_eq!(roster.active(&phone.key()).unwrap().role, Role::Reader);
    let again = cleo().with_device(22);
    let body = Body::LinkDevice(link_device(&roster, key(&invite_key(5)), &again));
    judged(&roster, &body, &[&invite_key(5), &again.signing], "InviteUsed");
    assert_eq!(roster.invite(&team_door).unwrap().state, InviteState::Open);

    // Only for oneself, and as what one is.
    for (member, role) in [(ada().member, Role::Reader), (cleo().member, Role::Editor)] {
        let mut other = invite(&roster, &cleo(), 7, role);
        other.member = Some(member);
        judged(&roster, &Body::Invite(other), &[&cleo().signing], "Role");
    }
}

#[test]
fn rotations_shut_every_invite_and_leaving_the_leavers_own() {
    let mut roster = large();
    let of_ada = invites(&mut roster, &ada(), 5, Role::Reader);
    let of_ben = invites(&mut roster, &ben(), 6, Role::Reader);
    let states = |roster: &Roster| {
        [of_ada, of_ben].map(|door| roster.invite(&door).unwrap().state == InviteState::Open)
    };
    let after = |body: Body, by: &Person| {
        let mut after = roster.clone();
        applies(&mut after, &body, &[&by.signing]);
        states(&after)
    };
    assert_eq!(states(&roster), [true, true]);
    assert_eq!(after(Body::Rotate(rotate(&roster, &ada())), &ada()), [false, false]);
    assert_eq!(after(Body::Remove(remove(&roster, &ada(), &[&cleo()])), &ada()), [false, false]);
    assert_eq!(after(Body::Leave(leave(&roster, &ben())), &ben()), [true, false]);
    assert_eq!(after(Body::Leave(leave(&roster, &cleo())), &cleo()), [true, true]);
    // A role that is taken away takes with it what only it could give.
    let role = |role| Body::SetRole(set_role(&roster, &ada(), &ben(), role));
    assert_eq!(after(role(Role::Reader), &ada()), [true, false]);
    assert_eq!(after(role(Role::Editor), &ada()), [true, true]);
    assert_eq!(after(role(Role::Owner), &ada()), [true, true]);
}

#[test]
fn an_owners_invite_does_not_outlive_the_role() {
    let mut roster = large();
    let door = invites(&mut roster, &dora(), 5, Role::Owner);
    let body = Body::SetRole(set_role(&roster, &ada(), &dora(), Role::Editor));
    applies(&mut roster, &body, &[&ada().signing]);
    let back = Person::numbered(9);
    let body = Body::Join(join(&roster, &back, door));
    judged(&roster, &body, &[&invite_key(5), &back.signing], "InviteRevoked");
}

#[test]
fn whoever_goes_is_out_at_once_and_their_keys_stay_known() {
    let mut roster = large();
    let body = Body::Leave(leave(&roster, &ben()));
    let mut left = roster.clone();
    applies(&mut left, &body, &[&ben().signing]);
    assert!(left.owes_rotation());
    assert_eq!(left.epoch(), roster.epoch());
    for device in [ben(), ben().with_device(12)] {
        assert_eq!(left.active(&device.key()), None);
        assert!(!left.may_append(&device.key(), RowKind::Roster));
        let removal = left.removal(&device.key()).unwrap();
        assert_eq!((removal.record, removal.left, removal.wipe), (left.head(), true, false));
    }
    assert_eq!(left.removal(&ada().key()), None);
    assert_eq!(left.removal(&Person::numbered(9).key()), None);
    judged(&left, &Body::Leave(leave(&left, &ben())), &[&ben().signing], "NotActive");

    let mut body = remove(&roster, &ada(), &[&ben()]);
    body.wipe = true;
    let applied = roster.apply(&signed(&Body::Remove(body), &[&ada().signing])).unwrap();
    assert_eq!(applied, Applied::Removed { epoch: 3 });
    assert_eq!(roster.epoch_record(3), Some(roster.head()));
    assert!(!roster.owes_rotation());
    let removal = roster.removal(&ben().key()).unwrap();
    assert_eq!((removal.record, removal.left, removal.wipe), (roster.head(), false, true));
    // The other device goes on, so the member does.
    assert!(roster.member(&ben().member).is_some());
    // Nobody comes back with an old key.
    let door = invites(&mut roster, &ada(), 8, Role::Editor);
    let back = Person { member: Person::numbered(9).member, ..ben() };
    let body = Body::Join(join(&roster, &back, door));
    judged(&roster, &body, &[&invite_key(8), &back.signing], "KeyKnown");
}

#[test]
fn a_kit_goes_with_whoever_may_know_it() {
    let roster = large();
    let ada_s = [&ada().signing];
    let with = |whom: &[&Person], recovery: Option<Recovery>| {
        let mut body = remove(&roster, &ada(), whom);
        body.rotation.recovery = recovery;
        Body::Remove(body)
    };
    // Dora is an owner, Ben never was one.
    judged(&roster, &with(&[&dora()], Some(recovery(1))), &ada_s, "KitExposed");
    judged(&roster, &with(&[&dora()], Some(recovery(2))), &ada_s, "ok");
    judged(&roster, &with(&[&dora()], None), &ada_s, "ok");
    judged(&roster, &with(&[&ben()], Some(recovery(1))), &ada_s, "ok");
    judged(&roster, &with(&[&ben()], Some(recovery(2))), &ada_s, "ok");
    judged(&roster, &with(&[&ben()], None), &ada_s, "Coverage");
    let other_seal = Recovery { seal_key: SealKey([9; 32]), ..recovery(1) };
    judged(&roster, &with(&[&ben()], Some(other_seal)), &ada_s, "KeyKnown");
    let of_a_device = Recovery { key: cleo().key(), ..recovery(2) };
    judged(&roster, &with(&[&ben()], Some(of_a_device)), &ada_s, "KeyKnown");

    // An owner once is enough.
    let mut demoted = roster.clone();
    let body = Body::SetRole(set_role(&demoted, &ada(), &dora(), Role::Reader));
    applies(&mut demoted, &body, &ada_s);
    let mut body = remove(&demoted, &ada(), &[&dora()]);
    body.rotation.recovery = Some(recovery(1));
    judged(&demoted, &Body::Remove(body), &ada_s, "KitExposed");

    // But not of a kit that came later.
    let mut body = rotate(&demoted, &ada());
    body.rotation.recovery = Some(recovery(2));
    applies(&mut demoted, &Body::Rotate(body), &ada_s);
    let mut body = remove(&demoted, &ada(), &[&dora()]);
    assert!(!demoted.exposes_kit(&body.devices));
    body.rotation.recovery = Some(recovery(2));
    judged(&demoted, &Body::Remove(body), &ada_s, "ok");
    // And the first one is nobody's key ever after.
    let mut body = rotate(&demoted, &ada());
    body.rotation.recovery = Some(recovery(1));
    judged(&demoted, &Body::Rotate(body), &ada_s, "KeyKnown");

    // An owner who leaves leaves a debt that includes the kit.
    let mut left = roster.clone();
    applies(&mut left, &Body::Leave(leave(&roster, &dora())), &[&dora().signing]);
    let mut body = rotate(&left, &ada());
    assert_eq!(body.rotation.recovery, None);
    judged(&left, &Body::Rotate(body.clone()), &ada_s, "ok");
    body.rotation.recovery = Some(recovery(1));
    judged(&left, &Body::Rotate(body), &ada_s, "KitExposed");

    // Whoever is no owner makes no kit.
    let ben2 = ben().with_device(12);
    let mut body = remove(&roster, &ben(), &[&ben2]);
    body.rotation.recovery = Some(recovery(2));
    judged(&roster, &Body::Remove(body), &[&ben().signing], "Role");
}

#[test]
fn a_founder_may_bring_a_kit() {
    let mut body = found(&ada());
    body.recovery = Some(recovery(1));
    let roster = Roster::start(&signed(&Body::Found(body), &[&ada().signing])).unwrap();
    let kit = roster.kit().unwrap();
    assert_eq!((kit.key, kit.by, kit.used), (key(&crate::team::kit(1)), ada().member, false));
    assert!(roster.exposes_kit(&[ada().key()]));
    assert_eq!(founded().kit(), None);
}

#[test]
fn only_the_relay_asks_whether_a_devices_invite_has_expired() {
    let mut roster = team();
    let mut own = invite(&roster, &ben(), 5, Role::Editor);
    own.member = Some(ben().member);
    let expires = own.expires;
    applies(&mut roster, &Body::Invite(own), &[&ben().signing]);
    let phone = ben().with_device(21);
    let body = Body::LinkDevice(link_device(&roster, key(&invite_key(5)), &phone));
    let bytes = signed(&body, &[&invite_key(5), &phone.signing]);
    let record = wire::Record::parse(&bytes).unwrap();
    assert!(roster.check_expiry(&record, expires - 1).is_ok());
    let late = roster.check_expiry(&record, expires);
    assert!(matches!(late, Err(RosterError::InviteExpired)));
    assert!(roster.apply(&bytes).is_ok());
}

#[test]
fn the_largest_rotation_fits_a_record() {
    let mut body = rotate(&team_with_kit(1), &ada());
    let sealed = body.rotation.sealed[0].clone();
    body.rotation.sealed = vec![sealed; wire::limits::MAX_DEVICES];
    let record = signed(&Body::Rotate(body), &[&ada().signing]);
    assert!(record.len() <= wire::limits::MAX_RECORD, "{} bytes", record.len());
}
