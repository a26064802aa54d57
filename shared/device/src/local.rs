//! Settings of this device alone. They are never synced.

use crate::device::Device;
use crate::keys;
use crate::storage::{Batch, Storage, StorageError, Table, Vault};

impl<S: Storage, V: Vault> Device<S, V> {
    /// A setting of this device, or `None`.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        self.storage.get(Table::Local, &setting(name)).await
    }

    /// Stores or, with `None`, removes a setting of this device. The last writer wins.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn set_setting(
        &self,
        name: &str,
        value: Option<Vec<u8>>,
    ) -> Result<(), StorageError> {
        let mut batch = Batch::new();
        match value {
            Some(value) => batch.put(Table::Local, setting(name), value),
            None => batch.delete(Table::Local, setting(name)),
        }
        self.storage.commit(batch).await
    }
}

fn setting(name: &str) -> String {
    format!("{}{name}", keys::SETTING)
}
