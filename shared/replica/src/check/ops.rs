//! Whether the operations of a change fit its past and each other.

use std::collections::{HashMap, HashSet};

use automerge::{ObjId, ObjType, ScalarValue};

use super::past::{Past, Translation};
use super::shape::{Action, Id, Key, Op, Shape};
use super::{Rejected, limits};

/// Goes through the operations in their order, each on the state that the ones before it left.
pub(super) fn check(shape: &Shape<'_>, past: &Past<'_>) -> Result<(), Rejected> {
    let mut state = State {
        past,
        translation: Translation::new(&shape.actors),
        made: HashMap::new(),
        values: HashMap::new(),
        characters: HashMap::new(),
        characters_of_past: HashSet::new(),
    };
    for (counter, op) in (shape.start_op..).zip(&shape.ops) {
        state.apply(Id { counter, actor: OWN }, op)?;
    }
    Ok(())
}

/// The position of a change's own actor among its actors.
const OWN: usize = 0;

/// The past, and over it what the change has done so far.
struct State<'a> {
    past: &'a Past<'a>,
    translation: Translation<'a>,
    /// Objects that the change itself makes.
    made: HashMap<Id, Object>,
    /// What is visible at the keys that have been looked at.
    values: HashMap<(Option<Id>, &'a str), Vec<Id>>,
    /// What is visible of texts: what the change wrote and, where it has been looked at, the past.
    characters: HashMap<Id, HashSet<Id>>,
    characters_of_past: HashSet<Id>,
}

#[derive(Clone, Copy)]
struct Object {
    kind: Kind,
    /// `None`: it lies in the past, and nobody has asked yet.
    depth: Option<usize>,
}

#[derive(Clone, Copy)]
enum Kind {
    Map,
    Text,
}

impl<'a> State<'a> {
    fn apply(&mut self, id: Id, op: &Op<'a>) -> Result<(), Rejected> {
        let object = self.object(op.object)?;
        match (object.kind, op.key, op.object) {
            (Kind::Map, Key::Property(key), _) if !op.insert && !key.is_empty() => {
                self.change_value(id, op, key, object)
            }
            (Kind::Text, Key::Head, Some(text)) => self.change_text(id, op, text, None),
            (Kind::Text, Key::Element(at), Some(text)) => self.change_text(id, op, text, Some(at)),
            _ => Err(Rejected::Place),
        }
    }

    fn object(&self, id: Option<Id>) -> Result<Object, Rejected> {
        let Some(id) = id else { return Ok(Object { kind: Kind::Map, depth: Some(0) }) };
        if let Some(object) = self.made.get(&id) {
            return Ok(*object);
        }
        let object = self.translation.to_document(id).ok_or(Rejected::Object)?;
        match self.past.object_type(&object) {
            Some(ObjType::Map) => Ok(Object { kind: Kind::Map, depth: None }),
            Some(ObjType::Text) => Ok(Object { kind: Kind::Text, depth: None }),
            _ => Err(Rejected::Object),
        }
    }

    fn change_value(
        &mut self,
        id: Id,
        op: &Op<'a>,
        key: &'a str,
        object: Object,
    ) -> Result<(), Rejected> {
        self.look_at_value(op.object, key);
        let visible = self.values.entry((op.object, key)).or_default();
        for replaced in &op.pred {
            let at = visible.iter().position(|value| value == replaced);
            visible.swap_remove(at.ok_or(Rejected::Predecessor)?);
        }
        let kind = match op.action {
            Action::Delete if op.pred.is_empty() => return Err(Rejected::Predecessor),
            Action::Delete => return Ok(()),
            Action::Put(_) => None,
            Action::MakeMap => Some(Kind::Map),
            Action::MakeText => Some(Kind::Text),
        };
        visible.push(id);
        if let Some(kind) = kind {
            let depth = self.depth(op.object, object)?.saturating_add(1);
            if depth > limits::MAX_DEPTH {
                return Err(Rejected::TooLarge);
            }
            self.made.insert(id, Object { kind, depth: Some(depth) });
        }
        Ok(())
    }

    /// Characters are written after another or at the beginning, and deleted; nothing else.
    fn change_text(
        &mut self,
        id: Id,
        op: &Op<'a>,
        text: Id,
        at: Option<Id>,
    ) -> Result<(), Rejected> {
        if at.is_some() {
            self.look_at_text(text);
        }
        let visible = self.characters.entry(text).or_default();
        match (op.insert, &op.action, at) {
            (true, Action::Put(ScalarValue::Str(character)), at) => {
                if !op.pred.is_empty() {
                    return Err(Rejected::Predecessor);
                }
                if character.chars().count() != 1 {
                    return Err(Rejected::Unsupported);
                }
                if at.is_some_and(|at| !visible.contains(&at)) {
                    return Err(Rejected::Place);
                }
                visible.insert(id);
                Ok(())
            }
            (false, Action::Delete, Some(at)) => {
                if op.pred != [at] {
                    return Err(Rejected::Predecessor);
                }
                if visible.remove(&at) { Ok(()) } else { Err(Rejected::Place) }
            }
            _ => Err(Rejected::Unsupported),
        }
    }

    fn look_at_value(&mut self, map: Option<Id>, key: &'a str) {
        if self.values.contains_key(&(map, key)) {
            return;
        }
        let visible = match self.in_past(map) {
            Some(map) => self.in_change(self.past.values(&map, key)).collect(),
            None => Vec::new(),
        };
        self.values.insert((map, key), visible);
    }

    fn look_at_text(&mut self, text: Id) {
        if self.characters_of_past.insert(text)
            && let Some(object) = self.in_past(Some(text))
        {
            let visible: Vec<Id> = self.in_change(self.past.characters(&object)).collect();
            self.characters.entry(text).or_default().extend(visible);
        }
    }

    /// The object as the document names it; `None` if the change itself makes it.
    fn in_past(&self, object: Option<Id>) -> Option<ObjId> {
        match object {
            None => Some(ObjId::Root),
            Some(id) if self.made.contains_key(&id) => None,
            Some(id) => self.translation.to_document(id),
        }
    }

    fn in_change(&self, ids: impl Iterator<Item = ObjId>) -> impl Iterator<Item = Id> {
        ids.filter_map(|id| self.translation.to_change(&id))
    }

    fn depth(&self, id: Option<Id>, object: Object) -> Result<usize, Rejected> {
        match object.depth {
            Some(depth) => Ok(depth),
            None => {
                let object = self.in_past(id).ok_or(Rejected::Object)?;
                Ok(self.past.depth(&object))
            }
        }
    }
}
