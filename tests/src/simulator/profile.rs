//! A browser profile: one device, with the tabs that are open on it.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use device::memory::{Memory, OpenVault, finish};
use device::space_state::SpaceState;
use device::{Founding, Storage, Table, Vault};
use replica::{DeviceSecrets, InviteLink, KeyRing, Place, RecoverySheet, unlock};
use wire::{DeviceKey, SpaceId};

use super::tab::Tab;

/// One person's device.
pub(super) struct Profile {
    pub(super) index: usize,
    pub(super) name: &'static str,
    pub(super) beginning: RefCell<Beginning>,
    /// How many tabs this person has open when all is well.
    pub(super) tabs_wanted: usize,
    pub(super) tabs: RefCell<Vec<Rc<Tab>>>,
    pub(super) online: Cell<bool>,
    /// Milliseconds that a message takes, at least and at most.
    pub(super) latency: Cell<(u64, u64)>,
    /// When the person opens the next tab.
    pub(super) opens_at: Cell<Option<u64>>,
    /// The panic hook has left its sign.
    pub(super) panicked: Cell<bool>,
    /// It has heard from the roster that it was removed. Nobody opens it any more.
    pub(super) gone: Cell<bool>,
    /// No owner shall be called because of this device before that.
    pub(super) called_until: Cell<u64>,
    /// Nobody shall ask for an invitation for this device before that.
    pub(super) invited_until: Cell<u64>,
    memory: RefCell<Memory>,
    /// Which browser's key store it is: a copy has that of its original.
    vault: u8,
    lock: Lock,
}

/// How a device comes to its space.
#[derive(Clone, Debug)]
pub(super) enum Beginning {
    Founds(Founding),
    /// Nobody has invited this person yet.
    Waits,
    Joins(InviteLink),
    /// An owner comes back with nothing but the sheet.
    Recovers(RecoverySheet),
}

/// What only one tab of a profile can hold.
#[derive(Default)]
struct Lock {
    holder: Cell<Option<u64>>,
    waiting: RefCell<Vec<Waker>>,
}

impl Profile {
    pub(super) fn new(
        index: usize,
        name: &'static str,
        tabs_wanted: usize,
        beginning: Beginning,
    ) -> Self {
        Self {
            index,
            name,
            beginning: RefCell::new(beginning),
            tabs_wanted,
            tabs: RefCell::default(),
            online: Cell::new(true),
            latency: Cell::new((1, 30)),
            opens_at: Cell::default(),
            panicked: Cell::default(),
            gone: Cell::default(),
            called_until: Cell::default(),
            invited_until: Cell::default(),
            memory: RefCell::default(),
            vault: u8::try_from(index).unwrap_or(u8::MAX),
            lock: Lock::default(),
        }
    }

    /// The storage as one more tab sees it, without any fault.
    pub(super) fn memory(&self) -> Memory {
        self.memory.borrow().tab()
    }

    /// The profile's own key store.
    pub(super) fn vault(&self) -> OpenVault {
        OpenVault { profile: self.vault }
    }

    /// What a disk image of this device becomes elsewhere: the same keys, and from here on a storage
    /// of its own.
    pub(super) fn copy(&self, index: usize) -> Self {
        let copy = Self::new(index, "Copy", 1, self.beginning.borrow().clone());
        let memory = Memory::from_snapshot(&self.memory.borrow().snapshot());
        Self { memory: RefCell::new(memory), vault: self.vault, ..copy }
    }

    /// Where the device stands, as it is stored.
    pub(super) fn place(&self) -> Option<Place> {
        self.state()?.place
    }

    /// The device's name, as it is stored.
    pub(super) fn key(&self) -> Option<DeviceKey> {
        Some(self.state()?.device)
    }

    /// The space and its keys, as they are stored.
    pub(super) fn keys(&self) -> Option<(SpaceId, KeyRing)> {
        let wrapped = finish(self.memory().get(Table::Keys, "ring")).ok()??;
        let ring = finish(self.vault().unwrap(&wrapped)).ok()?;
        Some((self.state()?.space, KeyRing::decode(&ring).ok()?))
    }

    /// All keys that this device can have by now.
    pub(super) fn ring_now(&self) -> Option<KeyRing> {
        let (place, secrets) = (self.place()?, self.secrets()?);
        unlock::recover_ring(&secrets, &place.roster, &place.records).ok()
    }

    /// The device's private keys, as they are stored.
    pub(super) fn secrets(&self) -> Option<DeviceSecrets> {
        let wrapped = finish(self.memory().get(Table::Keys, "device")).ok()??;
        DeviceSecrets::decode(&finish(self.vault().unwrap(&wrapped)).ok()?).ok()
    }

    fn state(&self) -> Option<SpaceState> {
        let stored = finish(self.memory().get(Table::Space, "state")).ok()??;
        SpaceState::decode(&stored).ok()
    }

    /// The person begins with nothing again.
    pub(super) fn wipe(&self) {
        self.memory.replace(Memory::new());
        self.beginning.replace(Beginning::Waits);
        self.invited_until.set(0);
        self.gone.set(false);
    }

    pub(super) fn living(&self) -> Vec<Rc<Tab>> {
        self.tabs.borrow().iter().filter(|tab| tab.is_alive()).cloned().collect()
    }

    /// The tabs that drive an engine: one, or all where there are no locks.
    pub(super) fn drivers(&self) -> Vec<Rc<Tab>> {
        self.living().into_iter().filter(|tab| tab.drives.get()).collect()
    }

    /// Waits for the lock.
    pub(super) async fn hold(&self, tab: &Tab) {
        poll_fn(|context| {
            if self.lock.holder.get().is_none() {
                self.lock.holder.set(Some(tab.number));
                return Poll::Ready(());
            }
            self.lock.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }

    /// The browser takes the lock from a tab that is gone.
    pub(super) fn release(&self, tab: &Tab) {
        if self.lock.holder.get() == Some(tab.number) {
            self.lock.holder.set(None);
            self.lock.waiting.take().into_iter().for_each(Waker::wake);
        }
    }
}
