//! A store that is watched at work.

use std::sync::Arc;

use tokio::sync::watch;
use tokio::time::Instant;
use wire::{DeviceKey, Hash, LogId, Millis, RowKind, Seq, SpaceId};

use super::Metrics;
use crate::log::Again;
use crate::store::{
    Answer, AppendError, Arrival, DropError, Drops, Entry, Founding, Later, Log, ObjectError,
    Objects, Pulled, SpaceStats, Stats, Store, StoreError, Taken, TokenDigest, Tokens, Totals,
};

/// Any store, with what it does counted and timed.
pub struct Measured {
    store: Arc<dyn Store>,
    metrics: Arc<Metrics>,
}

impl Measured {
    /// Watches a store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, metrics: Arc<Metrics>) -> Self {
        Self { store, metrics }
    }

    fn append_measured<'s, T: Send + 's>(
        &'s self,
        kind: Option<RowKind>,
        begin: impl FnOnce(&'s dyn Store) -> Later<'s, Result<T, AppendError>>,
    ) -> Later<'s, Result<T, AppendError>> {
        let (begun, open) = (Instant::now(), self.metrics.in_flight());
        // The work begins with the call, as the trait says, and not with the waiting.
        let answer = begin(&*self.store);
        Box::pin(async move {
            let answer = answer.await;
            let outcome = match &answer {
                Ok(_) => "accepted",
                Err(AppendError::Refused(_)) => "refused",
                Err(AppendError::Store(error)) => {
                    self.metrics.store_failed(error);
                    "failed"
                }
            };
            self.metrics.appended(kind, outcome, begun.elapsed());
            drop(open);
            answer
        })
    }

    fn watched<'s, T: 's>(
        &'s self,
        answer: Later<'s, Result<T, StoreError>>,
    ) -> Later<'s, Result<T, StoreError>> {
        Box::pin(async move {
            let answer = answer.await;
            if let Err(error) = &answer {
                self.metrics.store_failed(error);
            }
            answer
        })
    }
}

impl Log for Measured {
    fn begin(
        &self,
        founding: Founding,
        again: Option<Again>,
    ) -> Later<'_, Result<Seq, AppendError>> {
        self.append_measured(None, |store| store.begin(founding, again))
    }

    fn take(&self, space: SpaceId, entry: Entry) -> Later<'_, Result<Taken, AppendError>> {
        let kind = match &entry {
            Entry::Envelope(envelope) => envelope.header.kind,
            Entry::Record { .. } => RowKind::Roster,
        };
        self.append_measured(Some(kind), |store| store.take(space, entry))
    }

    fn new_life(&self, space: SpaceId, log: LogId) -> Later<'_, Result<Option<Seq>, StoreError>> {
        self.watched(self.store.new_life(space, log))
    }

    fn arrive(
        &self,
        space: SpaceId,
        device: DeviceKey,
        cursor: Seq,
    ) -> Later<'_, Result<Option<Arrival>, StoreError>> {
        self.watched(self.store.arrive(space, device, cursor))
    }

    fn pull(
        &self,
        space: SpaceId,
        after: Seq,
        max_bytes: u32,
    ) -> Later<'_, Result<Option<Pulled>, StoreError>> {
        let begun = Instant::now();
        let answer = self.watched(self.store.pull(space, after, max_bytes));
        Box::pin(async move {
            let answer = answer.await;
            if let Ok(Some(pulled)) = &answer {
                self.metrics.pulled(pulled.rows.len(), begun.elapsed());
            }
            answer
        })
    }

    fn spaces(&self) -> Later<'_, Result<Vec<SpaceId>, StoreError>> {
        self.watched(self.store.spaces())
    }

    fn watch(&self, space: SpaceId) -> watch::Receiver<Seq> {
        self.store.watch(space)
    }

    fn ready(&self) -> Later<'_, Result<(), StoreError>> {
        self.watched(self.store.ready())
    }

    fn check(&self) -> Later<'_, Result<Vec<String>, StoreError>> {
        self.watched(self.store.check())
    }
}

impl Objects for Measured {
    fn put_piece(
        &self,
        space: SpaceId,
        address: Hash,
        size: u64,
        offset: u64,
        bytes: Vec<u8>,
    ) -> Later<'_, Result<u64, ObjectError>> {
        self.store.put_piece(space, address, size, offset, bytes)
    }

    fn read_object(
        &self,
        space: SpaceId,
        address: Hash,
        offset: u64,
        length: usize,
    ) -> Later<'_, Result<Option<Vec<u8>>, StoreError>> {
        self.watched(self.store.read_object(space, address, offset, length))
    }

    fn drop_object(&self, space: SpaceId, address: Hash) -> Later<'_, Result<(), StoreError>> {
        self.watched(self.store.drop_object(space, address))
    }
}

impl Drops for Measured {
    fn open_drop(
        &self,
        space: SpaceId,
        token: Hash,
        expires: Millis,
    ) -> Later<'_, Result<(), DropError>> {
        self.store.open_drop(space, token, expires)
    }

    fn fill_drop(
        &self,
        space: SpaceId,
        token: Hash,
        sealed: Vec<u8>,
        now: Millis,
    ) -> Later<'_, Result<(), DropError>> {
        self.store.fill_drop(space, token, sealed, now)
    }

    fn pull_drops(
        &self,
        space: SpaceId,
        limit: usize,
    ) -> Later<'_, Result<Vec<Answer>, StoreError>> {
        self.watched(self.store.pull_drops(space, limit))
    }

    fn delete_drop(&self, space: SpaceId, token: Hash) -> Later<'_, Result<(), StoreError>> {
        self.watched(self.store.delete_drop(space, token))
    }
}

impl Tokens for Measured {
    fn put_token(
        &self,
        token: TokenDigest,
        now: Millis,
        replace: bool,
    ) -> Later<'_, Result<(), StoreError>> {
        self.watched(self.store.put_token(token, now, replace))
    }
}

impl Stats for Measured {
    fn totals(&self) -> Later<'_, Result<Totals, StoreError>> {
        self.watched(self.store.totals())
    }

    fn stats(&self) -> Later<'_, Result<Vec<SpaceStats>, StoreError>> {
        self.watched(self.store.stats())
    }
}
