//! A storage in memory, for tests and for the simulator: several tabs over one profile, copies of
//! whole profiles, and every way in which a real storage fails, on order.
//!
//! Each call yields once before it acts, so that whoever polls several devices by hand decides how
//! their calls interleave.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::storage::{Batch, Storage, StorageError, Table, Vault, VaultError};

type Entries = BTreeMap<(Table, String), Vec<u8>>;

/// What a storage may be told to do wrong at one of its calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The tab dies before the call does anything; all later calls of this handle fail too.
    CrashBefore,
    /// The call does its work, and the tab dies before it hears of it.
    CrashAfter,
    /// Another tab seems to have been faster. (A read fails instead.)
    Conflict,
    /// The quota is reached. (A read fails instead.)
    Full,
    /// The outcome of a commit is unknown; here it was in truth kept.
    UnknownKept,
    /// The outcome of a commit is unknown; here it was in truth lost.
    UnknownLost,
}

impl Fault {
    /// Every fault, for tests that try them all.
    pub const ALL: [Self; 6] = [
        Self::CrashBefore,
        Self::CrashAfter,
        Self::Conflict,
        Self::Full,
        Self::UnknownKept,
        Self::UnknownLost,
    ];
}

#[derive(Debug, Default)]
struct Profile {
    entries: Entries,
    /// Bytes that keys and values may take together.
    quota_bytes: Option<usize>,
}

/// One tab's handle on a profile in memory.
#[derive(Debug, Default)]
pub struct Memory {
    profile: Rc<RefCell<Profile>>,
    faults: RefCell<BTreeMap<u64, Fault>>,
    calls: Cell<u64>,
    dead: Cell<bool>,
}

/// A copied profile: what a backup tool or a disk image would make of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot(Entries);

impl Memory {
    /// An empty profile.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same profile as seen by another tab, with faults and call count of its own.
    pub fn tab(&self) -> Self {
        Self { profile: Rc::clone(&self.profile), ..Self::default() }
    }

    /// A copy of all that is stored now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.profile.borrow().entries.clone())
    }

    /// A new profile that begins as `snapshot` (a clone of a device).
    pub fn from_snapshot(snapshot: &Snapshot) -> Self {
        let memory = Self::new();
        memory.restore(snapshot);
        memory
    }

    /// Puts the profile back to `snapshot`, for every tab that looks at it.
    pub fn restore(&self, snapshot: &Snapshot) {
        self.profile.borrow_mut().entries = snapshot.0.clone();
    }

    /// Orders `fault` for call number `call` of this handle; the first call has number 0.
    pub fn fail_at(&self, call: u64, fault: Fault) {
        self.faults.borrow_mut().insert(call, fault);
    }

    /// Orders `fault` for the next call.
    pub fn fail_next(&self, fault: Fault) {
        self.fail_at(self.calls.get(), fault);
    }

    /// Calls made through this handle so far.
    pub fn calls(&self) -> u64 {
        self.calls.get()
    }

    /// Whether an ordered crash has happened.
    pub fn is_dead(&self) -> bool {
        self.dead.get()
    }

    /// Limits what keys and values may take together; `None` lifts the limit.
    pub fn set_quota_bytes(&self, quota: Option<usize>) {
        self.profile.borrow_mut().quota_bytes = quota;
    }

    /// All entries of a table, past every fault: for a test that looks from outside.
    pub fn peek(&self, table: Table) -> BTreeMap<String, Vec<u8>> {
        let profile = self.profile.borrow();
        let of_table = profile.entries.iter().filter(|((t, _), _)| *t == table);
        of_table.map(|((_, key), value)| (key.clone(), value.clone())).collect()
    }

    async fn begin(&self) -> Result<Option<Fault>, StorageError> {
        Yield::default().await;
        let call = self.calls.get();
        self.calls.set(call + 1);
        if self.dead.get() {
            return Err(StorageError::Closed);
        }
        let fault = self.faults.borrow_mut().remove(&call);
        if matches!(fault, Some(Fault::CrashBefore)) {
            self.dead.set(true);
            return Err(StorageError::Closed);
        }
        Ok(fault)
    }

    fn read<T>(
        &self,
        fault: Option<Fault>,
        read: impl Fn(&Entries) -> T,
    ) -> Result<T, StorageError> {
        match fault {
            None => Ok(read(&self.profile.borrow().entries)),
            Some(Fault::CrashAfter) => {
                self.dead.set(true);
                Err(StorageError::Closed)
            }
            Some(other) => Err(StorageError::Failed(format!("{other:?} at a read"))),
        }
    }
}

impl Profile {
    fn commit(&mut self, batch: Batch) -> Result<(), StorageError> {
        let Batch { expect, put, delete } = batch;
        for (table, key, expected) in expect {
            if self.entries.get(&(table, key)) != expected.as_ref() {
                return Err(StorageError::Conflict);
            }
        }
        if let Some(quota) = self.quota_bytes {
            let gone = delete.iter().map(|(table, key)| (*table, key));
            let replaced = put.iter().map(|(table, key, _)| (*table, key));
            let freed: usize = gone.chain(replaced).map(|(t, key)| self.bytes_of(t, key)).sum();
            let taken: usize = put.iter().map(|(_, key, value)| key.len() + value.len()).sum();
            let present: usize = self.entries.iter().map(bytes).sum();
            if present + taken > quota + freed {
                return Err(StorageError::Full);
            }
        }
        for (table, key, value) in put {
            self.entries.insert((table, key), value);
        }
        for (table, key) in delete {
            self.entries.remove(&(table, key));
        }
        Ok(())
    }

    fn bytes_of(&self, table: Table, key: &str) -> usize {
        self.entries.get_key_value(&(table, key.to_owned())).map_or(0, bytes)
    }
}

fn bytes(((_, key), value): (&(Table, String), &Vec<u8>)) -> usize {
    key.len() + value.len()
}

impl Storage for Memory {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Vec<u8>>, StorageError> {
        let fault = self.begin().await?;
        self.read(fault, |entries| entries.get(&(table, key.to_owned())).cloned())
    }

    async fn scan(
        &self,
        table: Table,
        prefix: &str,
    ) -> Result<Vec<(String, Vec<u8>)>, StorageError> {
        let fault = self.begin().await?;
        self.read(fault, |entries| {
            entries
                .range((table, prefix.to_owned())..)
                .take_while(|((t, key), _)| *t == table && key.starts_with(prefix))
                .map(|((_, key), value)| (key.clone(), value.clone()))
                .collect()
        })
    }

    async fn commit(&self, batch: Batch) -> Result<(), StorageError> {
        let fault = self.begin().await?;
        let unknown = || Err(StorageError::Unknown("as ordered".to_owned()));
        match fault {
            Some(Fault::Conflict) => return Err(StorageError::Conflict),
            Some(Fault::Full) => return Err(StorageError::Full),
            Some(Fault::UnknownLost) => return unknown(),
            _ => {}
        }
        self.profile.borrow_mut().commit(batch)?;
        match fault {
            Some(Fault::UnknownKept) => unknown(),
            Some(Fault::CrashAfter) => {
                self.dead.set(true);
                Err(StorageError::Closed)
            }
            _ => Ok(()),
        }
    }
}

/// A vault that marks what it wrapped and protects nothing: for tests and the simulator only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenVault {
    /// Which browser profile this is; secrets wrapped under another number are foreign.
    pub profile: u8,
}

impl Vault for OpenVault {
    async fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, VaultError> {
        Yield::default().await;
        Ok(std::iter::once(self.profile).chain(secret.iter().map(|byte| !byte)).collect())
    }

    async fn unwrap(&self, wrapped: &[u8]) -> Result<Vec<u8>, VaultError> {
        Yield::default().await;
        match wrapped.split_first() {
            Some((profile, rest)) if *profile == self.profile => {
                Ok(rest.iter().map(|byte| !byte).collect())
            }
            _ => Err(VaultError::Foreign),
        }
    }
}

/// Gives way once, then goes on.
#[derive(Debug, Default)]
struct Yield(bool);

impl Future for Yield {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Runs a future that only ever waits for storages in memory to its end, on this thread.
pub fn finish<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}
