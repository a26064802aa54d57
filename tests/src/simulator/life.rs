//! The life of a tab: it opens, listens, waits for the lock, and drives the engine.
//!
//! This is what `app/src/link` does in a browser, with the world's network in place of sockets.

use std::rc::Rc;

use device::memory::OpenVault;
use device::sync::{Engine, LinkAction, LinkEvent, StartError, SyncError};
use device::{BeginError, Changed, Device, Joining, OpenError, Prepared};
use replica::session::{LinkState, StopReason};
use wire::Refusal;

use super::disk::Disk;
use super::line;
use super::profile::Beginning;
use super::tab::{Own, Tab};
use super::world::World;

/// All of it.
pub(super) async fn live(world: Rc<World>, tab: Rc<Tab>) {
    let Some(device) = open(&world, &tab).await else { return };
    world.note(format!("{} is open", tab.name()));
    *tab.device.borrow_mut() = Some(Rc::clone(&device));
    world.spawn(&tab, listen(Rc::clone(&world), Rc::clone(&tab), Rc::clone(&device)));
    tab.notices.put(Vec::new());
    // What a tab stored in the moment of its death nobody has heard of.
    world.tell_others(&tab, &[]);
    if world.locks {
        tab.profile.hold(&tab).await;
    }
    let Some(mut engine) = start(&world, &tab, device).await else { return };
    world.note(format!("{} drives the engine", tab.name()));
    tab.drives.set(true);
    tab.tell(LinkEvent::Resumed);
    loop {
        let event = tab.events.next().await;
        let Some(event) = tab.admit(event) else { continue };
        let actions = engine.step(world.now(), 0, event).await;
        for action in actions {
            act(&world, &tab, action);
        }
    }
}

/// Opens what is stored, or begins.
async fn open(world: &Rc<World>, tab: &Rc<Tab>) -> Option<Rc<Own>> {
    loop {
        let disk = || Disk::new(Rc::clone(world), Rc::clone(tab));
        let vault = tab.profile.vault();
        match Device::open(disk(), vault, tab.opening(world)).await {
            Ok(device) => return Some(Rc::new(device)),
            Err(OpenError::Nothing) => {}
            Err(OpenError::Storage(_)) => {
                world.pause(500).await;
                continue;
            }
            Err(error) => {
                world.fail("what is stored opens", error.to_string());
                return None;
            }
        }
        let beginning = tab.profile.beginning.borrow().clone();
        let begun = match beginning {
            Beginning::Founds(founding) => {
                let prepared = Prepared::found(&founding, &mut world.dice.rng()).ok()?;
                Device::found(disk(), vault, tab.opening(world), prepared).await
            }
            Beginning::Joins(link) => {
                let joining = Joining { link, name: tab.profile.name.to_owned() };
                Device::join(disk(), vault, tab.opening(world), joining).await
            }
            Beginning::Recovers(sheet) => {
                Device::recover(disk(), vault, tab.opening(world), sheet).await
            }
            Beginning::Waits => return None,
        };
        match begun {
            Ok(device) => return Some(Rc::new(device)),
            // A conflict that was only made up leaves nothing to open.
            Err(
                BeginError::Storage(_)
                | BeginError::Open(OpenError::Storage(_) | OpenError::Nothing),
            ) => {
                world.pause(500).await;
            }
            Err(error) => {
                world.fail("a device can begin", error.to_string());
                return None;
            }
        }
    }
}

async fn start(
    world: &Rc<World>,
    tab: &Rc<Tab>,
    device: Rc<Own>,
) -> Option<Engine<Disk, OpenVault>> {
    loop {
        match Engine::start(Rc::clone(&device), tab.profile.panicked.get()).await {
            Ok(engine) => {
                tab.profile.panicked.set(false);
                return Some(engine);
            }
            Err(StartError::Open(OpenError::Storage(error))) => {
                world.note(format!("{}: the engine does not start: {error}", tab.name()));
                world.pause(1000).await;
            }
            Err(error) => {
                world.fail("an engine starts", error.to_string());
                return None;
            }
        }
    }
}

/// Reads again what other tabs wrote.
async fn listen(world: Rc<World>, tab: Rc<Tab>, device: Rc<Own>) {
    loop {
        let tags = tab.notices.next().await;
        while let Err(error) = device.refresh(&tags).await {
            world.note(format!("{}: no refresh: {error}", tab.name()));
            world.pause(300).await;
        }
        tab.tell(LinkEvent::Dirty);
    }
}

fn act(world: &Rc<World>, tab: &Rc<Tab>, action: LinkAction) {
    match action {
        LinkAction::Connect => line::dial(world, tab),
        LinkAction::Send(message) => line::send(world, tab, message),
        LinkAction::Close => line::hang_up(world, tab),
        LinkAction::Timer(at) => tab.timer.set(Some(at)),
        LinkAction::Show(state) => show(world, tab, state),
        LinkAction::Changed(changed) => tell_others(world, tab, &changed),
        LinkAction::Skipped(seq, skipped) => {
            world.fail("no row is passed over", format!("row {seq}: {}", skipped.reason));
        }
        LinkAction::RecordDone { hash, outcome } => {
            tab.records.borrow_mut().insert(hash, outcome);
        }
        LinkAction::Failed(SyncError::Unreadable(what)) => {
            world.fail("what is stored can be read", format!("{}: {what}", tab.name()));
        }
        LinkAction::Failed(SyncError::Storage(error)) => {
            world.note(format!("{}: the engine rests: {error}", tab.name()));
            world.count("engines that began again");
        }
    }
}

/// What a tab committed is told to the others.
pub(super) fn tell_others(world: &World, tab: &Tab, changed: &Changed) {
    if !changed.tags.is_empty() || changed.space {
        world.tell_others(tab, &changed.tags);
    }
}

fn show(world: &Rc<World>, tab: &Rc<Tab>, state: LinkState) {
    world.note(format!("{}: {state:?}", tab.name()));
    if let LinkState::Stopped(reason) = &state
        && !is_an_answer(world, reason)
    {
        world.fail("nobody is stopped without a cause", format!("{}: {reason}", tab.name()));
    }
    if state == LinkState::Parted {
        world.count("devices that sent nothing because of a lost removal");
    }
    if let LinkState::Stopped(StopReason::AnotherCopy { .. }) = &state {
        world.count("times that another copy was seen");
        world.spawn(tab, go_on(Rc::clone(world), Rc::clone(tab)));
    }
    *tab.link.borrow_mut() = Some(state);
}

/// The person has read that there is another copy, and goes on with this one.
async fn go_on(world: Rc<World>, tab: Rc<Tab>) {
    world.pause(world.dice.between(500, 5000)).await;
    tab.tell(LinkEvent::GoOn);
}

/// Whether this is an honest answer: to somebody who came too late, or whose part of the log is
/// missing in a backup until a colleague puts it back.
fn is_an_answer(world: &World, reason: &StopReason) -> bool {
    let restored = world.relay.borrow().restored;
    match reason {
        StopReason::AnotherCopy { .. } => world.copied.get(),
        StopReason::Refused(Refusal::InviteUsed | Refusal::InviteRevoked) => true,
        // That it is true, `team::go` looks at.
        StopReason::Removed { .. } | StopReason::KitUnknown => true,
        StopReason::Refused(Refusal::InviteUnknown) => restored,
        StopReason::NotActive | StopReason::WrongLog => restored,
        _ => false,
    }
}
