//! A device that was removed deletes what it holds.

use replica::KeyRing;

use crate::device::Device;
use crate::storage::{Batch, Storage, StorageError, Table, Vault};

/// How often it looks for what another tab wrote meanwhile.
const MAX_SWEEPS: usize = 8;

/// Why nothing, or not everything, was deleted.
#[derive(Debug, thiserror::Error)]
pub enum WipeError {
    /// No record of the roster removes this device. Nothing was deleted.
    #[error("this device was not removed from the team, so nothing was deleted")]
    NotRemoved,
    /// The storage failed; what it still holds can be deleted by trying again.
    #[error("not everything could be deleted: {0}")]
    Storage(#[from] StorageError),
    /// Another tab goes on writing. The keys are gone; close the other tabs and try again.
    #[error("another tab goes on writing: close it and try again")]
    Busy,
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// Deletes everything in this storage, keys included, in one transaction. Only a device that a
    /// verified record of the roster removed does it; the relay's word is not asked.
    ///
    /// The page asks first, in this order: it says that the device was removed and, where the
    /// record wants it, that it is to be emptied; how many changes are only here
    /// ([`Device::unsynced`]), and offers to export them; and deletes on a click, or where the
    /// record wants it and nothing is only here, by itself. All tabs are told, and closed.
    ///
    /// # Errors
    /// See [`WipeError`].
    pub async fn wipe(&self) -> Result<(), WipeError> {
        if self.removal().is_none() {
            return Err(WipeError::NotRemoved);
        }
        let _turn = self.turn.take().await;
        for _ in 0..MAX_SWEEPS {
            let mut batch = Batch::new();
            // By what is known of them: nobody reads attachments to delete them.
            for (address, state) in self.objects().await? {
                state.delete_pieces(&address, &mut batch);
            }
            for table in Table::ALL.into_iter().filter(|table| *table != Table::Objects) {
                for (key, _) in self.storage.scan(table, "").await? {
                    batch.delete(table, key);
                }
            }
            if batch.is_idle() {
                *self.ring.borrow_mut() = KeyRing::new();
                return Ok(());
            }
            match self.storage.commit(batch).await {
                // What became of it the next sweep shows.
                Ok(()) | Err(StorageError::Unknown(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(WipeError::Busy)
    }
}
