//! Whatever bytes come: what a stranger can send, forge, or hand to somebody as a file, against the code
//! that reads it.
//!
//! A [`Target`] is a function over bytes that panics if something does not hold. The same function is run
//! three ways: over its seeds and the committed corpus, and over a few hundred damaged ones, by
//! `cargo test -p fuzz`; and for as long as one likes under the guidance of coverage, by
//! `cargo xtask fuzz [TARGET] [--seconds N]`.
//!
//! # Input that gets somewhere
//!
//! Nobody guesses a signature, a SHA-256 or an authentication tag, so bytes alone never come past the first
//! door. But a member of the team whose device was taken over has keys. So the first byte of an input says
//! how far the target helps: as it came, or with the frame, the checksum, the seal or the signatures made to
//! fit what follows.
//!
//! # What is asserted
//!
//! Beside that nothing panics: what is accepted would have been written the same; what is refused leaves
//! nothing behind; what is accepted keeps every promise that later code builds on; and no input takes more
//! memory than its [bound](Target::memory) says.
#![warn(missing_docs)]

mod bound;
mod contained;
mod corpus;
mod cut;
mod targets;

use peak_alloc::PeakAlloc;

pub use corpus::{committed, damaged};

/// Counts what is allocated.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// One kind of bytes that come from outside.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name, on the command line and as the folder of its corpus.
    pub name: &'static str,
    /// Panics if something does not hold; says whether the product took the input for good.
    run: fn(&[u8]) -> bool,
    /// Inputs to begin with, from the golden files and from what the product itself writes.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// How much memory an input may take.
    memory: Memory,
}

/// A bound on memory, bytes: `base + each × length of the input`.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    base: usize,
    each: usize,
}

/// All of them.
pub const TARGETS: &[Target] = &[
    targets::frame::TARGET,
    targets::envelope::TARGET,
    targets::roster::TARGET,
    targets::change::TARGET,
    targets::snapshot::TARGET,
    targets::link::TARGET,
    targets::import::TARGET,
];

impl Target {
    /// The target of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TARGETS.iter().find(|target| target.name == name).copied()
    }

    /// Runs it on one input; whether the product took the whole of it for good.
    ///
    /// # Panics
    /// If something does not hold.
    pub fn check(&self, input: &[u8]) -> bool {
        bound::within(self.memory, input.len(), || (self.run)(input))
    }
}
