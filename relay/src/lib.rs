//! The relay: keeps the logs of a team in order, and cannot read them.
//!
//! Devices seal their changes before they leave; what arrives here is an envelope with a readable
//! header and a body that nobody here has a key for. The relay owes the team three things: that
//! what it acknowledged is on the disk, that everybody sees the same rows in the same order, and
//! that only those whom the roster names may write and read. Merging is done on the devices.
//!
//! Inside out:
//!
//! - [`log`] decides. Given what the log holds and what is to be appended, it answers with the row
//!   or with the reason against it. It is pure: no clock, no disk, no randomness.
//! - [`store`] keeps. One trait, one conformance suite; stores in memory, on SQLite and on PostgreSQL. A
//!   store takes a space's lock, asks `log`, and writes what it says in the same transaction.
//! - [`session`] speaks. One connection from greeting to close as a state machine over frames, with
//!   no socket in it; the WebSocket task and the team simulator both drive it.
//! - [`socket`], [`http`], [`serve`], [`tls`] are the outside: WebSockets, the app's files, ports.
//! - [`command`] is what an operator can do, [`config`] how, [`metrics`] what they see of it.
//!
//! Nothing is kept outside the store that a second relay on the same store would need: what lies in
//! memory (rate limits, who is to be woken) is lost at a stop, and nobody is worse off for it.
//!
//! # Invariants
//!
//! - The dependency tree holds neither Automerge nor any crate of the app: the relay cannot read.
//! - Memory does not grow with the number of documents, and an idle connection costs a few kilobytes.
//! - No bytes from outside make it panic, and each refusal says what was wrong.

pub mod clock;
pub mod command;
pub mod config;
pub mod http;
pub mod limits;
pub mod log;
pub mod metrics;
pub mod origin;
pub mod serve;
pub mod session;
pub mod socket;
pub mod store;
pub mod throttle;
pub mod tls;
pub mod token;
