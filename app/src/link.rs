//! The link of this browser to the relay, and of its tabs to each other.
//!
//! What to do is decided by `device::sync::Engine`, which knows neither socket nor timer; this module is its
//! hands. Of all tabs with the same space one holds a Web Lock and drives the engine; the others hear
//! from it over a broadcast channel how the link stands and which documents changed, and tell it what they wrote.
//!
//! Everything told between tabs is a hint to look at the storage again. A message that is lost delays; it loses nothing.

mod driver;
mod inbox;
mod notice;
pub mod objects;
mod socket;

#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use device::storage::{Storage, Vault};
use device::sync::Engine;
use device::{Changed, Device, SpaceKind};
use futures_util::future::{AbortHandle, abortable};
use replica::session::{LinkState, Skipped};
use wasm_bindgen_futures::spawn_local;
use wire::{Hash, Refusal, RowKind, Seq, Tag};

use crate::platform::broadcast::Broadcast;
use crate::platform::lifecycle::{self, Lifecycle, Watch};
use crate::platform::{address, fault, locks, log, timer};
use crate::texts::error::Told;
use inbox::{Event, Inbox};
use notice::Notice;

/// How long the owner waits before it tries a storage again that failed it at the start.
const START_AGAIN_MS: u32 = 5_000;

/// What the link has to say to the tab it runs in.
#[derive(Clone, Debug)]
pub enum News {
    /// How the link stands, whichever tab owns the socket.
    State(LinkState),
    /// Records changed by the relay's doing or by another tab's. This tab's device knows them already.
    Changed(Changed),
    /// A roster record handed to [`Link::append`] is in the log, or refused for good.
    RecordDone {
        /// The record's hash.
        hash: Hash,
        /// Its number, or why not.
        outcome: Result<Seq, Refusal>,
    },
    /// A row of the log was passed over, by every device alike. Worth a word if somebody signed it.
    Skipped(Seq, Skipped),
    /// Another tab discarded this space: leave it.
    Discarded,
    /// This device's storage failed the sync; the sentence is for people. Nothing is lost, and sync tries again by itself.
    Failed(String),
}

/// The link of one space in this tab. Dropping it lets go of socket and lock.
#[derive(Debug)]
pub struct Link {
    hub: Rc<Hub>,
    driving: AbortHandle,
    _watch: Watch,
}

impl Link {
    /// Starts the link of `device` to the relay at `origin` (such as `https://rapport.example`). `told` hears the news. The
    /// sample never meets a relay; its tabs are linked all the same.
    pub fn start<S, V>(
        device: Rc<Device<S, V>>,
        origin: &str,
        told: impl Fn(News) + 'static,
    ) -> Self
    where
        S: Storage + 'static,
        V: Vault + 'static,
    {
        let name = format!("rapport-link-{}", device.space());
        let hub = Hub::open(device.clone(), &name, told);
        let url = address::sync_url(origin).unwrap_or_default();
        let (drive, driving) = abortable(own(device, hub.clone(), name, url));
        spawn_local(async move {
            let _ = drive.await;
        });
        let watch = lifecycle::watch({
            let hub = Rc::downgrade(&hub);
            move |what| {
                if let Some(hub) = hub.upgrade() {
                    hub.lived(what);
                }
            }
        });
        // What other tabs wrote between the device's opening and ours was told to nobody here.
        (hub.refresh)(Vec::new());
        hub.channel.tell(&Notice::Ask);
        Self { hub, driving, _watch: watch }
    }

    /// This tab committed something: the other tabs hear it, and it will be pushed.
    pub fn wrote(&self, changed: &Changed) {
        self.hub.spread(changed);
        self.hub.push(Event::Dirty);
    }

    /// Nobody knows whether something was committed in this tab: each tab looks at the storage, and what is there is pushed.
    pub fn look_again(&self) {
        (self.hub.refresh)(Vec::new());
        self.hub.channel.tell(&Notice::Ask);
    }

    /// Hands in a roster record (an invite, a revocation). [`News::RecordDone`] follows once the relay has judged it, be it after
    /// hours without a network; a reload in between forgets it, so show what is not done as not done.
    pub fn append(&self, record: Vec<u8>) {
        let hash = RowKind::Roster.hash_of(&record);
        self.hub.records.borrow_mut().insert(hash, record.clone());
        if !self.hub.push(Event::Record(record.clone())) {
            self.hub.channel.tell(&Notice::Record(record));
        }
    }

    /// The person has read that another copy of this profile is in use, and goes on with this one.
    pub fn go_on(&self) {
        if !self.hub.push(Event::GoOn) {
            self.hub.channel.tell(&Notice::GoOn);
        }
    }

    /// Tries the relay now, whatever the pause between attempts: for the person who asks for it.
    pub fn retry(&self) {
        if !self.hub.push(Event::Resumed) {
            self.hub.channel.tell(&Notice::Retry);
        }
    }

    /// Tells the other tabs that this space is taken off the device. Call it before the discarding.
    pub fn discarded(&self) {
        self.hub.channel.tell(&Notice::Discarded);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.driving.abort();
        self.hub.inbox.take();
    }
}

/// Waits for the lock, then drives the engine until the link is dropped.
async fn own<S, V>(device: Rc<Device<S, V>>, hub: Rc<Hub>, lock: String, url: String)
where
    S: Storage + 'static,
    V: Vault + 'static,
{
    if device.kind() == SpaceKind::Sample {
        return;
    }
    let _held = locks::hold(&lock).await;
    log::note("link: this tab owns the socket");
    let mut engine = loop {
        match Engine::start(device.clone(), fault::has_panicked()).await {
            Ok(engine) => break engine,
            // The lock is ours: if we gave up, no tab would sync.
            Err(error) => {
                log::note(&format!("link: {error}"));
                hub.tell(News::Failed(error.told()));
                timer::sleep(START_AGAIN_MS).await;
            }
        }
    };
    fault::forget_panic();
    let (inbox, outlet) = Inbox::new();
    *hub.inbox.borrow_mut() = Some(inbox);
    hub.push(Event::Resumed);
    for record in hub.records.borrow().values() {
        hub.push(Event::Record(record.clone()));
    }
    // Records that other tabs gave to an owner that is gone.
    hub.channel.tell(&Notice::Owner);
    driver::drive(&mut engine, &hub, outlet, &url).await;
}

/// What the parts of a link share: the engine's inbox while this tab owns the socket, and the way to the other tabs.
struct Hub {
    channel: Broadcast<Notice>,
    told: Box<dyn Fn(News)>,
    /// Reads again what another tab wrote.
    refresh: Box<dyn Fn(Vec<Tag>)>,
    /// There while this tab drives the engine.
    inbox: RefCell<Option<Inbox>>,
    /// As last shown by this tab's engine.
    shown: RefCell<Option<LinkState>>,
    /// This tab's own records that are not judged yet.
    records: RefCell<BTreeMap<Hash, Vec<u8>>>,
}

impl std::fmt::Debug for Hub {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hub").field("shown", &self.shown).finish_non_exhaustive()
    }
}

impl Hub {
    fn open<S, V>(device: Rc<Device<S, V>>, name: &str, told: impl Fn(News) + 'static) -> Rc<Self>
    where
        S: Storage + 'static,
        V: Vault + 'static,
    {
        Rc::new_cyclic(|hub: &Weak<Self>| {
            let refresh = {
                let hub = hub.clone();
                move |tags: Vec<Tag>| {
                    let (device, hub) = (device.clone(), hub.clone());
                    spawn_local(async move {
                        let outcome = device.refresh(&tags).await;
                        let Some(hub) = hub.upgrade() else { return };
                        match outcome {
                            Ok(changed) => hub.tell(News::Changed(changed)),
                            Err(error) => hub.tell(News::Failed(error.told())),
                        }
                        hub.push(Event::Dirty);
                    });
                }
            };
            let heard = {
                let hub = hub.clone();
                move |notice| {
                    if let Some(hub) = hub.upgrade() {
                        hub.heard(notice);
                    }
                }
            };
            Self::new(name, Box::new(told), Box::new(refresh), heard)
        })
    }

    fn new(
        name: &str,
        told: Box<dyn Fn(News)>,
        refresh: Box<dyn Fn(Vec<Tag>)>,
        heard: impl Fn(Notice) + 'static,
    ) -> Self {
        Self {
            channel: Broadcast::open(name, heard),
            told,
            refresh,
            inbox: RefCell::default(),
            shown: RefCell::default(),
            records: RefCell::default(),
        }
    }

    fn tell(&self, news: News) {
        (self.told)(news);
    }

    /// Gives the engine something to do; `false` if another tab drives it.
    fn push(&self, event: Event) -> bool {
        match &*self.inbox.borrow() {
            Some(inbox) => inbox.push(event),
            None => false,
        }
    }

    /// Tells the other tabs to read again.
    fn spread(&self, changed: &Changed) {
        if !changed.tags.is_empty() || changed.space {
            self.channel.tell(&Notice::Changed { tags: changed.tags.clone() });
        }
    }

    fn show(&self, state: LinkState) {
        self.channel.tell(&Notice::State(state.clone()));
        *self.shown.borrow_mut() = Some(state.clone());
        self.tell(News::State(state));
    }

    fn record_done(&self, hash: Hash, outcome: Result<Seq, Refusal>) {
        if self.records.borrow_mut().remove(&hash).is_some() {
            self.tell(News::RecordDone { hash, outcome });
        }
    }

    /// What another tab said.
    fn heard(&self, notice: Notice) {
        match notice {
            Notice::Changed { tags } => (self.refresh)(tags),
            Notice::State(state) => self.tell(News::State(state)),
            Notice::Ask => {
                // The tab that asks may follow one that died before it could tell what it had written.
                (self.refresh)(Vec::new());
                if let Some(state) = &*self.shown.borrow() {
                    self.channel.tell(&Notice::State(state.clone()));
                }
            }
            Notice::Owner => {
                for record in self.records.borrow().values() {
                    self.channel.tell(&Notice::Record(record.clone()));
                }
            }
            Notice::Record(record) => {
                self.push(Event::Record(record));
            }
            Notice::RecordDone { hash, outcome } => self.record_done(hash, outcome),
            Notice::Retry => {
                self.push(Event::Resumed);
            }
            Notice::GoOn => {
                self.push(Event::GoOn);
            }
            Notice::Discarded => self.tell(News::Discarded),
        }
    }

    /// What happened to this tab.
    fn lived(&self, what: Lifecycle) {
        if what == Lifecycle::Restored {
            // A page in the back-forward cache hears no broadcasts.
            (self.refresh)(Vec::new());
        }
        if what.is_return() {
            self.push(Event::Resumed);
        }
    }
}
