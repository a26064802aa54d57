//! A tab: one device over the profile's storage, and the engine while it holds the lock.
//!
//! This is what `app/src/link` does in a browser, with the world's network in place of sockets.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use device::memory::OpenVault;
use device::sync::{Engine, LinkAction, LinkEvent, StartError, SyncError};
use device::{BeginError, Changed, Device, Joining, OpenError, Opening, Prepared};
use replica::session::{LinkState, StopReason};
use wire::{Hash, Refusal, Seq, Tag};

use super::disk::Disk;
use super::line;
use super::mailbox::Mailbox;
use super::planted::Bug;
use super::profile::{Beginning, Profile};
use super::world::World;

/// The device of a tab.
pub(super) type Own = Device<Disk, OpenVault>;

/// One tab.
pub(super) struct Tab {
    pub(super) profile: Rc<Profile>,
    pub(super) number: u64,
    /// Which build of the app it runs.
    build: u64,
    /// There once it is open.
    pub(super) device: RefCell<Option<Rc<Own>>>,
    /// What waits for the engine.
    pub(super) events: Mailbox<Event>,
    /// What other tabs said; nothing in it means "look at everything".
    pub(super) notices: Mailbox<Vec<Tag>>,
    /// It holds the lock and drives an engine.
    pub(super) drives: Cell<bool>,
    /// How the engine says that the link stands.
    pub(super) link: RefCell<Option<LinkState>>,
    /// The connection that counts.
    pub(super) socket: Cell<Option<u64>>,
    pub(super) timer: Cell<Option<u64>>,
    /// What became of the roster records handed in here.
    pub(super) records: RefCell<BTreeMap<Hash, Result<Seq, Refusal>>>,
    frozen_until: Cell<u64>,
    alive: Cell<bool>,
}

/// What the engine is to hear.
pub(super) enum Event {
    /// From a connection, by its number.
    Socket(u64, LinkEvent),
    /// From anywhere else.
    Other(LinkEvent),
}

impl Tab {
    pub(super) fn new(profile: Rc<Profile>, number: u64, build: u64) -> Self {
        Self {
            profile,
            number,
            build,
            device: RefCell::default(),
            events: Mailbox::default(),
            notices: Mailbox::default(),
            drives: Cell::default(),
            link: RefCell::default(),
            socket: Cell::default(),
            timer: Cell::default(),
            records: RefCell::default(),
            frozen_until: Cell::default(),
            alive: Cell::new(true),
        }
    }

    pub(super) fn is_alive(&self) -> bool {
        self.alive.get()
    }

    /// Nothing of it runs any more.
    pub(super) fn die(&self) {
        self.alive.set(false);
        self.device.take();
        self.drives.set(false);
        self.timer.set(None);
        self.profile.release(self);
    }

    pub(super) fn is_frozen(&self, now: u64) -> bool {
        now < self.frozen_until.get()
    }

    /// When it goes on, if it is frozen.
    pub(super) fn thaws_at(&self) -> u64 {
        self.frozen_until.get()
    }

    pub(super) fn freeze(&self, until: u64) {
        self.frozen_until.set(until);
    }

    /// The device, once the tab is open.
    pub(super) fn open_device(&self) -> Option<Rc<Own>> {
        self.device.borrow().clone()
    }

    /// Tells the engine; a tab that drives none hears nothing.
    pub(super) fn tell(&self, event: LinkEvent) {
        if self.drives.get() {
            self.events.put(Event::Other(event));
        }
    }

    /// What this tab is called in traces.
    pub(super) fn name(&self) -> String {
        format!("{}.{}", self.profile.name, self.number)
    }

    /// What the engine should hear of an event; `None` if it comes from a connection that was given
    /// up.
    fn admit(&self, event: Event) -> Option<LinkEvent> {
        match event {
            Event::Socket(number, _) if self.socket.get() != Some(number) => None,
            Event::Socket(_, event) => {
                if matches!(event, LinkEvent::Closed) {
                    self.socket.set(None);
                }
                Some(event)
            }
            Event::Other(event) => Some(event),
        }
    }

    fn opening(&self, world: &World) -> Opening {
        let seed = match world.bug {
            Some(Bug::TabsShareTheirSeed) => [7; 32],
            _ => world.dice.seed(),
        };
        Opening { seed, build: format!("build {}", self.build) }
    }
}

/// The life of a tab: it opens, listens, waits for the lock, and drives the engine.
pub(super) async fn live(world: Rc<World>, tab: Rc<Tab>) {
    let Some(device) = open(&world, &tab).await else { return };
    world.note(format!("{} is open", tab.name()));
    *tab.device.borrow_mut() = Some(Rc::clone(&device));
    world.spawn(&tab, listen(Rc::clone(&world), Rc::clone(&tab), Rc::clone(&device)));
    tab.notices.put(Vec::new());
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
        StopReason::Refused(Refusal::InviteUnknown) => restored,
        StopReason::NotActive | StopReason::WrongLog => restored,
        _ => false,
    }
}
