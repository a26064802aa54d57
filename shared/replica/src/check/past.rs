//! A change's causal past: what a document was when the change was written.

use std::collections::{BinaryHeap, HashMap, HashSet};

use automerge::{ActorId, Automerge, AutomergeError, ChangeHash, ObjId, ObjType, ReadDoc};

use super::Rejected;
use super::shape::Id;

/// What a document holds of the changes that some dependencies reach.
pub(super) struct Past<'d> {
    document: &'d Automerge,
    deps: Vec<ChangeHash>,
    max_op: u64,
    /// What the document has beside the past, and the actors of that.
    beside: HashSet<ChangeHash>,
    actors_beside: HashSet<ActorId>,
}

pub(super) fn knows(document: &Automerge, hash: &ChangeHash) -> bool {
    document.get_change_meta_by_hash(hash).is_some()
}

impl<'d> Past<'d> {
    pub(super) fn new(document: &'d Automerge, deps: &[ChangeHash]) -> Result<Self, Rejected> {
        let mut past = Self {
            document,
            deps: deps.to_vec(),
            max_op: 0,
            beside: HashSet::new(),
            actors_beside: HashSet::new(),
        };
        let mut missing = Vec::new();
        for dep in deps {
            match document.get_change_meta_by_hash(dep) {
                // Numbers rise along dependencies, so the highest of all is among the direct ones.
                Some(change) => past.max_op = past.max_op.max(change.max_op),
                None => missing.push(*dep),
            }
        }
        if !missing.is_empty() {
            return Err(Rejected::Missing { missing });
        }
        if document.get_heads().iter().any(|head| !deps.contains(head)) {
            for change in document.get_changes_meta(deps) {
                past.beside.insert(change.hash);
                past.actors_beside.insert(change.actor.into_owned());
            }
        }
        Ok(past)
    }

    /// The highest number of an operation; 0 if there is none.
    pub(super) fn max_op(&self) -> u64 {
        self.max_op
    }

    /// The number of the last change of the actor who wrote change `seq`, whose actors are these;
    /// 0 if there is none.
    pub(super) fn last_seq(&self, actors: &[ActorId], seq: u64) -> Result<u64, Rejected> {
        let actor = actors.first().ok_or(Rejected::Malformed)?;
        if self.actors_beside.contains(actor) {
            // It went on already, from another past.
            return Err(Rejected::Sequence);
        }
        if seq == 1 && !self.may_have_changes_of(actor) {
            return Ok(0);
        }
        // By falling numbers, so that the actor's last change is met first.
        let mut to_visit: BinaryHeap<(u64, ChangeHash)> = BinaryHeap::new();
        let mut seen: HashSet<ChangeHash> = HashSet::new();
        let mut visit = |hashes: &[ChangeHash], to_visit: &mut BinaryHeap<_>| {
            for hash in hashes {
                if seen.insert(*hash)
                    && let Some(change) = self.document.get_change_meta_by_hash(hash)
                {
                    to_visit.push((change.max_op, *hash));
                }
            }
        };
        visit(&self.deps, &mut to_visit);
        while let Some((_, hash)) = to_visit.pop() {
            let Some(change) = self.document.get_change_meta_by_hash(&hash) else { continue };
            if *change.actor == *actor {
                return Ok(change.seq);
            }
            visit(&change.deps, &mut to_visit);
        }
        Ok(0)
    }

    /// `false` only if the document has no change of that actor: then its table of actors lacks
    /// it, which is told by the error.
    fn may_have_changes_of(&self, actor: &ActorId) -> bool {
        let any = ObjId::Id(1, actor.clone(), 0);
        !matches!(self.document.get(any, ""), Err(AutomergeError::InvalidObjId(_)))
    }

    /// What that object is, if it is there.
    pub(super) fn object_type(&self, object: &ObjId) -> Option<ObjType> {
        if matches!(object, ObjId::Root) {
            return Some(ObjType::Map);
        }
        let made_in = self.document.hash_for_opid(object)?;
        let kind = self.document.object_type(object).ok()?;
        (!self.beside.contains(&made_in)).then_some(kind)
    }

    /// How many objects lie around that one.
    pub(super) fn depth(&self, object: &ObjId) -> usize {
        self.document.parents(object).map_or(usize::MAX, Iterator::count)
    }

    /// What is visible at a key of a map.
    pub(super) fn values(&self, map: &ObjId, key: &str) -> impl Iterator<Item = ObjId> {
        let values = if self.beside.is_empty() {
            self.document.get_all(map, key)
        } else {
            self.document.get_all_at(map, key, &self.deps)
        };
        values.unwrap_or_default().into_iter().map(|(_, id)| id)
    }

    /// The visible characters of a text.
    pub(super) fn characters(&self, text: &ObjId) -> impl Iterator<Item = ObjId> + use<'d> {
        let range = if self.beside.is_empty() {
            self.document.list_range(text, ..)
        } else {
            self.document.list_range_at(text, .., &self.deps)
        };
        range.map(|item| item.id())
    }
}

/// Between the ids that a change uses, where actors are positions in its own list, and those of
/// documents.
pub(super) struct Translation<'s> {
    actors: &'s [ActorId],
    positions: HashMap<&'s ActorId, usize>,
}

impl<'s> Translation<'s> {
    pub(super) fn new(actors: &'s [ActorId]) -> Self {
        let positions = actors.iter().enumerate().map(|(at, actor)| (actor, at)).collect();
        Self { actors, positions }
    }

    /// `None` for an actor that the change does not have.
    pub(super) fn to_document(&self, id: Id) -> Option<ObjId> {
        // The last part is a hint, where to look for the actor.
        self.actors.get(id.actor).map(|actor| ObjId::Id(id.counter, actor.clone(), 0))
    }

    /// `None` for an actor that the change does not have: then it does not refer to this id.
    pub(super) fn to_change(&self, id: &ObjId) -> Option<Id> {
        let ObjId::Id(counter, actor, _) = id else { return None };
        let actor = *self.positions.get(actor)?;
        Some(Id { counter: *counter, actor })
    }
}
