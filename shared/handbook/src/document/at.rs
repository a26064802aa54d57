//! A document as it was at a moment.
//!
//! Devices have clocks of their own, and some of them are wrong. A change counts **from the latest of
//! its own clock and the clocks of everything it was made on**: a clock that runs behind cannot put
//! work before what it builds on, and whatever is shown is whole, for a change never stands there
//! without those it follows. A clock that runs ahead puts its change, and what was built on it, too
//! late; nothing is shown too early.
//!
//! What was done apart counts when it was done, not when it arrived: a visit that was logged offline
//! on Monday and synced on Friday stands in Tuesday's handbook. So the handbook of a past day may gain
//! what its author already knew then, and changes no more once all devices have met. Two decisions
//! made apart stand side by side then as they do now, until the day they were settled. Changes of the
//! same millisecond are all in or all out. A document that has begun again shows of each day what stood
//! there then and was never overwritten; that it was made anew is no event,
//! and what was built on something overwritten since counts from its own clock.

use std::collections::HashMap;

use automerge::{Automerge, ChangeHash, ChangeMetadata};

use super::beginning;
use super::message::Provenance;
use super::read::all_at;
use crate::row::Row;
use crate::value::Moment;

/// Every record as it stood at `moment`, deleted ones included, in the order of their keys; none
/// before the document was made.
pub fn rows_at(document: &Automerge, moment: Moment) -> Vec<Row> {
    match heads_at(document, moment) {
        heads if heads.is_empty() => Vec::new(),
        heads => all_at(document, &heads),
    }
}

/// The last changes that count at `moment`; none if nothing had happened by then.
fn heads_at(document: &Automerge, moment: Moment) -> Vec<ChangeHash> {
    let mut heads = Vec::new();
    let mut happened = false;
    for (change, from) in counts(document) {
        if from.is_none_or(|from| from <= moment.ms) {
            happened |= from.is_some();
            heads.retain(|head| !change.deps.contains(head));
            heads.push(change.hash);
        }
    }
    if happened { heads } else { Vec::new() }
}

/// Every change, causes first, and from when on it counts, in milliseconds since 1970; `None` for what
/// a document that has begun again was set up with, before anything that happened.
pub(super) fn counts(document: &Automerge) -> Vec<(ChangeMetadata<'_>, Option<i64>)> {
    let frame = beginning::frame(document);
    let mut known: HashMap<ChangeHash, Option<i64>> = HashMap::new();
    let mut counts = Vec::new();
    // Automerge tells changes in the order in which they were taken in: causes first.
    for change in document.get_changes_meta(&[]) {
        let own = (!frame.contains(&change.hash)).then(|| Provenance::of(&change).at.ms);
        let before = change.deps.iter().filter_map(|cause| *known.get(cause)?).max();
        let from = own.max(before);
        known.insert(change.hash, from);
        counts.push((change, from));
    }
    counts
}
