//! Stories and rules of the roster.

use wire::roster::{Body, Record};
use wire::{Applied, InviteState, Role, Roster, RosterError, RowKind};

use crate::team::{
    Person, ada, ben, cleo, found, founded, invite, invite_key, invites, join, joins, key, revoke,
    signed, team,
};

/// The record is refused for that reason, and leaves no trace.
macro_rules! refused {
    ($roster:expr, $record:expr, $reason:pat) => {{
        let mut after = $roster.clone();
        let outcome = after.apply(&$record);
        assert!(matches!(outcome, Err($reason)), "{outcome:?}");
        assert_eq!(after, $roster);
    }};
}

#[test]
fn a_team_comes_together() {
    let roster = team();
    let role = |who: &Person| roster.active(&who.key()).map(|d| (d.role, d.ordinal, d.member));
    assert_eq!(role(&ada()), Some((Role::Owner, 0, ada().member)));
    assert_eq!(role(&ben()), Some((Role::Editor, 1, ben().member)));
    assert_eq!(role(&cleo()), Some((Role::Reader, 2, cleo().member)));
    assert_eq!(role(&Person::numbered(4)), None);
    assert_eq!(roster.devices().count(), 3);
    assert_eq!(roster.members().count(), 3);
    assert_eq!(roster.records().len(), 5);
    assert_eq!(roster.records().last(), Some(&roster.head()));
    assert_eq!(roster.space(), founded().space());
    assert_eq!(roster.epoch(), 1);
    assert_eq!(roster.epoch_commit(1), Some(found(&ada()).epoch_commit));
    assert_eq!(roster.epoch_record(1), roster.records().first().copied());
    assert_eq!(roster.epoch_commit(2), None);
}

#[test]
fn the_same_records_give_the_same_roster() {
    assert_eq!(team().encode(), team().encode());
    assert_eq!(Roster::decode(&team().encode()).unwrap(), team());
}

#[test]
fn only_a_founder_begins_a_roster() {
    let ada = ada();
    let starts =
        |found, signer: &Person| Roster::start(&signed(&Body::Found(found), &[&signer.signing]));
    assert!(starts(found(&ada), &ada).is_ok());
    assert!(matches!(starts(found(&ada), &ben()), Err(RosterError::Signature(_))));
    let mut later = found(&ada);
    later.epoch = 2;
    assert!(matches!(starts(later, &ada), Err(RosterError::Epoch { current: 1 })));

    let unsigned = signed(&Body::Found(found(&ada)), &[]);
    assert!(matches!(Roster::start(&unsigned), Err(RosterError::Malformed(_))));
    let twice = signed(&Body::Found(found(&ada)), &[&ada.signing, &ada.signing]);
    assert!(matches!(Roster::start(&twice), Err(RosterError::Malformed(_))));

    let invite = signed(&Body::Invite(invite(&founded(), &ada, 1, Role::Reader)), &[&ada.signing]);
    assert!(matches!(Roster::start(&invite), Err(RosterError::NotFound)));
    let again = signed(&Body::Found(found(&ben())), &[&ben().signing]);
    refused!(founded(), again, RosterError::FoundTwice);
}

#[test]
fn two_spaces_of_one_founder_differ_by_their_nonce() {
    let ada = ada();
    let mut other = found(&ada);
    other.nonce = [8; 16];
    let other = Roster::start(&signed(&Body::Found(other), &[&ada.signing])).unwrap();
    assert_ne!(other.space(), founded().space());
}

#[test]
fn an_invite_gives_no_more_than_its_maker_has() {
    let roster = team();
    for (by, role, allowed) in [
        (ada(), Role::Owner, true),
        (ada(), Role::Editor, true),
        (ada(), Role::Reader, true),
        (ben(), Role::Owner, false),
        (ben(), Role::Editor, true),
        (ben(), Role::Reader, true),
        (cleo(), Role::Owner, false),
        (cleo(), Role::Editor, false),
        (cleo(), Role::Reader, false),
    ] {
        let record = signed(&Body::Invite(invite(&roster, &by, 9, role)), &[&by.signing]);
        if allowed {
            let applied = roster.clone().apply(&record).unwrap();
            assert_eq!(applied, Applied::Invited { invite: Record::hash_of(&record) });
        } else {
            refused!(roster, record, RosterError::Role);
        }
    }
}

#[test]
fn an_invite_must_be_sound() {
    let roster = team();
    let ada = ada();
    let sound = invite(&roster, &ada, 9, Role::Reader);
    let by_ada = |invite| signed(&Body::Invite(invite), &[&ada.signing]);

    let stranger = Person::numbered(4);
    let by_stranger = invite(&roster, &stranger, 9, Role::Reader);
    let by_stranger = signed(&Body::Invite(by_stranger), &[&stranger.signing]);
    refused!(roster, by_stranger, RosterError::NotActive);

    let by_ben = signed(&Body::Invite(sound.clone()), &[&ben().signing]);
    refused!(roster, by_ben, RosterError::Signature(_));

    for uses in [0, 2, u16::MAX] {
        refused!(roster, by_ada(wire::roster::Invite { uses, ..sound.clone() }), RosterError::Uses);
    }
    for epoch in [0, 2] {
        let other = wire::roster::Invite { epoch, ..sound.clone() };
        refused!(roster, by_ada(other), RosterError::Epoch { current: 1 });
    }
    for known in [ada.key(), ben().key(), key(&invite_key(1))] {
        let other = wire::roster::Invite { invite_key: known, ..sound.clone() };
        refused!(roster, by_ada(other), RosterError::KeyKnown);
    }
}

#[test]
fn records_follow_on_the_head() {
    let mut roster = founded();
    let ada = ada();
    let one = signed(&Body::Invite(invite(&roster, &ada, 1, Role::Editor)), &[&ada.signing]);
    let two = signed(&Body::Invite(invite(&roster, &ada, 2, Role::Editor)), &[&ada.signing]);
    roster.apply(&one).unwrap();
    let head = roster.head();
    assert_eq!(head, Record::hash_of(&one));
    refused!(roster, two, RosterError::WrongHead { .. });
    refused!(roster, one, RosterError::WrongHead { .. });

    let mut elsewhere = found(&ada);
    elsewhere.nonce = [8; 16];
    let other = Roster::start(&signed(&Body::Found(elsewhere), &[&ada.signing])).unwrap();
    let foreign = signed(&Body::Invite(invite(&other, &ada, 3, Role::Editor)), &[&ada.signing]);
    refused!(roster, foreign, RosterError::WrongHead { .. });
}

#[test]
fn an_invite_serves_once() {
    let mut roster = founded();
    let door = invites(&mut roster, &ada(), 1, Role::Editor);
    assert_eq!(roster.invite(&door).unwrap().state, InviteState::Open);
    joins(&mut roster, &ben(), 1, door);
    assert_eq!(roster.invite(&door).unwrap().state, InviteState::Used { device: ben().key() });
    let late = Body::Join(join(&roster, &cleo(), door));
    refused!(roster, signed(&late, &[&invite_key(1), &cleo().signing]), RosterError::InviteUsed);
    let shut = Body::Revoke(revoke(&roster, &ada(), door));
    refused!(roster, signed(&shut, &[&ada().signing]), RosterError::InviteUsed);
}

#[test]
fn an_invite_taken_back_is_shut() {
    let mut roster = founded();
    let door = invites(&mut roster, &ada(), 1, Role::Editor);
    let shut = signed(&Body::Revoke(revoke(&roster, &ada(), door)), &[&ada().signing]);
    assert_eq!(roster.apply(&shut).unwrap(), Applied::Revoked { invite: door });
    assert_eq!(roster.invite(&door).unwrap().state, InviteState::Revoked);
    let late = Body::Join(join(&roster, &ben(), door));
    refused!(roster, signed(&late, &[&invite_key(1), &ben().signing]), RosterError::InviteRevoked);
    let again = Body::Revoke(revoke(&roster, &ada(), door));
    refused!(roster, signed(&again, &[&ada().signing]), RosterError::InviteRevoked);
}

#[test]
fn owners_take_back_any_invite_and_editors_their_own() {
    let mut roster = team();
    let of_ada = invites(&mut roster, &ada(), 8, Role::Reader);
    let of_ben = invites(&mut roster, &ben(), 9, Role::Reader);
    for (by, door, allowed) in [
        (ada(), of_ada, true),
        (ada(), of_ben, true),
        (ben(), of_ben, true),
        (ben(), of_ada, false),
        (cleo(), of_ada, false),
    ] {
        let record = signed(&Body::Revoke(revoke(&roster, &by, door)), &[&by.signing]);
        if allowed {
            assert!(roster.clone().apply(&record).is_ok());
        } else {
            refused!(roster, record, RosterError::Role);
        }
    }
    let record = signed(&Body::Revoke(revoke(&roster, &ada(), roster.head())), &[&ben().signing]);
    refused!(roster, record, RosterError::Signature(_));
    let none = signed(&Body::Revoke(revoke(&roster, &ada(), wire::Hash::ZERO)), &[&ada().signing]);
    refused!(roster, none, RosterError::InviteUnknown);
}

#[test]
fn joining_takes_both_keys() {
    let mut roster = founded();
    let door = invites(&mut roster, &ada(), 1, Role::Editor);
    let (ben, secret) = (ben(), invite_key(1));
    let body = Body::Join(join(&roster, &ben, door));
    assert!(roster.clone().apply(&signed(&body, &[&secret, &ben.signing])).is_ok());
    for signers in [
        vec![&ben.signing, &secret],
        vec![&ben.signing, &ben.signing],
        vec![&secret, &secret],
        vec![&secret, &ada().signing],
        vec![&invite_key(2), &ben.signing],
    ] {
        refused!(roster, signed(&body, &signers), RosterError::Signature(_));
    }
    for signers in [vec![], vec![&secret], vec![&secret, &ben.signing, &ben.signing]] {
        refused!(roster, signed(&body, &signers), RosterError::Malformed(_));
    }
}

#[test]
fn a_newcomer_is_new() {
    let mut roster = team();
    let door = invites(&mut roster, &ada(), 9, Role::Editor);
    let (dora, secret) = (Person::numbered(4), invite_key(9));
    let sound = join(&roster, &dora, door);
    let signed_by = |join, device: &Person| signed(&Body::Join(join), &[&secret, &device.signing]);

    let as_ada = wire::roster::Join { member: ada().member, ..sound.clone() };
    refused!(roster, signed_by(as_ada, &dora), RosterError::MemberKnown);
    let with_bens_device = wire::roster::Join { device: ben().key(), ..sound.clone() };
    refused!(roster, signed_by(with_bens_device, &ben()), RosterError::KeyKnown);
    let door_as_device = wire::roster::Join { device: key(&secret), ..sound.clone() };
    let by_door = Person { signing: secret.clone(), ..Person::numbered(4) };
    refused!(roster, signed_by(door_as_device, &by_door), RosterError::KeyKnown);
    let old_epoch = wire::roster::Join { epoch: 0, ..sound.clone() };
    refused!(roster, signed_by(old_epoch, &dora), RosterError::Epoch { current: 1 });
    let no_door = wire::roster::Join { invite: roster.space().0.into(), ..sound.clone() };
    refused!(roster, signed_by(no_door, &dora), RosterError::InviteUnknown);

    let applied = roster.apply(&signed_by(sound, &dora)).unwrap();
    let Applied::Joined { device, invite } = applied else { panic!("{applied:?}") };
    assert_eq!((invite, device.key, device.role), (door, dora.key(), Role::Editor));
    assert_eq!(roster.active(&dora.key()), Some(device));
}

#[test]
fn only_the_relay_looks_at_the_clock() {
    let mut roster = founded();
    let door = invites(&mut roster, &ada(), 1, Role::Editor);
    let expires = roster.invite(&door).unwrap().invite.expires;
    let body = Body::Join(join(&roster, &ben(), door));
    let bytes = signed(&body, &[&invite_key(1), &ben().signing]);
    let record = Record::parse(&bytes).unwrap();
    assert!(roster.check_expiry(&record, expires - 1).is_ok());
    for now in [expires, expires + 1, u64::MAX] {
        let late = roster.check_expiry(&record, now);
        assert!(matches!(late, Err(RosterError::InviteExpired)));
    }
    let other = Body::Revoke(revoke(&roster, &ada(), door));
    let other = Record::parse(&signed(&other, &[&ada().signing])).unwrap();
    assert!(roster.check_expiry(&other, u64::MAX).is_ok());
    assert!(roster.apply(&bytes).is_ok());
}

#[test]
fn an_invite_is_known_by_its_key() {
    let mut roster = founded();
    let door = invites(&mut roster, &ada(), 1, Role::Editor);
    let (hash, status) = roster.invite_by_key(&key(&invite_key(1))).unwrap();
    assert_eq!((hash, status.invite.by), (door, ada().key()));
    assert!(roster.invite_by_key(&ada().key()).is_none());
    assert!(roster.active(&key(&invite_key(1))).is_none());
}

#[test]
fn open_invites_end_somewhere() {
    let mut roster = founded();
    let first = invites(&mut roster, &ada(), 0, Role::Reader);
    let signing = |n: u8| ed25519_dalek::SigningKey::from_bytes(&[0x40 | n; 32]);
    let numbered = |roster: &Roster, n: u8| {
        let sound = invite(roster, &ada(), 0, Role::Reader);
        let body = wire::roster::Invite { invite_key: key(&signing(n)), ..sound };
        signed(&Body::Invite(body), &[&ada().signing])
    };
    for n in 1..u8::try_from(wire::limits::MAX_OPEN_INVITES).unwrap() {
        let record = numbered(&roster, n);
        roster.apply(&record).unwrap();
    }
    let one_more = |roster: &Roster| {
        let body = invite(roster, &ada(), 99, Role::Reader);
        signed(&Body::Invite(body), &[&ada().signing])
    };
    refused!(roster, one_more(&roster), RosterError::Full);
    let shut = signed(&Body::Revoke(revoke(&roster, &ada(), first)), &[&ada().signing]);
    roster.apply(&shut).unwrap();
    let record = one_more(&roster);
    assert!(roster.apply(&record).is_ok());
}

#[test]
fn roles_say_who_appends_what() {
    let roster = team();
    let (all, writers) = ([true; 3], [true, true, false]);
    let (owners, nobody) = ([true, false, false], [false; 3]);
    for (kind, allowed) in [
        (RowKind::Roster, all),
        (RowKind::Attest, all),
        (RowKind::Changes, writers),
        (RowKind::Snapshot, writers),
        (RowKind::Unknown(99), writers),
        (RowKind::Generation, owners),
        (RowKind::Life, nobody),
    ] {
        let may = [ada(), ben(), cleo()].map(|who| roster.may_append(&who.key(), kind));
        assert_eq!(may, allowed, "{kind:?}");
        assert!(!roster.may_append(&Person::numbered(4).key(), kind));
    }
}
