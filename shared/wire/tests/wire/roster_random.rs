//! Whatever a team decides, and in whatever order: what must hold of every roster holds.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use wire::roster::Body;
use wire::{Applied, DeviceKey, Role, Roster};

use crate::team::{
    Person, ada, founded, invite, invite_key, join, key, kit, leave, link_device, recovery, remove,
    rotate, set_role, signed,
};

/// Something that somebody tries. Who, with whom, and how it is chosen by index.
#[derive(Clone, Debug)]
enum Try {
    Join(Index, u8),
    Link(Index),
    SetRole(Index, Index, u8),
    Remove(Index, Vec<Index>, bool),
    Leave(Index),
    Rotate(Index, bool),
    Recover(Index),
}

fn attempt() -> impl Strategy<Value = Try> {
    let who = any::<Index>;
    prop_oneof![
        4 => (who(), 0u8..3).prop_map(|(by, role)| Try::Join(by, role)),
        3 => who().prop_map(Try::Link),
        2 => (who(), who(), 0u8..3).prop_map(|(by, whose, role)| Try::SetRole(by, whose, role)),
        4 => (who(), vec(who(), 1..4), any::<bool>())
            .prop_map(|(by, whom, kit)| Try::Remove(by, whom, kit)),
        1 => who().prop_map(Try::Leave),
        1 => (who(), any::<bool>()).prop_map(|(by, kit)| Try::Rotate(by, kit)),
        1 => who().prop_map(Try::Recover),
    ]
}

/// The team, and everybody who ever had a device.
struct World {
    roster: Roster,
    people: Vec<Person>,
    next: u8,
    kits: u8,
}

impl World {
    fn newcomer(&mut self, of: Option<&Person>) -> Person {
        self.next += 1;
        match of {
            Some(person) => person.with_device(self.next),
            None => Person::numbered(self.next),
        }
    }

    fn try_record(&mut self, body: &Body, signers: &[&ed25519_dalek::SigningKey]) -> bool {
        let before = self.roster.clone();
        match self.roster.apply(&signed(body, signers)) {
            Ok(applied) => {
                self.holds(&before, body, &applied);
                true
            }
            Err(_) => {
                assert_eq!(self.roster, before, "a refusal leaves no trace");
                false
            }
        }
    }

    fn go(&mut self, what: &Try) {
        let of =
            |index: &Index, world: &Self| world.people[index.index(world.people.len())].clone();
        let role = |n: u8| [Role::Owner, Role::Editor, Role::Reader][usize::from(n)];
        match what {
            Try::Join(by, as_what) => {
                let by = of(by, self);
                let new = self.newcomer(None);
                let door = invite(&self.roster, &by, new.seal_key.0[0], role(*as_what));
                let door_key = invite_key(new.seal_key.0[0]);
                if self.try_record(&Body::Invite(door), &[&by.signing]) {
                    let body = Body::Join(join(&self.roster, &new, self.roster.head()));
                    assert!(self.try_record(&body, &[&door_key, &new.signing]));
                    self.people.push(new);
                }
            }
            Try::Link(by) => {
                let by = of(by, self);
                let new = self.newcomer(Some(&by));
                let body = Body::LinkDevice(link_device(&self.roster, by.key(), &new));
                if self.try_record(&body, &[&by.signing, &new.signing]) {
                    self.people.push(new);
                }
            }
            Try::SetRole(by, whose, new) => {
                let (by, whose) = (of(by, self), of(whose, self));
                let body = Body::SetRole(set_role(&self.roster, &by, &whose, role(*new)));
                self.try_record(&body, &[&by.signing]);
            }
            Try::Remove(by, whom, kit) => {
                let by = of(by, self);
                let whom: Vec<Person> = whom.iter().map(|index| of(index, self)).collect();
                let mut body = remove(&self.roster, &by, &whom.iter().collect::<Vec<_>>());
                body.devices.dedup();
                if *kit {
                    self.kits += 1;
                    body.rotation.recovery = Some(recovery(self.kits));
                }
                self.try_record(&Body::Remove(body), &[&by.signing]);
            }
            Try::Leave(who) => {
                let who = of(who, self);
                self.try_record(&Body::Leave(leave(&self.roster, &who)), &[&who.signing]);
            }
            Try::Rotate(by, kit) => {
                let by = of(by, self);
                let mut body = rotate(&self.roster, &by);
                if *kit {
                    self.kits += 1;
                    body.rotation.recovery = Some(recovery(self.kits));
                }
                self.try_record(&Body::Rotate(body), &[&by.signing]);
            }
            Try::Recover(whose) => {
                let whose = of(whose, self);
                let new = self.newcomer(Some(&whose));
                let kit = kit(self.kits);
                let body = Body::LinkDevice(link_device(&self.roster, key(&kit), &new));
                if self.try_record(&body, &[&kit, &new.signing]) {
                    self.people.push(new);
                }
            }
        }
    }

    /// What every record that counts leaves behind.
    fn holds(&self, before: &Roster, body: &Body, applied: &Applied) {
        let roster = &self.roster;
        let here: BTreeSet<DeviceKey> = roster.devices().map(|device| device.key).collect();
        assert!(roster.devices().any(|device| device.role == Role::Owner), "an owner remains");
        for (gone, _) in before.gone_devices() {
            assert!(!here.contains(&gone.key), "nobody comes back");
            assert!(roster.removal(&gone.key).is_some(), "and their keys stay known");
        }
        let begun = matches!(applied, Applied::Removed { .. } | Applied::Rotated { .. });
        assert_eq!(roster.epoch(), before.epoch() + u32::from(begun));
        if let Some(rotation) = body.rotation() {
            let sealed: BTreeSet<_> = rotation.sealed.iter().map(|sealed| sealed.device).collect();
            assert_eq!(sealed, here, "everybody who stays gets the key, and nobody else");
            assert_eq!(
                roster.kit().map(|kit| kit.key),
                rotation.recovery.as_ref().map(|it| it.key)
            );
            assert!(!roster.owes_rotation());
            assert!(roster.invites().all(|(_, it)| it.state != wire::InviteState::Open));
        }
        let lost = before.devices().any(|device| !here.contains(&device.key));
        assert!(!lost || begun || roster.owes_rotation(), "who goes is followed by a new key");
        if let Body::Remove(remove) = body {
            assert!(here.contains(&remove.by), "the author stays");
            let by = before.active(&remove.by).unwrap();
            let own = |key| before.active(key).unwrap().member == by.member;
            assert!(by.role == Role::Owner || remove.devices.iter().all(own));
        }
        assert_eq!(&Roster::decode(&roster.encode()).unwrap(), roster);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_roster_keeps_its_rules(tries in vec(attempt(), 1..40)) {
        let mut world = World { roster: founded(), people: vec![ada()], next: 1, kits: 0 };
        for what in &tries {
            world.go(what);
        }
    }
}
