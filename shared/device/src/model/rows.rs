//! Reading the rows entry.

use handbook::ids::RecordId;
use handbook::{Row, Value};
use minicbor::Decoder;

use super::cell::{self, fixed, length};
use super::entry::{read_created, read_head};
use super::project::{GONE, RETURNED};
use crate::codec::Unreadable;

/// The rows of a document, gone ones included, by kind and id. Kinds that this version does not
/// know are passed over.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Row>, Unreadable> {
    let mut d = Decoder::new(bytes);
    read_head(&mut d)?;
    let count = length(d.array()?)?;
    let mut rows = Vec::new();
    for _ in 0..count {
        rows.extend(read_row(&mut d)?);
    }
    Ok(rows)
}

fn read_row(d: &mut Decoder<'_>) -> Result<Option<Row>, Unreadable> {
    d.array()?;
    let Some(kind) = handbook::kind(d.str()?) else {
        for _ in 0..6 {
            d.skip()?;
        }
        return Ok(None);
    };
    let mut row = Row::empty(kind, RecordId::from_bytes(fixed(d)?));
    row.created = read_created(d.bytes()?).unwrap_or_default();
    let flags = d.u8()?;
    row.gone = flags & GONE != 0;
    row.returned = flags & RETURNED != 0;
    for _ in 0..length(d.array()?)? {
        row.two_versions.extend(kind.index(d.str()?));
    }
    let mut newer: Vec<(String, Value)> = Vec::new();
    for _ in 0..length(d.map()?)? {
        let key = d.str()?;
        let value = cell::read(d)?.to_value();
        match kind.index(key).and_then(|index| row.values.get_mut(index)) {
            Some(place) => *place = value,
            None => newer.push((key.to_owned(), value)),
        }
    }
    row.unknown = cell::read_named(d)?;
    row.unknown.extend(newer);
    Ok(Some(row))
}
