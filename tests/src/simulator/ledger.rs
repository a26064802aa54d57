//! What people were told.

use std::collections::BTreeMap;

use handbook::{DocumentId, RecordId, RecordKey};
use uuid::Uuid;

/// What a person was told about a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Nothing: it is under way, or the tab died over it. It may be stored or not.
    Nothing,
    /// "Saved".
    Saved,
    /// "Not saved".
    Refused,
}

/// One command of one person.
#[derive(Clone, Debug)]
pub(super) struct Promise {
    pub(super) told: Told,
    /// The profile on which it was given.
    pub(super) by: usize,
    /// The documents in which it makes a change, whatever else happens.
    pub(super) documents: Vec<DocumentId>,
    /// What it makes.
    pub(super) makes: Vec<Made>,
}

/// Something that can be seen later, whatever others do to it.
#[derive(Clone, Debug)]
pub(super) enum Made {
    /// A record; it may be deleted, but it stays.
    Record(DocumentId, RecordKey),
    /// A fact; nothing takes it back.
    Fact(DocumentId, RecordKey, &'static str, RecordId),
}

/// All commands of all people, by their id.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) promises: BTreeMap<Uuid, Promise>,
}

impl Ledger {
    /// Somebody gives a command.
    pub(super) fn begin(
        &mut self,
        command: Uuid,
        by: usize,
        documents: Vec<DocumentId>,
        makes: Vec<Made>,
    ) {
        self.promises.insert(command, Promise { told: Told::Nothing, by, documents, makes });
    }

    /// Somebody who was removed has let their device delete what it held.
    pub(super) fn forget(&mut self, by: usize) {
        self.promises.retain(|_, promise| promise.by != by);
    }

    /// The commands that certainly changed a document, or will.
    pub(super) fn commands_in(&self, document: DocumentId) -> Vec<Uuid> {
        let here = self.promises.iter().filter(|(_, it)| it.documents.contains(&document));
        here.map(|(command, _)| *command).collect()
    }

    /// The person hears of it.
    pub(super) fn tell(&mut self, command: Uuid, told: Told) {
        if let Some(promise) = self.promises.get_mut(&command) {
            promise.told = told;
        }
    }
}
