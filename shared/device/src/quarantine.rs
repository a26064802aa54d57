//! Rows that break the program are found by their mark and set aside.
//!
//! The change check stops what is known to break Automerge. For what it misses, a mark with the
//! rows about to be applied is stored before and removed with what they led to. If the tab dies in
//! between, the mark is left; the next one counts it against those rows, applies each of them
//! alone, and sets aside the one that kills it again. A mark is also left by a person who closes
//! the tab at the wrong moment, which is why a death that the panic hook saw counts for more.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use wire::Hash;

use crate::codec;
use crate::device::{Changed, Device};
use crate::held;
use crate::keys;
use crate::loaded::{LoadError, Loaded};
use crate::storage::{Batch, Storage, StorageError, Table, Vault};
use crate::touched::Touched;

/// Deaths by panic after which a row is set aside.
pub const MAX_PANICS: u8 = 2;

/// Deaths of any kind after which a row is set aside. People close tabs.
pub const MAX_DEATHS: u8 = 5;

/// What is held against a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Suspicion {
    #[n(0)]
    panics: u8,
    #[n(1)]
    deaths: u8,
}

/// The rows that were being applied when a tab died.
pub(crate) type Suspects = BTreeMap<Hash, Suspicion>;

impl Suspicion {
    pub(crate) fn is_enough(self) -> bool {
        self.panics >= MAX_PANICS || self.deaths >= MAX_DEATHS
    }

    fn count(&mut self, panicked: bool) {
        self.deaths = self.deaths.saturating_add(1);
        self.panics = self.panics.saturating_add(u8::from(panicked));
    }
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// Counts the marks that dead tabs left. To be called by the one tab that is about to apply
    /// rows; `panicked` says whether the panic hook left its sign since the last time.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn count_deaths(&self, panicked: bool) -> Result<(), StorageError> {
        let _turn = self.turn.take().await;
        let stored = self.storage.get(Table::Local, keys::SUSPECTS).await?;
        let mut suspects: Suspects =
            stored.as_deref().map(codec::decode).transpose()?.unwrap_or_default();
        let marks = self.storage.scan(Table::Local, keys::APPLYING).await?;
        if !marks.is_empty() {
            let mut batch = Batch::new();
            for (key, mark) in marks {
                let rows: Vec<Hash> = codec::decode(&mark)?;
                for row in rows {
                    suspects.entry(row).or_default().count(panicked);
                }
                batch.expect(Table::Local, key.clone(), Some(mark));
                batch.delete(Table::Local, key);
            }
            batch.expect(Table::Local, keys::SUSPECTS, stored);
            batch.put(Table::Local, keys::SUSPECTS, codec::encode(&suspects));
            self.storage.commit(batch).await?;
        }
        *self.suspects.borrow_mut() = suspects;
        Ok(())
    }

    /// Tries the rows that another build set aside, each once, and those that wait: perhaps this
    /// build is what they waited for.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn retry_kept(&self) -> Result<Changed, LoadError> {
        let mut changed = Changed::default();
        let tags = self.index.borrow().worth_a_retry(&self.build);
        for tag in tags {
            let _turn = self.turn.take().await;
            let Some(loaded) = self.take(tag).await? else { continue };
            let of_others = loaded.state.quarantined.iter().filter(|row| row.build != self.build);
            let set_aside: Vec<Hash> = of_others.map(|row| row.row).collect();
            let waiting = &loaded.state.pending;
            let rows: Vec<Hash> = set_aside.iter().chain(waiting).copied().collect();
            let Some(loaded) = self.admit_to_retry(loaded, &rows).await? else { continue };
            let life = self.life();
            let mut batch = Batch::new();
            let mut touched = Touched::of(loaded, life, &self.build);
            for hash in &set_aside {
                if let Some(row) = touched.loaded.kept.get(hash).cloned() {
                    touched.row(&mut batch, *hash, row);
                }
            }
            touched.retry(&mut batch);
            if touched.broke.is_some() {
                continue;
            }
            let finished = touched.finish(&mut batch)?;
            self.unmark(&mut batch, &rows);
            match self.storage.commit(batch).await {
                Ok(()) => self.install_finished(finished, &mut changed),
                Err(StorageError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(changed)
    }

    /// Notes that this build has tried, before it does: if it dies over it, that was its one
    /// attempt.
    async fn admit_to_retry(
        &self,
        mut loaded: Loaded,
        rows: &[Hash],
    ) -> Result<Option<Loaded>, StorageError> {
        for row in &mut loaded.state.quarantined {
            row.build.clone_from(&self.build);
        }
        let mut batch = Batch::new();
        let life = loaded.state.life;
        let held = held::after_own(&loaded.state, life, 0);
        let sealed = loaded.seal_state(&mut batch, life, held);
        self.put_mark(&mut batch, rows);
        match self.storage.commit(batch).await {
            Ok(()) => {}
            Err(StorageError::Conflict) => return Ok(None),
            Err(error) => return Err(error),
        }
        self.install_state(loaded.tag, loaded.state.clone());
        if let Some(hot) = sealed.hot {
            self.install_entry(loaded.tag, hot);
        }
        loaded.stored = Some(sealed.state);
        Ok(Some(loaded))
    }

    /// Stores the mark for `rows`, in place of an earlier one of this tab.
    pub(crate) async fn mark(&self, rows: &[Hash]) -> Result<(), StorageError> {
        let mut batch = Batch::new();
        self.put_mark(&mut batch, rows);
        self.storage.commit(batch).await
    }

    fn put_mark(&self, batch: &mut Batch, rows: &[Hash]) {
        batch.put(Table::Local, self.mark_key(), codec::encode(&rows.to_vec()));
    }

    /// Removes the mark, and acquits the rows that were applied under it.
    pub(crate) fn unmark(&self, batch: &mut Batch, applied: &[Hash]) {
        batch.delete(Table::Local, self.mark_key());
        let suspects = self.suspects.borrow();
        if suspects.keys().any(|row| applied.contains(row)) {
            let rest: Suspects = suspects
                .iter()
                .filter(|(row, _)| !applied.contains(*row))
                .map(|(row, suspicion)| (*row, *suspicion))
                .collect();
            batch.put(Table::Local, keys::SUSPECTS, codec::encode(&rest));
        }
    }

    fn mark_key(&self) -> String {
        format!("{}{}", keys::APPLYING, self.tab)
    }
}
