//! Who belongs to the team, as a device knows it, and what becomes of one that goes.

use device::memory::{Memory, OpenVault, finish};
use device::team::TeamMember;
use device::{Device, Joining, OpenError, Table, Vault, WipeError, WriteError};
use replica::founding::{self, FoundingError};
use replica::{DeviceSecrets, KitSecret, Place, RecoverySheet, unlock};
use wire::{Role, RosterError};

use crate::kit::*;

pub(crate) fn secrets(memory: &Memory) -> DeviceSecrets {
    let wrapped = memory.peek(Table::Keys)["device"].clone();
    DeviceSecrets::decode(&finish(OpenVault::default().unwrap(&wrapped)).unwrap()).unwrap()
}

fn me(device: &Tablet) -> TeamMember {
    device.team().unwrap().members.into_iter().find(|member| member.is_me).unwrap()
}

/// What the engine does when the log says that this device is out.
fn hears_of_it(log: &Log, device: &Tablet) {
    let place = Place {
        roster: log.roster().clone(),
        records: log.records().to_vec(),
        ..device.place().unwrap()
    };
    finish(device.removed(place)).unwrap();
}

#[test]
fn a_page_sees_members_devices_invites_and_the_kit() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let ben = log.join(&anna, &theirs, "Ben");
    log.push(&ben, true);
    log.pull(&anna).unwrap();
    log.invite(&anna);
    let made = anna.rotate(true).unwrap();
    let kit = made.kit.unwrap();
    assert_eq!(anna.recovery_sheet(&kit), None, "not before the record is in the log");
    log.append(&anna, &made.record);
    let sheet = anna.recovery_sheet(&kit).unwrap();
    assert_eq!((sheet.space, sheet.head), (anna.space(), log.roster().head()));
    log.invite(&anna);

    let team = anna.team().unwrap();
    let roles: Vec<_> =
        team.members.iter().map(|it| (it.role, it.is_me, it.devices.len())).collect();
    assert_eq!(roles, [(Role::Owner, true, 1), (Role::Editor, false, 1)]);
    assert!(team.members[0].devices[0].is_this);
    let exposed: Vec<_> = team.members.iter().map(|it| it.devices[0].exposes_kit).collect();
    assert_eq!((exposed, team.epoch), (vec![true, false], 2), "an owner may know the kit");
    assert_eq!(team.invites.len(), 1, "the rotation shut the first");
    assert_eq!(team.kit.map(|it| (it.by, it.used)), Some((anna.member(), false)));
    assert!(!team.owes_rotation && team.removal.is_none());
}

#[test]
fn a_removed_device_knows_it_keeps_its_work_and_can_be_wiped() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let ben = log.join(&anna, &theirs, "Ben");
    new_client(&ben, 1, "Birch");
    crate::objects::attach(&ben, client(1).0, 300_000);
    assert_eq!(theirs.peek(Table::Objects).len(), 3);
    assert!(matches!(finish(ben.wipe()), Err(WipeError::NotRemoved)));
    let stored = theirs.snapshot();
    assert!(anna.remove_member(ben.member(), true).is_err(), "she has not heard of him yet");
    log.pull(&anna).unwrap();

    let removal = anna.remove_member(ben.member(), true).unwrap();
    assert!(removal.kit.is_none());
    log.append(&anna, &removal.record);
    let team = anna.team().unwrap();
    let gone: Vec<_> =
        team.gone.iter().map(|it| (it.member, it.ordinal, it.removal.wipe)).collect();
    assert_eq!((team.members.len(), gone), (1, vec![(ben.member(), 1, true)]));
    assert!(ben.removal().is_none(), "nobody told it yet");
    hears_of_it(&log, &ben);
    let removed = ben.removal().unwrap();
    assert_eq!((removed.wipe, removed.left, removed.record), (true, false, removal.hash));
    assert_eq!((ben.role(), ben.unsynced() > 0), (None, true));
    // It is stored: the next tab knows.
    assert_eq!(open(&theirs).removal(), Some(removed));
    // The keys of later epochs are not for it.
    let ring = unlock::recover_ring(&secrets(&theirs), log.roster(), log.records()).unwrap();
    assert_eq!(ring.len(), 1);
    let stamp = ben.stamp(NOW, "edit");
    let ops = vec![create(touchpoint(1), &[("subject", "Late")])];
    assert!(matches!(finish(ben.write(client(1).0, ops, stamp)), Err(WriteError::NotAllowed)));

    assert_ne!(stored, Memory::new().snapshot());
    finish(ben.wipe()).unwrap();
    for table in Table::ALL {
        assert!(theirs.peek(table).is_empty(), "{}", table.name());
    }
    let opened = finish(Device::open(theirs.tab(), OpenVault::default(), opening()));
    assert!(matches!(opened, Err(OpenError::Nothing)));
}

#[test]
fn keys_of_later_epochs_come_from_the_records() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let ben = log.join(&anna, &theirs, "Ben");
    log.pull(&anna).unwrap();
    for _ in 0..2 {
        let change = anna.rotate(false).unwrap();
        log.append(&anna, &change.record);
    }
    log.pull(&ben).unwrap();
    // In memory, in another tab that reads it again, and in one that opens.
    let tab = open(&theirs);
    let change = anna.rotate(false).unwrap();
    log.append(&anna, &change.record);
    log.pull(&ben).unwrap();
    finish(tab.refresh(&[])).unwrap();
    for device in [&ben, &tab, &open(&theirs)] {
        assert!(device.invite(Role::Reader, u64::MAX).is_ok());
    }
}

#[test]
fn a_second_device_is_the_same_person() {
    let (ours, second) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    log.push(&anna, true);
    let invited = anna.invite_device(u64::MAX).unwrap();
    log.append(&anna, &invited.record);
    let link = anna.invite_link(&invited).unwrap();
    let joining = Joining { link, name: "Anna again".to_owned() };
    let tablet =
        finish(Device::join(second.tab(), OpenVault::default(), opening(), joining)).unwrap();
    let brought = tablet.member();
    let mut rng = <rand_chacha::ChaCha20Rng as rand_core::SeedableRng>::from_seed([9; 32]);
    let linked =
        founding::join(&invited.secret, &secrets(&second), brought, log.roster(), &mut rng)
            .unwrap();
    log.append(&anna, &linked.record);
    let place = Place::at_start(log.roster().clone(), log.records().to_vec());
    finish(tablet.joined(place, linked.ring)).unwrap();
    log.pull(&tablet).unwrap();
    finish(tablet.introduce(NOW)).unwrap();

    assert_eq!((tablet.member(), tablet.role()), (anna.member(), Some(Role::Owner)));
    assert_eq!(tablet.unsynced(), 0, "there is nobody to introduce");
    let own = me(&tablet);
    assert_eq!(own.devices.iter().map(|it| it.is_this).collect::<Vec<_>>(), [false, true]);
    let removal = tablet.remove(vec![anna.device()], false).unwrap();
    log.append(&tablet, &removal.record);
    assert_eq!(me(&tablet).devices.len(), 1);
}

#[test]
fn the_last_owner_cannot_go_and_others_can() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let ben = log.join(&anna, &theirs, "Ben");
    let last = |error| {
        matches!(error, device::TeamError::Founding(FoundingError::Roster(RosterError::LastOwner)))
    };
    assert!(last(anna.leave().unwrap_err()));
    assert!(last(anna.set_role(anna.member(), Role::Reader).unwrap_err()));
    let change = ben.leave().unwrap();
    log.append(&anna, &change.record);
    assert!(anna.team().unwrap().owes_rotation);
    hears_of_it(&log, &ben);
    let removed = ben.removal().unwrap();
    assert_eq!((removed.left, removed.wipe), (true, false));
}

#[test]
fn coming_back_by_the_kit_is_stored_before_it_is_tried() {
    let (ours, second) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    log.push(&anna, true);
    let made = anna.rotate(true).unwrap();
    log.append(&anna, &made.record);
    let kit: KitSecret = made.kit.unwrap();
    let sheet = anna.recovery_sheet(&kit).unwrap();
    let text = sheet.url("https://app.example");
    let sheet = RecoverySheet::parse(&text).unwrap();
    let back =
        finish(Device::recover(second.tab(), OpenVault::default(), opening(), sheet)).unwrap();
    assert!(back.place().is_none());
    assert!(second.peek(Table::Keys).contains_key("recovery"));

    let keys = kit.derive_keys();
    let ring = unlock::recover_ring(&keys, log.roster(), log.records()).unwrap();
    let key = founding::current_key(log.roster(), &ring).unwrap();
    let mut rng = <rand_chacha::ChaCha20Rng as rand_core::SeedableRng>::from_seed([9; 32]);
    let linked =
        founding::link(&keys, &secrets(&second), anna.member(), log.roster(), key, &mut rng)
            .unwrap();
    log.append(&anna, &linked.record);
    let place = Place::at_start(log.roster().clone(), log.records().to_vec());
    finish(back.joined(place, linked.ring)).unwrap();
    log.pull(&back).unwrap();
    assert_eq!((back.member(), back.role()), (anna.member(), Some(Role::Owner)));
    assert!(!second.peek(Table::Keys).contains_key("recovery"), "the sheet is forgotten");
    assert!(back.team().unwrap().kit.unwrap().used);
    assert_eq!(seen(&back), seen(&anna));
    // The lost device goes, and a new kit comes.
    let removal = back.remove(vec![anna.device()], true).unwrap();
    log.append(&back, &removal.record);
    let next = removal.kit.unwrap();
    assert!(back.recovery_sheet(&next).is_some());
    assert!(back.recovery_sheet(&kit).is_none());
}
