//! Records in Automerge documents.
//!
//! A document is **flat**. A record is a map at the root under `"<kind>/<id>"`, made by one device
//! and never removed, so that no two devices can make the same container and hide each other's
//! work. Inside it:
//!
//! | key | holds |
//! |---|---|
//! | `"<field>"` | a scalar, or a `Text` for prose, made with the record |
//! | `"<field>/<member>"` | `true` for each member of a set: additions beat removals made apart |
//! | `"<field>/<id>"` | a fact, whole, as one JSON text that is never rewritten |
//! | `"created"` | who and when |
//! | `"rev"` | 8 random bytes, written by every edit |
//! | `"gone"` | written by a deletion: the revisions that it saw |
//!
//! A record is gone while every visible `rev` is among all visible `gone` values. An edit made
//! apart from the deletion brings a `rev` that the deletion did not see: the record returns.
//!
//! A singleton (the settings) has no map: its fields are scalars at the root, `"<kind>/<field>"`.
//! `"document/…"` says whose document it is. What this version does not know stays as it is.
//!
//! Who and when of each value are not stored beside it: they come from the change that wrote it.
//! The member is the Automerge author of the change; its message holds the command, the batch,
//! what the command was, and the clock of its device.
//!
//! Automerge forgets nothing, so what is to be erased cannot be deleted from a document: the document
//! begins again as another one without it ([`begin_again()`]), and what devices wrote to the old one
//! meanwhile is written again to the new one ([`carry()`]).

mod at;
mod begin_again;
mod beginning;
mod carry;
mod error;
mod facts;
mod history;
mod keep;
mod layout;
mod message;
mod read;
mod said;
mod stored;
mod undo;
mod versions;
mod write;

pub use at::rows_at;
pub use begin_again::{Begun, begin_again, erased, erasure};
pub use carry::{Ground, carry};
pub use error::WriteError;
pub use history::{Entry, Event, Past, Recent, history, recent, values};
pub use layout::{blank, home, load, min_writer, sign_in, touched};
pub use read::{Stranger, all, row, rows, strangers};
pub use undo::{Inverse, Undo, undo};
pub use versions::{Version, versions};
pub use write::{create, write};
