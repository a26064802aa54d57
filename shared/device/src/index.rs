//! What is known of every document without loading it.

use std::collections::{BTreeMap, BTreeSet};

use handbook::DocumentId;
use handbook::kind::SCHEMA;
use wire::{LogId, Tag};

use crate::doc_state::{DocState, Noted, Quarantined};

/// The states of all documents.
#[derive(Debug, Default)]
pub(crate) struct Index {
    states: BTreeMap<Tag, DocState>,
    tags: BTreeMap<DocumentId, Tag>,
    /// Documents whose read model was written under other declarations.
    stale: BTreeSet<Tag>,
}

/// How a document stands, for the status line and its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Changes that are only on this device.
    pub unsynced: u64,
    /// Rows that wait for something that has not arrived, or for a newer version of the app.
    pub pending: usize,
    /// Rows that were set aside because applying them broke the app.
    pub quarantined: usize,
    /// It can be read and forwarded but not edited before the app is updated.
    pub update_to_edit: bool,
}

impl Index {
    pub(crate) fn put(&mut self, tag: Tag, state: DocState) {
        if let Some(document) = state.document {
            // One document under two tags can only be somebody's mischief; all devices take the
            // same one.
            let chosen = self.tags.entry(document).or_insert(tag);
            *chosen = tag.min(*chosen);
        }
        self.states.insert(tag, state);
    }

    pub(crate) fn tag(&self, document: DocumentId) -> Option<Tag> {
        self.tags.get(&document).copied()
    }

    pub(crate) fn state(&self, tag: Tag) -> Option<&DocState> {
        self.states.get(&tag)
    }

    /// Whether this tag is the one under which its document is shown.
    pub(crate) fn is_shown(&self, tag: Tag) -> bool {
        let document = self.state(tag).and_then(|state| state.document);
        document.is_some_and(|document| self.tag(document) == Some(tag))
    }

    pub(crate) fn tags(&self) -> Vec<Tag> {
        self.states.keys().copied().collect()
    }

    pub(crate) fn set_stale(&mut self, tag: Tag, stale: bool) {
        if stale {
            self.stale.insert(tag);
        } else {
            self.stale.remove(&tag);
        }
    }

    pub(crate) fn stale(&self) -> Vec<Tag> {
        self.stale.iter().copied().collect()
    }

    pub(crate) fn unsynced(&self, life: Option<LogId>) -> u64 {
        self.states.values().map(|state| state.unsynced_in(life)).sum()
    }

    /// Documents that have something to push.
    pub(crate) fn dirty(&self, life: Option<LogId>) -> Vec<Tag> {
        let dirty = self.states.iter().filter(|(_, state)| state.unsynced_in(life) > 0);
        dirty.map(|(tag, _)| *tag).collect()
    }

    /// The snapshots in this life of the log that wait for somebody's word, of documents in which
    /// nothing waits or was set aside.
    pub(crate) fn noted(&self, life: Option<LogId>) -> Vec<(Tag, Noted)> {
        let noted = self.states.iter().filter_map(|(tag, state)| {
            let noted = state.snapshot.as_ref().filter(|noted| noted.log == life)?;
            state.is_clean().then(|| (*tag, noted.clone()))
        });
        noted.collect()
    }

    /// Documents with rows that wait, or that a build other than `build` set aside.
    pub(crate) fn worth_a_retry(&self, build: &str) -> Vec<Tag> {
        let worth = self.states.iter().filter(|(_, state)| {
            let by_others = |row: &Quarantined| row.build != build;
            !state.pending.is_empty() || state.quarantined.iter().any(by_others)
        });
        worth.map(|(tag, _)| *tag).collect()
    }

    /// Documents with more than `limit` changes stored one by one, most first.
    pub(crate) fn long_tails(&self, limit: u32) -> Vec<Tag> {
        let mut tails: Vec<_> = self
            .states
            .iter()
            .filter(|(_, state)| state.tail > limit)
            .map(|(tag, state)| (std::cmp::Reverse(state.tail), *tag))
            .collect();
        tails.sort_unstable();
        tails.into_iter().map(|(_, tag)| tag).collect()
    }

    pub(crate) fn standing(&self, tag: Tag, life: Option<LogId>) -> Option<Standing> {
        let state = self.state(tag)?;
        Some(Standing {
            unsynced: state.unsynced_in(life),
            pending: state.pending.len(),
            quarantined: state.quarantined.len(),
            update_to_edit: state.min_writer > SCHEMA,
        })
    }
}
