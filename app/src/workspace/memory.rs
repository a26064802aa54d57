//! What an open space remembers between two questions of a page.

use std::{
    collections::{BTreeSet, HashMap},
    rc::Rc,
    sync::Arc,
};

use chrono::NaiveDate;
use handbook::{DocumentId, RecordId, Row, attention::Setting, merged::Merged};

use super::reasons::OfClient;
use crate::ui::{model::Attention, state::Placed};

/// Documents whose rows stay in memory after a page has read them; the least recently read one goes first.
const MAX_OPEN_DOCUMENTS: usize = 12;

/// Answers kept until something they were made of changes.
#[derive(Default)]
pub(super) struct Memory {
    /// Whole documents that pages have open, least recently read first.
    documents: Vec<(DocumentId, Arc<Vec<Row>>)>,
    /// The document of a past day that a page shows, with the day.
    pub(super) past: Option<(DocumentId, NaiveDate, Arc<Vec<Row>>)>,
    /// The past day of a document that is being read.
    pub(super) recalling: Option<(DocumentId, NaiveDate)>,
    /// Documents that are being read.
    pub(super) loading: BTreeSet<DocumentId>,
    /// Hot rows by kind.
    pub(super) lists: HashMap<&'static str, Arc<Vec<Placed>>>,
    /// What is known of each client at a glance.
    clients: HashMap<RecordId, Rc<OfClient>>,
    /// The reasons of all of them, as pages list them.
    attention: Option<Arc<Vec<Attention>>>,
    /// Records that wait for a decision, by document.
    pub(super) unsettled: HashMap<DocumentId, Rc<Vec<Row>>>,
    /// Who is part of whom.
    pub(super) merged: Option<Arc<Merged>>,
    /// So many documents are read as one at most.
    largest: usize,
    /// The day and the settings that clients were looked at under.
    pub(super) setting: Option<Rc<Setting>>,
}

impl Memory {
    /// Whether a client has been looked at.
    pub(super) fn knows(&self, client: RecordId) -> bool {
        self.clients.contains_key(&client)
    }

    /// What is known of a client at a glance.
    pub(super) fn of_client(&self, client: RecordId) -> Option<Rc<OfClient>> {
        self.clients.get(&client).cloned()
    }

    /// The reasons of all clients, as long as nothing is known anew of any.
    pub(super) fn attention(&self) -> Option<Arc<Vec<Attention>>> {
        self.attention.clone()
    }

    /// A client was looked at.
    pub(super) fn know(&mut self, client: RecordId, of: Rc<OfClient>) {
        self.clients.insert(client, of);
    }

    /// Keeps the reasons of all clients.
    pub(super) fn keep_attention(&mut self, attention: &Arc<Vec<Attention>>) {
        self.attention = Some(Arc::clone(attention));
    }

    /// What is known of a client does not hold any more.
    pub(super) fn forget_client(&mut self, client: RecordId) {
        self.clients.remove(&client);
        self.attention = None;
    }

    /// What is known of clients does not hold any more.
    pub(super) fn forget_clients(&mut self) {
        self.clients.clear();
        self.attention = None;
    }

    /// A document's rows, if they are here; it counts as the one read last.
    pub(super) fn recall(&mut self, document: DocumentId) -> Option<Arc<Vec<Row>>> {
        let at = self.documents.iter().position(|(known, _)| *known == document)?;
        let entry = self.documents.remove(at);
        let rows = Arc::clone(&entry.1);
        self.documents.push(entry);
        Some(rows)
    }

    /// So many documents are read as one at most: all of them must be here together.
    pub(super) fn make_room(&mut self, largest: usize) {
        self.largest = largest;
    }

    /// Takes in a document's rows in place of those that nobody has read for longest.
    pub(super) fn keep(&mut self, document: DocumentId, rows: Arc<Vec<Row>>) {
        self.documents.retain(|(known, _)| *known != document);
        if self.documents.len() >= MAX_OPEN_DOCUMENTS.max(self.largest) {
            self.documents.remove(0);
        }
        self.documents.push((document, rows));
    }

    /// Replaces the rows of a document that a page has open; others are read when they are asked for.
    pub(super) fn renew(&mut self, document: DocumentId, rows: Arc<Vec<Row>>) {
        if let Some((_, known)) = self.documents.iter_mut().find(|(known, _)| *known == document) {
            *known = rows;
        }
    }
}
