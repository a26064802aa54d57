//! How much of a document the relay holds, as [`replica::outbox`] has it.

use automerge::{Automerge, ChangeHash, ReadDoc};
use replica::outbox;
use wire::LogId;

use crate::doc_state::DocState;

/// What a document and its relay heads amount to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// The relay heads, ascending.
    pub(crate) heads: Vec<ChangeHash>,
    /// Changes that the relay does not hold.
    pub(crate) unsynced: u64,
    /// All changes of the document.
    pub(crate) changes: u64,
}

/// What the relay holds once rows with these changes are in the log.
pub(crate) fn after(document: &Automerge, heads: &[ChangeHash], in_rows: &[ChangeHash]) -> Held {
    let heads = outbox::advance(document, heads, in_rows);
    let unsynced = outbox::lacking(document, &heads) as u64;
    Held { heads, unsynced, changes: document.stats().num_changes }
}

/// The same after `new` changes of the device's own, which no row holds yet.
pub(crate) fn after_own(state: &DocState, life: Option<LogId>, new: u64) -> Held {
    Held {
        heads: state.relay_heads_in(life).to_vec(),
        unsynced: state.unsynced_in(life) + new,
        changes: state.changes + new,
    }
}
