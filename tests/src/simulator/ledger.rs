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

/// Somebody who was to be erased.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) document: DocumentId,
    pub(super) key: RecordKey,
    /// A word that stands nowhere but in their record.
    pub(super) name: String,
    /// The profile on which it was asked for.
    pub(super) by: usize,
    pub(super) told: Told,
}

/// All commands of all people, by their id.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) promises: BTreeMap<Uuid, Promise>,
    pub(super) asked: Vec<Asked>,
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
        for asked in self.asked.iter_mut().filter(|asked| asked.by == by) {
            asked.told = Told::Nothing;
        }
    }

    /// Somebody wants a person erased; gives the number under which the answer is noted.
    pub(super) fn ask(&mut self, asked: Asked) -> usize {
        self.asked.push(asked);
        self.asked.len() - 1
    }

    pub(super) fn answer(&mut self, number: usize, told: Told) {
        if let Some(asked) = self.asked.get_mut(number) {
            asked.told = told;
        }
    }

    /// Whether somebody wanted this record erased.
    pub(super) fn is_unwanted(&self, document: DocumentId, key: RecordKey) -> bool {
        self.asked.iter().any(|asked| (asked.document, asked.key) == (document, key))
    }

    /// Whether the profile may have made the document anew.
    pub(super) fn has_erased(&self, by: usize, document: DocumentId) -> bool {
        self.asked.iter().any(|asked| (asked.by, asked.document) == (by, document))
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
