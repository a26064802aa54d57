//! The operations of a change, which lie in columns.

use automerge::ScalarValue;

use super::column::{Differences, Flags, Malformed, Reader, Runs};
use super::shape::{Action, Id, Key, Op, list};
use super::{Rejected, limits};

/// The column specifications of Automerge's format that are read: an id in the upper bits, a type
/// in the lower four.
#[derive(Default)]
pub(super) struct Columns<'a> {
    object_actor: &'a [u8],
    object_counter: &'a [u8],
    key_actor: &'a [u8],
    key_counter: &'a [u8],
    key_property: &'a [u8],
    insert: &'a [u8],
    action: &'a [u8],
    value_meta: &'a [u8],
    value: &'a [u8],
    pred_count: &'a [u8],
    pred_actor: &'a [u8],
    pred_counter: &'a [u8],
}

impl<'a> Columns<'a> {
    pub(super) fn read(reader: &mut Reader<'a>) -> Result<Self, Rejected> {
        let specifications = list(reader, |reader| Ok((reader.unsigned()?, reader.unsigned()?)))?;
        let mut columns = Self::default();
        let mut before = None;
        for (specification, length) in specifications {
            if before >= Some(specification) {
                return Err(Rejected::Malformed);
            }
            before = Some(specification);
            let column = match specification {
                0x01 => &mut columns.object_actor,
                0x02 => &mut columns.object_counter,
                0x11 => &mut columns.key_actor,
                0x13 => &mut columns.key_counter,
                0x15 => &mut columns.key_property,
                0x34 => &mut columns.insert,
                0x42 => &mut columns.action,
                0x56 => &mut columns.value_meta,
                0x57 => &mut columns.value,
                0x70 => &mut columns.pred_count,
                0x71 => &mut columns.pred_actor,
                0x73 => &mut columns.pred_counter,
                _ => return Err(Rejected::Unsupported),
            };
            *column = reader.take(length)?;
        }
        Ok(columns)
    }

    /// The operations, in a change of that many actors.
    pub(super) fn ops(&self, actors: usize) -> Result<Vec<Op<'a>>, Rejected> {
        let mut object =
            Ids::new(self.object_actor, Counters::of_runs(self.object_counter), actors);
        let mut key = Ids::new(self.key_actor, Counters::of_differences(self.key_counter), actors);
        let mut property = Runs::<&str>::new(self.key_property);
        let mut insert = Flags::new(self.insert);
        let mut action = Runs::<u64>::new(self.action);
        let mut values = Values { meta: Runs::new(self.value_meta), raw: Reader(self.value) };
        let mut pred_count = Runs::<u64>::new(self.pred_count);
        let mut pred =
            Ids::new(self.pred_actor, Counters::of_differences(self.pred_counter), actors);
        let mut budget = Budget::default();
        let mut ops = Vec::new();
        while !action.is_done() {
            let object = object.next()?.map(Reference::id).transpose()?;
            let key = match (key.next()?, property.next()?) {
                (None, Some(property)) => Key::Property(property),
                (Some(Reference::Head), None) => Key::Head,
                (Some(Reference::Op(id)), None) => Key::Element(id),
                _ => return Err(Rejected::Malformed),
            };
            let value = values.next()?;
            let action = match (action.next()?, value) {
                (Some(0), ScalarValue::Null) => Action::MakeMap,
                (Some(1), value) => Action::Put(value),
                (Some(3), ScalarValue::Null) => Action::Delete,
                (Some(4), ScalarValue::Null) => Action::MakeText,
                _ => return Err(Rejected::Unsupported),
            };
            let count = pred_count.next()?.unwrap_or(0);
            budget.spend(key, count)?;
            let pred = (0..count)
                .map(|_| pred.next()?.ok_or(Malformed)?.id())
                .collect::<Result<Vec<_>, Malformed>>()?;
            ops.push(Op { object, key, insert: insert.next()?, action, pred });
        }
        Ok(ops)
    }
}

/// What a few bytes of run lengths may grow to.
#[derive(Default)]
struct Budget {
    ops: usize,
    pred: u64,
    key_bytes: usize,
}

impl Budget {
    fn spend(&mut self, key: Key<'_>, pred: u64) -> Result<(), Rejected> {
        let key = if let Key::Property(property) = key { property.len() } else { 0 };
        self.ops += 1;
        self.pred = self.pred.saturating_add(pred);
        self.key_bytes += key;
        let within = self.ops <= limits::MAX_OPS
            && self.pred <= limits::MAX_OPS as u64
            && key <= limits::MAX_KEY
            && self.key_bytes <= limits::MAX_KEY_BYTES;
        if within { Ok(()) } else { Err(Rejected::TooLarge) }
    }
}

/// What a pair of an actor and a counter column refers to.
enum Reference {
    /// A counter of zero without an actor.
    Head,
    Op(Id),
}

impl Reference {
    fn id(self) -> Result<Id, Malformed> {
        match self {
            Self::Op(id) => Ok(id),
            Self::Head => Err(Malformed),
        }
    }
}

struct Ids<'a> {
    actor: Runs<'a, u64>,
    counter: Counters<'a>,
    actors: usize,
}

enum Counters<'a> {
    Runs(Runs<'a, u64>),
    Differences(Differences<'a>),
}

impl<'a> Counters<'a> {
    fn of_runs(bytes: &'a [u8]) -> Self {
        Self::Runs(Runs::new(bytes))
    }

    fn of_differences(bytes: &'a [u8]) -> Self {
        Self::Differences(Differences::new(bytes))
    }

    fn next(&mut self) -> Result<Option<u64>, Malformed> {
        match self {
            Self::Runs(runs) => runs.next(),
            Self::Differences(differences) => differences.next(),
        }
    }
}

impl<'a> Ids<'a> {
    fn new(actor: &'a [u8], counter: Counters<'a>, actors: usize) -> Self {
        Self { actor: Runs::new(actor), counter, actors }
    }

    fn next(&mut self) -> Result<Option<Reference>, Malformed> {
        match (self.actor.next()?, self.counter.next()?) {
            (None, None) => Ok(None),
            (None, Some(0)) => Ok(Some(Reference::Head)),
            (Some(actor), Some(counter @ 1..=limits::MAX_COUNTER)) => {
                let actor = usize::try_from(actor).map_err(|_| Malformed)?;
                let known = actor < self.actors;
                let id = Id { counter, actor };
                if known { Ok(Some(Reference::Op(id))) } else { Err(Malformed) }
            }
            _ => Err(Malformed),
        }
    }
}

/// The values of the operations: a column of types and lengths, and the bytes.
struct Values<'a> {
    meta: Runs<'a, u64>,
    raw: Reader<'a>,
}

impl Values<'_> {
    fn next(&mut self) -> Result<ScalarValue, Rejected> {
        let meta = self.meta.next()?.ok_or(Malformed)?;
        let bytes = self.raw.take(meta >> 4)?;
        let mut reader = Reader(bytes);
        let value = match meta & 0x0f {
            0 => ScalarValue::Null,
            1 => ScalarValue::Boolean(false),
            2 => ScalarValue::Boolean(true),
            3 => ScalarValue::Uint(reader.unsigned()?),
            4 => ScalarValue::Int(reader.signed()?),
            5 => ScalarValue::F64(f64::from_le_bytes(reader.array()?)),
            6 => ScalarValue::Str(std::str::from_utf8(bytes).map_err(|_| Malformed)?.into()),
            7 => ScalarValue::Bytes(bytes.to_vec()),
            9 => ScalarValue::Timestamp(reader.signed()?),
            _ => return Err(Rejected::Unsupported),
        };
        Ok(value)
    }
}
