//! Where things lie in a document, and whose it is.

use std::collections::{BTreeMap, BTreeSet};

use automerge::legacy::{Key, ObjectId};
use automerge::transaction::Transactable;
use automerge::{
    ActorId, Author, Automerge, AutomergeError, Change, LoadOptions, ObjId, ObjType, Prop, ROOT,
    ReadDoc, ScalarValue, TextEncoding, Value,
};
use rand_core::CryptoRng;

use crate::ids::{DocumentId, MemberId, RecordKey};
use crate::kind::{Home, Kind, SCHEMA};
use crate::records::kind;

pub(super) const REV: &str = "rev";
pub(super) const GONE: &str = "gone";
pub(super) const CREATED: &str = "created";

/// Bytes of a revision: enough that two never meet in one record.
pub(super) const REV_BYTES: usize = 8;

pub(super) const HOME: &str = "document/home";
const ID: &str = "document/id";
const MIN_WRITER: &str = "document/min_writer";
/// What begins so says whose the document is, and belongs to no record.
pub(super) const OWN: &str = "document/";
/// How often the document has begun again.
pub(super) const GENERATION: &str = "document/generation";
/// That it has, whole: the last thing written then.
pub(super) const BEGUN: &str = "document/begun";

/// Text positions are counted as browsers count them.
pub(super) const ENCODING: TextEncoding = TextEncoding::Utf16CodeUnit;

/// An empty document, to apply somebody's changes to.
pub fn blank() -> Automerge {
    Automerge::new_with_encoding(ENCODING)
}

/// Loads saved bytes strictly: anything wrong with them is an error, never a part of a document.
pub fn load(bytes: &[u8]) -> Result<Automerge, AutomergeError> {
    Automerge::load_with_options(bytes, LoadOptions::new().text_encoding(ENCODING))
}

/// Makes this in-memory document write as `member`, under a fresh random actor. Every in-memory
/// copy needs its own: two live copies with one actor would destroy the document.
pub fn sign_in(document: &mut Automerge, member: MemberId, rng: &mut impl CryptoRng) {
    let mut actor = [0; 16];
    rng.fill_bytes(&mut actor);
    document.set_author(Some(Author::from(member.to_vec())));
    document.set_actor(ActorId::from(actor));
}

/// Whose document it is; `None` while its first change has not arrived.
pub fn home(document: &Automerge) -> Option<DocumentId> {
    let text = |key| match document.get(ROOT, key) {
        Ok(Some((value, _))) => value.into_string().ok(),
        _ => None,
    };
    match text(HOME)?.as_str() {
        "firm" => Some(DocumentId::Firm),
        "client" => Some(DocumentId::Client(text(ID)?.parse().ok()?)),
        _ => None,
    }
}

/// Which version of the declarations a writer of this document must know. Above
/// [`SCHEMA`] nothing may be written: "update to edit".
pub fn min_writer(document: &Automerge) -> u16 {
    let written = document.get_all(ROOT, MIN_WRITER).unwrap_or_default();
    let highest = written.iter().filter_map(|(value, _)| value.as_i64()).max().unwrap_or(1);
    u16::try_from(highest).unwrap_or(u16::MAX)
}

/// Writes whose document it is.
pub(super) fn begin(tx: &mut impl Transactable, id: DocumentId) -> Result<(), AutomergeError> {
    match id {
        DocumentId::Firm => tx.put(ROOT, HOME, "firm")?,
        DocumentId::Client(id) => {
            tx.put(ROOT, HOME, "client")?;
            tx.put(ROOT, ID, id.to_string())?;
        }
    }
    tx.put(ROOT, MIN_WRITER, i64::from(SCHEMA))
}

/// Where a record's fields lie: an object, and what stands before each key in it.
pub(super) struct Place {
    pub(super) object: ObjId,
    pub(super) prefix: String,
}

impl Place {
    /// The place of a record in a document or transaction; `None` if there is no such record.
    pub(super) fn find(document: &impl ReadDoc, key: RecordKey) -> Option<Self> {
        if key.kind.singleton {
            return Some(Self { object: ROOT, prefix: format!("{}/", key.kind.key) });
        }
        match document.get(ROOT, key.to_string()) {
            Ok(Some((Value::Object(ObjType::Map), object))) => {
                Some(Self { object, prefix: String::new() })
            }
            _ => None,
        }
    }

    /// A key of the record, in the object.
    pub(super) fn key(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    /// The scalars written apart at a key of the record; one, unless in conflict.
    pub(super) fn bytes(&self, document: &impl ReadDoc, key: &str) -> Vec<Vec<u8>> {
        let all = document.get_all(&self.object, self.key(key)).unwrap_or_default();
        all.into_iter().filter_map(|(value, _)| value.into_bytes().ok()).collect()
    }
}

/// Is every visible revision among the deleted ones?
pub(super) fn is_gone(revs: &[Vec<u8>], gone: &[Vec<u8>]) -> bool {
    let deleted = |rev: &Vec<u8>| {
        gone.iter().any(|seen| seen.chunks(REV_BYTES).any(|one| one == rev.as_slice()))
    };
    !gone.is_empty() && revs.iter().all(deleted)
}

/// The kinds whose one record lies at the root of such a document.
pub(super) fn singletons(home: Home) -> impl Iterator<Item = &'static Kind> {
    crate::records::kinds().filter(move |kind| kind.singleton && kind.home == home)
}

/// The records that a change writes to; it must be in the document.
pub fn touched(document: &Automerge, change: &Change) -> BTreeSet<RecordKey> {
    let mut roots: BTreeMap<String, Option<String>> = BTreeMap::new();
    for op in change.decode().operations {
        let (object, root) = match (op.obj, op.key) {
            (ObjectId::Root, Key::Map(key)) => (String::new(), Some(key.to_string())),
            (ObjectId::Root, Key::Seq(_)) => continue,
            (ObjectId::Id(id), _) => (format!("{}@{}", id.counter(), id.actor()), None),
        };
        match root {
            Some(root) => roots.insert(root.clone(), Some(root)),
            None if roots.contains_key(&object) => continue,
            None => {
                let root = root_key(document, &object);
                roots.insert(object, root)
            }
        };
    }
    roots.into_values().flatten().filter_map(|root| record_key(&root)).collect()
}

/// The key at the root under which an object lies.
fn root_key(document: &Automerge, object: &str) -> Option<String> {
    let (object, _) = document.import(object).ok()?;
    let top = document.parents(&object).ok()?.last()?;
    match top.prop {
        Prop::Map(key) => Some(key),
        Prop::Seq(_) => None,
    }
}

/// The record that a key at the root belongs to, if its kind is known.
pub(super) fn record_key(root_key: &str) -> Option<RecordKey> {
    let kind = kind(root_key.split_once('/')?.0)?;
    if kind.singleton { Some(RecordKey::only(kind)) } else { RecordKey::parse(root_key) }
}

/// The text of a scalar for a value that nothing here understands.
pub(super) fn shown(scalar: &ScalarValue) -> String {
    match scalar {
        ScalarValue::Str(text) => text.to_string(),
        other => other.to_string(),
    }
}
