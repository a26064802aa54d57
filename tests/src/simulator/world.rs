//! What all parts of a world share: time, chance, and what was seen.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Poll, Waker};

use handbook::Moment;
use replica::RecoverySheet;
use wire::Tag;

use super::dice::Dice;
use super::ledger::Ledger;
use super::line::Lines;
use super::planted::Bug;
use super::profile::Profile;
use super::relaying::Relay;
use super::tab::Tab;
use super::tally::Tally;
use super::tasks::Task;
use super::trace::Trace;
use super::weather::Weather;
use super::witness::Witness;
use super::{Failure, Outcome};

/// When every world begins, milliseconds since 1970.
const BEGINNING: u64 = 1_790_000_000_000;

/// Where people dial and devices sign.
pub(super) const ORIGIN: &str = "http://localhost:7117";

/// One world. Everything in it is reached through this, by whoever is polled at the moment.
pub(super) struct World {
    pub(super) dice: Dice,
    pub(super) bug: Option<Bug>,
    /// Whether a browser's tabs can agree on which of them talks to the relay.
    pub(super) locks: bool,
    /// The storm is over.
    pub(super) healing: Cell<bool>,
    /// Somebody came in a second time, after a restore: what two devices number is not told apart for sure.
    pub(super) parted: Cell<bool>,
    /// A whole profile was copied.
    pub(super) copied: Cell<bool>,
    pub(super) profiles: RefCell<Vec<Rc<Profile>>>,
    pub(super) lines: RefCell<Lines>,
    pub(super) relay: RefCell<Relay>,
    pub(super) witness: RefCell<Witness>,
    pub(super) ledger: RefCell<Ledger>,
    /// The recovery sheet that was printed last.
    pub(super) sheet: RefCell<Option<RecoverySheet>>,
    weather: Cell<Weather>,
    clock: Arc<AtomicU64>,
    sleepers: RefCell<BTreeMap<(u64, u64), Waker>>,
    nursery: RefCell<Vec<Task>>,
    numbers: Cell<u64>,
    trace: Trace,
    tally: RefCell<Tally>,
    failure: RefCell<Option<(&'static str, String)>>,
}

impl World {
    pub(super) fn new(seed: u64, bug: Option<Bug>) -> Self {
        let dice = Dice::new(seed);
        let clock = Arc::new(AtomicU64::new(BEGINNING));
        Self {
            weather: Cell::new(Weather::of(&dice)),
            locks: !dice.chance(100),
            copied: Cell::default(),
            parted: Cell::default(),
            healing: Cell::default(),
            relay: RefCell::new(Relay::new(&dice, Arc::clone(&clock))),
            dice,
            bug,
            clock,
            profiles: RefCell::default(),
            lines: RefCell::default(),
            witness: RefCell::default(),
            ledger: RefCell::default(),
            sheet: RefCell::default(),
            sleepers: RefCell::default(),
            nursery: RefCell::default(),
            numbers: Cell::default(),
            trace: Trace::default(),
            tally: RefCell::default(),
            failure: RefCell::default(),
        }
    }

    /// Milliseconds since 1970.
    pub(super) fn now(&self) -> u64 {
        self.clock.load(Ordering::Relaxed)
    }

    /// The clock of everybody.
    pub(super) fn moment(&self) -> Moment {
        Moment { ms: i64::try_from(self.now()).unwrap_or_default(), offset_min: 0 }
    }

    /// Time goes on to `to`, and wakes whom it has to.
    pub(super) fn pass(&self, to: u64) {
        self.clock.store(to.max(self.now()), Ordering::Relaxed);
        let mut sleepers = self.sleepers.borrow_mut();
        while let Some(first) = sleepers.first_entry().filter(|first| first.key().0 <= self.now()) {
            first.remove().wake();
        }
    }

    /// When the next sleeper wakes.
    pub(super) fn next_waking(&self) -> Option<u64> {
        self.sleepers.borrow().keys().next().map(|(at, _)| *at)
    }

    /// Waits so many milliseconds.
    pub(super) async fn pause(&self, ms: u64) {
        let at = self.now() + ms;
        poll_fn(|context| {
            if self.now() >= at {
                return Poll::Ready(());
            }
            self.sleepers.borrow_mut().insert((at, self.number()), context.waker().clone());
            Poll::Pending
        })
        .await;
    }

    /// A number like no other in this world.
    pub(super) fn number(&self) -> u64 {
        let number = self.numbers.get() + 1;
        self.numbers.set(number);
        number
    }

    pub(super) fn weather(&self) -> Weather {
        self.weather.get()
    }

    /// The storm is over.
    pub(super) fn calm(&self) {
        self.weather.set(Weather::CALM);
    }

    /// The tab begins to do something.
    pub(super) fn spawn(&self, tab: &Rc<Tab>, future: impl Future<Output = ()> + 'static) {
        self.nursery.borrow_mut().push(Task::new(Rc::clone(tab), future));
    }

    /// What was begun since the last call.
    pub(super) fn begun(&self) -> Vec<Task> {
        self.nursery.take()
    }

    pub(super) fn note(&self, event: String) {
        self.trace.note(self.now() - BEGINNING, event);
    }

    pub(super) fn count(&self, what: &'static str) {
        self.tally.borrow_mut().add(what, 1);
    }

    pub(super) fn count_many(&self, what: &'static str, count: u64) {
        if count > 0 {
            self.tally.borrow_mut().add(what, count);
        }
    }

    pub(super) fn count_at(&self, what: String) {
        self.tally.borrow_mut().add(what, 1);
    }

    /// Something that must hold does not. Only the first failure counts: later ones may follow from
    /// it.
    pub(super) fn fail(&self, rule: &'static str, what: impl Into<String>) {
        let mut failure = self.failure.borrow_mut();
        if failure.is_none() {
            *failure = Some((rule, what.into()));
        }
    }

    /// The same, for what a check found.
    pub(super) fn judge(&self, verdict: Result<(), (&'static str, String)>) {
        if let Err((rule, what)) = verdict {
            self.fail(rule, what);
        }
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failure.borrow().is_some()
    }

    /// Tells the other tabs of a profile what changed; some do not hear it.
    pub(super) fn tell_others(&self, tab: &Tab, tags: &[Tag]) {
        for other in tab.profile.living() {
            if other.number == tab.number {
                continue;
            }
            if self.dice.chance(self.weather().deaf) {
                self.count("notices lost");
                continue;
            }
            other.notices.put(tags.to_vec());
        }
    }

    /// Nobody knows what a tab has committed: each tab looks.
    pub(super) fn look_again(&self, tab: &Tab) {
        tab.notices.put(Vec::new());
        self.tell_others(tab, &[]);
    }

    /// Ends the world: everything in it refers to everything else, and would stay for ever.
    pub(super) fn end(&self, seed: u64) -> Outcome {
        for profile in self.profiles.take() {
            for tab in profile.tabs.take() {
                tab.die();
            }
        }
        self.lines.take();
        self.sleepers.take();
        self.nursery.take();
        let failure = self.failure.take().map(|(rule, what)| Failure {
            seed,
            rule,
            what,
            trace: self.trace.events(),
        });
        Outcome { failure, tally: self.tally.take(), fingerprint: self.trace.fingerprint() }
    }
}
