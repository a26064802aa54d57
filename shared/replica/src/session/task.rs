//! What a device has to append for the generations of its documents.

use wire::{Begins, Hash, Tag};

use crate::{ChangeHash, Snapshot, Step};

/// One row that is to be appended.
#[derive(Clone, Debug)]
pub enum Task {
    /// The first snapshot under the tag `tag`, to which the document of `after` is to go on. It is
    /// durable on this device.
    Begin {
        /// The new tag.
        tag: Tag,
        /// The present one.
        after: Tag,
        /// The document as it begins.
        snapshot: Snapshot,
        /// All changes in it.
        hashes: Vec<ChangeHash>,
    },
    /// The generation that closes `tag`.
    Close {
        /// The old tag.
        tag: Tag,
        /// Where its document goes on.
        begins: Begins,
        /// What it says to the team.
        step: Step,
    },
    /// This device has carried out that generation.
    Receipt {
        /// The old tag.
        tag: Tag,
        /// The generation's hash.
        generation: Hash,
    },
}
