//! What the relay lacks, and what it has taken. Nothing is queued: it is the difference between a
//! document and its relay heads, each time anew.

use automerge::ChangeHash;
use replica::{Chunk, outbox};
use wire::{LogId, Tag, limits};

use crate::apply::ApplyError;
use crate::device::{Changed, Device};
use crate::edit::MAX_ATTEMPTS;
use crate::keys;
use crate::loaded::LoadError;
use crate::storage::{Batch, Storage, StorageError, Table, Vault};
use crate::touched::Touched;

/// Raw bytes of changes after which one answer to "what is to be pushed" ends; the rest comes with
/// the next. A full window of full envelopes.
const MAX_OUTBOX_BYTES: usize = limits::MAX_IN_FLIGHT * limits::TARGET_CHUNK;

impl<S: Storage, V: Vault> Device<S, V> {
    /// What is to be pushed, in causal order within each document; perhaps a part of it. Empty
    /// means that the relay holds everything. All of it is durable here.
    ///
    /// # Errors
    /// [`LoadError::Storage`]. A damaged document is passed over.
    pub async fn derive(&self) -> Result<Vec<Chunk>, LoadError> {
        let _turn = self.turn.take().await;
        let life = self.life();
        let dirty = self.index.borrow().dirty(life);
        let mut chunks: Vec<Chunk> = Vec::new();
        let mut bytes = 0;
        for tag in dirty {
            let loaded = match self.take(tag).await {
                Ok(Some(loaded)) => loaded,
                Ok(None) | Err(LoadError::Damaged { .. }) => continue,
                Err(error) => return Err(error),
            };
            let heads = loaded.state.relay_heads_in(life);
            let new = outbox::derive(&loaded.automerge, tag, heads, limits::TARGET_CHUNK);
            self.cache.borrow_mut().put(loaded);
            bytes += new.iter().flat_map(|chunk| &chunk.changes).map(Vec::len).sum::<usize>();
            chunks.extend(new);
            if bytes >= MAX_OUTBOX_BYTES {
                break;
            }
        }
        Ok(chunks)
    }

    /// The relay holds these changes of a document, in this life of the log.
    ///
    /// # Errors
    /// [`ApplyError::OtherLife`] if the stored place is in another life: then it may not hold them.
    pub async fn acked(
        &self,
        tag: Tag,
        hashes: &[replica::ChangeHash],
        log: Option<LogId>,
    ) -> Result<Changed, ApplyError> {
        let _turn = self.turn.take().await;
        let hashes: Vec<ChangeHash> = hashes.iter().copied().map(ChangeHash).collect();
        let mut changed = Changed::default();
        let mut failure = StorageError::Conflict;
        for _ in 0..MAX_ATTEMPTS {
            if self.life() != log {
                return Err(ApplyError::OtherLife);
            }
            let Some(loaded) = self.take(tag).await? else { return Ok(changed) };
            let mut touched = Touched::of(loaded, log, &self.build);
            let mut batch = Batch::new();
            touched.own(&hashes);
            let finished = touched.finish(&mut batch)?;
            if !batch.is_idle() {
                let space = self.space.borrow().bytes.clone();
                batch.expect(Table::Space, keys::SPACE_STATE, Some(space));
                if let Err(error) = self.storage.commit(batch).await {
                    match error {
                        StorageError::Conflict | StorageError::Unknown(_) => {
                            changed.extend(self.refresh_tags(&[tag]).await?);
                            changed.space |= self.refresh_space().await?;
                            failure = error;
                            continue;
                        }
                        error => return Err(error.into()),
                    }
                }
            }
            self.install_finished(finished, &mut changed);
            return Ok(changed);
        }
        Err(failure.into())
    }
}
