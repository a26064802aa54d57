//! Clients read as one: which documents a client's pages read, and which of them a step belongs to.
//!
//! Pages name the client that is shown; where a record lies is decided here, so that no page has to know of a merge.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use device::{Edit, LoadError};
use handbook::{
    DocumentId, Op, Record, RecordId, RecordKey, Row, Stamp, merged::Merged, records::Client,
};

use super::{now, space::Space};

impl Space {
    /// Who is part of whom.
    pub(super) fn merged(&self) -> Arc<Merged> {
        if let Some(merged) = self.memory.borrow().merged.clone() {
            return merged;
        }
        let merged = Arc::new(self.read_merged());
        let mut memory = self.memory.borrow_mut();
        memory.make_room(merged.largest());
        memory.merged = Some(Arc::clone(&merged));
        merged
    }

    /// The same, read anew.
    pub(super) fn read_merged(&self) -> Merged {
        let rows = self.device.model().rows(Client::KIND).into_iter();
        Merged::of(rows.map(|(_, row)| (row.id, Client::KEYS.merged_into.raw(&row).as_link())))
    }

    /// The documents that a document's pages read: its own first.
    pub(super) fn whole(&self, document: DocumentId) -> Vec<DocumentId> {
        match document {
            DocumentId::Firm => vec![document],
            DocumentId::Client(client) => {
                self.merged().whole(client).map(DocumentId::Client).collect()
            }
        }
    }

    /// The document on whose pages a document is read.
    pub(super) fn shown_in(&self, document: DocumentId) -> DocumentId {
        match document {
            DocumentId::Firm => document,
            DocumentId::Client(client) => DocumentId::Client(self.merged().shown_as(client)),
        }
    }

    /// Where a record lies that is named in a document: there, or in one that is read with it.
    pub(super) fn home_of(&self, document: DocumentId, key: RecordKey) -> DocumentId {
        let named = key.document(document);
        let DocumentId::Client(client) = named else { return named };
        let model = self.device.model();
        let has = |id: &RecordId| model.row(DocumentId::Client(*id), key).is_some();
        let merged = self.merged();
        let beside = merged.beside(client);
        if beside.is_empty() || has(&client) {
            return named;
        }
        beside.into_iter().find(has).map_or(named, DocumentId::Client)
    }

    /// The steps of a command, each with the document that its record lies in. New records are made where they are asked
    /// for.
    pub(super) fn routed(&self, document: DocumentId, ops: Vec<Op>, stamp: &Stamp) -> Vec<Edit> {
        let mut parts: BTreeMap<DocumentId, Vec<Op>> = BTreeMap::new();
        for op in ops {
            let home = match op {
                Op::Create { .. } => document,
                _ => self.home_of(document, op.key()),
            };
            parts.entry(home).or_default().push(op);
        }
        let edit = |(document, ops)| Edit { document, ops, stamp: stamp.clone() };
        parts.into_iter().map(edit).collect()
    }

    /// All rows of a document and of what is part of it; of the parts without the clients' own records. The first
    /// question for it answers `None` and reads them.
    pub(super) fn document(
        self: &std::rc::Rc<Self>,
        document: DocumentId,
    ) -> Option<Arc<Vec<Row>>> {
        let documents = self.whole(document);
        let mut read: Vec<_> = documents.iter().map(|part| self.one_document(*part)).collect();
        if read.len() == 1 {
            return read.pop().flatten();
        }
        let mut rows = Vec::new();
        for (n, part) in read.into_iter().enumerate() {
            let part = part?;
            rows.extend(part.iter().filter(|row| n == 0 || row.kind != Client::KIND).cloned());
        }
        Some(Arc::new(rows))
    }

    /// The same, read for one answer: as it is now, or as it stood at the end of a day. What is read as one today is read as
    /// one on every day: its parts have no pages of their own.
    pub(super) async fn whole_rows(
        &self,
        document: DocumentId,
        past: Option<NaiveDate>,
    ) -> Result<Vec<Row>, LoadError> {
        let mut rows = Vec::new();
        for part in self.whole(document) {
            let read = match past {
                None => self.device.rows(part).await?,
                Some(day) => self.device.rows_at(part, now::end_of(day)).await?,
            };
            rows.extend(
                read.into_iter().filter(|row| part == document || row.kind != Client::KIND),
            );
        }
        Ok(rows)
    }
}
