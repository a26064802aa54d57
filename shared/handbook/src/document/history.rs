//! What happened to a record.
//!
//! Every edit overwrites the record's `rev`, so the changes that touched it are found by walking
//! back: who wrote the visible revisions, who wrote those that were visible before them, and so
//! on. Only these changes are looked at, however long the document's history is.

use std::collections::BTreeMap;

use automerge::{Automerge, ChangeHash};
use uuid::Uuid;

use super::facts::causes_first;
use super::layout::{GONE, Place, REV};
use super::message::{Provenance, writer};
use super::read::View;
use crate::ids::{MemberId, RecordKey};
use crate::row::Row;
use crate::value::{Fact, Moment, Value};

/// One line of a record's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What happened.
    pub event: Event,
    /// To which field, by its place in the kind; `None` if to the whole record.
    pub field: Option<usize>,
    /// What stood there; of a set, the members taken out.
    pub before: Value,
    /// What stands there now; of a set, the members added; of facts, the new ones.
    pub after: Value,
    /// Who; `None` if the document does not say. A claim of their device, not a proof.
    pub by: Option<MemberId>,
    /// When, on their clock.
    pub at: Moment,
    /// The command it was part of.
    pub command: Option<Uuid>,
    /// The batch it was part of.
    pub batch: Option<Uuid>,
    /// What the command was.
    pub what: String,
}

/// What can happen to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was made.
    Created,
    /// A field changed.
    Changed,
    /// Somebody decided between the versions of a field.
    Settled,
    /// It was deleted.
    Deleted,
    /// It was brought back.
    Restored,
}

/// What happened to a record, the latest first: effects above their causes, and what was done apart
/// by the clocks of its devices. The first values
/// of a new record are part of its making and not listed one by one.
pub fn history(document: &Automerge, key: RecordKey) -> Vec<Entry> {
    recent(document, key, usize::MAX).entries
}

/// The latest part of a record's history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recent {
    /// What happened, the latest first.
    pub entries: Vec<Entry>,
    /// Changes before these that were not looked at.
    pub earlier: usize,
}

/// The same for the last `most` changes only: reading what each of them did is what takes time.
pub fn recent(document: &Automerge, key: RecordKey, most: usize) -> Recent {
    let steps = steps(document, key);
    let earlier = steps.len().saturating_sub(most);
    let latest = steps.iter().skip(earlier).rev();
    Recent { entries: latest.flat_map(|step| step.entries(document, key)).collect(), earlier }
}

/// A value that a field has had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The whole value, also of a set; empty where somebody emptied it.
    pub value: Value,
    /// Who gave it; `None` if the document does not say. A claim of their device, not a proof.
    pub by: Option<MemberId>,
    /// When, on their clock.
    pub at: Moment,
    /// The command it was part of.
    pub command: Option<Uuid>,
}

/// Every value that a field has had, the latest first; what stands there now is among them. None for
/// a field that was never filled in.
pub fn values(document: &Automerge, key: RecordKey, field: &str) -> Vec<Past> {
    let (Some(place), Some(index)) = (Place::find(document, key), key.kind.index(field)) else {
        return Vec::new();
    };
    let value = |heads: &[ChangeHash]| View::at(document, heads).value(key, &place, index);
    let mut values = Vec::new();
    for step in steps(document, key).iter().rev() {
        let (before, after) = (value(&step.before), value(&[step.hash]));
        if before != after {
            let Provenance { by, at, command, .. } = step.from.clone();
            values.push(Past { value: after, by, at, command });
        }
    }
    values
}

/// A change that touched a record.
pub(super) struct Step {
    pub(super) hash: ChangeHash,
    /// The heads of the document it was made on.
    pub(super) before: Vec<ChangeHash>,
    /// The changes to the record that it directly follows.
    after: Vec<ChangeHash>,
    pub(super) from: Provenance,
}

/// The changes that touched a record, causes first.
pub(super) fn steps(document: &Automerge, key: RecordKey) -> Vec<Step> {
    let Some(place) = Place::find(document, key) else { return Vec::new() };
    let mut open = wrote(document, &View::now(document), &place);
    let mut found: BTreeMap<ChangeHash, Step> = BTreeMap::new();
    while let Some(hash) = open.pop() {
        let Some(change) = document.get_change_meta_by_hash(&hash) else { continue };
        if found.contains_key(&hash) {
            continue;
        }
        let from = Provenance::of(&change);
        let after = wrote(document, &View::at(document, &change.deps), &place);
        open.extend_from_slice(&after);
        found.insert(hash, Step { hash, before: change.deps, after, from });
    }
    let mut steps: Vec<Step> = found.into_values().collect();
    steps.sort_by_key(|step| (step.from.at.ms, step.hash));
    causes_first(steps, |step| step.hash, |step| &step.after)
}

/// The changes behind what a view shows of a record's revisions and deletions.
fn wrote(document: &Automerge, view: &View<'_>, place: &Place) -> Vec<ChangeHash> {
    let values = [REV, GONE].map(|key| view.all(&place.object, &place.key(key)));
    values.iter().flatten().filter_map(|(_, id)| writer(document, id)).collect()
}

impl Step {
    fn entries(&self, document: &Automerge, key: RecordKey) -> Vec<Entry> {
        let after = [self.hash];
        let then = View::at(document, &self.before).find(key);
        let Some(now) = View::at(document, &after).find(key) else { return Vec::new() };
        let Some(then) = then else {
            return vec![self.entry(Event::Created, None, Value::Empty, Value::Empty)];
        };
        let mut entries = Vec::new();
        match (then.gone || then.returned, now.gone) {
            (false, true) => {
                entries.push(self.entry(Event::Deleted, None, Value::Empty, Value::Empty));
            }
            (true, false) if !now.returned => {
                entries.push(self.entry(Event::Restored, None, Value::Empty, Value::Empty));
            }
            _ => {}
        }
        for (index, field) in key.kind.fields.iter().enumerate() {
            if !field.hidden {
                entries.extend(self.field(index, &then, &now));
            }
        }
        entries
    }

    fn field(&self, index: usize, then: &Row, now: &Row) -> Option<Entry> {
        let settled = then.two_versions.contains(&index) && !now.two_versions.contains(&index);
        let (before, after) = match (then.at(index), now.at(index)) {
            (before, after) if before == after && !settled => return None,
            (before @ Value::Many(_), after) | (before, after @ Value::Many(_)) => {
                (without(before, after), without(after, before))
            }
            (before, Value::Facts(facts)) => (Value::Empty, new_facts(before, facts)),
            (before, after) => (before.clone(), after.clone()),
        };
        let event = if settled { Event::Settled } else { Event::Changed };
        Some(self.entry(event, Some(index), before, after))
    }

    fn entry(&self, event: Event, field: Option<usize>, before: Value, after: Value) -> Entry {
        let Provenance { by, at, command, batch, what } = self.from.clone();
        Entry { event, field, before, after, by, at, command, batch, what }
    }
}

fn without(set: &Value, other: &Value) -> Value {
    let members = set.members().iter().filter(|member| !other.members().contains(member));
    match members.cloned().collect::<Vec<_>>() {
        none if none.is_empty() => Value::Empty,
        some => Value::Many(some),
    }
}

fn new_facts(before: &Value, after: &[Fact]) -> Value {
    let is_new = |fact: &&Fact| !before.facts().iter().any(|known| known.id == fact.id);
    Value::Facts(after.iter().filter(is_new).cloned().collect())
}
