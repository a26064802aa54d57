//! The team changes in the storm: people go, leave, change roles, lose everything and come back with
//! a sheet of paper.

use std::rc::Rc;

use device::memory::finish;
use device::sync::LinkEvent;
use device::team::{Change, TeamError};
use device::{Device, Opening, Storage, Table, Vault};
use replica::{LinkState, StopReason};
use wire::{DeviceKey, Refusal, Role, Roster};

use super::act;
use super::erase;
use super::planted::Bug;
use super::profile::{Beginning, Profile};
use super::tab::{Own, Tab};
use super::world::World;

/// How long somebody waits for the relay's answer, milliseconds.
const PATIENCE: u64 = 60_000;

/// How often they look, milliseconds.
const LOOK: u64 = 40;

/// Devices that a team keeps.
const FEWEST: usize = 1;

/// How many are asked whether they want to change something.
const ASKED: usize = 4;

/// Profiles that a world has at most.
const MOST: usize = 8;

/// Something about the team changes, if it can.
pub(super) fn change(world: &Rc<World>) {
    if world.dice.chance(120) {
        return recover(world);
    }
    let profiles = world.profiles.borrow().clone();
    let hosts: Vec<Rc<Tab>> = profiles.iter().flat_map(|profile| profile.drivers()).collect();
    let wish = |_| {
        let host = world.dice.pick(&hosts)?;
        let device = host.open_device()?;
        let wish = Wish::of(world, &device)?;
        Some((host, device, wish))
    };
    let Some((host, device, wish)) = (0..ASKED).find_map(wish) else { return };
    world.note(format!("{} wants: {wish:?}", host.name()));
    world.spawn(&host, hand_in(Rc::clone(world), Rc::clone(&host), device, wish));
}

/// What somebody decides.
#[derive(Clone, Debug)]
enum Wish {
    Remove(Vec<wire::DeviceKey>, bool),
    Leave,
    SetRole(wire::MemberId, Role),
    Rotate { new_kit: bool },
}

impl Wish {
    /// Something that this device may do, as far as it knows.
    fn of(world: &World, device: &Own) -> Option<Self> {
        let dice = &world.dice;
        let team = device.team()?;
        let role = device.role()?;
        let count: usize = team.members.iter().map(|member| member.devices.len()).sum();
        let spare = count.saturating_sub(FEWEST);
        let me = team.members.iter().find(|member| member.is_me)?;
        let own: Vec<_> = me.devices.iter().filter(|it| !it.is_this).map(|it| it.key).collect();
        if role < Role::Owner {
            return match dice.below(3) {
                0 if me.devices.len() <= spare => Some(Self::Leave),
                1 if spare > 0 => Some(Self::Remove(vec![dice.pick(&own)?], dice.chance(500))),
                _ => None,
            };
        }
        if team.kit.is_some_and(|kit| kit.used) && dice.chance(700) {
            // Somebody came back by the kit: what was lost goes, and another kit comes.
            return match dice.pick(&own) {
                Some(lost) if spare > 0 => Some(Self::Remove(vec![lost], true)),
                _ => Some(Self::Rotate { new_kit: true }),
            };
        }
        let others: Vec<_> = team.members.iter().filter(|member| !member.is_me).collect();
        match dice.below(10) {
            0..3 if spare > 0 => {
                let whom = dice.pick(&others)?;
                let mut devices: Vec<_> = whom.devices.iter().map(|it| it.key).collect();
                devices.truncate(spare);
                Some(Self::Remove(devices, dice.chance(500)))
            }
            3 | 4 if me.devices.len() <= spare => Some(Self::Leave),
            5 | 6 => {
                let role = if dice.chance(600) { Role::Owner } else { Role::Editor };
                Some(Self::SetRole(dice.pick(&team.members)?.id, role))
            }
            7..10 => Some(Self::Rotate { new_kit: dice.chance(700) }),
            _ => None,
        }
    }

    fn record(&self, device: &Own) -> Result<Change, TeamError> {
        match self.clone() {
            Self::Remove(devices, wipe) => device.remove(devices, wipe),
            Self::Leave => device.leave(),
            Self::SetRole(member, role) => device.set_role(member, role),
            Self::Rotate { new_kit } => device.rotate(new_kit),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Remove(..) => "removals",
            Self::Leave => "leaves",
            Self::SetRole(..) => "roles set",
            Self::Rotate { .. } => "rotations by hand",
        }
    }
}

/// The record goes to the relay; once more if the roster has gone on meanwhile. A kit that comes
/// with it is printed when it counts.
async fn hand_in(world: Rc<World>, tab: Rc<Tab>, device: Rc<Own>, wish: Wish) {
    let until = world.now() + PATIENCE;
    // Somebody makes a backup just before, and sometimes it is needed just after.
    if world.dice.chance(300) {
        world.relay.borrow_mut().remember();
    }
    while world.now() < until {
        let Ok(change) = wish.record(&device) else { return };
        tab.tell(LinkEvent::Record(change.record.clone()));
        let done = loop {
            if world.now() >= until {
                return;
            }
            let outcome = tab.records.borrow_mut().remove(&change.hash);
            match outcome {
                Some(outcome) => break outcome,
                None => world.pause(LOOK).await,
            }
        };
        match done {
            Ok(_) => {
                world.count(wish.name());
                if world.dice.chance(250) {
                    world.pause(world.dice.between(0, 3000)).await;
                    act::restore(&world);
                }
            }
            Err(Refusal::RosterHead { .. }) => {
                world.count("records made anew");
                world.pause(LOOK * 5).await;
                continue;
            }
            Err(refusal) => {
                world.note(format!("{}: {wish:?}: {refusal}", tab.name()));
                world.count("records refused");
                return;
            }
        }
        let Some(kit) = change.kit else { return };
        while world.now() < until {
            if let Some(sheet) = device.recovery_sheet(&kit) {
                world.count("recovery sheets printed");
                *world.sheet.borrow_mut() = Some(sheet);
                return;
            }
            world.pause(LOOK).await;
        }
        return;
    }
}

/// Somebody takes the sheet out of the safe, on a new computer.
fn recover(world: &Rc<World>) {
    let mut profiles = world.profiles.borrow_mut();
    let Some(sheet) = world.sheet.borrow().clone().filter(|_| profiles.len() < MOST) else {
        return;
    };
    let back = Profile::new(profiles.len(), "Back", 1, Beginning::Recovers(sheet));
    back.opens_at.set(Some(world.now() + world.dice.between(0, 5000)));
    world.note("somebody comes back with the recovery sheet".to_owned());
    world.count("recoveries begun");
    profiles.push(Rc::new(back));
}

/// Whether somebody who is an owner by that roster goes on working.
pub(super) fn has_an_owner(world: &World, roster: &Roster) -> bool {
    let owns = |profile: &Rc<Profile>| {
        let own = profile.key().and_then(|key| roster.active(&key));
        !profile.gone.get() && own.is_some_and(|own| own.role == Role::Owner)
    };
    world.profiles.borrow().iter().any(owns)
}

/// Whether nobody is left who could put right what was lost: by the relay's roster only people own the team
/// who had been removed in what it lost, whether they have heard of that or others have.
pub(super) fn is_orphaned(world: &World) -> bool {
    let relay = world.relay.borrow();
    let Some(roster) = relay.roster.as_ref().filter(|_| relay.restored) else { return false };
    let profiles = world.profiles.borrow();
    let staying = || profiles.iter().filter(|profile| !profile.gone.get());
    let removed: Vec<DeviceKey> = staying()
        .filter_map(|profile| profile.place())
        .flat_map(|place| place.lost.returned(roster).map(|(key, _)| key).collect::<Vec<_>>())
        .collect();
    let owns = |profile: &Rc<Profile>| {
        let own = profile.key().and_then(|key| roster.active(&key));
        own.is_some_and(|own| own.role == Role::Owner && !removed.contains(&own.key))
    };
    !staying().any(owns)
}

/// Somebody whose device sends nothing, because the log counts people whom the team had removed, or because
/// it lost the role in which they wrote, calls an owner who had not heard of that. So does whoever has something
/// to append for an erasure, which owners only do.
pub(super) fn call_an_owner(world: &Rc<World>) {
    let now = world.now();
    let profiles = world.profiles.borrow().clone();
    let parted = |tab: &Rc<Tab>| *tab.link.borrow() == Some(LinkState::Parted);
    for profile in &profiles {
        let held = LinkState::Held(Refusal::Role);
        let demoted = |tab: &Rc<Tab>| *tab.link.borrow() == Some(held.clone());
        let drivers = profile.drivers();
        let [parted, demoted] = [drivers.iter().any(parted), drivers.iter().any(demoted)];
        let erasing = drivers.iter().any(|tab| waits_for_an_owner(profile, tab));
        if !parted && !demoted && !erasing || now < profile.called_until.get() {
            continue;
        }
        let Some(place) = profile.place() else { continue };
        let own = profile.key().and_then(|key| place.roster.active(&key));
        let back: Vec<_> = place.lost.returned(&place.roster).collect();
        let hosts: Vec<Rc<Tab>> = profiles.iter().flat_map(|profile| profile.drivers()).collect();
        let may = |tab: &&Rc<Tab>| {
            let device = tab.open_device().filter(|it| it.role() == Some(Role::Owner));
            device.is_some_and(|it| back.iter().all(|(key, _)| *key != it.device()))
        };
        let hosts: Vec<_> = hosts.iter().filter(may).cloned().collect();
        let Some(host) = world.dice.pick(&hosts) else { continue };
        let Some(device) = host.open_device() else { continue };
        profile.called_until.set(now + PATIENCE);
        let wish = match own {
            // A role that was given in what the relay lost.
            Some(own) if demoted => Wish::SetRole(own.member, Role::Editor),
            Some(own) if !parted => Wish::SetRole(own.member, Role::Owner),
            _ => Wish::Remove(back.into_iter().map(|(key, _)| key).collect(), false),
        };
        world.note(format!("{} is called: {wish:?}", host.name()));
        world.count("owners called because of a lost removal");
        world.spawn(&host, hand_in(Rc::clone(world), Rc::clone(&host), device, wish));
    }
}

/// Whether an erasure that was asked for as an owner cannot go on, or the relay was restored to before one, so
/// that what was written since has nowhere to go.
fn waits_for_an_owner(profile: &Profile, tab: &Rc<Tab>) -> bool {
    let live = *tab.link.borrow() == Some(LinkState::Live);
    tab.open_device().is_some_and(|device| {
        let waits = device.unsynced() > 0 || erase::waits(profile);
        live && waits && device.role().is_some_and(|role| role < Role::Owner)
    })
}

/// Whoever has heard that they were removed closes the app for good. Some let it delete everything,
/// and may be asked in again. Says whether tabs were closed.
pub(super) fn go(world: &World, profile: &Rc<Profile>) -> bool {
    let removed = |tab: &Rc<Tab>| {
        let link = tab.link.borrow();
        matches!(&*link, Some(LinkState::Stopped(StopReason::Removed { .. })))
    };
    let tabs = profile.living();
    if !tabs.iter().any(removed) {
        return false;
    }
    let known = world.relay.borrow().roster.clone();
    let key = profile.key();
    let true_of = key.zip(known).is_some_and(|(key, roster)| roster.removal(&key).is_some());
    if !true_of && !world.relay.borrow().restored {
        world.fail("nobody is removed but by a record", profile.name);
    }
    tabs.iter().for_each(|tab| tab.die());
    profile.gone.set(true);
    world.note(format!("{} is out", profile.name));
    world.count("devices that heard of their removal");
    if world.bug == Some(Bug::ColleagueHandsOutKeys) {
        return hand_out_keys(world, profile);
    }
    if world.dice.chance(500) {
        wipe(world, profile);
    }
    true
}

/// The device deletes what it holds, and its person waits for another invitation.
fn wipe(world: &World, profile: &Rc<Profile>) {
    let opening = Opening { seed: world.dice.seed(), build: "a wipe".to_owned() };
    let memory = profile.memory();
    memory.set_quota_bytes(None);
    let wiped = finish(Device::open(memory, profile.vault(), opening))
        .map_err(|error| error.to_string())
        .and_then(|device| finish(device.wipe()).map_err(|error| error.to_string()));
    if let Err(error) = wiped {
        world.fail("a removed device can be wiped", format!("{}: {error}", profile.name));
    }
    let left = Table::ALL.iter().map(|table| profile.memory().peek(*table).len()).sum::<usize>();
    if left > 0 {
        world.fail("a wiped device holds nothing", format!("{}: {left}", profile.name));
    }
    world.count("devices wiped");
    profile.wipe();
    world.witness.borrow_mut().wiped(profile.index);
    world.ledger.borrow_mut().forget(profile.index);
}

/// A bug: a colleague's keys come onto a device that was removed.
fn hand_out_keys(world: &World, profile: &Rc<Profile>) -> bool {
    let profiles = world.profiles.borrow();
    let colleague = profiles.iter().filter(|it| !it.gone.get()).find_map(|it| it.ring_now());
    let Some(ring) = colleague else { return true };
    let mut batch = device::Batch::new();
    if let Ok(wrapped) = finish(profile.vault().wrap(&ring.encode())) {
        batch.put(Table::Keys, "ring", wrapped);
        drop(finish(profile.memory().commit(batch)));
    }
    true
}
