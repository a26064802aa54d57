//! From rows to the two stored entries of a document. Same rows, same bytes: a rebuilt read model
//! equals the stored one.

use std::sync::OnceLock;

use handbook::{DocumentId, FieldType, Row, Value};
use wire::Hash;

use super::cell;
use crate::codec::{Sink, Written, write};

/// The layout of both entries. Entries of another layout are built anew from the document.
pub(super) const LAYOUT: u8 = 1;

pub(super) const GONE: u8 = 1;
pub(super) const RETURNED: u8 = 2;

/// Sorts rows as both entries want them: by kind, then by id.
pub(crate) fn sort(rows: &mut [Row]) {
    rows.sort_unstable_by_key(Row::key);
}

/// The hot entry: every small field of every row, as columns. `rows` are sorted.
pub(crate) fn hot(document: Option<DocumentId>, rows: &[Row]) -> Vec<u8> {
    let kinds: Vec<&[Row]> = rows.chunk_by(|a, b| a.kind == b.kind).collect();
    write(|e| {
        head(e, document)?;
        e.array(kinds.len() as u64)?;
        kinds.iter().try_for_each(|rows| put_kind(e, rows))
    })
}

/// The rows entry: every row with all that is in it. `rows` are sorted.
pub(crate) fn rows(document: Option<DocumentId>, rows: &[Row]) -> Vec<u8> {
    write(|e| {
        head(e, document)?;
        e.array(rows.len() as u64)?;
        rows.iter().try_for_each(|row| put_row(e, row))
    })
}

fn head(e: &mut Sink, document: Option<DocumentId>) -> Written {
    e.array(4)?.u8(LAYOUT)?.bytes(&schema().0)?;
    match document {
        Some(document) => e.str(&document.to_string())?.ok(),
        None => e.null()?.ok(),
    }
}

fn put_kind(e: &mut Sink, rows: &[Row]) -> Written {
    let Some(kind) = rows.first().map(|row| row.kind) else { return Ok(()) };
    e.array(7)?.str(kind.key)?.u64(rows.len() as u64)?;
    e.bytes(&rows.iter().flat_map(|row| row.id.bytes()).collect::<Vec<u8>>())?;
    e.bytes(&rows.iter().flat_map(created).collect::<Vec<u8>>())?;
    e.bytes(&rows.iter().map(flags).collect::<Vec<u8>>())?;

    let conflicts: Vec<(usize, &str)> = rows
        .iter()
        .enumerate()
        .flat_map(|(place, row)| conflicts(row).map(move |field| (place, field)))
        .collect();
    e.array(conflicts.len() as u64)?;
    for (place, field) in conflicts {
        e.array(2)?.u64(place as u64)?.str(field)?;
    }

    let columns: Vec<(usize, &str)> = kind
        .fields
        .iter()
        .enumerate()
        .filter(|(index, field)| {
            field.is_hot() && rows.iter().any(|row| *row.at(*index) != Value::Empty)
        })
        .map(|(index, field)| (index, field.key))
        .collect();
    e.map(columns.len() as u64)?;
    for (index, key) in columns {
        let column = write(|e| rows.iter().try_for_each(|row| cell::put(e, row.at(index))));
        e.str(key)?.bytes(&column)?;
    }
    Ok(())
}

fn put_row(e: &mut Sink, row: &Row) -> Written {
    e.array(7)?.str(row.kind.key)?.bytes(&row.id.bytes())?;
    e.bytes(&created(row))?.u8(flags(row))?;
    e.array(row.two_versions.len() as u64)?;
    for field in conflicts(row) {
        e.str(field)?;
    }
    let values: Vec<(&str, &Value)> = row
        .kind
        .fields
        .iter()
        .zip(&row.values)
        .filter(|(_, value)| **value != Value::Empty)
        .map(|(field, value)| (field.key, value))
        .collect();
    e.map(values.len() as u64)?;
    for (key, value) in values {
        e.str(key)?;
        cell::put(e, value)?;
    }
    cell::put_named(e, &row.unknown)
}

/// 16 bytes of member, 8 of milliseconds, 2 of offset: fixed, so that a place is found by counting.
pub(super) const CREATED_BYTES: usize = 26;

fn created(row: &Row) -> [u8; CREATED_BYTES] {
    let mut bytes = [0; CREATED_BYTES];
    let at = row.created.at;
    let parts = row.created.by.into_iter().chain(at.ms.to_be_bytes());
    for (place, byte) in bytes.iter_mut().zip(parts.chain(at.offset_min.to_be_bytes())) {
        *place = byte;
    }
    bytes
}

fn flags(row: &Row) -> u8 {
    u8::from(row.gone) * GONE + u8::from(row.returned) * RETURNED
}

/// The keys of the fields that two people decided differently.
fn conflicts(row: &Row) -> impl Iterator<Item = &'static str> {
    row.two_versions.iter().filter_map(|index| row.kind.fields.get(*index)).map(|field| field.key)
}

/// What the declarations said when an entry was written. An entry of another schema is still
/// readable; it is built anew when there is time, because a field that was unknown then may be
/// known now.
pub(super) fn schema() -> Hash {
    static SCHEMA: OnceLock<Hash> = OnceLock::new();
    *SCHEMA.get_or_init(|| {
        let mut text = String::new();
        for kind in handbook::kinds() {
            text.push_str(kind.key);
            kind.fields.iter().for_each(|field| describe(&mut text, field.key, &field.ty));
            text.push('\n');
        }
        wire::hash(b"rapport/device/schema/1", &[text.as_bytes()])
    })
}

fn describe(text: &mut String, key: &str, ty: &FieldType) {
    text.push_str("; ");
    text.push_str(key);
    text.push_str(match ty {
        FieldType::Line => " line",
        FieldType::Note => " note",
        FieldType::Prose => " prose",
        FieldType::Integer { .. } => " integer",
        FieldType::Money => " money",
        FieldType::Date => " date",
        FieldType::Moment => " moment",
        FieldType::Minutes => " minutes",
        FieldType::Time => " time",
        FieldType::Flag => " flag",
        FieldType::Choice(_) => " choice",
        FieldType::Link(_) => " link",
        FieldType::Email => " email",
        FieldType::Phone => " phone",
        FieldType::Web => " web",
        FieldType::Many(_) => " many",
        FieldType::Facts(_) => " facts",
    });
    match ty {
        FieldType::Choice(choices) => {
            for option in choices.options {
                text.push(' ');
                text.push_str(option.key);
            }
        }
        FieldType::Many(of) => describe(text, "", of),
        FieldType::Facts(fields) => {
            fields.iter().for_each(|field| describe(text, field.key, &field.ty));
        }
        _ => {}
    }
}
