//! What a platform must give: one small store of bytes that keeps its word, and a vault for
//! secrets.
//!
//! Everything this crate stores passes through [`Storage`]; that seam is where encryption at rest
//! will sit one day. A storage belongs to one space (in the browser: one IndexedDB database), so
//! keys need no prefix for it. Several tabs open several storages over the same bytes; what keeps
//! them from overwriting each other is [`Batch::expect`], nothing else.

use std::rc::Rc;

/// The tables of a storage. Keys are strings, values are bytes; scans run in ascending key order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Automerge bytes under content-addressed keys: `<tag>/change/<hash>`,
    /// `<tag>/snapshot/<heads hash>`, and rows set aside: `<tag>/row/<log>/<seq>`.
    Bytes,
    /// One `doc_state` for each document generation, by tag.
    Documents,
    /// The `space_state`, and what else exists once for each space.
    Space,
    /// Read model: the columns of each document that lists and start-up need, by tag.
    Hot,
    /// Read model: the full rows of each document, by tag.
    Rows,
    /// What belongs to this device alone and is never synced: settings, counters, markers.
    Local,
    /// Secrets, wrapped by the [`Vault`].
    Keys,
    /// Sealed objects (attachments) in pieces: `<address>/<number of the piece>`. What is known of
    /// each lies in [`Table::Local`], so that nobody reads megabytes to learn what is here.
    Objects,
}

impl Table {
    /// Every table, for a storage that has to create them.
    pub const ALL: [Self; 8] = [
        Self::Bytes,
        Self::Documents,
        Self::Space,
        Self::Hot,
        Self::Rows,
        Self::Local,
        Self::Keys,
        Self::Objects,
    ];

    /// The stable name of the table. It is stored: never change one.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Documents => "documents",
            Self::Space => "space",
            Self::Hot => "hot",
            Self::Rows => "rows",
            Self::Local => "local",
            Self::Keys => "keys",
            Self::Objects => "objects",
        }
    }
}

/// One read-write transaction, described as data: what must still be so, then what to change.
///
/// A key appears at most once among `put` and `delete` together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// What the caller believes is stored: the exact bytes, or `None` for an absent key.
    pub expect: Vec<(Table, String, Option<Vec<u8>>)>,
    /// Entries to write, replacing what is there.
    pub put: Vec<(Table, String, Vec<u8>)>,
    /// Entries to remove; an absent one is no error.
    pub delete: Vec<(Table, String)>,
}

impl Batch {
    /// An empty batch.
    pub fn new() -> Self {
        Self::default()
    }

    /// The batch fails with [`StorageError::Conflict`] unless `key` holds exactly `value`.
    pub fn expect(&mut self, table: Table, key: impl Into<String>, value: Option<Vec<u8>>) {
        self.expect.push((table, key.into(), value));
    }

    /// Writes `value` under `key`.
    pub fn put(&mut self, table: Table, key: impl Into<String>, value: Vec<u8>) {
        self.put.push((table, key.into(), value));
    }

    /// Removes `key`.
    pub fn delete(&mut self, table: Table, key: impl Into<String>) {
        self.delete.push((table, key.into()));
    }

    /// Whether the batch would change nothing.
    pub fn is_idle(&self) -> bool {
        self.put.is_empty() && self.delete.is_empty()
    }

    /// Bytes of all values to be written, for limits and reports.
    pub fn put_bytes(&self) -> usize {
        self.put.iter().map(|(_, _, value)| value.len()).sum()
    }
}

/// Why a storage did not do as asked; each variant is something else for the caller to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// An expectation did not hold: another tab wrote first. Nothing was changed. Read again and
    /// retry.
    #[error("another tab changed this first")]
    Conflict,
    /// The quota or the disk is full. Nothing was changed. Stop accepting edits and offer an
    /// export.
    #[error("the storage of this device is full")]
    Full,
    /// Nobody can tell whether the batch was kept. Drop what is in memory and read again.
    #[error("it is not known whether the change was stored: {0}")]
    Unknown(String),
    /// The storage refused or broke. Nothing was changed. Show it; a retry may help.
    #[error("the storage failed: {0}")]
    Failed(String),
    /// This storage was closed, for instance because a newer version of the app wants to migrate
    /// it. Only a reload helps.
    #[error("the storage was closed")]
    Closed,
}

/// A durable store of bytes with compare-and-commit.
///
/// It promises that each `get`, `scan` and `commit` is a transaction of its own and sees no half of
/// another; it promises nothing about two calls in a row: whoever reads twice and then writes puts
/// what it read into [`Batch::expect`].
#[expect(
    async_fn_in_trait,
    reason = "a browser tab is one thread: futures need no Send bound, and callers are generic"
)]
pub trait Storage {
    /// The value under `key`, or `None`.
    async fn get(&self, table: Table, key: &str) -> Result<Option<Vec<u8>>, StorageError>;

    /// All entries whose key starts with `prefix` (all of the table for `""`), in ascending key
    /// order.
    async fn scan(
        &self,
        table: Table,
        prefix: &str,
    ) -> Result<Vec<(String, Vec<u8>)>, StorageError>;

    /// One strictly durable read-write transaction. First every expectation is compared and any
    /// difference ends it with `Conflict`; then puts and deletes happen, all or none.
    ///
    /// After `Ok` everything is durable (a power cut does not take it back). After an error nothing
    /// happened, save after `Unknown`.
    async fn commit(&self, batch: Batch) -> Result<(), StorageError>;
}

impl<S: Storage + ?Sized> Storage for Rc<S> {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Vec<u8>>, StorageError> {
        (**self).get(table, key).await
    }

    async fn scan(
        &self,
        table: Table,
        prefix: &str,
    ) -> Result<Vec<(String, Vec<u8>)>, StorageError> {
        (**self).scan(table, prefix).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StorageError> {
        (**self).commit(batch).await
    }
}

/// Why the vault gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// These bytes were not wrapped by this vault: the profile's key store and its storage do not
    /// belong together. Nothing but joining again helps.
    #[error("the stored keys do not belong to this browser profile")]
    Foreign,
    /// The platform has no usable cryptography here, or it failed.
    #[error("the key store failed: {0}")]
    Failed(String),
}

/// Wraps secrets with a key that cannot leave the device (in the browser: a non-extractable
/// WebCrypto key).
///
/// Wrapping the same secret twice may give different bytes; unwrapping gives the secret back or
/// fails.
#[expect(async_fn_in_trait, reason = "as for Storage")]
pub trait Vault {
    /// Seals `secret` for storage.
    async fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, VaultError>;

    /// Opens what [`Vault::wrap`] made, on this device only.
    async fn unwrap(&self, wrapped: &[u8]) -> Result<Vec<u8>, VaultError>;
}

impl<V: Vault + ?Sized> Vault for Rc<V> {
    async fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, VaultError> {
        (**self).wrap(secret).await
    }

    async fn unwrap(&self, wrapped: &[u8]) -> Result<Vec<u8>, VaultError> {
        (**self).unwrap(wrapped).await
    }
}
