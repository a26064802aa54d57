//! What a relay keeps, and what every store of it must promise.
//!
//! A store is dumb: it looks things up, asks [`crate::log`] under the space's lock, and writes
//! what that says in the same transaction. All stores pass the [`conformance`] suite.
//!
//! # Promises
//!
//! - When a write answers with success it is durable. When it answers with an error, nothing of it
//!   is there, or, only if the store itself does not know, all of it.
//! - Rows of a space have the numbers 1, 2, 3… without gaps, and whoever sees row *n* sees all rows
//!   before it: the order of commits is the order of numbers.
//! - What one read returns comes from one moment.
//! - A row loses its bytes in the transaction that appends the attestation which lets them go, and in
//!   no other way.
//! - Dropping a returned future neither undoes nor halves a write that has begun.
//!
//! A store does not promise to wake everybody: a wake-up may be missing when another process
//! wrote. A connection that pulls again finds out.

pub mod conformance;
mod drops;
mod memory;
mod objects;
mod postgres;
mod rosters;
pub mod sqlite;
mod stats;
mod tables;
mod tokens;
mod watches;

use std::pin::Pin;

use tokio::sync::watch;
use wire::{
    Counter, DeviceKey, Envelope, Hash, LogId, Refusal, Roster, Row, Seq, SessionId, SpaceId,
};

use crate::log::{Again, Author, Hint, Standing};

pub use drops::{Answer, DropError, Drops};
pub use memory::Memory;
pub use objects::{ObjectError, Objects};
pub use postgres::{Access, DatabaseError, DatabaseUrl, MoveError, Postgres, copy_from_sqlite};
pub use sqlite::{OpenError, Sqlite};
pub use stats::{SpaceStats, Stats, Totals};
pub use tokens::{TokenDigest, Tokens};

/// An answer that comes later. What is asked for begins with the call and not with the waiting, so
/// writes happen in the order in which they are called for. Boxed, so that a store can be chosen
/// when the relay starts.
pub type Later<'s, T> = Pin<Box<dyn Future<Output = T> + Send + 's>>;

/// Why a store could not do its work. What was to be written is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No room is left on the disk.
    #[error("the disk is full")]
    Full,
    /// The store is broken or was closed; the text is for the operator.
    #[error("the store failed: {0}")]
    Failed(String),
}

/// Why something was not appended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// It may not be.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// It may be, but cannot.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AppendError {
    /// What the device is told.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        match self {
            Self::Refused(refusal) => *refusal,
            Self::Store(_) => Refusal::Unavailable,
        }
    }
}

/// One thing to be appended.
#[derive(Clone, Debug)]
pub enum Entry {
    /// An envelope of the connected device, whose signature has been verified.
    Envelope(Box<Envelope>),
    /// A roster record, not looked at yet.
    Record {
        /// Who hands it in, which need not be who signed it.
        author: Author,
        /// The record.
        bytes: Vec<u8>,
    },
}

/// A space to be made.
#[derive(Clone, Debug)]
pub struct Founding {
    /// The digest of the set-up token; `None` where registration is open.
    pub token: Option<TokenDigest>,
    /// The `found` record.
    pub record: Vec<u8>,
    /// The roster that it starts.
    pub roster: Roster,
    /// The log's first id.
    pub log: LogId,
}

/// What became of something that was to be appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Where it lies.
    pub seq: Seq,
    /// What whoever appended it is asked for; nothing if it lay there before.
    pub hint: Option<Hint>,
}

/// What a device that connects is told.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The space now.
    pub standing: Standing,
    /// The chain at the cursor; `None` if there is no such row.
    pub chain_at_cursor: Option<Hash>,
    /// The session in which the device last appended, and its last counter.
    pub last: Option<(SessionId, Counter)>,
}

/// Some rows of a space.
#[derive(Clone, Debug)]
pub struct Pulled {
    /// The space at the same moment.
    pub standing: Standing,
    /// The rows after the one asked for, bodies included, at least one if there is any.
    pub rows: Vec<Row>,
    /// The chain at the last of these rows, or at the one asked for if there are none. `None` if
    /// the log does not reach that far.
    pub chain: Option<Hash>,
}

/// The whole of what a relay keeps.
pub trait Store: Log + Objects + Drops + Tokens + Stats {}

impl<S: Log + Objects + Drops + Tokens + Stats> Store for S {}

/// The logs of all spaces.
pub trait Log: Send + Sync {
    /// Makes a space. The same record again gives the same place and uses up no token.
    fn found(&self, founding: Founding) -> Later<'_, Result<Seq, AppendError>> {
        self.begin(founding, None)
    }

    /// The same, and where a space that was on another relay before is set up again, all that it has
    /// besides its first row: nothing of it, or all.
    fn begin(
        &self,
        founding: Founding,
        again: Option<Again>,
    ) -> Later<'_, Result<Seq, AppendError>>;

    /// Appends to a space what [`crate::log`] allows, and lets go the bytes that this calls for, in one
    /// transaction. [`Refusal::SpaceUnknown`] if there is none.
    fn take(&self, space: SpaceId, entry: Entry) -> Later<'_, Result<Taken, AppendError>>;

    /// The same for whoever wants to know no more than where it lies.
    fn append(&self, space: SpaceId, entry: Entry) -> Later<'_, Result<Seq, AppendError>> {
        let taking = self.take(space, entry);
        Box::pin(async move { Ok(taking.await?.seq) })
    }

    /// Begins another life of a log and says where its row lies; `None` if there is no such space.
    fn new_life(&self, space: SpaceId, log: LogId) -> Later<'_, Result<Option<Seq>, StoreError>>;

    /// What a device is told when it connects; `None` if there is no such space.
    fn arrive(
        &self,
        space: SpaceId,
        device: DeviceKey,
        cursor: Seq,
    ) -> Later<'_, Result<Option<Arrival>, StoreError>>;

    /// The rows after `after`, as many as fit into `max_bytes` (but one at least), and at most
    /// [`wire::limits::MAX_PULL_ROWS`]; `None` if there is no such space.
    fn pull(
        &self,
        space: SpaceId,
        after: Seq,
        max_bytes: u32,
    ) -> Later<'_, Result<Option<Pulled>, StoreError>>;

    /// All spaces, in the order in which they were founded.
    fn spaces(&self) -> Later<'_, Result<Vec<SpaceId>, StoreError>>;

    /// Changes to the space's head as they become durable. The first value is 0 or some head of
    /// the past; coalesced, so that only the last one counts.
    fn watch(&self, space: SpaceId) -> watch::Receiver<Seq>;

    /// Whether the store can read and write at all.
    fn ready(&self) -> Later<'_, Result<(), StoreError>>;

    /// What the store finds wrong with its own tables, besides what a walk through the rows shows.
    fn check(&self) -> Later<'_, Result<Vec<String>, StoreError>>;
}
