//! A document that begins again without what is erased.
//!
//! Each value that stays is written by a change of its own author, under the same message (who, when,
//! which command) as the change that had written it; what had been overwritten is left behind, and with
//! it every letter of what is erased. Two values of one field that stood side by side do so again.
//!
//! The first change is the *skeleton*: every record and every text, empty. Whoever finds later that a
//! field had another value where their own edit began writes it from there ([`super::carry()`]). The last
//! says that all is there ([`super::beginning`]). Between them the changes stand in the order in which they
//! count ([`super::at`]), so that past days show what they showed.

use std::collections::{BTreeMap, HashMap};

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{
    ActorId, Author, Automerge, AutomergeError, ChangeHash, ObjId, ObjType, ROOT, ReadDoc,
    ScalarValue, Value as Stored,
};

use super::error::WriteError;
use super::layout::{self, BEGUN, GENERATION, OWN, REV, REV_BYTES};
use super::message::message;
use super::read::View;
use crate::erasure::{self, Erasure};
use crate::ids::RecordKey;
use crate::kind::SCHEMA;
use crate::op::Stamp;
use crate::row::Row;

/// A document that has begun again.
#[derive(Debug)]
pub struct Begun {
    /// It.
    pub document: Automerge,
    /// Its skeleton's hash.
    pub skeleton: ChangeHash,
    /// Its heads: where what was written to the old document goes on.
    pub first: Vec<ChangeHash>,
}

/// What goes with these people: they themselves and what was deleted as one with them, with their names,
/// addresses and numbers as they ever stood.
pub fn erasure(document: &Automerge, subjects: &[RecordKey]) -> Erasure {
    let rows = super::all(document);
    let mut people = subjects.to_vec();
    people.extend(erasure::alike(&rows, subjects, &past(document, subjects)));
    Erasure::of(&rows, &people).also_as(&past(document, &people))
}

/// What goes where it was decided elsewhere which records do: these, what hangs on them here, and their
/// names, addresses and numbers as they ever stood. Nobody else goes as alike.
pub fn erased(document: &Automerge, records: &[RecordKey]) -> Erasure {
    Erasure::of(&super::all(document), records).also_as(&past(document, records))
}

/// Records as they ever stood.
fn past(document: &Automerge, keys: &[RecordKey]) -> Vec<Row> {
    let of = |key: &RecordKey| {
        let at = super::history::steps(document, *key).into_iter().map(|step| [step.hash]);
        at.filter_map(|heads| View::at(document, &heads).find(*key)).collect::<Vec<_>>()
    };
    keys.iter().flat_map(of).collect()
}

/// Makes a document of all that `old` shows, but for what is erased. `actor` gives 16 bytes for each
/// name, never the same for two documents.
///
/// # Errors
/// [`WriteError::Newer`] where only a newer version may write.
pub fn begin_again(
    old: &Automerge,
    erasure: &Erasure,
    stamp: &Stamp,
    actor: impl Fn(&[u8]) -> [u8; 16],
) -> Result<Begun, WriteError> {
    let asked = layout::min_writer(old);
    if asked > SCHEMA {
        return Err(WriteError::Newer(asked));
    }
    // As they count, which is causes first: so each still counts from when it did.
    let mut changes = super::at::counts(old);
    changes.sort_by_key(|(_, from)| *from);
    let order: HashMap<ChangeHash, usize> =
        changes.iter().enumerate().map(|(at, (change, _))| (change.hash, at)).collect();
    let mut document = layout::blank();
    sign(&mut document, Some(Author::from(stamp.member.to_vec())), actor(b"skeleton"));
    let options =
        || CommitOptions::default().with_message(message(stamp)).with_time(stamp.at.ms / 1000);
    let skeleton = document.transact_with(|_: &()| options(), |tx| skeleton(tx, old, erasure));
    let skeleton = skeleton.map_err(|failure| failure.error)?.hash.ok_or(WriteError::Nameless)?;
    // What stands beside another value is written from there, and loses against what comes after this.
    let apart = document.fork();
    let number = generation(old).saturating_add(1);
    let counted = document
        .transact_with(|_: &()| options(), |tx| tx.put(ROOT, GENERATION, ScalarValue::Int(number)));
    counted.map_err(|failure| failure.error)?;

    let Values { main, beside } = Values::of(old, erasure, &order)?;
    let last_rev = main.iter().flat_map(|(at, puts)| {
        puts.iter().filter(|put| put.key == REV).map(move |put| (put.root.clone(), *at))
    });
    let last_rev: HashMap<String, usize> = last_rev.collect();
    let mut by_order: Vec<Option<ChangeHash>> = vec![None; order.len()];
    for (hash, at) in &order {
        if let Some(slot) = by_order.get_mut(*at) {
            *slot = Some(*hash);
        }
    }
    for (at, puts) in &main {
        let Some(from) = by_order.get(*at).copied().flatten() else { continue };
        let name = actor(&from.0);
        let interim: Vec<u8> = name.iter().take(REV_BYTES).copied().collect();
        let revised = |root: &String| last_rev.get(root).is_some_and(|last| at < last);
        write_as(&mut document, old, from, name, |tx| {
            let mut roots: Vec<&String> = Vec::new();
            for put in puts {
                put.write(tx)?;
                if revised(&put.root) && !roots.contains(&&put.root) {
                    roots.push(&put.root);
                }
            }
            // So that the history of a record leads over all that still shows.
            for root in roots {
                if let Some((_, object)) = tx.get(ROOT, root.as_str())? {
                    tx.put(&object, REV, interim.clone())?;
                }
            }
            Ok(())
        })?;
    }
    for (at, put) in beside {
        let Some(from) = by_order.get(at).copied().flatten() else { continue };
        let mut fork = apart.fork();
        let name = actor(&[&from.0[..], put.root.as_bytes(), b"\0", put.key.as_bytes()].concat());
        write_as(&mut fork, old, from, name, |tx| put.write(tx))?;
        document.merge(&mut fork)?;
    }
    // On top of all of it, so that the document itself tells what was made on its beginning.
    sign(&mut document, Some(Author::from(stamp.member.to_vec())), actor(b"begun"));
    let begun = document
        .transact_with(|_: &()| options(), |tx| tx.put(ROOT, BEGUN, ScalarValue::Int(number)));
    begun.map_err(|failure| failure.error)?;
    let first = document.get_heads();
    Ok(Begun { document, skeleton, first })
}

fn generation(old: &Automerge) -> i64 {
    let stored = old.get(ROOT, GENERATION).ok().flatten();
    stored.and_then(|(value, _)| value.as_i64()).unwrap_or(0)
}

/// Whose document it is, and every record and every text, empty.
fn skeleton(
    tx: &mut impl Transactable,
    old: &Automerge,
    erasure: &Erasure,
) -> Result<(), AutomergeError> {
    for item in old.map_range(ROOT, ..) {
        let root = item.key.as_ref();
        match old.get(ROOT, root)? {
            Some((Stored::Scalar(value), _))
                if root.starts_with(OWN) && ![GENERATION, BEGUN].contains(&root) =>
            {
                tx.put(ROOT, root, value.into_owned())?;
            }
            Some((Stored::Object(ObjType::Map), from)) if !erasure.takes(root) => {
                let object = tx.put_object(ROOT, root, ObjType::Map)?;
                for inner in old.map_range(&from, ..) {
                    let key = inner.key.as_ref();
                    match old.get(&from, key)? {
                        Some((Stored::Object(ObjType::Text), _)) => {
                            tx.put_object(&object, key, ObjType::Text)?;
                        }
                        Some((Stored::Object(kind), inner)) => {
                            let copy = tx.put_object(&object, key, kind)?;
                            copy_inside(tx, old, &inner, &copy, erasure)?;
                        }
                        _ => {}
                    }
                }
            }
            Some((Stored::Object(kind), from)) if !erasure.takes(root) => {
                let copy = tx.put_object(ROOT, root, kind)?;
                copy_inside(tx, old, &from, &copy, erasure)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// What only a newer version understands, as it is.
fn copy_inside(
    tx: &mut impl Transactable,
    old: &Automerge,
    from: &ObjId,
    into: &ObjId,
    erasure: &Erasure,
) -> Result<(), AutomergeError> {
    let kind = old.object_type(from)?;
    if kind == ObjType::Text {
        return tx.update_text(into, clean_text(&old.text(from)?, erasure));
    }
    for item in old.map_range(from, ..) {
        let key = item.key.as_ref();
        match old.get(from, key)? {
            Some((Stored::Object(kind), inner)) => {
                let copy = tx.put_object(into, key, kind)?;
                copy_inside(tx, old, &inner, &copy, erasure)?;
            }
            Some((Stored::Scalar(value), _)) => {
                tx.put(into, key, clean(value.into_owned(), erasure))?
            }
            None => {}
        }
    }
    Ok(())
}

/// One value that stays.
pub(super) struct Put {
    /// The key at the root of the record; empty for what lies at the root itself.
    pub(super) root: String,
    pub(super) key: String,
    pub(super) value: Content,
}

pub(super) enum Content {
    Scalar(ScalarValue),
    Text(String),
}

impl Put {
    fn write(&self, tx: &mut impl Transactable) -> Result<(), AutomergeError> {
        let object = match self.root.as_str() {
            "" => ROOT,
            root => match tx.get(ROOT, root)? {
                Some((_, object)) => object,
                None => return Ok(()),
            },
        };
        match &self.value {
            Content::Scalar(value) => tx.put(&object, self.key.as_str(), value.clone()),
            Content::Text(text) => match tx.get(&object, self.key.as_str())? {
                Some((Stored::Object(ObjType::Text), inner)) => tx.update_text(&inner, text),
                _ => Ok(()),
            },
        }
    }
}

/// All values that stay, by the place among the old document's changes, as they count, of the one that wrote them.
struct Values {
    /// One for each key.
    main: BTreeMap<usize, Vec<Put>>,
    /// Those that stood beside it.
    beside: Vec<(usize, Put)>,
}

impl Values {
    fn of(
        old: &Automerge,
        erasure: &Erasure,
        order: &HashMap<ChangeHash, usize>,
    ) -> Result<Self, AutomergeError> {
        let mut values = Self { main: BTreeMap::new(), beside: Vec::new() };
        let place = |id: &ObjId| old.hash_for_opid(id).and_then(|hash| order.get(&hash).copied());
        for item in old.map_range(ROOT, ..) {
            let root = item.key.as_ref();
            match old.get(ROOT, root)? {
                Some((Stored::Scalar(_), _)) if !root.starts_with(OWN) => {
                    values.take(old, &ROOT, "", root, erasure, &place)?;
                }
                Some((Stored::Object(ObjType::Map), object)) if !erasure.takes(root) => {
                    // A text is dated by the last edit of its record.
                    let edited = old.get(&object, REV)?.and_then(|(_, id)| place(&id)).unwrap_or(0);
                    for inner in old.map_range(&object, ..) {
                        let key = inner.key.as_ref();
                        match old.get(&object, key)? {
                            Some((Stored::Object(ObjType::Text), text)) => {
                                let text = clean_text(&old.text(&text)?, erasure);
                                if !text.is_empty() {
                                    values.add(edited, root, key, Content::Text(text));
                                }
                            }
                            Some((Stored::Scalar(_), _)) => {
                                values.take(old, &object, root, key, erasure, &place)?;
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(values)
    }

    fn add(&mut self, at: usize, root: &str, key: &str, value: Content) {
        let put = Put { root: root.to_owned(), key: key.to_owned(), value };
        self.main.entry(at).or_default().push(put);
    }

    /// The values at one key.
    fn take(
        &mut self,
        old: &Automerge,
        object: &ObjId,
        root: &str,
        key: &str,
        erasure: &Erasure,
        place: &impl Fn(&ObjId) -> Option<usize>,
    ) -> Result<(), AutomergeError> {
        let Some(new_key) = clean_key(key, erasure) else { return Ok(()) };
        let Some((_, winner)) = old.get(object, key)? else { return Ok(()) };
        for (value, id) in old.get_all(object, key)? {
            let Stored::Scalar(value) = value else { continue };
            let at = place(&id).unwrap_or(0);
            let value = Content::Scalar(clean(value.into_owned(), erasure));
            if id == winner {
                self.add(at, root, &new_key, value);
            } else {
                let put = Put { root: root.to_owned(), key: new_key.clone(), value };
                self.beside.push((at, put));
            }
        }
        Ok(())
    }
}

/// A key inside a record without what goes; `None` for a member of a set that goes.
pub(super) fn clean_key(key: &str, erasure: &Erasure) -> Option<String> {
    match key.split_once('/') {
        Some((_, member)) if erasure.is_link(member) => None,
        Some((field, member)) => {
            let member = erasure.without(member);
            Some(member.map_or_else(|| key.to_owned(), |member| format!("{field}/{member}")))
        }
        None => Some(key.to_owned()),
    }
}

/// A value without what goes.
pub(super) fn clean(value: ScalarValue, erasure: &Erasure) -> ScalarValue {
    match &value {
        ScalarValue::Str(text) => match erasure.clean(text) {
            Some(other) if other.as_str() == text.as_str() => value,
            Some(other) => ScalarValue::Str(other.into()),
            None => ScalarValue::Null,
        },
        _ => value,
    }
}

pub(super) fn clean_text(text: &str, erasure: &Erasure) -> String {
    erasure.without(text).unwrap_or_else(|| text.to_owned())
}

/// One change by the author and under the message of the change `from` of another document; gives its
/// hash, if it changes anything.
pub(super) fn write_as(
    document: &mut Automerge,
    old: &Automerge,
    from: ChangeHash,
    actor: [u8; 16],
    write: impl FnOnce(&mut automerge::transaction::Transaction<'_>) -> Result<(), AutomergeError>,
) -> Result<Option<ChangeHash>, AutomergeError> {
    let meta = old.get_change_meta_by_hash(&from);
    let (author, time, text) = match &meta {
        Some(meta) => (
            meta.author.as_ref().map(|author| Author::from(author.as_bytes().to_vec())),
            meta.timestamp,
            meta.message.as_deref().map(str::to_owned),
        ),
        None => (None, 0, None),
    };
    sign(document, author, actor);
    let options = |_: &()| {
        let options = CommitOptions::default().with_time(time);
        match text {
            Some(text) => options.with_message(text),
            None => options,
        }
    };
    let done = document.transact_with(options, write);
    Ok(done.map_err(|failure| failure.error)?.hash)
}

fn sign(document: &mut Automerge, author: Option<Author<'static>>, actor: [u8; 16]) {
    // In this order: naming an author draws a new actor.
    document.set_author(author);
    document.set_actor(ActorId::from(actor));
}
