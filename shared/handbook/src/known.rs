//! Records that rules and figures read: a struct under its id.

use std::ops::Deref;

use crate::ids::{RecordId, RecordKey};
use crate::row::Row;
use crate::typed::Record;

/// A record as a struct, and which one it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known<R> {
    /// Which one.
    pub id: RecordId,
    /// What it says.
    pub record: R,
}

impl<R> Known<R> {
    /// The record under that id.
    pub const fn new(id: RecordId, record: R) -> Self {
        Self { id, record }
    }
}

impl<R: Record> Known<R> {
    /// Its name inside its document.
    pub fn key(&self) -> RecordKey {
        RecordKey::new(R::KIND, self.id)
    }
}

impl<R> Deref for Known<R> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.record
    }
}

/// The records of one kind among the rows of a document, without those that are gone. A row that
/// this version cannot hold in its struct is left out: no rule can judge it, and pages show it as
/// it is. Notes and prose are empty where the rows were read without them.
pub fn known<R: Record>(rows: &[Row]) -> Vec<Known<R>> {
    let here = rows.iter().filter(|row| row.kind == R::KIND && !row.gone);
    here.filter_map(|row| Some(Known::new(row.id, R::from_row(row).ok()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Promise, Site};
    use crate::value::Value;

    #[test]
    fn of_one_kind_and_living() {
        let row = |number: u8, name: &str| {
            let mut row = Row::empty(Site::KIND, RecordId::from_bytes([number; 16]));
            row.values[0] = Value::Text(name.into());
            row
        };
        let gone = Row { gone: true, ..row(2, "Old hall") };
        let other = Row::empty(Promise::KIND, RecordId::from_bytes([3; 16]));
        let mut unreadable = row(4, "");
        unreadable.values[0] = Value::Integer(4);
        let rows = [row(1, "Harbour"), gone, other, unreadable];
        let sites = known::<Site>(&rows);
        assert_eq!(sites.len(), 1);
        assert_eq!((sites[0].id, sites[0].name.as_str()), (rows[0].id, "Harbour"));
    }
}
