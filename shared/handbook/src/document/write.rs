//! A command into a document: one transaction, one change.

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{
    Author, Automerge, ObjType, ROOT, ReadDoc, ScalarValue, ScalarValueRef, Value as Stored,
    ValueRef,
};
use rand_core::CryptoRng;

use super::error::WriteError;
use super::facts;
use super::layout::{self, CREATED, GONE, Place, REV, REV_BYTES};
use super::message::message;
use super::read::created_text;
use super::stored::{from_scalar, to_scalar, to_text};
use crate::ids::{DocumentId, MemberId, RecordId, RecordKey};
use crate::kind::{Class, Field, FieldType, SCHEMA};
use crate::op::{Op, Stamp};
use crate::row::Created;
use crate::value::{Fact, Value};

/// A new document with its first records, in one change, ready to be written on.
pub fn create(
    id: DocumentId,
    ops: &[Op],
    stamp: &Stamp,
    rng: &mut impl CryptoRng,
) -> Result<Automerge, WriteError> {
    let mut document = layout::blank();
    layout::sign_in(&mut document, stamp.member, rng);
    change(&mut document, Some(id), ops, stamp, rng)?;
    Ok(document)
}

/// Writes a command as one change and gives its raw bytes; `None` if it changes nothing. Signs in
/// as the stamp's member first, unless that has been done.
pub fn write(
    document: &mut Automerge,
    ops: &[Op],
    stamp: &Stamp,
    rng: &mut impl CryptoRng,
) -> Result<Option<Vec<u8>>, WriteError> {
    let asked = layout::min_writer(document);
    if asked > SCHEMA {
        return Err(WriteError::Newer(asked));
    }
    if document.get_author().map(Author::as_bytes) != Some(stamp.member.as_slice()) {
        layout::sign_in(document, stamp.member, rng);
    }
    change(document, None, ops, stamp, rng)
}

fn change(
    document: &mut Automerge,
    begins: Option<DocumentId>,
    ops: &[Op],
    stamp: &Stamp,
    rng: &mut impl CryptoRng,
) -> Result<Option<Vec<u8>>, WriteError> {
    let home = begins.or_else(|| layout::home(document)).ok_or(WriteError::Nameless)?;
    let options = |(): &()| {
        CommitOptions::default().with_message(message(stamp)).with_time(stamp.at.ms / 1000)
    };
    let done = document.transact_with(options, |tx| {
        if let Some(id) = begins {
            layout::begin(tx, id)?;
        }
        let mut writer = Writer { tx, home, stamp, rng, revised: Vec::new() };
        ops.iter().try_for_each(|op| writer.apply(op))
    });
    let hash = done.map_err(|failure| failure.error)?.hash;
    let change = hash.and_then(|hash| document.get_change_by_hash(&hash));
    Ok(change.map(|change| change.raw_bytes().to_vec()))
}

struct Writer<'w, 't, R> {
    tx: &'w mut Transaction<'t>,
    home: DocumentId,
    stamp: &'w Stamp,
    rng: &'w mut R,
    /// Records that have their new revision already.
    revised: Vec<RecordKey>,
}

impl<R: CryptoRng> Writer<'_, '_, R> {
    fn apply(&mut self, op: &Op) -> Result<(), WriteError> {
        let key = op.key();
        let client = key.kind.key == crate::records::CLIENT;
        if key.kind.home != self.home.home() || (client && self.home != DocumentId::Client(key.id))
        {
            return Err(WriteError::Elsewhere(key));
        }
        if let Op::Create { values, .. } = op {
            return self.create(key, values);
        }
        let place = Place::find(self.tx, key).ok_or(WriteError::Missing(key))?;
        let before = self.tx.pending_ops();
        match op {
            Op::Create { .. } => {}
            Op::Set { field, value, .. } => {
                self.set(key, &place, declared(key, field)?, value)?;
            }
            Op::Settle { field, value, .. } => {
                self.settle(key, &place, declared(key, field)?, value)?;
            }
            Op::Include { field, item, .. } => {
                self.member(key, &place, declared(key, field)?, item, true)?;
            }
            Op::Exclude { field, item, .. } => {
                self.member(key, &place, declared(key, field)?, item, false)?;
            }
            Op::Append { field, fact, .. } => {
                self.append(key, &place, declared(key, field)?, fact)?;
            }
            Op::Edit { field, text, .. } => self.edit(key, &place, declared(key, field)?, text)?,
            Op::Keep { field, value, .. } => super::keep::keep(self.tx, key, &place, field, value)?,
            Op::Delete { .. } => return self.delete(key, &place),
            Op::Restore { .. } => self.tx.delete(&place.object, place.key(GONE))?,
        }
        if self.tx.pending_ops() > before {
            self.revise(key, &place)?;
        }
        Ok(())
    }

    fn create(
        &mut self,
        key: RecordKey,
        values: &[(&'static str, Value)],
    ) -> Result<(), WriteError> {
        if key.kind.singleton {
            return Err(WriteError::Always(key));
        }
        if self.tx.get(ROOT, key.to_string())?.is_some() {
            return Err(WriteError::Exists(key));
        }
        let object = self.tx.put_object(ROOT, key.to_string(), ObjType::Map)?;
        let place = Place { object, prefix: String::new() };
        let created = Created { by: self.stamp.member, at: self.stamp.at };
        self.tx.put(&place.object, CREATED, created_text(&created))?;
        self.revise(key, &place)?;
        // Made with the record: two devices that each made the text later would hide one of them.
        for field in key.kind.fields.iter().filter(|field| field.class == Class::Prose) {
            self.tx.put_object(&place.object, field.key, ObjType::Text)?;
        }
        for (name, value) in values {
            let field = declared(key, name)?;
            match value {
                Value::Empty => {}
                Value::Facts(facts) => {
                    for fact in facts {
                        self.state(key, &place, field, fact)?;
                    }
                }
                value => self.set(key, &place, field, value)?,
            }
        }
        Ok(())
    }

    fn set(
        &mut self,
        key: RecordKey,
        place: &Place,
        field: &'static Field,
        value: &Value,
    ) -> Result<(), WriteError> {
        let unfit = WriteError::Unfit { key, field: field.key };
        match (field.class, value) {
            (Class::Decisive, value) => {
                let scalar = to_scalar(&field.ty, value).ok_or(unfit)?;
                let all = self.tx.get_all(&place.object, place.key(field.key))?;
                let now: Vec<Stored<'static>> =
                    all.into_iter().map(|(stored, _)| stored.into_owned()).collect();
                match now.as_slice() {
                    [] if scalar == ScalarValue::Null => Ok(()),
                    [] => Ok(self.tx.put(&place.object, place.key(field.key), scalar)?),
                    [one] if one.as_scalar() == Some(&scalar) => Ok(()),
                    [one] if is_foreign(field, one) => {
                        Err(WriteError::Foreign { key, field: field.key })
                    }
                    [_] => Ok(self.tx.put(&place.object, place.key(field.key), scalar)?),
                    // Whoever gives a conflicted field a value decides between its versions.
                    _ => self.decide(place, field, scalar),
                }
            }
            (Class::Set, Value::Many(_) | Value::Empty) => {
                self.set_members(key, place, field, value.members())
            }
            (Class::Prose, Value::Text(text)) => self.edit(key, place, field, text),
            (Class::Prose, Value::Empty) => self.edit(key, place, field, ""),
            _ => Err(unfit),
        }
    }

    fn settle(
        &mut self,
        key: RecordKey,
        place: &Place,
        field: &'static Field,
        value: &Value,
    ) -> Result<(), WriteError> {
        let scalar = to_scalar(&field.ty, value)
            .filter(|_| field.class == Class::Decisive)
            .ok_or(WriteError::Unfit { key, field: field.key })?;
        self.decide(place, field, scalar)
    }

    /// Writes something else and then the value: writing the winner's own value alone would only
    /// drop the others, and nobody could see who decided.
    fn decide(
        &mut self,
        place: &Place,
        field: &Field,
        scalar: ScalarValue,
    ) -> Result<(), WriteError> {
        let other = match scalar {
            ScalarValue::Null => ScalarValue::from(""),
            _ => ScalarValue::Null,
        };
        self.tx.put(&place.object, place.key(field.key), other)?;
        self.tx.put(&place.object, place.key(field.key), scalar)?;
        Ok(())
    }

    fn set_members(
        &mut self,
        key: RecordKey,
        place: &Place,
        field: &'static Field,
        members: &[Value],
    ) -> Result<(), WriteError> {
        let wanted: Vec<String> =
            members.iter().map(|item| member_key(key, field, item)).collect::<Result<_, _>>()?;
        let prefix = place.key(&format!("{}/", field.key));
        let now: Vec<String> = self
            .tx
            .map_range(&place.object, prefix.clone()..)
            .map_while(|item| item.key.strip_prefix(&prefix).map(str::to_owned))
            .collect();
        for gone in now.iter().filter(|member| !wanted.contains(member)) {
            self.tx.delete(&place.object, format!("{prefix}{gone}"))?;
        }
        for new in wanted {
            self.tx.put(&place.object, format!("{prefix}{new}"), true)?;
        }
        Ok(())
    }

    fn member(
        &mut self,
        key: RecordKey,
        place: &Place,
        field: &'static Field,
        item: &Value,
        there: bool,
    ) -> Result<(), WriteError> {
        let member = place.key(&format!("{}/{}", field.key, member_key(key, field, item)?));
        if there {
            self.tx.put(&place.object, member, true)?;
        } else {
            self.tx.delete(&place.object, member)?;
        }
        Ok(())
    }

    fn append(
        &mut self,
        key: RecordKey,
        place: &Place,
        field: &'static Field,
        fact: &Fact,
    ) -> Result<(), WriteError> {
        let stated = self.stated(key, place, field)?;
        if stated.iter().any(|known| known.id == fact.id) {
            return Ok(());
        }
        let mut after: Vec<RecordId> =
            crate::lifecycles::latest(&stated).map(|fact| fact.id).collect();
        after.sort_unstable();
        let fact = Fact { by: self.stamp.member, at: self.stamp.at, after, ..fact.clone() };
        self.put_fact(key, place, field, &fact)
    }

    /// A fact of a new record. One that names its author comes from an export and stays as it is.
    fn state(
        &mut self,
        key: RecordKey,
        place: &Place,
        field: &'static Field,
        fact: &Fact,
    ) -> Result<(), WriteError> {
        if fact.by == MemberId::default() {
            self.append(key, place, field, fact)
        } else {
            self.put_fact(key, place, field, fact)
        }
    }

    fn put_fact(
        &mut self,
        key: RecordKey,
        place: &Place,
        field: &'static Field,
        fact: &Fact,
    ) -> Result<(), WriteError> {
        let json = facts::to_json(fact_fields(key, field)?, fact)
            .ok_or(WriteError::Unfit { key, field: field.key })?;
        self.tx.put(&place.object, place.key(&format!("{}/{}", field.key, fact.id)), json)?;
        Ok(())
    }

    /// The facts stated so far.
    fn stated(
        &self,
        key: RecordKey,
        place: &Place,
        field: &'static Field,
    ) -> Result<Vec<Fact>, WriteError> {
        let fields = fact_fields(key, field)?;
        let prefix = place.key(&format!("{}/", field.key));
        let keys = self.tx.map_range(&place.object, prefix.clone()..);
        let stated = keys.take_while(|item| item.key.starts_with(&prefix)).filter_map(|item| {
            let id = item.key.strip_prefix(&prefix)?.parse().ok()?;
            match item.value {
                ValueRef::Scalar(ScalarValueRef::Str(text)) => facts::from_json(fields, id, &text),
                _ => None,
            }
        });
        Ok(stated.collect())
    }

    fn edit(
        &mut self,
        key: RecordKey,
        place: &Place,
        field: &'static Field,
        text: &str,
    ) -> Result<(), WriteError> {
        if field.class != Class::Prose {
            return Err(WriteError::Unfit { key, field: field.key });
        }
        let object = match self.tx.get(&place.object, place.key(field.key))? {
            Some((Stored::Object(ObjType::Text), object)) => object,
            // A field that is newer than the record.
            _ if text.is_empty() => return Ok(()),
            _ => self.tx.put_object(&place.object, place.key(field.key), ObjType::Text)?,
        };
        Ok(self.tx.update_text(&object, text)?)
    }

    fn delete(&mut self, key: RecordKey, place: &Place) -> Result<(), WriteError> {
        if key.kind.singleton {
            return Err(WriteError::Always(key));
        }
        let revs = place.bytes(self.tx, REV);
        if !layout::is_gone(&revs, &place.bytes(self.tx, GONE)) {
            self.tx.put(&place.object, GONE, revs.concat())?;
            // An edit later in this command counts as one that the deletion did not see.
            self.revised.retain(|revised| *revised != key);
        }
        Ok(())
    }

    fn revise(&mut self, key: RecordKey, place: &Place) -> Result<(), WriteError> {
        if !self.revised.contains(&key) {
            let mut rev = [0; REV_BYTES];
            self.rng.fill_bytes(&mut rev);
            self.tx.put(&place.object, place.key(REV), rev.to_vec())?;
            self.revised.push(key);
        }
        Ok(())
    }
}

fn declared(key: RecordKey, name: &str) -> Result<&'static Field, WriteError> {
    key.kind.field(name).ok_or_else(|| WriteError::NoField { key, field: name.to_owned() })
}

fn fact_fields(key: RecordKey, field: &'static Field) -> Result<&'static [Field], WriteError> {
    match field.ty {
        FieldType::Facts(fields) => Ok(fields),
        _ => Err(WriteError::Unfit { key, field: field.key }),
    }
}

fn member_key(key: RecordKey, field: &'static Field, item: &Value) -> Result<String, WriteError> {
    let text = match field.ty {
        FieldType::Many(ty) => to_text(ty, item),
        _ => None,
    };
    text.filter(|text| !text.is_empty()).ok_or(WriteError::Unfit { key, field: field.key })
}

fn is_foreign(field: &Field, stored: &Stored<'_>) -> bool {
    match stored.as_scalar() {
        Some(scalar) => matches!(from_scalar(&field.ty, &scalar.clone().into()), Value::Foreign(_)),
        None => true,
    }
}
