//! What happens in a storm besides what fails by itself.

use std::rc::Rc;

use device::Table;
use device::sync::LinkEvent;

use super::profile::Profile;
use super::tab::{Own, Tab};
use super::world::World;
use super::{check, edits, erase, invite, line, relaying, team};

/// One thing happens.
pub(super) fn act(world: &Rc<World>) {
    match world.dice.below(100) {
        0..46 => someone(world, |world, tab, device| {
            let many = world.dice.between(1, 3);
            for _ in 0..many {
                let task = edits::edit(Rc::clone(world), Rc::clone(tab), Rc::clone(device));
                world.spawn(tab, task);
            }
        }),
        46..58 => team::change(world),
        58 | 59 => someone(world, erase::ask),
        60..65 => invite::ask(world),
        65 => invite::take_back(world),
        66..70 => someone(world, |world, tab, _| {
            world.note(format!("{} is closed", tab.name()));
            world.count("tabs closed");
            tab.die();
        }),
        70..73 => someone(world, |world, tab, _| {
            tab.freeze(world.now() + world.dice.between(100, 60_000));
            world.note(format!("{} freezes", tab.name()));
            world.count("tabs frozen");
        }),
        73..76 => someone(world, |world, tab, _| {
            world.note(format!("{} comes back to the front", tab.name()));
            tab.tell(LinkEvent::Resumed);
        }),
        76..80 => weather(world),
        80..85 => {
            let open = world.lines.borrow().open();
            if let Some(number) = world.dice.pick(&open) {
                line::cut(world, number);
            }
        }
        85..88 => {
            if world.relay.borrow().running {
                line::stop_relay(world);
            } else {
                world.relay.borrow_mut().start();
            }
        }
        88 => world.relay.borrow_mut().start(),
        89..92 => someone(world, |world, tab, device| {
            world.spawn(tab, tidy(Rc::clone(world), Rc::clone(tab), Rc::clone(device)));
        }),
        92 => world.relay.borrow_mut().remember(),
        93 | 94 => {
            let profiles = world.profiles.borrow().clone();
            if let Some(profile) = world.dice.pick(&profiles) {
                world.judge(check::read_model(&profile));
            }
        }
        95 => fill(world),
        96 | 97 => restore(world),
        98 if world.dice.chance(300) => copy(world),
        _ => world.relay.borrow_mut().remember(),
    }
}

/// A backup tool, or somebody with a new computer, copies a whole profile.
fn copy(world: &World) {
    let mut profiles = world.profiles.borrow_mut();
    let members: Vec<_> =
        profiles.iter().filter(|it| it.place().is_some() && !it.gone.get()).cloned().collect();
    if world.relay.borrow().restored {
        return;
    }
    let Some(original) = world.dice.pick(&members).filter(|_| !world.copied.replace(true)) else {
        return;
    };
    let copy = original.copy(profiles.len());
    copy.opens_at.set(Some(world.now() + world.dice.between(0, 5000)));
    world.note(format!("{} is copied", original.name));
    world.count("profiles copied");
    world.witness.borrow_mut().copied(original.index, copy.index);
    profiles.push(Rc::new(copy));
}

/// A disk is full until somebody makes room.
fn fill(world: &World) {
    let profiles = world.profiles.borrow().clone();
    for profile in &profiles {
        profile.memory().set_quota_bytes(None);
    }
    if let Some(profile) = world.dice.pick(&profiles) {
        world.note(format!("the disk of {} is full", profile.name));
        world.count("disks filled up");
        profile.memory().set_quota_bytes(Some(0));
    }
}

/// The operator restores a backup, whatever the team has become since, as long as an owner in it goes on
/// working: who else should let people in? Some do not wait until everybody is back.
pub(super) fn restore(world: &Rc<World>) {
    if world.healing.get() {
        return;
    }
    let backup = world.relay.borrow().roster_in_backup();
    let Some(backup) = backup.filter(|backup| team::has_an_owner(world, backup)) else { return };
    let roster = world.relay.borrow().roster.clone();
    // Of two copies of one device only one can come in again, and the other lacks the keys in between.
    if world.copied.get() && roster.as_ref().is_some_and(|it| it.head() != backup.head()) {
        return;
    }
    line::stop_relay(world);
    world.note("a backup is restored".to_owned());
    world.count("backups restored");
    if roster.is_some_and(|roster| roster.head() != backup.head()) {
        world.count("backups restored that lack roster records");
    }
    world.relay.borrow_mut().restore();
    relaying::look(world);
    if world.dice.chance(700) {
        world.relay.borrow_mut().start();
        if world.dice.chance(600) {
            // Whoever knows more than the backup comes back later than those who do not.
            let known = backup.records().len();
            for profile in world.profiles.borrow().iter() {
                if profile.place().is_some_and(|place| place.records.len() > known) {
                    away(world, profile);
                }
            }
        }
        for _ in 0..world.dice.between(2, 6) {
            team::change(world);
            invite::ask(world);
        }
    }
}

/// It happens in some tab that is open.
fn someone(world: &Rc<World>, what: impl FnOnce(&Rc<World>, &Rc<Tab>, &Rc<Own>)) {
    let profiles = world.profiles.borrow().clone();
    let tabs: Vec<Rc<Tab>> = profiles.iter().flat_map(|profile| profile.living()).collect();
    let open: Vec<_> = tabs.iter().filter_map(|tab| Some((tab, tab.open_device()?))).collect();
    if let Some((tab, device)) = open.get(world.dice.index(open.len())) {
        what(world, tab, device);
    }
}

/// Somebody loses the network, or finds it, or has another one.
fn weather(world: &World) {
    let profiles = world.profiles.borrow().clone();
    let Some(profile) = world.dice.pick(&profiles) else { return };
    let online = !profile.online.get();
    profile.online.set(online);
    let slowest = world.dice.pick(&[5, 60, 800, 4000]).unwrap_or(5);
    profile.latency.set((slowest / 5, slowest));
    world.note(format!("{} is {}", profile.name, if online { "online" } else { "offline" }));
    if online {
        for tab in profile.living() {
            tab.tell(LinkEvent::Resumed);
        }
        return;
    }
    world.count("times without a network");
    away(world, &profile);
}

/// Somebody has no network any more.
fn away(world: &World, profile: &Profile) {
    profile.online.set(false);
    let numbers = profile.living().into_iter().filter_map(|tab| tab.socket.get());
    numbers.for_each(|number| line::cut(world, number));
}

/// What an idle tab does.
async fn tidy(world: Rc<World>, tab: Rc<Tab>, device: Rc<Own>) {
    let tags: Vec<String> = tab.profile.memory().peek(Table::Documents).into_keys().collect();
    let tag = world.dice.pick(&tags).and_then(|tag| tag.parse().ok());
    let done = match tag {
        Some(tag) if world.dice.chance(700) => {
            world.count("documents folded");
            device.compact(tag).await
        }
        _ => device.tidy(4).await.map(drop),
    };
    if let Err(error) = done {
        world.note(format!("{}: not tidied: {error}", tab.name()));
        if !matches!(error, device::LoadError::Storage(_)) {
            world.fail("I8: what is stored loads", format!("{}: {error}", tab.name()));
        }
    }
}
