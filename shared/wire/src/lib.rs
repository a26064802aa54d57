//! What crosses the network between devices and a relay that cannot read.
//!
//! A team shares a **space**: one log of rows in one order, kept by a relay. Most rows are
//! [`Envelope`]s, changes that a device sealed and signed; some are [`roster`] records, which say
//! who belongs to the team and with which keys. The relay and the devices judge both by the code
//! in this crate, so that neither can accept what the other refuses.
//!
//! The parts, from the inside out:
//!
//! - ids ([`SpaceId`], [`DeviceKey`], …) are newtypes over bytes that print as lower-case hex;
//! - [`hash`] and [`label`] give every hash and every signature its own domain;
//! - [`Envelope`] is a sealed body under a readable [`Header`];
//! - [`Row`] is an entry of the log, and [`chain_next`] ties it to all rows before it;
//! - [`Covers`] says whether what deleted rows held is still there, in a snapshot that was attested;
//! - [`roster`] holds the records and the rules about who may do what;
//! - [`frame`] is the conversation on one connection;
//! - [`limits`] bounds everything that grows.
//!
//! # One encoding
//!
//! Everything is CBOR with fixed numbers instead of names, and each value has **one** accepted
//! encoding: a decoder encodes again what it understood and refuses any other bytes. That single
//! rule refuses trailing bytes, duplicate and unknown keys, lengths that are not the shortest, and
//! whatever else two readers could take for different things. Signatures and hashes are still
//! taken over the bytes as received.
//!
//! What must change later changes its number: a header carries its version, a roster record its
//! kind, a connection its protocol. A reader that meets a higher number says "newer" and not
//! "broken", because the person can do something about the former.
//!
//! # Invariants
//!
//! - No decoder panics or allocates more than a small multiple of its input, whatever the bytes.
//! - Nothing here opens anything: the crate has no secret keys, no clock, no randomness, no I/O.
#![warn(missing_docs)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod codec;
mod covers;
mod digest;
mod envelope;
mod id;
mod row;
mod signature;

pub mod frame;
pub mod label;
pub mod limits;
pub mod roster;

pub use codec::Malformed;
pub use covers::Covers;
pub use digest::{Hash, drop_digest, hash, object_address};
pub use envelope::{Begins, Envelope, EnvelopeError, HEADER_VERSION, Header, Seen};
pub use frame::{
    ClientFrame, CloseReason, DropAnswer, FrameError, PROTOCOL, Refusal, RelayFrame, connect_input,
};
pub use id::{
    Counter, DeviceKey, Epoch, LogId, MemberId, Millis, ParseIdError, SealKey, Seq, SessionId,
    SpaceId, Tag,
};
pub use roster::{Applied, Device, InviteState, Record, Removal, Role, Roster, RosterError};
pub use row::{Life, Row, RowBody, RowKind, chain_next, chain_start};
pub use signature::{BadSignature, verify};
