//! The records of one kind in one document, read from its hot entry in place.

use std::rc::Rc;

use handbook::row::Created;
use handbook::{DocumentId, Kind, RecordId, RecordKey, Row};

use super::entry::{Column, Entry, Table};
use super::project::{GONE, RETURNED};

/// The records of one kind in one document, by their place `0..len()`; gone ones are among them.
#[derive(Clone, Debug)]
pub struct Records {
    document: DocumentId,
    entry: Rc<Entry>,
    table: usize,
    kind: &'static Kind,
    len: usize,
}

impl Records {
    pub(super) fn of(document: DocumentId, entry: &Rc<Entry>, kind: &'static Kind) -> Option<Self> {
        let table = entry.tables().iter().position(|table| table.kind == kind)?;
        Some(Self::at(document, entry, table, entry.tables().get(table)?))
    }

    /// All records of a document, kind by kind.
    pub(super) fn all(document: DocumentId, entry: &Rc<Entry>) -> Vec<Self> {
        let tables = entry.tables().iter().enumerate();
        tables.map(|(place, table)| Self::at(document, entry, place, table)).collect()
    }

    fn at(document: DocumentId, entry: &Rc<Entry>, place: usize, table: &Table) -> Self {
        let (kind, len) = (table.kind, table.count);
        Self { document, entry: Rc::clone(entry), table: place, kind, len }
    }

    /// The document.
    pub fn document(&self) -> DocumentId {
        self.document
    }

    /// What they are.
    pub fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// How many there are, gone ones included.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Never: a document without records of a kind has no [`Records`] of it.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The id of the record at `place`; nil beyond the end.
    pub fn id(&self, place: usize) -> RecordId {
        self.read(|table| self.entry.id(table, place)).unwrap_or(RecordId::ONLY)
    }

    /// Its name inside the document.
    pub fn key(&self, place: usize) -> RecordKey {
        RecordKey::new(self.kind, self.id(place))
    }

    /// Who made it, and when.
    pub fn created(&self, place: usize) -> Created {
        self.read(|table| Some(self.entry.created(table, place))).unwrap_or_default()
    }

    /// It was deleted.
    pub fn is_gone(&self, place: usize) -> bool {
        self.flags(place) & GONE != 0
    }

    /// Two people decided a field of it differently.
    pub fn has_two_versions(&self, place: usize) -> bool {
        self.read(|table| Some(table.conflicts.iter().any(|(row, _)| *row == place)))
            .unwrap_or(false)
    }

    /// The values of a small field, place by place; `None` where all are empty, and for notes,
    /// prose and unknown fields.
    pub fn column(&self, field: &str) -> Option<Column<'_>> {
        let index = self.kind.index(field)?;
        self.read(|table| self.entry.column(table, index))
    }

    /// The record of that id, without notes and prose.
    pub fn find(&self, id: RecordId) -> Option<Row> {
        let place = self.read(|table| self.entry.find(table, id))?;
        self.row(place)
    }

    /// The record at `place`, without notes and prose; `None` beyond the end. It walks the columns
    /// up to there: to read all of them use [`Records::living`].
    pub fn row(&self, place: usize) -> Option<Row> {
        (place < self.len).then(|| {
            let mut row = self.frame(place);
            for (index, value) in row.values.iter_mut().enumerate() {
                let cell = self.read(|table| self.entry.column(table, index)?.nth(place));
                *value = cell.map(|cell| cell.to_value()).unwrap_or_default();
            }
            row
        })
    }

    /// All records that are not gone, without notes and prose.
    pub fn living(&self) -> Vec<(DocumentId, Row)> {
        let mut rows: Vec<Row> = (0..self.len).map(|place| self.frame(place)).collect();
        for index in 0..self.kind.fields.len() {
            let Some(column) = self.read(|table| self.entry.column(table, index)) else { continue };
            for (row, cell) in rows.iter_mut().zip(column) {
                if let Some(value) = row.values.get_mut(index) {
                    *value = cell.to_value();
                }
            }
        }
        rows.into_iter().filter(|row| !row.gone).map(|row| (self.document, row)).collect()
    }

    /// The record at `place` without its values.
    fn frame(&self, place: usize) -> Row {
        let mut row = Row::empty(self.kind, self.id(place));
        row.created = self.created(place);
        row.gone = self.is_gone(place);
        row.returned = self.flags(place) & RETURNED != 0;
        row.two_versions = self
            .read(|table| {
                let here = table.conflicts.iter().filter(|(row, _)| *row == place);
                Some(here.map(|(_, field)| *field).collect())
            })
            .unwrap_or_default();
        row
    }

    fn flags(&self, place: usize) -> u8 {
        self.read(|table| Some(self.entry.flags(table, place))).unwrap_or(0)
    }

    fn read<'a, T>(&'a self, read: impl FnOnce(&'a Table) -> Option<T>) -> Option<T> {
        read(self.entry.tables().get(self.table)?)
    }
}
