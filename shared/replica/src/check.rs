//! Which changes are safe to hand to Automerge.
//!
//! Automerge trusts the changes that it is given. It never compares a change's checksum with its
//! contents, it panics on some that parse, and it takes in others with which the document cannot
//! be loaded any more. A change comes from a member of the team, but perhaps from a broken or a
//! hostile device; and where the app runs, a panic is the end of the page. So every change passes
//! [`parse`] and [`check`] before Automerge sees it, one's own before it is committed too.
//!
//! # Everybody skips alike
//!
//! A change that one device skips and another applies would part them for ever. So the verdict
//! depends on the change and on its **causal past** alone, never on what else the document holds,
//! with one exception: of two changes under the same actor and number the first in the log
//! counts. And the header of every envelope names the version of the check for its changes: a
//! device applies exactly that one. Whoever alters a rule or a [limit](limits) here, in whatever
//! direction, makes another version.
//!
//! # Version 1
//!
//! Documents are maps of scalars, maps and texts. Lists, tables, counters, marks and blocks are
//! not used, and so not accepted. A change must
//!
//! - have a checksum that fits, and be byte for byte what Automerge would write for what it says:
//!   it is written anew from the document whenever it is passed on, and must keep its hash;
//! - be its actor's next, with the one before in its past, and name an author only if it is the
//!   first;
//! - number its operations above all that it depends on, by not too much;
//! - refer only to maps, texts, values and characters that are in its past or in itself, in the
//!   map or text where they are.
//!
//! The last rule is stricter than what keeps Automerge from panicking: a value that is replaced
//! must be visible there, a character that is deleted or written after as well. Automerge itself
//! writes no other changes.

mod canonical;
mod column;
mod columns;
pub mod limits;
mod ops;
mod past;
mod shape;
mod weigh;

use automerge::{Automerge, Change, ChangeHash};

use past::Past;
use shape::Shape;

pub use weigh::weigh;

/// The version of the check that this device applies, and asks others to apply to its changes.
pub const CHECK_VERSION: u8 = 1;

/// Why a change is not applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// Not a change.
    #[error("not a change")]
    Malformed,
    /// The checksum does not fit the contents: damaged on its way.
    #[error("the change's checksum does not fit")]
    Checksum,
    /// Uses what this version of the check does not allow.
    #[error("the change uses something that is not allowed")]
    Unsupported,
    /// Over one of the [limits].
    #[error("the change is too large")]
    TooLarge,
    /// Not as Automerge would write it, so it would not keep its hash.
    #[error("the change is not in its normal form")]
    NotNormal,
    /// Depends on changes that are not here. This alone says nothing about the change: keep it
    /// until they are.
    #[error("{} changes that it depends on are missing", missing.len())]
    Missing {
        /// The changes that are not here.
        missing: Vec<ChangeHash>,
    },
    /// Not the next change of its actor.
    #[error("the change is not its actor's next")]
    Sequence,
    /// Names an author where none may be named, or in a wrong form.
    #[error("the author stands in the wrong place")]
    Author,
    /// Its operations are numbered too low or too high.
    #[error("the operations are numbered out of order")]
    Numbering,
    /// An operation on an object that is not in its past.
    #[error("an operation is on an object that is not there")]
    Object,
    /// An operation at a key or character that is not in its object.
    #[error("an operation is at a place that is not there")]
    Place,
    /// An operation that replaces or deletes what is not at its place.
    #[error("an operation replaces something that is not there")]
    Predecessor,
}

/// Reads a change from its raw bytes, without any regard to a document.
///
/// # Errors
/// [`Rejected`], and never a panic, whatever the bytes.
pub fn parse(raw: &[u8]) -> Result<Change, Rejected> {
    canonical::write(&Shape::read(raw)?, raw)
}

/// Whether the change may be applied to the document now.
///
/// A change that is in the document already passes: applying it does nothing.
///
/// # Errors
/// [`Rejected::Missing`] if it cannot be said yet, any other [`Rejected`] if it may not be applied
/// to any document.
pub fn check(document: &Automerge, change: &Change) -> Result<(), Rejected> {
    if past::knows(document, &change.hash()) {
        return Ok(());
    }
    let shape = Shape::read(change.raw_bytes())?;
    let past = Past::new(document, &shape.deps)?;
    check_sequence(&shape, &past)?;
    check_footer(&shape)?;
    check_numbering(&shape, &past)?;
    ops::check(&shape, &past)
}

fn check_sequence(shape: &Shape<'_>, past: &Past<'_>) -> Result<(), Rejected> {
    let last = past.last_seq(&shape.actors, shape.seq)?;
    if last.checked_add(1) == Some(shape.seq) { Ok(()) } else { Err(Rejected::Sequence) }
}

/// The footer of Automerge that names an author: its kind, the length, the bytes.
fn check_footer(shape: &Shape<'_>) -> Result<(), Rejected> {
    const AUTHOR: u8 = 1;
    match shape.footer {
        [] => Ok(()),
        // A length below 128 is one byte.
        [AUTHOR, length, author @ ..]
            if shape.seq == 1
                && !author.is_empty()
                && author.len() <= limits::MAX_AUTHOR
                && author.len() == usize::from(*length) =>
        {
            Ok(())
        }
        _ => Err(Rejected::Author),
    }
}

fn check_numbering(shape: &Shape<'_>, past: &Past<'_>) -> Result<(), Rejected> {
    let above = past.max_op();
    let next = above + 1..=above.saturating_add(limits::MAX_LEAP);
    if next.contains(&shape.start_op) { Ok(()) } else { Err(Rejected::Numbering) }
}
