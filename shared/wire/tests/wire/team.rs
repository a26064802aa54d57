//! Named people with fixed keys, who sign what a test tells them to.

use ed25519_dalek::{Signer, SigningKey};
use wire::roster::{
    Body, Found, Invite, Join, Leave, LinkDevice, Record, Recovery, Remove, Revoke, Rotate,
    Rotation, Sealed, SetRole,
};
use wire::{DeviceKey, Hash, MemberId, Role, Roster, SealKey};

/// One person with one device.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) signing: SigningKey,
    pub(crate) member: MemberId,
    pub(crate) seal_key: SealKey,
}

pub(crate) fn ada() -> Person {
    Person::numbered(1)
}

pub(crate) fn ben() -> Person {
    Person::numbered(2)
}

pub(crate) fn cleo() -> Person {
    Person::numbered(3)
}

impl Person {
    pub(crate) fn numbered(n: u8) -> Self {
        Self {
            signing: SigningKey::from_bytes(&[n; 32]),
            member: MemberId([n; 16]),
            seal_key: SealKey([n; 32]),
        }
    }

    /// Another device of the same person.
    pub(crate) fn with_device(&self, n: u8) -> Self {
        Self { member: self.member, ..Self::numbered(n) }
    }

    pub(crate) fn key(&self) -> DeviceKey {
        key(&self.signing)
    }
}

pub(crate) fn key(signing: &SigningKey) -> DeviceKey {
    DeviceKey(signing.verifying_key().to_bytes())
}

/// The key that the secret of the `n`-th invite gives.
pub(crate) fn invite_key(n: u8) -> SigningKey {
    SigningKey::from_bytes(&[0x80 | n; 32])
}

pub(crate) fn signed(body: &Body, signers: &[&SigningKey]) -> Vec<u8> {
    let unsigned = Record::unsigned(body);
    let input = unsigned.signing_input();
    let signatures: Vec<_> = signers.iter().map(|key| key.sign(&input).to_bytes()).collect();
    unsigned.assemble(&signatures)
}

pub(crate) fn found(by: &Person) -> Found {
    Found {
        member: by.member,
        device: by.key(),
        seal_key: by.seal_key,
        epoch: 1,
        epoch_commit: Hash([0xc0; 32]),
        sealed_key: vec![0xe1; 80],
        recovery: None,
        nonce: [7; 16],
    }
}

pub(crate) fn invite(roster: &Roster, by: &Person, n: u8, role: Role) -> Invite {
    Invite {
        prev: roster.head(),
        by: by.key(),
        invite_key: key(&invite_key(n)),
        invite_seal: SealKey([0x80 | n; 32]),
        role,
        uses: 1,
        expires: 1_800_000_000_000,
        epoch: roster.epoch(),
        sealed_key: vec![0xe2; 80],
        member: None,
    }
}

pub(crate) fn revoke(roster: &Roster, by: &Person, invite: Hash) -> Revoke {
    Revoke { prev: roster.head(), by: by.key(), invite }
}

pub(crate) fn join(roster: &Roster, who: &Person, invite: Hash) -> Join {
    Join {
        prev: roster.head(),
        invite,
        member: who.member,
        device: who.key(),
        seal_key: who.seal_key,
        epoch: roster.epoch(),
        sealed_key: vec![0xe3; 80],
    }
}

/// Ada's new space.
pub(crate) fn founded() -> Roster {
    let ada = ada();
    Roster::start(&signed(&Body::Found(found(&ada)), &[&ada.signing])).unwrap()
}

/// `by` makes the `n`-th invite; gives its record's hash.
pub(crate) fn invites(roster: &mut Roster, by: &Person, n: u8, role: Role) -> Hash {
    let body = Body::Invite(invite(roster, by, n, role));
    let record = signed(&body, &[&by.signing]);
    roster.apply(&record).unwrap();
    Record::hash_of(&record)
}

/// `who` joins by the `n`-th invite, which has that record hash.
pub(crate) fn joins(roster: &mut Roster, who: &Person, n: u8, invite: Hash) {
    let body = Body::Join(join(roster, who, invite));
    roster.apply(&signed(&body, &[&invite_key(n), &who.signing])).unwrap();
}

/// Ada owns, Ben edits, Cleo reads.
pub(crate) fn team() -> Roster {
    let mut roster = founded();
    let for_ben = invites(&mut roster, &ada(), 1, Role::Editor);
    joins(&mut roster, &ben(), 1, for_ben);
    let for_cleo = invites(&mut roster, &ada(), 2, Role::Reader);
    joins(&mut roster, &cleo(), 2, for_cleo);
    roster
}

pub(crate) fn link_device(roster: &Roster, by: DeviceKey, device: &Person) -> LinkDevice {
    LinkDevice {
        prev: roster.head(),
        by,
        member: device.member,
        device: device.key(),
        seal_key: device.seal_key,
        epoch: roster.epoch(),
        sealed_key: vec![0xe4; 80],
    }
}

pub(crate) fn set_role(roster: &Roster, by: &Person, whose: &Person, role: Role) -> SetRole {
    SetRole { prev: roster.head(), by: by.key(), member: whose.member, role }
}

pub(crate) fn remove(roster: &Roster, by: &Person, whom: &[&Person]) -> Remove {
    let mut devices: Vec<_> = whom.iter().map(|device| device.key()).collect();
    devices.sort_unstable();
    let rotation = rotation(roster, &devices);
    Remove { prev: roster.head(), by: by.key(), devices, wipe: false, rotation }
}

pub(crate) fn leave(roster: &Roster, who: &Person) -> Leave {
    Leave { prev: roster.head(), by: who.key() }
}

pub(crate) fn rotate(roster: &Roster, by: &Person) -> Rotate {
    Rotate { prev: roster.head(), by: by.key(), rotation: rotation(roster, &[]) }
}

/// The next epoch without those devices. The kit stays if it may.
pub(crate) fn rotation(roster: &Roster, going: &[DeviceKey]) -> Rotation {
    let stay = roster.devices().filter(|device| !going.contains(&device.key));
    let kit = roster.kit().filter(|_| !roster.exposes_kit(going));
    let epoch = roster.epoch() + 1;
    Rotation {
        epoch,
        epoch_commit: Hash([0xc0 | epoch as u8; 32]),
        sealed: stay
            .map(|device| Sealed { device: device.key, sealed_key: vec![0xe5; 80] })
            .collect(),
        recovery: kit.map(|kit| Recovery {
            key: kit.key,
            seal_key: kit.seal_key,
            sealed_key: vec![0xe0; 80],
        }),
        previous: vec![0xe6; 72],
    }
}

/// The `n`-th recovery kit.
pub(crate) fn kit(n: u8) -> SigningKey {
    SigningKey::from_bytes(&[0x60 | n; 32])
}

pub(crate) fn recovery(n: u8) -> Recovery {
    Recovery { key: key(&kit(n)), seal_key: SealKey([0x60 | n; 32]), sealed_key: vec![0xe0; 80] }
}

/// Applies what must be allowed.
pub(crate) fn applies(roster: &mut Roster, body: &Body, signers: &[&SigningKey]) -> Hash {
    let record = signed(body, signers);
    roster.apply(&record).unwrap();
    Record::hash_of(&record)
}

/// The team with the `n`-th recovery kit.
pub(crate) fn team_with_kit(n: u8) -> Roster {
    let mut roster = team();
    let mut body = rotate(&roster, &ada());
    body.rotation.recovery = Some(recovery(n));
    applies(&mut roster, &Body::Rotate(body), &[&ada().signing]);
    roster
}
