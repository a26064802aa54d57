//! Work for idle moments: folding changes into snapshots, and building read models anew.

use wire::Tag;

use crate::device::{Changed, Device};
use crate::held;
use crate::loaded::{LoadError, Loaded};
use crate::storage::{Batch, Storage, StorageError, Vault};

/// Changes stored one by one after which a document is folded. Loading a hundred of them costs
/// about as much as loading the snapshot below them.
pub const MAX_TAIL: u32 = 100;

impl<S: Storage, V: Vault> Device<S, V> {
    /// Tidies up to `max_documents` documents and says how many it did; 0 when all is tidy. For
    /// idle moments.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn tidy(&self, max_documents: usize) -> Result<usize, LoadError> {
        let stale = self.index.borrow().stale();
        let mut done = 0;
        for tag in stale.into_iter().take(max_documents) {
            self.rebuild_one(tag).await?;
            done += 1;
        }
        let long = self.index.borrow().long_tails(MAX_TAIL);
        for tag in long.into_iter().take(max_documents.saturating_sub(done)) {
            self.compact(tag).await?;
            done += 1;
        }
        Ok(done)
    }

    /// Folds a document's changes into one snapshot. What waits or was set aside stays. If another
    /// tab writes at the same time, nothing happens; there will be another idle moment.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn compact(&self, tag: Tag) -> Result<(), LoadError> {
        let _turn = self.turn.take().await;
        let Some(mut loaded) = self.take(tag).await? else { return Ok(()) };
        let mut batch = Batch::new();
        loaded.fold(&mut batch)?;
        let life = loaded.state.life;
        let held = held::after_own(&loaded.state, life, 0);
        let sealed = loaded.seal_state(&mut batch, life, held);
        match self.storage.commit(batch).await {
            Ok(()) => {
                self.install(loaded, sealed);
                Ok(())
            }
            Err(StorageError::Conflict) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Builds the read model of every document anew from its changes.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn rebuild(&self) -> Result<Changed, LoadError> {
        let tags = self.index.borrow().tags();
        let mut changed = Changed::default();
        for tag in tags {
            changed.extend(self.rebuild_one(tag).await?);
        }
        Ok(changed)
    }

    async fn rebuild_one(&self, tag: Tag) -> Result<Changed, LoadError> {
        let _turn = self.turn.take().await;
        let Some(loaded) = Loaded::read(&self.storage, tag).await? else {
            return Ok(Changed::default());
        };
        if loaded.state.changes == 0 {
            // All its rows wait or were set aside: there is nothing to show.
            return Ok(Changed::default());
        }
        let mut batch = Batch::new();
        loaded.expect(&mut batch);
        let hot = loaded.put_entries(&mut batch);
        match self.storage.commit(batch).await {
            Ok(()) => self.install_entry(tag, hot),
            // Whoever wrote has written its read model as well.
            Err(StorageError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(Changed { tags: vec![tag], ..Changed::default() })
    }
}
