//! Drops: opened, pulled and closed by the team. What is left in them comes in by
//! [`http`](crate::http), from people without an account.

use wire::limits::MAX_DROPS_PULLED;
use wire::{DropAnswer, Hash, Millis, Refusal, RelayFrame};

use super::objects::Wish;
use super::{Reply, Session};
use crate::limits::DROP_WAITS;
use crate::store::{DropError, Store};

impl Session {
    /// Opens a drop, for no longer than [`DROP_WAITS`]; the answer says until when.
    pub(super) async fn open_drop(
        &mut self,
        store: &dyn Store,
        now: Millis,
        token: Hash,
        expires: Millis,
        reply: &mut Reply,
    ) {
        let Some(space) = self.let_in(store, token, Wish::Change, reply).await else { return };
        let most = u64::try_from(DROP_WAITS.as_millis()).unwrap_or(u64::MAX);
        let expires = expires.min(now.saturating_add(most));
        match store.open_drop(space, token, expires).await {
            Ok(()) => reply.say(&RelayFrame::DropOpened { token, expires }),
            Err(DropError::Quota) => reply.refuse(token, Refusal::Quota),
            Err(DropError::Store(error)) => reply.fail(token, &error),
            Err(_) => self.strike(token, Refusal::SpaceUnknown, reply),
        }
    }

    pub(super) async fn pull_drops(&mut self, store: &dyn Store, most: u32, reply: &mut Reply) {
        let asked = self.let_in(store, Hash::ZERO, Wish::Change, reply).await;
        let Some(space) = asked else { return };
        let most = usize::try_from(most).unwrap_or(usize::MAX).min(MAX_DROPS_PULLED);
        match store.pull_drops(space, most).await {
            Ok(answers) => {
                let answers = answers.into_iter().map(|answer| DropAnswer {
                    token: answer.token,
                    received_at: answer.received_at,
                    sealed: answer.sealed,
                });
                reply.say(&RelayFrame::Drops { answers: answers.collect() });
            }
            Err(error) => reply.fail(Hash::ZERO, &error),
        }
    }

    pub(super) async fn close_drop(&mut self, store: &dyn Store, token: Hash, reply: &mut Reply) {
        let Some(space) = self.let_in(store, token, Wish::Change, reply).await else { return };
        match store.delete_drop(space, token).await {
            Ok(()) => reply.say(&RelayFrame::DropClosed { token }),
            Err(error) => reply.fail(token, &error),
        }
    }
}
