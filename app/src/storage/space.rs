//! The database of one space.

use device::storage::{Batch, Storage, StorageError, Table};
use wire::SpaceId;

use super::database::{Change, Database, OpenError};
use super::seam;

/// Raised when a table is added; contents are migrated in ordinary transactions, never here.
const VERSION: u32 = 2;

/// Everything that this device keeps of one space. Clones share one connection; each tab opens its own.
#[derive(Clone, Debug)]
pub struct SpaceStorage(Database);

impl SpaceStorage {
    /// Opens the space's database, making it if there is none.
    pub async fn open(space: &SpaceId) -> Result<Self, OpenError> {
        let tables = Table::ALL.map(Table::name).to_vec();
        Database::open(&name(space), VERSION, tables).await.map(Self)
    }

    /// Calls `told` once when this storage is closed under us: another tab discards the space or runs a newer
    /// version of the app, or the browser cleared the site's data. From then on everything answers
    /// [`StorageError::Closed`].
    pub fn on_shut(&self, told: impl FnOnce() + 'static) {
        self.0.on_shut(told);
    }

    /// Deletes the space's database with all that is in it. Open storages of it are shut.
    pub async fn delete(space: &SpaceId) -> Result<(), StorageError> {
        Database::delete(&name(space)).await
    }
}

fn name(space: &SpaceId) -> String {
    format!("rapport-{space}")
}

impl Storage for SpaceStorage {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Vec<u8>>, StorageError> {
        self.0.get(table.name(), key).await
    }

    async fn scan(
        &self,
        table: Table,
        prefix: &str,
    ) -> Result<Vec<(String, Vec<u8>)>, StorageError> {
        self.0.scan(table.name(), prefix).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StorageError> {
        let expect = batch.expect.iter();
        let put = batch.put.iter();
        let delete = batch.delete.iter();
        let change = Change {
            expect: expect
                .map(|(table, key, value)| (table.name(), &**key, value.as_deref()))
                .collect(),
            put: put
                .map(|(table, key, value)| (table.name(), &**key, seam::inward(value)))
                .collect(),
            delete: delete.map(|(table, key)| (table.name(), &**key)).collect(),
            add: Vec::new(),
        };
        self.0.commit(change).await
    }
}
