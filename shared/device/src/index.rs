//! What is known of every document without loading it.

use std::collections::{BTreeMap, BTreeSet};

use handbook::DocumentId;
use handbook::kind::SCHEMA;
use wire::{LogId, Tag};

use crate::doc_state::{DocState, Noted, Quarantined};
use crate::erasing::Wish;
use crate::generation::Closed;

/// The states of all documents.
#[derive(Debug, Default)]
pub(crate) struct Index {
    states: BTreeMap<Tag, DocState>,
    /// The tags under which a document is stored: one, unless it goes on under another just now.
    stored: BTreeMap<DocumentId, BTreeSet<Tag>>,
    /// The tag under which it is shown.
    tags: BTreeMap<DocumentId, Tag>,
    /// Documents whose read model was written under other declarations.
    stale: BTreeSet<Tag>,
    /// Tags whose documents went on under others.
    closed: BTreeMap<Tag, Closed>,
    /// Erasures that wait.
    pub(crate) wishes: BTreeMap<DocumentId, Wish>,
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
        let document = state.document;
        self.states.insert(tag, state);
        if let Some(document) = document {
            self.stored.entry(document).or_default().insert(tag);
            self.choose(document);
        }
    }

    /// The document is stored no longer.
    pub(crate) fn remove(&mut self, tag: Tag) {
        self.stale.remove(&tag);
        if let Some(document) = self.states.remove(&tag).and_then(|state| state.document) {
            self.stored.entry(document).or_default().remove(&tag);
            self.choose(document);
        }
    }

    pub(crate) fn closed(&self) -> &BTreeMap<Tag, Closed> {
        &self.closed
    }

    pub(crate) fn set_closed(&mut self, closed: BTreeMap<Tag, Closed>) {
        if self.closed != closed {
            self.closed = closed;
            let documents: Vec<DocumentId> = self.stored.keys().copied().collect();
            documents.into_iter().for_each(|document| self.choose(document));
        }
    }

    /// Under which tag a document is shown. Two that are both shown can only be somebody's mischief; all
    /// devices take the same one.
    fn choose(&mut self, document: DocumentId) {
        let stored = self.stored.get(&document).into_iter().flatten();
        let shown = stored.copied().find(|tag| {
            let state = self.states.get(tag);
            state.is_some_and(|state| state.after.is_none() && !self.is_behind(*tag))
        });
        match shown {
            Some(tag) => self.tags.insert(document, tag),
            None => self.tags.remove(&document),
        };
    }

    /// Whether its document has gone on elsewhere and is here.
    fn is_behind(&self, tag: Tag) -> bool {
        let next = self.closed.get(&tag).and_then(|closed| self.states.get(&closed.to));
        next.is_some_and(|next| next.changes > 0)
    }

    /// Generations of this life of the log that could not be carried out so far, and can be now.
    pub(crate) fn late(&self, life: Option<LogId>) -> Vec<(Tag, Closed)> {
        let late = self.closed.iter().filter(|(tag, closed)| {
            let next = self.states.get(&closed.to).filter(|next| next.changes > 0);
            let is_owed = |next: &DocState| next.after.is_some() || self.states.contains_key(tag);
            closed.log == life && next.is_some_and(is_owed)
        });
        late.map(|(tag, closed)| (*tag, closed.clone())).collect()
    }

    /// First snapshots that no log holds any more, since another life of it began before they were named,
    /// and that no erasure here is about to append again.
    pub(crate) fn forgotten(&self, life: Option<LogId>) -> Vec<Tag> {
        let forgotten = self.states.iter().filter(|(tag, state)| {
            state.after.is_some()
                && state.begun.is_some_and(|begun| begun.log != life)
                && !self.wishes.values().any(|wish| wish.has_begun(**tag))
        });
        forgotten.map(|(tag, _)| *tag).collect()
    }

    /// Whether the log has forgotten that this tag was closed: it was read again in another life.
    pub(crate) fn is_open_again(&self, tag: Tag, closed: &Closed, life: Option<LogId>) -> bool {
        closed.log != life && self.states.contains_key(&tag)
    }

    /// Whether what this document has is to be pushed. One that a restored log does not know as the next
    /// of another yet has to wait until that is said again.
    fn is_pushed(&self, tag: Tag, state: &DocState, life: Option<LogId>) -> bool {
        let waits = |(old, closed): (&Tag, &Closed)| {
            closed.to == tag && self.is_open_again(*old, closed, life)
        };
        state.after.is_none() && !self.closed.contains_key(&tag) && !self.closed.iter().any(waits)
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
        // What is not carried over yet counts, what was made for an erasure and has no name does not.
        let ours = self.states.values().filter(|state| state.after.is_none());
        ours.map(|state| state.unsynced_in(life)).sum()
    }

    /// Documents that have something to push.
    pub(crate) fn dirty(&self, life: Option<LogId>) -> Vec<Tag> {
        let dirty = self.states.iter().filter(|(tag, state)| {
            state.unsynced_in(life) > 0 && self.is_pushed(**tag, state, life)
        });
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
