//! What was written to a document after it had begun again elsewhere, written again there.
//!
//! Each change that the new document was made without becomes a change of the new one, with the same
//! author and message. What it becomes depends on it, on what it depends on, on the place where the new
//! document begins, and on what is left out, and on nothing else: two devices that carry the same change
//! over and leave out the same make the same bytes, so it does not matter how often that is done, or by
//! whom. If they make another change of it, its actor is another one ([`super::said`]).
//!
//! A field that stood otherwise in the new document's beginning than where the edit began (somebody
//! else had edited it) is written from the skeleton: both values stay and are shown as two versions. Prose
//! is merged three ways.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use automerge::legacy::{Key, ObjectId};
use automerge::transaction::Transactable;
use automerge::{
    Automerge, AutomergeError, Change, ChangeHash, ObjId, ObjType, Prop, ROOT, ReadDoc,
    ScalarValue, Value as Stored,
};

use super::begin_again::{clean, clean_key, clean_text, write_as};
use super::layout::{self, OWN};
use super::said;
use crate::erasure::Erasure;

/// Where a document begins again.
#[derive(Debug)]
pub struct Ground<'g> {
    /// Its skeleton.
    pub skeleton: ChangeHash,
    /// Its first heads.
    pub first: &'g [ChangeHash],
}

/// Carries the changes of `old` that are not `inside` the new document's beginning over to it. Gives
/// the changes that it did not have, in causal order, raw. `actor` gives 16 bytes for each name.
///
/// # Errors
/// What Automerge says: the new document lacks its own beginning.
pub fn carry(
    old: &Automerge,
    new: &mut Automerge,
    ground: &Ground<'_>,
    inside: impl Fn(&ChangeHash) -> bool,
    erasure: &Erasure,
    actor: impl Fn(&[u8]) -> [u8; 16],
) -> Result<Vec<Vec<u8>>, AutomergeError> {
    let mut carried = Vec::new();
    let mut known: HashMap<ChangeHash, Heads> = HashMap::new();
    let (mut main_line, mut apart_line) = (Line::default(), Line::default());
    for change in old.get_changes(&[]) {
        let hash = change.hash();
        if inside(&hash) {
            continue;
        }
        let mut heads = Heads::default();
        for dependency in change.deps() {
            match known.get(dependency) {
                Some(of) => heads.extend(of),
                None => drop(heads.base.insert(*dependency)),
            }
        }
        let edits = Edits::of(old, &change, &heads, erasure)?;
        let [main, apart] = edits.split(new, ground)?;
        // What goes on from the first heads has seen what was written from the skeleton before it.
        for (edits, beginning, from_first) in
            [(apart, std::slice::from_ref(&ground.skeleton), false), (main, ground.first, true)]
        {
            if edits.is_empty() {
                continue;
            }
            let mut place: BTreeSet<ChangeHash> = beginning.iter().copied().collect();
            place.extend(&heads.apart);
            if from_first {
                place.extend(&heads.main);
            }
            let line = if from_first { &mut main_line } else { &mut apart_line };
            let fork = line.at(new, &place)?;
            let name = actor(&said::said(&hash, from_first, &place, &edits));
            let written = write_as(fork, old, hash, name, |tx| {
                edits.iter().try_for_each(|edit| edit.write(tx))
            })?;
            let Some(written) = written else { continue };
            let on = if from_first { &mut heads.main } else { &mut heads.apart };
            on.clear();
            on.insert(written);
            let change = fork.get_change_by_hash(&written);
            line.holds.insert(written);
            if new.get_change_meta_by_hash(&written).is_none()
                && let Some(change) = change
            {
                carried.push(change.raw_bytes().to_vec());
                new.apply_changes([change])?;
            }
        }
        known.insert(hash, heads);
    }
    Ok(carried)
}

/// What a carried change stands for, and stands on.
#[derive(Clone, Debug, Default)]
struct Heads {
    /// Changes of the old document that are inside.
    base: BTreeSet<ChangeHash>,
    /// Changes of the new one, on its first heads.
    main: BTreeSet<ChangeHash>,
    /// The same on its skeleton.
    apart: BTreeSet<ChangeHash>,
}

impl Heads {
    fn extend(&mut self, other: &Self) {
        self.base.extend(&other.base);
        self.main.extend(&other.main);
        self.apart.extend(&other.apart);
    }
}

/// A working copy of the new document that goes on with what is written to it: making one applies every
/// change anew, and a tablet that was away for months has thousands of them.
#[derive(Default)]
struct Line {
    copy: Option<Automerge>,
    /// Changes that are known to be in it.
    holds: HashSet<ChangeHash>,
}

impl Line {
    /// The document with exactly these changes and what they stand on.
    fn at(
        &mut self,
        new: &Automerge,
        place: &BTreeSet<ChangeHash>,
    ) -> Result<&mut Automerge, AutomergeError> {
        let mut copy = self.copy.take();
        let stands = match &mut copy {
            Some(copy) => self.reaches(copy, new, place)?,
            None => false,
        };
        let copy = match copy {
            Some(copy) if stands => copy,
            _ => {
                self.holds = place.iter().copied().collect();
                new.fork_at(&place.iter().copied().collect::<Vec<_>>())?
            }
        };
        Ok(self.copy.insert(copy))
    }

    /// Whether the copy stands there, once it has what comes right behind its end.
    fn reaches(
        &mut self,
        copy: &mut Automerge,
        new: &Automerge,
        place: &BTreeSet<ChangeHash>,
    ) -> Result<bool, AutomergeError> {
        for hash in place {
            if self.holds.contains(hash) {
                continue;
            }
            let Some(change) = new.get_change_by_hash(hash) else { return Ok(false) };
            if !change.deps().iter().all(|cause| self.holds.contains(cause)) {
                return Ok(false);
            }
            copy.apply_changes([change])?;
            self.holds.insert(*hash);
        }
        Ok(copy.get_heads().iter().all(|head| place.contains(head)))
    }
}

/// What one change does to one key.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    /// The key at the root of the record; empty for what lies at the root itself.
    pub(super) root: String,
    pub(super) key: String,
    pub(super) what: What,
    /// What stood there in the part of the old document that is inside.
    pub(super) base: Vec<ScalarValue>,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// The record is made.
    Make,
    /// The value from then on.
    Put(ScalarValue),
    /// Nothing from then on.
    Delete,
    /// The text before and after.
    Text(String, String),
}

/// All that one change does.
struct Edits(Vec<Edit>);

impl Edits {
    fn of(
        old: &Automerge,
        change: &Change,
        heads: &Heads,
        erasure: &Erasure,
    ) -> Result<Self, AutomergeError> {
        let hash = [change.hash()];
        let base: Vec<ChangeHash> = heads.base.iter().copied().collect();
        let mut edits = BTreeMap::new();
        for (root, key) in touched(old, change) {
            if root.starts_with(OWN) || key.starts_with(OWN) || erasure.takes(&root) {
                continue;
            }
            let object = match root.as_str() {
                "" if erasure.takes(&key) => continue,
                "" => ROOT,
                root => match old.get_at(ROOT, root, &hash)? {
                    Some((Stored::Object(_), object)) => object,
                    _ => continue,
                },
            };
            let Some(new_key) = clean_key(&key, erasure) else { continue };
            let what = match old.get_at(&object, key.as_str(), &hash)? {
                None => What::Delete,
                Some((Stored::Scalar(value), _)) => What::Put(clean(value.into_owned(), erasure)),
                Some((Stored::Object(ObjType::Map), _)) if root.is_empty() => What::Make,
                Some((Stored::Object(ObjType::Text), text)) => {
                    let before = match old.get_at(&object, key.as_str(), change.deps())? {
                        Some((Stored::Object(ObjType::Text), _)) => {
                            old.text_at(&text, change.deps())?
                        }
                        _ => String::new(),
                    };
                    let after = old.text_at(&text, &hash)?;
                    What::Text(clean_text(&before, erasure), clean_text(&after, erasure))
                }
                // A map within a record, or a text that is none's: no version so far makes them. A device
                // whose version does carries over what it has of it; nobody else can.
                Some(_) => continue,
            };
            let base = scalars(old.get_all_at(&object, key.as_str(), &base)?, erasure);
            // Records before what is in them.
            let order = (!matches!(what, What::Make), root.clone(), key);
            edits.insert(order, Edit { root, key: new_key, what, base });
        }
        Ok(Self(edits.into_values().collect()))
    }

    /// What goes on from the first heads, and what is written from the skeleton since the first heads
    /// have another value than stood where the edit began.
    fn split(self, new: &Automerge, ground: &Ground<'_>) -> Result<[Vec<Edit>; 2], AutomergeError> {
        let (mut main, mut apart) = (Vec::new(), Vec::new());
        for edit in self.0 {
            let first = match edit.root.as_str() {
                "" => Some(ROOT),
                root => match new.get_at(ROOT, root, ground.first)? {
                    Some((Stored::Object(_), object)) => Some(object),
                    _ => None,
                },
            };
            let stands = match first {
                Some(object) => {
                    let all = new.get_all_at(&object, edit.key.as_str(), ground.first)?;
                    scalars(all, &Erasure::default())
                }
                None => Vec::new(),
            };
            match &edit.what {
                What::Put(_) | What::Delete if stands != edit.base => apart.push(edit),
                _ => main.push(edit),
            }
        }
        Ok([main, apart])
    }
}

impl Edit {
    fn write(&self, tx: &mut impl Transactable) -> Result<(), AutomergeError> {
        let object = match self.root.as_str() {
            "" => ROOT,
            root => match tx.get(ROOT, root)? {
                Some((Stored::Object(_), object)) => object,
                // It went, or was made by a change that is not carried over.
                _ => return Ok(()),
            },
        };
        let key = self.key.as_str();
        let there = tx.get(&object, key)?;
        match (&self.what, there) {
            (What::Make, None) => tx.put_object(&object, key, ObjType::Map).map(drop),
            (What::Make, Some(_)) | (What::Delete, None) => Ok(()),
            (What::Delete, Some(_)) => tx.delete(&object, key),
            (What::Put(value), _) => tx.put(&object, key, value.clone()),
            (What::Text(before, after), there) => {
                let text = match there {
                    Some((Stored::Object(ObjType::Text), text)) => text,
                    _ => tx.put_object(&object, key, ObjType::Text)?,
                };
                let theirs = tx.text(&text)?;
                tx.update_text(&text, merged(before, after, &theirs)?)
            }
        }
    }
}

/// The keys that a change writes to: the record's at the root, empty for the root itself, and that
/// inside it.
fn touched(document: &Automerge, change: &Change) -> BTreeSet<(String, String)> {
    let mut places: HashMap<String, Option<(String, Option<String>)>> = HashMap::new();
    let mut touched = BTreeSet::new();
    for op in change.decode().operations {
        match op.obj {
            ObjectId::Root => {
                if let Key::Map(key) = op.key {
                    touched.insert((String::new(), key.to_string()));
                }
            }
            ObjectId::Id(id) => {
                let object = format!("{}@{}", id.counter(), id.actor());
                let place =
                    places.entry(object).or_insert_with_key(|object| locate(document, object));
                match (place, op.key) {
                    (Some((root, Some(key))), _) => {
                        touched.insert((root.clone(), key.clone()));
                    }
                    (Some((root, None)), Key::Map(key)) => {
                        touched.insert((root.clone(), key.to_string()));
                    }
                    _ => {}
                }
            }
        }
    }
    touched
}

/// The record that an object is, or is a text of.
fn locate(document: &Automerge, object: &str) -> Option<(String, Option<String>)> {
    let (object, _) = document.import(object).ok()?;
    let mut way = document.parents(&object).ok()?.map(|parent| match parent.prop {
        Prop::Map(key) => Some(key),
        Prop::Seq(_) => None,
    });
    let own = way.next()??;
    match (way.next(), way.next()) {
        (None, _) => Some((own, None)),
        (Some(root), None) => Some((root?, Some(own))),
        _ => None,
    }
}

fn scalars(all: Vec<(Stored<'_>, ObjId)>, erasure: &Erasure) -> Vec<ScalarValue> {
    let scalars = all.into_iter().filter_map(|(value, _)| match value {
        Stored::Scalar(value) => Some(clean(value.into_owned(), erasure)),
        Stored::Object(_) => None,
    });
    let mut scalars: Vec<_> = scalars.collect();
    scalars.sort_by_cached_key(said::value);
    scalars
}

/// `theirs`, with what leads from `before` to `after`.
fn merged(before: &str, after: &str, theirs: &str) -> Result<String, AutomergeError> {
    if before == theirs {
        return Ok(after.to_owned());
    }
    let mut base = layout::blank();
    base.set_actor(automerge::ActorId::from([1; 16]));
    let text = base.transact::<_, _, AutomergeError>(|tx| {
        let text = tx.put_object(ROOT, "text", ObjType::Text)?;
        tx.update_text(&text, before)?;
        Ok(text)
    });
    let text = text.map_err(|failure| failure.error)?.result;
    let mut own = base.fork();
    own.set_actor(automerge::ActorId::from([2; 16]));
    own.transact(|tx| tx.update_text(&text, after)).map_err(|failure| failure.error)?;
    base.set_actor(automerge::ActorId::from([3; 16]));
    base.transact(|tx| tx.update_text(&text, theirs)).map_err(|failure| failure.error)?;
    base.merge(&mut own)?;
    base.text(&text)
}
