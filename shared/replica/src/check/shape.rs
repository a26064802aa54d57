//! Reading a change's bytes without trusting them.

use automerge::{ActorId, ChangeHash, ScalarValue};
use sha2::{Digest, Sha256};

use super::column::{Malformed, Reader};
use super::columns::Columns;
use super::{Rejected, limits};

/// A change as its bytes say. Nothing about its place in a document has been looked at.
pub(super) struct Shape<'a> {
    pub(super) deps: Vec<ChangeHash>,
    /// The change's own actor, then all others it refers to.
    pub(super) actors: Vec<ActorId>,
    pub(super) seq: u64,
    pub(super) start_op: u64,
    pub(super) time: i64,
    pub(super) message: &'a str,
    pub(super) ops: Vec<Op<'a>>,
    /// What follows the columns: nothing, or who the author is.
    pub(super) footer: &'a [u8],
}

/// One operation. Its id is the change's `start_op` plus its position.
pub(super) struct Op<'a> {
    pub(super) object: Option<Id>,
    pub(super) key: Key<'a>,
    pub(super) insert: bool,
    pub(super) action: Action,
    /// What it replaces or deletes, in ascending order.
    pub(super) pred: Vec<Id>,
}

/// An operation's id. The actor is a position in [`Shape::actors`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Id {
    pub(super) counter: u64,
    pub(super) actor: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key<'a> {
    Property(&'a str),
    /// The beginning of a text.
    Head,
    Element(Id),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    MakeMap,
    MakeText,
    Put(ScalarValue),
    Delete,
}

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHANGE_CHUNK: u8 = 1;

impl<'a> Shape<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Rejected> {
        if bytes.len() > wire::limits::MAX_CHANGE {
            return Err(Rejected::TooLarge);
        }
        let data = chunk_of(bytes, CHANGE_CHUNK)?;
        let mut reader = Reader(data);
        let deps = list(&mut reader, |reader| reader.array().map(ChangeHash))?;
        let own = actor(&mut reader)?;
        let seq = reader.unsigned()?;
        let start_op = reader.unsigned()?;
        let time = reader.signed()?;
        let message = std::str::from_utf8(reader.prefixed()?).map_err(|_| Malformed)?;
        let mut actors = vec![own];
        actors.extend(list(&mut reader, actor)?);
        let columns = Columns::read(&mut reader)?;
        let ops = columns.ops(actors.len())?;
        Ok(Self { deps, actors, seq, start_op, time, message, ops, footer: reader.0 })
    }
}

/// The data of one chunk of that kind, with nothing behind it, that has the checksum that it says.
pub(super) fn chunk_of(bytes: &[u8], wanted: u8) -> Result<&[u8], Rejected> {
    let mut reader = Reader(bytes);
    let (magic, checksum, [kind]) =
        (reader.array::<4>()?, reader.array::<4>()?, reader.array::<1>()?);
    if magic != MAGIC || kind != wanted {
        return Err(Rejected::Malformed);
    }
    let framed = reader.0;
    let length = reader.unsigned()?;
    if reader.0.len() as u64 != length {
        return Err(Rejected::Malformed);
    }
    // The hash is taken over kind, length and data; the checksum is its beginning.
    let hash = Sha256::new().chain_update([kind]).chain_update(framed).finalize();
    if hash.first_chunk() != Some(&checksum) {
        return Err(Rejected::Checksum);
    }
    Ok(reader.0)
}

/// Items led by their number.
pub(super) fn list<'a, T>(
    reader: &mut Reader<'a>,
    mut item: impl FnMut(&mut Reader<'a>) -> Result<T, Malformed>,
) -> Result<Vec<T>, Malformed> {
    // Grown as it is read: a length that lies costs nothing.
    let mut items = Vec::new();
    for _ in 0..reader.unsigned()? {
        items.push(item(reader)?);
    }
    Ok(items)
}

fn actor(reader: &mut Reader<'_>) -> Result<ActorId, Malformed> {
    match reader.prefixed()? {
        bytes @ &[_, ..] if bytes.len() <= limits::MAX_ACTOR => Ok(ActorId::from(bytes)),
        _ => Err(Malformed),
    }
}

impl From<Malformed> for Rejected {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}
