//! A store in memory: for tests, the simulator, and as the plainest statement of what a store does.
//!
//! Every answer is there at once, so no runtime is needed to wait for it.

mod objects;
mod space;
mod stats;

use std::collections::BTreeMap;
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use wire::{DeviceKey, LogId, Millis, Refusal, Seq, SpaceId};

use super::tokens::{Kept, redeem};
use super::watches::Watches;
use super::{
    AppendError, Arrival, Entry, Founding, Later, Log, Pulled, StoreError, Taken, TokenDigest,
    Tokens,
};
use crate::clock::Clock;
use crate::log::{self, Again, Quota};
use space::Space;

/// A store in memory. Clones share their content, so that a relay can be stopped and another one
/// started on what it left.
#[derive(Clone)]
pub struct Memory {
    inner: Arc<Inner>,
}

struct Inner {
    clock: Clock,
    quota: Quota,
    content: Mutex<Content>,
    watches: Watches,
}

#[derive(Clone, Default)]
struct Content {
    order: Vec<SpaceId>,
    spaces: BTreeMap<SpaceId, Space>,
    tokens: Vec<Kept>,
}

impl Memory {
    /// An empty store that takes the time from `clock`.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self::with_quota(clock, Quota::default())
    }

    /// An empty store with another quota.
    #[must_use]
    pub fn with_quota(clock: Clock, quota: Quota) -> Self {
        Self::holding(clock, quota, Content::default())
    }

    /// A second store that holds what this one holds now, as a backup would.
    #[must_use]
    pub fn backup(&self) -> Self {
        Self::holding(self.inner.clock.clone(), self.inner.quota, self.content().clone())
    }

    fn holding(clock: Clock, quota: Quota, content: Content) -> Self {
        let (content, watches) = (Mutex::new(content), Watches::default());
        Self { inner: Arc::new(Inner { clock, quota, content, watches }) }
    }

    fn content(&self) -> MutexGuard<'_, Content> {
        self.inner.content.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Millis {
        (self.inner.clock)()
    }

    fn begin_now(&self, founding: Founding, again: Option<&Again>) -> Result<Seq, AppendError> {
        let mut content = self.content();
        let space = founding.roster.space();
        if content.spaces.contains_key(&space) {
            return Ok(1);
        }
        if content.order.len() as u64 >= crate::limits::SPACES {
            return Err(AppendError::Refused(Refusal::Quota));
        }
        let Founding { token, record, roster, log } = founding;
        let begun = log::decide_begin(&record, roster, log, again, self.now());
        let begun = begun.map_err(AppendError::Refused)?;
        if let Some(token) = token {
            redeem(content.tokens.iter().copied(), &token).map_err(AppendError::Refused)?;
            let kept = content.tokens.iter_mut().filter(|kept| kept.digest == token.0);
            kept.for_each(|kept| kept.used = true);
        }
        content.order.push(space);
        let head = begun.standing.head;
        content.spaces.insert(space, Space::begun(begun));
        drop(content);
        self.inner.watches.announce(&space, head);
        Ok(1)
    }

    fn take_now(&self, space: &SpaceId, entry: &Entry) -> Result<Taken, AppendError> {
        let mut content = self.content();
        let unknown = AppendError::Refused(Refusal::SpaceUnknown);
        let kept = content.spaces.get_mut(space).ok_or(unknown)?;
        let (taken, added) =
            kept.append(entry, &self.inner.quota, self.now()).map_err(AppendError::Refused)?;
        drop(content);
        if added {
            self.inner.watches.announce(space, taken.seq);
        }
        Ok(taken)
    }
}

impl Log for Memory {
    fn begin(
        &self,
        founding: Founding,
        again: Option<Again>,
    ) -> Later<'_, Result<Seq, AppendError>> {
        Box::pin(ready(self.begin_now(founding, again.as_ref())))
    }

    fn take(&self, space: SpaceId, entry: Entry) -> Later<'_, Result<Taken, AppendError>> {
        Box::pin(ready(self.take_now(&space, &entry)))
    }

    fn new_life(&self, space: SpaceId, log: LogId) -> Later<'_, Result<Option<Seq>, StoreError>> {
        let now = self.now();
        let seq = self.content().spaces.get_mut(&space).map(|kept| kept.new_life(log, now));
        if let Some(seq) = seq {
            self.inner.watches.announce(&space, seq);
        }
        Box::pin(ready(Ok(seq)))
    }

    fn arrive(
        &self,
        space: SpaceId,
        device: DeviceKey,
        cursor: Seq,
    ) -> Later<'_, Result<Option<Arrival>, StoreError>> {
        let content = self.content();
        let arrival = content.spaces.get(&space).map(|kept| kept.arrive(&device, cursor));
        Box::pin(ready(Ok(arrival)))
    }

    fn pull(
        &self,
        space: SpaceId,
        after: Seq,
        max_bytes: u32,
    ) -> Later<'_, Result<Option<Pulled>, StoreError>> {
        let content = self.content();
        let pulled = content.spaces.get(&space).map(|kept| kept.pull(after, max_bytes));
        Box::pin(ready(Ok(pulled)))
    }

    fn spaces(&self) -> Later<'_, Result<Vec<SpaceId>, StoreError>> {
        Box::pin(ready(Ok(self.content().order.clone())))
    }

    fn watch(&self, space: SpaceId) -> watch::Receiver<Seq> {
        self.inner.watches.watch(space)
    }

    fn ready(&self) -> Later<'_, Result<(), StoreError>> {
        Box::pin(ready(Ok(())))
    }

    fn check(&self) -> Later<'_, Result<Vec<String>, StoreError>> {
        Box::pin(ready(Ok(Vec::new())))
    }
}

impl Tokens for Memory {
    fn put_token(
        &self,
        token: TokenDigest,
        _now: Millis,
        replace: bool,
    ) -> Later<'_, Result<(), StoreError>> {
        let tokens = &mut self.content().tokens;
        tokens.retain(|kept| kept.used || !replace);
        tokens.push(Kept { digest: token.0, used: false });
        let excess = tokens.len().saturating_sub(crate::limits::TOKENS as usize);
        tokens.drain(..excess);
        Box::pin(ready(Ok(())))
    }
}
