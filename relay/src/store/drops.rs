//! The place of drops: answers from people without an account.
//!
//! A device opens a drop under the digest of a one-time token and gives the token to somebody. Who
//! holds it may leave sealed bytes there once. The devices pull what was left and then delete it.

use wire::{Hash, Millis, SpaceId};

use super::{Later, StoreError};

/// An answer that waits to be pulled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The digest of its token.
    pub token: Hash,
    /// When it was left, by the relay's clock.
    pub received_at: Millis,
    /// What was left, sealed to a key of a document.
    pub sealed: Vec<u8>,
}

/// Why a drop was not opened or not filled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DropError {
    /// No drop waits under this token, or its time is over.
    #[error("no such drop")]
    Unknown,
    /// Somebody has left an answer here.
    #[error("the drop has been used")]
    Used,
    /// Larger than an answer may be.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit, bytes.
        limit: u64,
    },
    /// The space has as many drops as it may have.
    #[error("the space has used up its quota for drops")]
    Quota,
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The drops of all spaces.
pub trait Drops: Send + Sync {
    /// Opens a drop until `expires`. Opening it again changes nothing. [`DropError::Unknown`] if
    /// there is no such space. Those of the space whose time is over without an answer are deleted
    /// then: nobody can fill them any more.
    fn open_drop(
        &self,
        space: SpaceId,
        token: Hash,
        expires: Millis,
    ) -> Later<'_, Result<(), DropError>>;

    /// Leaves an answer, once, at the relay's `now`.
    fn fill_drop(
        &self,
        space: SpaceId,
        token: Hash,
        sealed: Vec<u8>,
        now: Millis,
    ) -> Later<'_, Result<(), DropError>>;

    /// Answers that wait, oldest first, at most `limit`.
    fn pull_drops(
        &self,
        space: SpaceId,
        limit: usize,
    ) -> Later<'_, Result<Vec<Answer>, StoreError>>;

    /// Deletes a drop, filled or not. Nothing happens if there is none.
    fn delete_drop(&self, space: SpaceId, token: Hash) -> Later<'_, Result<(), StoreError>>;
}

/// Whether an answer may be left in a drop with this expiry that is filled or not.
pub(super) fn decide_fill(
    drop: Option<(Millis, bool)>,
    size: usize,
    now: Millis,
) -> Result<(), DropError> {
    let limit = wire::limits::MAX_DROP;
    match drop {
        Some((_, true)) => Err(DropError::Used),
        Some((expires, false)) if expires <= now => Err(DropError::Unknown),
        None => Err(DropError::Unknown),
        Some(_) if size > limit => Err(DropError::TooLarge { limit: limit as u64 }),
        Some(_) => Ok(()),
    }
}
