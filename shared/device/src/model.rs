//! The read model: what lists, search and start-up read instead of documents.
//!
//! Each document has two entries beside it, written in the same transaction as the change they
//! follow from. The *hot* entry holds all small fields of all its rows as columns; all hot entries
//! are in memory ([`Model`]) and are read in place. The *rows* entry holds whole rows with notes
//! and prose; it is read when somebody opens the document.

mod cell;
mod entry;
mod project;
mod records;
mod rows;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use handbook::{DocumentId, Kind, RecordKey, Row};

pub use cell::{Cell, Members};
pub use entry::Column;
pub(crate) use entry::Entry;
pub(crate) use project::{hot as project_hot, rows as project_rows, sort};
pub use records::Records;
pub(crate) use rows::read as read_rows;

/// The hot entries of all documents. Reading borrows nothing for longer than a call: what is handed
/// out stays as it was when it was asked for.
#[derive(Debug, Default)]
pub struct Model {
    entries: RefCell<BTreeMap<DocumentId, Rc<Entry>>>,
}

impl Model {
    /// The documents that are here, the firm's first.
    pub fn documents(&self) -> Vec<DocumentId> {
        self.entries.borrow().keys().copied().collect()
    }

    /// The records of a kind, one [`Records`] for each document that has any.
    pub fn records(&self, kind: &'static Kind) -> Vec<Records> {
        let entries = self.entries.borrow();
        entries.iter().filter_map(|(id, entry)| Records::of(*id, entry, kind)).collect()
    }

    /// The records of a kind in one document; `None` where it has none.
    pub fn records_in(&self, document: DocumentId, kind: &'static Kind) -> Option<Records> {
        Records::of(document, self.entries.borrow().get(&document)?, kind)
    }

    /// The records of every kind in one document that has any.
    pub fn all_in(&self, document: DocumentId) -> Vec<Records> {
        let entries = self.entries.borrow();
        entries.get(&document).map(|entry| Records::all(document, entry)).unwrap_or_default()
    }

    /// All records of a kind that are not gone, without their notes and prose (those read as
    /// empty). For figures over many records, [`Model::records`] is far cheaper.
    pub fn rows(&self, kind: &'static Kind) -> Vec<(DocumentId, Row)> {
        self.records(kind).iter().flat_map(Records::living).collect()
    }

    /// One record, gone or not, without its notes and prose.
    pub fn row(&self, document: DocumentId, key: RecordKey) -> Option<Row> {
        self.records_in(document, key.kind)?.find(key.id)
    }

    /// How many records of a kind there are that are not gone.
    pub fn count(&self, kind: &'static Kind) -> usize {
        self.records(kind)
            .iter()
            .map(|records| (0..records.len()).filter(|place| !records.is_gone(*place)).count())
            .sum()
    }

    /// Bytes of all hot entries.
    pub fn bytes(&self) -> usize {
        self.entries.borrow().values().map(|entry| entry.bytes().len()).sum()
    }

    pub(crate) fn put(&self, document: DocumentId, entry: Entry) {
        self.entries.borrow_mut().insert(document, Rc::new(entry));
    }
}
