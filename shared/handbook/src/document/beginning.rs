//! The beginning of a document that has begun again, as the document itself tells it.
//!
//! A document that has ([`super::begin_again()`]) says so at its root: one change counts how often, and
//! one, on top of everything that was taken over, says that this is all.

use std::collections::HashSet;

use automerge::{Automerge, ChangeHash, ROOT, ReadDoc};

use super::layout::{BEGUN, GENERATION, HOME};
use super::message::writer;

/// The change that wrote a key at the root.
fn wrote(document: &Automerge, key: &str) -> Option<ChangeHash> {
    let (_, id) = document.get(ROOT, key).ok().flatten()?;
    writer(document, &id)
}

/// The changes that only set it up: nothing happened with them. None in a document that has not begun
/// again.
pub(super) fn frame(document: &Automerge) -> HashSet<ChangeHash> {
    if wrote(document, GENERATION).is_none() {
        return HashSet::new();
    }
    [HOME, GENERATION, BEGUN].into_iter().filter_map(|key| wrote(document, key)).collect()
}

/// The changes that were made on the whole of its beginning; `None` if it has not begun again, so that
/// all were made on what they say. What the others replaced is not known any more.
pub(super) fn later(document: &Automerge) -> Option<HashSet<ChangeHash>> {
    let begun = wrote(document, BEGUN)?;
    let mut later = HashSet::new();
    // Automerge tells changes causes first.
    for change in document.get_changes_meta(&[]) {
        if change.deps.iter().any(|cause| *cause == begun || later.contains(cause)) {
            later.insert(change.hash);
        }
    }
    Some(later)
}
