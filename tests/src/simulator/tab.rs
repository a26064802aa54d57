//! A tab: one device over the profile's storage, and what waits for it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use device::memory::OpenVault;
use device::sync::LinkEvent;
use device::{Device, Opening};
use replica::session::LinkState;
use wire::{Hash, Refusal, Seq, Tag};

use super::disk::Disk;
use super::mailbox::Mailbox;
use super::planted::Bug;
use super::profile::Profile;
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
    pub(super) fn admit(&self, event: Event) -> Option<LinkEvent> {
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

    pub(super) fn opening(&self, world: &World) -> Opening {
        let seed = match world.bug {
            Some(Bug::TabsShareTheirSeed) => [7; 32],
            _ => world.dice.seed(),
        };
        Opening { seed, build: format!("build {}", self.build) }
    }
}
