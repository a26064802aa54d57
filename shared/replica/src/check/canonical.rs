//! Writing a change as Automerge would.
//!
//! A document does not keep the bytes of its changes. It keeps operations, and writes the changes
//! anew when they are asked for; their hashes are over these bytes. A change with the same meaning
//! in other bytes would come out with another hash, and the document would not load again.

use std::num::NonZeroU64;

use automerge::legacy::{ElementId, Key as WrittenKey, ObjectId, Op as WrittenOp, OpId, OpType};
use automerge::{Change, ExpandedChange, ObjType};

use super::shape::{Action, Id, Key, Op, Shape};
use super::{Rejected, limits};

/// The change that the shape describes, if its bytes are `raw`.
pub(super) fn write(shape: &Shape<'_>, raw: &[u8]) -> Result<Change, Rejected> {
    let start_op = NonZeroU64::new(shape.start_op).ok_or(Rejected::Numbering)?;
    let end = shape.start_op.saturating_add(shape.ops.len() as u64);
    if shape.ops.is_empty() || end > limits::MAX_COUNTER {
        return Err(Rejected::Numbering);
    }
    let actor_id = shape.actors.first().ok_or(Rejected::Malformed)?.clone();
    let change = Change::from(ExpandedChange {
        operations: shape.ops.iter().map(|op| operation(shape, op)).collect::<Result<_, _>>()?,
        actor_id,
        hash: None,
        seq: shape.seq,
        start_op,
        time: shape.time,
        message: (!shape.message.is_empty()).then(|| shape.message.to_owned()),
        deps: shape.deps.clone(),
        extra_bytes: shape.footer.to_vec(),
        author: None,
    });
    if change.raw_bytes() == raw { Ok(change) } else { Err(Rejected::NotNormal) }
}

fn operation(shape: &Shape<'_>, op: &Op<'_>) -> Result<WrittenOp, Rejected> {
    let pred = op.pred.iter().map(|id| op_id(shape, id)).collect::<Result<Vec<_>, _>>()?;
    if !pred.is_sorted_by(|one, next| one < next) {
        return Err(Rejected::Predecessor);
    }
    Ok(WrittenOp {
        action: match &op.action {
            Action::MakeMap => OpType::Make(ObjType::Map),
            Action::MakeText => OpType::Make(ObjType::Text),
            Action::Put(value) => OpType::Put(value.clone()),
            Action::Delete => OpType::Delete,
        },
        obj: match &op.object {
            None => ObjectId::Root,
            Some(id) => ObjectId::Id(op_id(shape, id)?),
        },
        key: match &op.key {
            Key::Property(property) => WrittenKey::Map((*property).into()),
            Key::Head => WrittenKey::Seq(ElementId::Head),
            Key::Element(id) => WrittenKey::Seq(ElementId::Id(op_id(shape, id)?)),
        },
        pred: pred.into(),
        insert: op.insert,
    })
}

fn op_id(shape: &Shape<'_>, id: &Id) -> Result<OpId, Rejected> {
    let actor = shape.actors.get(id.actor).ok_or(Rejected::Malformed)?;
    Ok(OpId::new(id.counter, actor))
}
