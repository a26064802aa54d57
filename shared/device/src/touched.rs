//! A document while rows are applied to it, from its stored state to the batch that makes the next
//! one.

use std::collections::BTreeSet;

use automerge::{Change, ChangeHash};
use handbook::{DocumentId, RecordKey, document};
use wire::{Hash, LogId, Seq, Tag};

use crate::device::{Changed, Device};
use crate::doc_state::DocState;
use crate::held;
use crate::loaded::{LoadError, Loaded, Sealed, damaged};
use crate::storage::{Batch, Storage, Vault};

/// Changes of one document in one batch from which on they are stored as a snapshot at once: a
/// newcomer who reads a year of rows need not store each change for itself first.
const FOLD_AT: usize = 64;

/// A document that rows are being applied to.
#[derive(Debug)]
pub(crate) struct Touched {
    pub(crate) loaded: Loaded,
    /// The life of the log that the rows lie in.
    pub(crate) life: Option<LogId>,
    pub(crate) build: String,
    /// Changes that were applied, raw.
    pub(crate) applied: Vec<(ChangeHash, Vec<u8>)>,
    /// Changes that lie in rows of the present life and are applied, in the order of the log.
    pub(crate) in_rows: Vec<ChangeHash>,
    /// The bytes of a snapshot that a document which was empty before became, and its heads.
    pub(crate) adopted: Option<(Vec<ChangeHash>, Vec<u8>)>,
    /// Rows that count and cannot be read. All devices pass over the same.
    pub(crate) unreadable: Vec<Seq>,
    /// The row at which Automerge refused what the check had let pass. The document in memory is
    /// not to be trusted any more: drop it, and begin again with this row set aside.
    pub(crate) broke: Option<Hash>,
    /// It takes another's place: the read model is to show it even if no row changes it.
    pub(crate) appears: bool,
    state_before: DocState,
}

/// A document that rows were applied to, waiting for its batch to become durable.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) tag: Tag,
    document: Option<DocumentId>,
    state: DocState,
    /// `None` if the rows changed nothing.
    sealed: Option<Sealed>,
    /// The records that read differently.
    keys: Vec<RecordKey>,
    /// The document itself; not where a large batch touches more than there is memory for.
    loaded: Option<Loaded>,
}

impl Touched {
    pub(crate) fn of(loaded: Loaded, life: Option<LogId>, build: &str) -> Self {
        Self {
            life,
            build: build.to_owned(),
            applied: Vec::new(),
            in_rows: Vec::new(),
            adopted: None,
            unreadable: Vec::new(),
            broke: None,
            appears: false,
            state_before: loaded.state.clone(),
            loaded,
        }
    }

    /// The relay holds these changes, which are from here.
    pub(crate) fn own(&mut self, hashes: &[ChangeHash]) {
        self.in_rows.extend_from_slice(hashes);
    }

    /// Puts what has changed.
    pub(crate) fn finish(mut self, batch: &mut Batch) -> Result<Finished, LoadError> {
        let (sealed, keys) = self.seal(batch)?;
        Ok(Finished {
            tag: self.loaded.tag,
            document: self.loaded.document(),
            state: self.loaded.state.clone(),
            sealed,
            keys,
            loaded: (!self.loaded.is_shut()).then_some(self.loaded),
        })
    }

    fn seal(&mut self, batch: &mut Batch) -> Result<(Option<Sealed>, Vec<RecordKey>), LoadError> {
        let loaded = &mut self.loaded;
        loaded.behind |= self.appears;
        if loaded.is_shut() {
            let changed = loaded.state != self.state_before;
            return Ok((changed.then(|| loaded.seal_shut(batch)), Vec::new()));
        }
        let behind = loaded.behind;
        let heads = loaded.state.relay_heads_in(self.life);
        let held = held::after(&loaded.automerge, heads, &self.in_rows);
        let applied = std::mem::take(&mut self.applied);
        let adopted = self.adopted.take();
        if applied.is_empty() && adopted.is_none() {
            let same = held.heads == heads && loaded.state == self.state_before;
            let changed = !same || self.appears;
            let sealed = changed.then(|| loaded.seal_state(batch, self.life, held));
            let shown = if behind && changed { loaded.keys() } else { Vec::new() };
            return Ok((sealed, shown));
        }
        let differing = if applied.len() >= FOLD_AT {
            loaded.fold(batch)?;
            loaded.list_again()
        } else if let Some((heads, bytes)) = adopted {
            loaded.keep_snapshot(batch, &heads, bytes);
            for (hash, raw) in applied {
                loaded.keep_change(batch, hash, raw);
            }
            loaded.list_again()
        } else {
            let mut touched = BTreeSet::new();
            for (hash, raw) in applied {
                let change = Change::from_bytes(raw.clone());
                let change = change.map_err(|error| damaged(loaded.tag, &error))?;
                touched.extend(document::touched(&loaded.automerge, &change));
                loaded.keep_change(batch, hash, raw);
            }
            touched.into_iter().filter(|key| loaded.list_one(*key)).collect()
        };
        let keys = if behind { loaded.keys() } else { differing };
        Ok((Some(loaded.seal(batch, self.life, held)), keys))
    }
}

impl Finished {
    /// How much memory the document takes, as [`Loaded::weight`] has it.
    pub(crate) fn weight(&self) -> usize {
        self.loaded.as_ref().map_or(0, Loaded::weight)
    }

    /// Lets go of the document; it is read again when it is wanted.
    pub(crate) fn unload(&mut self) {
        self.loaded = None;
    }
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// Takes over what a batch of rows made durable.
    pub(crate) fn install_finished(&self, finished: Finished, changed: &mut Changed) {
        let Finished { tag, document, state, sealed, keys, mut loaded } = finished;
        if let Some(sealed) = sealed {
            changed.tags.push(tag);
            if let Some(document) = document {
                changed.records.extend(keys.into_iter().map(|key| (document, key)));
            }
            self.install_state(tag, state);
            if let Some(hot) = sealed.hot {
                self.install_entry(tag, hot);
            }
            if let Some(loaded) = &mut loaded {
                loaded.stored = Some(sealed.state);
                loaded.behind = false;
            }
        }
        if let Some(loaded) = loaded {
            self.cache.borrow_mut().put(loaded);
        }
    }
}
