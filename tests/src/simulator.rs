//! A whole team in one process, from one seed.
//!
//! A *world* has devices with one or two tabs each, a network for each of them, and a relay.
//! Everything inside the product is the product: [`device::Device`] and [`device::sync::Engine`]
//! over [`device::memory::Memory`], [`relay::session::Session`] over the relay's own store in
//! memory. What lies outside of it is made up here, and made up badly on purpose: storages
//! conflict, fill up, do not know what they did, and take the tab with them at any call; messages
//! are late, lost, and repeated over another connection; sockets die with and without a word, at
//! any point between a commit and its acknowledgement; the relay stops; tabs freeze, close, and
//! miss what others tell them.
//!
//! There is no clock, no thread and no sleep: time is a number that moves to the next thing that
//! happens. Every choice is taken from the [`dice`], so a seed is a world: it runs the same way
//! each time, and a failing one is reproduced by its number alone.
//!
//! A world has two parts. In the *storm* people work and everything fails. Then it *heals*: faults
//! end, whoever is away comes back, and the team must come to rest by itself, with everybody
//! holding everything that anybody was told is saved. What must hold all the while is watched by
//! the [`witness`], what must hold in the end is in [`check`].
//!
//! A simulator that never fails proves nothing, so [`Bug`] plants some: in what is made up here,
//! never in the product.

mod act;
mod check;
mod dice;
mod disk;
mod edits;
mod erase;
mod invite;
mod ledger;
mod life;
mod line;
mod mailbox;
mod planted;
mod point;
mod profile;
mod relaying;
mod rest;
mod run;
mod tab;
mod tally;
mod tasks;
mod team;
mod trace;
mod weather;
mod witness;
mod world;

use std::cell::RefCell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use planted::Bug;
pub use tally::Tally;

use run::Run;

/// Something that must hold does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The seed that shows it.
    pub seed: u64,
    /// Which rule: an invariant of the design, or what else must hold.
    pub rule: &'static str,
    /// What was found.
    pub what: String,
    /// What happened last, oldest first.
    pub trace: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for event in &self.trace {
            writeln!(f, "  {event}")?;
        }
        write!(f, "seed {}: {}: {}", self.seed, self.rule, self.what)
    }
}

/// What one seed showed.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The first thing that was wrong, if anything was.
    pub failure: Option<Failure>,
    /// What happened, counted.
    pub tally: Tally,
    /// Stands for all that happened: two runs of a seed have the same.
    pub fingerprint: u64,
}

/// Runs the world of a seed, with a bug planted if one is given.
#[must_use]
pub fn simulate(seed: u64, bug: Option<Bug>) -> Outcome {
    let mut run = Run::new(seed, bug);
    let panicked = catch_unwind(AssertUnwindSafe(|| run.through())).is_err();
    if panicked {
        let what = PANIC.take().unwrap_or_default();
        run.world().fail("no panic", what);
    }
    run.end(seed)
}

thread_local! {
    /// What the panic hook heard in this thread.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics for the report of their seed instead of printing them.
pub fn listen_for_panics() {
    std::panic::set_hook(Box::new(|panic| PANIC.set(Some(panic.to_string()))));
}
