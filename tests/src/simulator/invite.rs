//! How somebody who is not in the team yet comes into it: by the product's own path, through a
//! link.

use std::rc::Rc;

use device::sync::LinkEvent;
use replica::{InviteLink, LinkState, StopReason};
use wire::{InviteState, Role};

use super::profile::{Beginning, Profile};
use super::tab::{Own, Tab};
use super::world::{ORIGIN, World};

/// How long an invite may be used, milliseconds: longer than any world lasts.
const VALID: u64 = 30 * 24 * 3600 * 1000;

/// How long a newcomer waits for a link before somebody else is asked, milliseconds.
const PATIENCE: u64 = 60_000;

/// How often the inviter looks whether the relay has answered, milliseconds.
const LOOK: u64 = 40;

/// Asks any member's device to invite somebody who waits, if there are both.
pub(super) fn ask(world: &Rc<World>) {
    let now = world.now();
    let profiles = world.profiles.borrow().clone();
    let waits = |profile: &&Rc<Profile>| {
        let outside = matches!(*profile.beginning.borrow(), Beginning::Waits);
        (outside || is_lost(world, profile)) && now >= profile.invited_until.get()
    };
    let Some(newcomer) = profiles.iter().find(waits) else { return };
    let hosts: Vec<Rc<Tab>> = profiles.iter().flat_map(|profile| profile.drivers()).collect();
    let Some(host) = world.dice.pick(&hosts) else { return };
    let Some(device) = host.open_device() else { return };
    newcomer.invited_until.set(now + PATIENCE);
    let task = invite(Rc::clone(world), Rc::clone(&host), device, Rc::clone(newcomer));
    world.spawn(&host, task);
}

/// Whether it had come in by records that a restored relay lost, and sees that it is not let in.
fn is_lost(world: &World, profile: &Profile) -> bool {
    let shut_out = |tab: &Rc<Tab>| {
        let link = tab.link.borrow();
        matches!(*link, Some(LinkState::Stopped(StopReason::NotActive)))
    };
    let Some(key) = profile.key() else { return false };
    let relay = world.relay.borrow();
    let unknown = relay
        .roster
        .as_ref()
        .is_some_and(|roster| roster.active(&key).is_none() && roster.removal(&key).is_none());
    unknown && !profile.gone.get() && profile.drivers().iter().any(shut_out)
}

/// It opens another link, on the device that it has.
async fn come_again(world: Rc<World>, tab: Rc<Tab>, device: Rc<Own>, link: InviteLink) {
    world.parted.set(true);
    match device.rejoin(&link).await {
        Ok(()) => {
            world.note(format!("{} comes in again", tab.name()));
            world.count("devices invited again");
            tab.tell(LinkEvent::Resumed);
        }
        Err(error) => world.note(format!("{}: not invited again: {error}", tab.name())),
    }
}

async fn invite(world: Rc<World>, tab: Rc<Tab>, device: Rc<Own>, newcomer: Rc<Profile>) {
    let until = newcomer.invited_until.get();
    let role = match world.dice.below(10) {
        0 => Role::Reader,
        1 | 2 => Role::Owner,
        _ => Role::Editor,
    };
    let own = world.dice.chance(150);
    while world.now() < until {
        // Not a member yet, or a reader: somebody else will be asked.
        let expires = world.now() + VALID;
        let invited = match own {
            true => device.invite_device(expires),
            false => device.invite(role.min(device.role().unwrap_or(Role::Reader)), expires),
        };
        let Ok(invited) = invited else { return };
        world.note(format!("{} invites {}", tab.name(), newcomer.name));
        tab.tell(LinkEvent::Record(invited.record.clone()));
        let done = loop {
            if world.now() >= until {
                return;
            }
            let outcome = tab.records.borrow_mut().remove(&invited.hash);
            match outcome {
                Some(outcome) => break outcome,
                None => world.pause(LOOK).await,
            }
        };
        if let Err(refusal) = done {
            world.note(format!("{}: no invite: {refusal}", tab.name()));
            world.count("invites refused");
            continue;
        }
        while world.now() < until {
            if let Some(link) = device.invite_link(&invited) {
                return hand_over(&world, &device, &link, &newcomer);
            }
            world.pause(LOOK).await;
        }
    }
}

/// The link goes from person to person as a text, and sometimes to two of them.
fn hand_over(world: &Rc<World>, device: &Own, link: &InviteLink, newcomer: &Profile) {
    let text = link.url(&device.origin());
    let link = match InviteLink::parse(&text) {
        Ok(link) if link.origin == ORIGIN => link,
        _ => return world.fail("an invite link can be read", text),
    };
    world.count("links handed over");
    let profiles = world.profiles.borrow().clone();
    for profile in profiles {
        let also = world.dice.chance(100);
        if profile.index == newcomer.index && is_lost(world, &profile) {
            for tab in profile.drivers() {
                let Some(device) = tab.open_device() else { continue };
                let task = come_again(Rc::clone(world), Rc::clone(&tab), device, link.clone());
                world.spawn(&tab, task);
            }
        }
        let waits = matches!(*profile.beginning.borrow(), Beginning::Waits);
        if waits && (profile.index == newcomer.index || also) {
            world.note(format!("{} has a link", profile.name));
            *profile.beginning.borrow_mut() = Beginning::Joins(link.clone());
            profile.opens_at.set(Some(world.now() + world.dice.between(0, 3000)));
        }
    }
}

/// Somebody takes an open invite back.
pub(super) fn take_back(world: &Rc<World>) {
    let profiles = world.profiles.borrow().clone();
    let hosts: Vec<Rc<Tab>> = profiles.iter().flat_map(|profile| profile.drivers()).collect();
    let Some(host) = world.dice.pick(&hosts) else { return };
    let Some(device) = host.open_device() else { return };
    let Some(place) = device.place() else { return };
    let invites = place.roster.invites();
    let mut open = invites.filter(|(_, status)| status.state == InviteState::Open);
    let Some((invite, _)) = open.next() else { return };
    if let Ok(record) = device.revoke(invite) {
        world.note(format!("{} takes an invite back", host.name()));
        world.count("invites taken back");
        host.tell(LinkEvent::Record(record));
    }
}

/// Somebody whose link was no good throws it away and asks for another.
pub(super) fn give_up(world: &World, profile: &Profile) -> bool {
    let refused = |tab: &Rc<Tab>| {
        let no_good = matches!(
            &*tab.link.borrow(),
            Some(LinkState::Stopped(
                StopReason::Refused(_) | StopReason::WrongLog | StopReason::KitUnknown
            ))
        );
        no_good && tab.open_device().is_some_and(|device| device.place().is_none())
    };
    let tabs = profile.living();
    let Some(tab) = tabs.iter().find(|tab| refused(tab)) else { return false };
    let roster = world.relay.borrow().roster.clone();
    let device = tab.open_device().map(|device| device.device());
    if device.is_some_and(|key| roster.is_some_and(|roster| roster.active(&key).is_some())) {
        if world.relay.borrow().restored {
            // Somebody has put its record back meanwhile: it will find out.
            return false;
        }
        world.fail("whoever has joined is let in", profile.name);
    }
    world.note(format!("{} begins again", profile.name));
    world.count("newcomers whose link was no good any more");
    tabs.iter().for_each(|tab| tab.die());
    profile.wipe();
    world.witness.borrow_mut().wiped(profile.index);
    true
}
