//! One device, whole: its documents, its keys and its place in the log, over a small [`Storage`]
//! that keeps its word.
//!
//! A tab opens a [`Device`]. What people do goes in by [`Device::write`], what others did by
//! [`Device::apply`], and both end in one strict transaction: change bytes, the document's state
//! ([`doc_state`]) and its read model ([`model`]) together. Only then it is shown as saved. What
//! must be pushed is never written down: it is the difference between a document and its relay
//! heads ([`Device::derive`]).
//!
//! Several tabs are several devices over one storage. Nobody holds a lock: every transaction
//! expects the exact bytes that its document was loaded at, and whoever comes second reads again
//! and does it again.
//!
//! Attachments are sealed objects beside the documents ([`ObjectState`]): stored in the transaction that saves the record which
//! points to them, and carried to the relay and from it by [`transfer`].
//!
//! [`sync::Engine`] ties a device to the pure [`replica::Session`]; the app drives it with a
//! WebSocket, the simulator without. [`memory::Memory`] is the storage of tests, with every fault
//! on order, and [`conformance::run`] what every storage must pass.
//!
//! # Invariants
//!
//! - Nothing is reported as done before it is durable, and nothing leaves the device before that.
//! - The cursor is stored in the transaction that stores the rows behind it.
//! - Only changes that lie in a row of the log, with all they depend on, enter relay heads.
//! - The read model is what its document says: built anew, it has the same bytes.
//! - A snapshot of others is merged, never put in place of what is here, and vouched for only by whom
//!   has all of it, and found all of it inside.
//! - A document goes on under another tag only where what takes its place is stored: in that transaction
//!   everything under the old one goes, and what was written here meanwhile is written to the new one.
//! - A document in memory is at exactly one stored state. Whoever writes takes it out of the cache,
//!   and puts it back when the next state is stored; a failed write leaves nothing behind.
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)
)]

mod absorb;
mod again;
mod apply;
mod begin;
mod cache;
mod closing;
mod codec;
mod device;
mod edit;
mod erase;
mod erasing;
mod generation;
mod held;
mod index;
mod keys;
mod loaded;
mod local;
mod number;
mod objects;
mod outbox;
mod place;
mod quarantine;
mod read;

mod refresh;
mod rejoin;
mod snapshot;
mod tidy;
mod touched;
mod turn;
mod unfold;
mod wipe;

pub mod conformance;
pub mod doc_state;
pub mod memory;
pub mod model;
pub mod space_state;
pub mod storage;
pub mod sync;
pub mod team;
pub mod transfer;

pub use again::AgainError;
pub use apply::{Applied, ApplyError};
pub use begin::{BeginError, Founding, Joining, Prepared};
pub use cache::MAX_WEIGHT_IN_MEMORY;
pub use codec::Unreadable;
pub use device::{Changed, Device, OpenError, Opening};
pub use edit::{Edit, WriteError, Written};
pub use erase::{Confirmation, EraseError, ErasureState, Preview};
pub use index::Standing;
pub use loaded::LoadError;
pub use model::Model;
pub use number::device_mark;
pub use objects::{MAX_ATTACHMENT, ObjectError, ObjectState};
pub use quarantine::{MAX_DEATHS, MAX_PANICS};
pub use rejoin::RejoinError;
pub use space_state::SpaceKind;
pub use storage::{Batch, Storage, StorageError, Table, Vault, VaultError};
pub use team::TeamError;
pub use tidy::MAX_TAIL;
pub use wipe::WipeError;
