//! The device's half of sync, as pure code.
//!
//! A device and its relay share a log that the relay cannot read. This crate holds what the device
//! needs for that and nothing that touches the world: no clock, no socket, no storage, no system
//! randomness. Time and randomness are arguments, effects are returned as data; so a simulator
//! runs a whole team through the very code that a browser runs.
//!
//! - [`keys`] and [`ring`] hold secrets; [`wrap`] seals an epoch key to somebody.
//! - [`founding`] makes the roster records by which people come, [`team`] those by which roles, keys
//!   and who belongs to the team change; [`unlock`] opens the keys that the records carry.
//! - [`invite`] is the link that carries an invitation from person to person, [`kit`] the sheet of
//!   paper that lets an owner back in.
//! - [`chunk`], [`snapshot`] and [`seal`] turn changes, or a whole document, into an envelope and back.
//! - [`object`] seals what is too large for a change: an attachment.
//! - [`mod@drop`] seals what somebody without an account answers.
//! - [`outbox`] says which changes the relay lacks, [`check`] which changes are safe to apply.
//! - [`place`] is where a device stands in the log; it is stored with every batch of rows.
//! - [`session`] is the conversation with the relay: input in, effects out.
//!
//! # Invariants
//!
//! - A row is handed out only after its answer fits the chain, and its content only after
//!   signature, roster and key fit.
//! - Nothing is sealed with a key that the roster does not commit to, and nothing pushed before
//!   the session's id is durable.
//! - No secret has a `Debug` that shows it, and each is wiped from memory when dropped.
#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice
    )
)]

pub mod check;
pub mod chunk;
mod code;
mod codec;
pub mod drop;
pub mod founding;
pub mod invite;
pub mod keys;
pub mod kit;
mod letters;
pub mod lost;
pub mod object;
pub mod outbox;
pub mod place;
pub mod ring;
pub mod seal;
pub mod session;
pub mod snapshot;
pub mod step;
pub mod team;
pub mod unlock;
pub mod wrap;

pub use chunk::{ChangeHash, Chunk};
pub use drop::DropSecret;
pub use invite::{InviteLink, InviteLinkError};
pub use keys::{DeviceSecrets, EpochKey, InviteSecret, KitSecret};
pub use kit::RecoverySheet;
pub use lost::Lost;
pub use object::{ObjectKey, SealedObject};
pub use place::{PastLife, Place};
pub use ring::KeyRing;
pub use session::{
    Content, Effect, Input, LinkState, OpenedRow, Session, SkipReason, StopReason, Task, Vouch,
};
pub use snapshot::Snapshot;
pub use step::{Inside, Step};
