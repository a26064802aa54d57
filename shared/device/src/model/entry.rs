//! One document's hot entry: its bytes, and an index into them that is made on first use.

use std::cell::OnceCell;
use std::ops::Range;

use handbook::row::Created;
use handbook::{Kind, Moment, RecordId};
use minicbor::Decoder;

use super::cell::{self, Cell, fixed, length};
use super::project::{self, CREATED_BYTES, LAYOUT};
use crate::codec::Unreadable;

/// The columns of one document.
#[derive(Debug)]
pub(crate) struct Entry {
    bytes: Vec<u8>,
    current: bool,
    index: OnceCell<Vec<Table>>,
}

/// Where the rows of one kind lie in an entry.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) kind: &'static Kind,
    pub(super) count: usize,
    ids: Range<usize>,
    created: Range<usize>,
    flags: Range<usize>,
    /// Place of the row and place of the field of each field with two versions.
    pub(super) conflicts: Vec<(usize, usize)>,
    /// Place of the field in its kind, and where its column lies.
    columns: Vec<(usize, Range<usize>)>,
}

/// Reads what leads both entries and leaves the decoder before the array that follows. Says whether
/// the declarations are still those under which the entry was written.
pub(super) fn read_head(d: &mut Decoder<'_>) -> Result<bool, Unreadable> {
    if d.array()? != Some(4) || d.u8()? != LAYOUT {
        return Err(Unreadable::because("an entry of another layout"));
    }
    let current = fixed::<32>(d)? == project::schema().0;
    d.skip()?;
    Ok(current)
}

impl Entry {
    /// Reads the head; the rest waits until it is asked for.
    pub(crate) fn new(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        let current = read_head(&mut Decoder::new(&bytes))?;
        Ok(Self { bytes, current, index: OnceCell::new() })
    }

    /// Whether the declarations are still those under which it was written.
    pub(crate) fn is_current(&self) -> bool {
        self.current
    }

    /// The stored bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The kinds in this document. An entry that cannot be read counts as empty: it is rebuilt from
    /// the document when there is time.
    pub(super) fn tables(&self) -> &[Table] {
        self.index.get_or_init(|| read_index(&self.bytes).unwrap_or_default())
    }

    fn part(&self, range: &Range<usize>) -> &[u8] {
        self.bytes.get(range.clone()).unwrap_or_default()
    }

    pub(super) fn id(&self, table: &Table, place: usize) -> Option<RecordId> {
        let (ids, _) = self.part(&table.ids).as_chunks::<16>();
        ids.get(place).copied().map(RecordId::from_bytes)
    }

    /// The place of a record among those of its kind; ids are sorted.
    pub(super) fn find(&self, table: &Table, id: RecordId) -> Option<usize> {
        let (ids, _) = self.part(&table.ids).as_chunks::<16>();
        ids.binary_search(&id.bytes()).ok()
    }

    pub(super) fn created(&self, table: &Table, place: usize) -> Created {
        let (all, _) = self.part(&table.created).as_chunks::<CREATED_BYTES>();
        all.get(place).and_then(|bytes| read_created(bytes)).unwrap_or_default()
    }

    pub(super) fn flags(&self, table: &Table, place: usize) -> u8 {
        self.part(&table.flags).get(place).copied().unwrap_or(0)
    }

    /// The values of one field, row by row; `None` where all are empty.
    pub(super) fn column(&self, table: &Table, field: usize) -> Option<Column<'_>> {
        let (_, range) = table.columns.iter().find(|(index, _)| *index == field)?;
        Some(Column { decoder: Decoder::new(self.part(range)) })
    }
}

/// The values of one field, row by row.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    decoder: Decoder<'a>,
}

impl<'a> Iterator for Column<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        if self.decoder.position() >= self.decoder.input().len() {
            return None;
        }
        cell::read(&mut self.decoder).ok()
    }
}

pub(super) fn read_created(bytes: &[u8]) -> Option<Created> {
    let (by, rest) = bytes.split_first_chunk::<16>()?;
    let (ms, rest) = rest.split_first_chunk::<8>()?;
    let offset_min = i16::from_be_bytes(*rest.first_chunk::<2>()?);
    Some(Created { by: *by, at: Moment { ms: i64::from_be_bytes(*ms), offset_min } })
}

fn read_index(bytes: &[u8]) -> Result<Vec<Table>, Unreadable> {
    let mut d = Decoder::new(bytes);
    read_head(&mut d)?;
    let kinds = length(d.array()?)?;
    let mut tables = Vec::new();
    for _ in 0..kinds {
        tables.extend(read_table(&mut d)?);
    }
    Ok(tables)
}

/// `None` for a kind that this version does not know.
fn read_table(d: &mut Decoder<'_>) -> Result<Option<Table>, Unreadable> {
    d.array()?;
    let kind = handbook::kind(d.str()?);
    let count = d.u64()? as usize;
    let (ids, created, flags) = (range(d)?, range(d)?, range(d)?);
    let mut conflicts = Vec::new();
    for _ in 0..length(d.array()?)? {
        d.array()?;
        let (place, field) = (d.u64()? as usize, d.str()?);
        conflicts.extend(kind.and_then(|kind| kind.index(field)).map(|field| (place, field)));
    }
    let mut columns = Vec::new();
    for _ in 0..length(d.map()?)? {
        let (field, column) = (d.str()?, range(d)?);
        columns.extend(kind.and_then(|kind| kind.index(field)).map(|field| (field, column)));
    }
    Ok(kind.map(|kind| Table { kind, count, ids, created, flags, conflicts, columns }))
}

/// Where the next byte string lies.
fn range(d: &mut Decoder<'_>) -> Result<Range<usize>, Unreadable> {
    let length = d.bytes()?.len();
    let end = d.position();
    Ok(end - length..end)
}
