//! What a store holds, in figures. Nothing of it says anything about a content.

use wire::{LogId, Millis, SpaceId};

use super::{Later, StoreError};

/// What all spaces come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Spaces.
    pub spaces: u64,
    /// Rows of their logs, stubs included.
    pub rows: u64,
    /// Bytes of these rows, as [`crate::log::row_bytes`] counts them.
    pub row_bytes: u64,
}

/// What one space comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpaceStats {
    /// Which one.
    pub space: SpaceId,
    /// The present life of its log.
    pub log: LogId,
    /// Rows of its log, stubs included.
    pub rows: u64,
    /// Bytes of these rows, as [`crate::log::row_bytes`] counts them: what the quota is about.
    pub row_bytes: u64,
    /// Rows that have lost their bytes.
    pub stubs: u64,
    /// When its last row was received.
    pub last_row_at: Millis,
    /// Sealed objects, complete or not.
    pub objects: u64,
    /// Bytes of their pieces.
    pub object_bytes: u64,
    /// Drops, filled or waiting to be.
    pub drops: u64,
    /// Bytes of the answers in them.
    pub drop_bytes: u64,
}

/// Stores that can count what they hold.
pub trait Stats: Send + Sync {
    /// What all spaces come to. Quick: asked every few seconds by whoever watches the relay.
    fn totals(&self) -> Later<'_, Result<Totals, StoreError>>;

    /// What each space comes to, in the order in which they were founded. Looks at every row.
    fn stats(&self) -> Later<'_, Result<Vec<SpaceStats>, StoreError>>;
}
