//! One IndexedDB database of plain tables: string keys, byte values, strict commits.
//!
//! A transaction commits by itself as soon as the page does something else, so nothing here awaits anything but
//! the transaction's own requests.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use device::storage::StorageError;
use indexed_db_futures::KeyRange;
use indexed_db_futures::database::Database as Handle;
use indexed_db_futures::error::{DomException, Error, OpenDbError};
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::{fault, seam};

/// Why a database could not be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// A newer version of the app has migrated it. Only updating the app helps.
    #[error("this device's data was written by a newer version of the app")]
    Newer,
    /// The browser gives no storage: a private window of some browsers, storage blocked by a setting, a broken profile.
    #[error("the browser gives no storage: {0}")]
    Unavailable(String),
}

/// One read-write transaction by table names; see `device::storage::Batch` for the meaning.
#[derive(Debug, Default)]
pub(super) struct Change<'a> {
    pub(super) expect: Vec<(&'a str, &'a str, Option<&'a [u8]>)>,
    pub(super) put: Vec<(&'a str, &'a str, JsValue)>,
    pub(super) delete: Vec<(&'a str, &'a str)>,
    /// Like `put`, but a key that is there already ends the transaction with [`StorageError::Conflict`].
    pub(super) add: Vec<(&'a str, &'a str, JsValue)>,
}

impl<'a> Change<'a> {
    fn tables(&self) -> Vec<&'a str> {
        let mut names = BTreeSet::new();
        names.extend(self.expect.iter().map(|(table, ..)| *table));
        names.extend(self.put.iter().map(|(table, ..)| *table));
        names.extend(self.add.iter().map(|(table, ..)| *table));
        names.extend(self.delete.iter().map(|(table, _)| *table));
        names.into_iter().collect()
    }
}

type Listener = Rc<RefCell<Option<Box<dyn FnOnce()>>>>;

/// An open database. Clones share the connection.
#[derive(Clone)]
pub(super) struct Database(Rc<Connection>);

struct Connection {
    handle: Handle,
    shut: Rc<Cell<bool>>,
    on_shut: Listener,
    _on_version_change: Closure<dyn FnMut()>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database")
            .field("name", &self.0.handle.name())
            .field("shut", &self.0.shut.get())
            .finish()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // The closure goes away with us, so the handlers must not point at it any more.
        let raw = self.handle.as_sys();
        raw.set_onversionchange(None);
        raw.set_onclose(None);
        raw.close();
    }
}

impl Database {
    /// Opens the database, making those `tables` that it lacks. `version` is raised with every new table.
    pub(super) async fn open(
        name: &str,
        version: u32,
        tables: Vec<&'static str>,
    ) -> Result<Self, OpenError> {
        let opening =
            Handle::open(name).with_version(version).with_on_upgrade_needed(move |_, database| {
                let present: Vec<String> = database.object_store_names().collect();
                for table in tables.iter().filter(|table| present.iter().all(|it| it != *table)) {
                    let _ = database.create_object_store(*table).build()?;
                }
                Ok(())
            });
        let handle = opening.await.map_err(cannot_open)?;

        let shut = Rc::new(Cell::new(false));
        let on_shut = Listener::default();
        // Another tab wants to migrate or delete this database (`versionchange`), or the browser took it away
        // (`close`): let go at once, or the other tab waits for ever.
        let on_version_change = {
            let (raw, shut, on_shut) = (handle.as_sys().clone(), shut.clone(), on_shut.clone());
            Closure::<dyn FnMut()>::new(move || {
                raw.close();
                if !shut.replace(true)
                    && let Some(told) = on_shut.take()
                {
                    told();
                }
            })
        };
        handle.as_sys().set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
        handle.as_sys().set_onclose(Some(on_version_change.as_ref().unchecked_ref()));
        let connection =
            Connection { handle, shut, on_shut, _on_version_change: on_version_change };
        Ok(Self(Rc::new(connection)))
    }

    /// Deletes a whole database. Tabs that have it open are told to close it, and do.
    pub(super) async fn delete(name: &str) -> Result<(), StorageError> {
        let refused = |error| match error {
            OpenDbError::Base(error) => fault::refused(error),
            other => StorageError::Failed(other.to_string()),
        };
        Handle::delete_by_name(name).map_err(refused)?.await.map_err(fault::refused)
    }

    /// Calls `told` once when the connection is closed under us.
    pub(super) fn on_shut(&self, told: impl FnOnce() + 'static) {
        *self.0.on_shut.borrow_mut() = Some(Box::new(told));
    }

    /// One value as it is stored.
    pub(super) async fn value(
        &self,
        table: &str,
        key: &str,
    ) -> Result<Option<JsValue>, StorageError> {
        self.check_open()?;
        let read = async {
            let transaction = self.0.handle.transaction(table).build()?;
            let store = transaction.object_store(table)?;
            let value: Option<JsValue> = store.get(key).primitive()?.await?;
            Ok(value.filter(|value| !value.is_undefined()))
        };
        read.await.map_err(fault::refused)
    }

    /// The bytes under a key.
    pub(super) async fn get(
        &self,
        table: &str,
        key: &str,
    ) -> Result<Option<Vec<u8>>, StorageError> {
        self.value(table, key).await?.map(|value| bytes(&value, table)).transpose()
    }

    /// All entries whose key starts with `prefix`, in ascending order of keys.
    pub(super) async fn scan(
        &self,
        table: &str,
        prefix: &str,
    ) -> Result<Vec<(String, Vec<u8>)>, StorageError> {
        self.check_open()?;
        // Both requests go out together and are answered from one transaction, each in a single message: a
        // cursor would take a round trip an entry.
        let read = async {
            let transaction = self.0.handle.transaction(table).build()?;
            let store = transaction.object_store(table)?;
            // No character of a key sorts above U+FFFF, which no key contains.
            let range = KeyRange::from(prefix.to_owned()..format!("{prefix}\u{ffff}"));
            let keys = store.get_all_keys::<String>().with_query::<String, _>(range.clone());
            let keys = keys.primitive()?;
            let values = store.get_all::<JsValue>().with_query::<String, _>(range).primitive()?;
            Ok((keys.await?, values.await?))
        };
        let (keys, values) = read.await.map_err(fault::refused)?;
        let mut entries = Vec::with_capacity(keys.len());
        for (key, value) in keys.zip(values) {
            let value = value.map_err(fault::refused)?;
            entries.push((key.map_err(fault::refused)?, bytes(&value, table)?));
        }
        // IndexedDB orders by UTF-16 units. For the ASCII keys that the app uses it is the same order, and this is free.
        entries.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Ok(entries)
    }

    /// One strictly durable read-write transaction.
    pub(super) async fn commit(&self, change: Change<'_>) -> Result<(), StorageError> {
        self.check_open()?;
        let tables = change.tables();
        if tables.is_empty() {
            return Ok(());
        }
        let mut options = TransactionOptions::new();
        options.set_durability(TransactionDurability::Strict);
        let transaction = self
            .0
            .handle
            .transaction(tables)
            .with_mode(TransactionMode::Readwrite)
            .with_options(options)
            .build()
            .map_err(fault::refused)?;
        // The wrapper forgets why a transaction was aborted; the raw handle remembers.
        let raw = transaction.as_sys().clone();

        // Dropping the transaction on the way out aborts it.
        if !holds(&transaction, &change.expect).await.map_err(fault::refused)? {
            return Err(StorageError::Conflict);
        }
        write(&transaction, change).map_err(fault::refused)?;
        match transaction.commit().await {
            Ok(()) => Ok(()),
            Err(error) if fault::is_taken(&error) => Err(StorageError::Conflict),
            Err(error) => Err(fault::aborted(raw.error(), error)),
        }
    }

    fn check_open(&self) -> Result<(), StorageError> {
        if self.0.shut.get() { Err(StorageError::Closed) } else { Ok(()) }
    }
}

/// Whether every expectation is so. All reads are sent before the first is awaited.
async fn holds(
    transaction: &Transaction<'_>,
    expect: &[(&str, &str, Option<&[u8]>)],
) -> Result<bool, Error> {
    let mut answers = Vec::with_capacity(expect.len());
    for (table, key, _) in expect {
        let store = transaction.object_store(table)?;
        answers.push(store.get::<JsValue, _, _>(*key).primitive()?);
    }
    let mut all = true;
    for (answer, (_, _, expected)) in answers.into_iter().zip(expect) {
        let found = answer.await?.filter(|value| !value.is_undefined());
        all &= match (&found, expected) {
            (None, None) => true,
            (Some(found), Some(expected)) => seam::outward(found).as_deref() == Some(*expected),
            _ => false,
        };
    }
    Ok(all)
}

/// Sends all writes. Nobody waits for the single ones: their outcome is that of the transaction.
fn write(transaction: &Transaction<'_>, change: Change<'_>) -> Result<(), Error> {
    for (table, key, value) in change.put {
        let store = transaction.object_store(table)?;
        drop(store.put(value).with_key(key).without_key_type().primitive()?);
    }
    for (table, key, value) in change.add {
        let store = transaction.object_store(table)?;
        drop(store.add(value).with_key(key).without_key_type().primitive()?);
    }
    for (table, key) in change.delete {
        drop(transaction.object_store(table)?.delete(key).primitive()?);
    }
    Ok(())
}

fn bytes(stored: &JsValue, table: &str) -> Result<Vec<u8>, StorageError> {
    seam::outward(stored)
        .ok_or_else(|| StorageError::Failed(format!("a value in “{table}” is not bytes")))
}

fn cannot_open(error: OpenDbError) -> OpenError {
    match error {
        OpenDbError::Base(Error::DomException(DomException::Other(exception)))
            if exception.name() == "VersionError" =>
        {
            OpenError::Newer
        }
        other => OpenError::Unavailable(other.to_string()),
    }
}
