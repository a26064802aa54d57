//! Rows out of a document.

use std::borrow::Cow;

use automerge::iter::MapRange;
use automerge::{
    Automerge, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValueRef, Value as Stored, ValueRef,
};

use super::facts;
use super::layout::{CREATED, GONE, Place, REV, home, is_gone, singletons};
use super::stored::{from_scalar, from_text, unknown};
use crate::ids::{RecordId, RecordKey};
use crate::kind::{Class, Field, FieldType, Kind};
use crate::records::kind;
use crate::row::{Created, Row};
use crate::value::{Fact, Moment, Value};

/// Every living record, and the singletons of the document's home, in the order of their keys.
pub fn rows(document: &Automerge) -> Vec<Row> {
    let mut rows = all(document);
    rows.retain(|row| !row.gone);
    rows
}

/// The same with the deleted ones.
pub fn all(document: &Automerge) -> Vec<Row> {
    rows_of(&View::now(document))
}

/// One record, even a deleted one; a singleton always, empty if nothing is set.
pub fn row(document: &Automerge, key: RecordKey) -> Option<Row> {
    let place = Place::find(document, key)?;
    Some(View::now(document).row(key, &place))
}

/// A record of a kind that this version does not know: kept, and shown as unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// `"<kind>/<id>"`.
    pub key: String,
    /// Its keys and what can be said of their values.
    pub values: Vec<(String, Value)>,
}

/// The records of kinds that this version does not know.
pub fn strangers(document: &Automerge) -> Vec<Stranger> {
    let maps = document.map_range(ROOT, ..).filter(|item| is_map(&item.value));
    maps.filter(|item| record(&item.key, None).is_none())
        .map(|item| Stranger {
            values: document
                .map_range(item.id(), ..)
                .map(|inner| (inner.key.into_owned(), unknown(&inner.value)))
                .collect(),
            key: item.key.into_owned(),
        })
        .collect()
}

/// Every record that had been made at some heads, as it was there, deleted ones included, in the order
/// of their keys.
pub(super) fn all_at(document: &Automerge, heads: &[ChangeHash]) -> Vec<Row> {
    let mut rows = rows_of(&View::at(document, heads));
    rows.retain(was_made);
    rows
}

/// Every record says who made it, so one that does not had not been made.
fn was_made(row: &Row) -> bool {
    row.kind.singleton || row.created != Created::default()
}

fn rows_of(view: &View<'_>) -> Vec<Row> {
    let document = view.document;
    let mut rows = Vec::new();
    if let Some(home) = home(document) {
        let singletons = singletons(home.home()).map(RecordKey::only);
        rows.extend(singletons.filter_map(|key| Some(view.row(key, &Place::find(document, key)?))));
    }
    let mut last: Option<&'static Kind> = None;
    let root = Place { object: ROOT, prefix: String::new() };
    for item in view.range(&root, None) {
        if !is_map(&item.value) {
            continue;
        }
        // Keys are sorted, so the kind is nearly always that of the record before.
        if let Some(key) = record(&item.key, last) {
            last = Some(key.kind);
            rows.push(view.row(key, &Place { object: item.id(), prefix: String::new() }));
        }
    }
    rows
}

fn is_map(value: &ValueRef<'_>) -> bool {
    matches!(value, ValueRef::Object(ObjType::Map))
}

fn record(key: &str, guess: Option<&'static Kind>) -> Option<RecordKey> {
    let (name, id) = key.split_once('/')?;
    let kind = guess.filter(|kind| kind.key == name).or_else(|| kind(name))?;
    Some(RecordKey { kind, id: id.parse().ok()? })
}

/// A document as it is now, or as it was at some heads.
pub(super) struct View<'d> {
    document: &'d Automerge,
    heads: Option<&'d [ChangeHash]>,
}

impl<'d> View<'d> {
    pub(super) fn now(document: &'d Automerge) -> Self {
        Self { document, heads: None }
    }

    pub(super) fn at(document: &'d Automerge, heads: &'d [ChangeHash]) -> Self {
        Self { document, heads: Some(heads) }
    }

    /// The record, if it had been made.
    pub(super) fn find(&self, key: RecordKey) -> Option<Row> {
        let place = Place::find(self.document, key)?;
        Some(self.row(key, &place)).filter(was_made)
    }

    /// Every value written apart at a key.
    pub(super) fn all(&self, object: &ObjId, key: &str) -> Vec<(Stored<'d>, ObjId)> {
        match self.heads {
            None => self.document.get_all(object, key),
            Some(heads) => self.document.get_all_at(object, key, heads),
        }
        .unwrap_or_default()
    }

    /// The keys of a record, or those of one field, and whatever else begins as it does.
    fn range(&self, place: &Place, field: Option<&str>) -> MapRange<'d> {
        let begin = place.key(field.unwrap_or_default());
        if begin.is_empty() {
            return match self.heads {
                None => self.document.map_range(&place.object, ..),
                Some(heads) => self.document.map_range_at(&place.object, .., heads),
            };
        }
        // Every key with the prefix: up to the prefix with the character after '/'.
        let mut end = begin.trim_end_matches('/').to_owned();
        end.push('0');
        let keys = begin..end;
        match self.heads {
            None => self.document.map_range(&place.object, keys),
            Some(heads) => self.document.map_range_at(&place.object, keys, heads),
        }
    }

    fn row(&self, key: RecordKey, place: &Place) -> Row {
        self.read(key, place, None)
    }

    /// One field of it; empty if it had not been made.
    pub(super) fn value(&self, key: RecordKey, place: &Place, index: usize) -> Value {
        let Some(field) = key.kind.fields.get(index) else { return Value::Empty };
        let mut row = self.read(key, place, Some(field.key));
        row.values.get_mut(index).map(std::mem::take).unwrap_or_default()
    }

    fn read(&self, key: RecordKey, place: &Place, only: Option<&str>) -> Row {
        let mut row = Row::empty(key.kind, key.id);
        let mut deleted = false;
        for item in self.range(place, only) {
            let inner = item.key.get(place.prefix.len()..).unwrap_or_default();
            match inner {
                REV => {}
                GONE => deleted = true,
                CREATED => row.created = created(&item.value),
                _ => match self.field(key.kind, inner, &item.value, || item.id()) {
                    Known::Scalar(index, value) => {
                        let field = key.kind.fields.get(index);
                        if item.conflict && field.is_some_and(|f| self.is_open(f, place, inner)) {
                            row.two_versions.push(index);
                        }
                        put(&mut row, index, value);
                    }
                    Known::Member(index, member) => add(&mut row, index, member),
                    Known::Fact(index, fact) => state(&mut row, index, fact),
                    Known::Absent => {}
                    Known::Not => row.unknown.push((inner.to_owned(), unknown(&item.value))),
                },
            }
        }
        for value in &mut row.values {
            if let Value::Facts(facts) = value {
                *facts = facts::in_order(std::mem::take(facts));
            }
        }
        row.two_versions.sort_unstable();
        if deleted {
            let bytes = |key| {
                let all = self.all(&place.object, &place.key(key)).into_iter();
                all.filter_map(|(value, _)| value.into_bytes().ok()).collect::<Vec<_>>()
            };
            row.gone = is_gone(&bytes(REV), &bytes(GONE));
            row.returned = !row.gone;
        }
        row
    }

    /// Do the values written apart in a field differ, and has somebody to decide?
    fn is_open(&self, field: &Field, place: &Place, key: &str) -> bool {
        if field.class != Class::Decisive {
            return false;
        }
        let all = self.all(&place.object, &place.key(key));
        all.iter().any(|(value, _)| Some(value) != all.first().map(|(first, _)| first))
    }

    fn field(
        &self,
        kind: &'static Kind,
        key: &str,
        value: &ValueRef<'_>,
        id: impl Fn() -> ObjId,
    ) -> Known {
        let (name, member) = match key.split_once('/') {
            Some((name, member)) => (name, Some(member)),
            None => (key, None),
        };
        let Some((index, field)) =
            kind.fields.iter().enumerate().find(|(_, field)| field.key == name)
        else {
            return Known::Not;
        };
        match (&field.ty, member, value) {
            (FieldType::Many(ty), Some(member), ValueRef::Scalar(scalar)) => match scalar {
                ScalarValueRef::Boolean(true) => Known::Member(index, from_text(ty, member)),
                _ => Known::Absent,
            },
            (FieldType::Facts(fields), Some(id), ValueRef::Scalar(ScalarValueRef::Str(text))) => {
                let id = id.parse::<RecordId>().ok();
                match id.and_then(|id| facts::from_json(fields, id, text)) {
                    Some(fact) => Known::Fact(index, fact),
                    None => Known::Not,
                }
            }
            (FieldType::Many(_) | FieldType::Facts(_), _, _) | (_, Some(_), _) => Known::Not,
            (_, None, ValueRef::Object(ObjType::Text)) => {
                let text = self.text(&id());
                let value = if text.is_empty() { Value::Empty } else { Value::Text(text) };
                Known::Scalar(index, value)
            }
            (_, None, ValueRef::Object(_)) => Known::Scalar(index, unknown(value)),
            (ty, None, ValueRef::Scalar(scalar)) => Known::Scalar(index, from_scalar(ty, scalar)),
        }
    }

    fn text(&self, id: &ObjId) -> String {
        match self.heads {
            None => self.document.text(id),
            Some(heads) => self.document.text_at(id, heads),
        }
        .unwrap_or_default()
    }
}

/// What a key inside a record is.
enum Known {
    Scalar(usize, Value),
    Member(usize, Value),
    Fact(usize, Fact),
    /// Known, and says that nothing is there.
    Absent,
    /// Not known to this version.
    Not,
}

fn put(row: &mut Row, index: usize, value: Value) {
    if let Some(slot) = row.values.get_mut(index) {
        *slot = value;
    }
}

fn add(row: &mut Row, index: usize, member: Value) {
    match row.values.get_mut(index) {
        Some(Value::Many(members)) => members.push(member),
        Some(slot) => *slot = Value::Many(vec![member]),
        None => {}
    }
}

fn state(row: &mut Row, index: usize, fact: Fact) {
    match row.values.get_mut(index) {
        Some(Value::Facts(facts)) => facts.push(fact),
        Some(slot) => *slot = Value::Facts(vec![fact]),
        None => {}
    }
}

/// `"<member> <moment>"`.
pub(super) fn created_text(created: &Created) -> String {
    format!("{} {}", RecordId::from_bytes(created.by), created.at)
}

fn created(value: &ValueRef<'_>) -> Created {
    let read = |text: &Cow<'_, str>| {
        let (by, at) = text.split_once(' ')?;
        Some(Created { by: by.parse::<RecordId>().ok()?.bytes(), at: Moment::parse(at)? })
    };
    match value {
        ValueRef::Scalar(ScalarValueRef::Str(text)) => read(text).unwrap_or_default(),
        _ => Created::default(),
    }
}
