//! The kinds of record, one short file each. A new kind is a file here and a line in [`KINDS`].
//!
//! A choice that several kinds share stands in the file of the kind that it belongs to most.

mod action;
mod assignment;
mod client;
mod complaint;
mod contact;
mod engagement;
mod member;
mod promise;
mod settings;
mod touchpoint;

use std::sync::OnceLock;

pub use action::*;
pub use assignment::*;
pub use client::*;
pub use complaint::*;
pub use contact::*;
pub use engagement::*;
pub use member::*;
pub use promise::*;
pub use settings::*;
pub use touchpoint::*;

use crate::kind::Kind;
use crate::typed::Record;

/// Every kind that this version declares, in the order in which people meet them. Walk
/// [`kinds`], which knows added ones too.
pub static KINDS: &[&Kind] = &[
    Client::KIND,
    Contact::KIND,
    Engagement::KIND,
    Assignment::KIND,
    Touchpoint::KIND,
    Promise::KIND,
    Action::KIND,
    Complaint::KIND,
    Member::KIND,
    Settings::KIND,
];

/// The key of the kind that has a document of its own.
pub const CLIENT: &str = Client::KEY;

static ADDED: OnceLock<&'static [&'static Kind]> = OnceLock::new();

/// Adds kinds to those declared here, once, before the first document is read. `false` if kinds
/// were added before.
pub fn add(kinds: &'static [&'static Kind]) -> bool {
    ADDED.set(kinds).is_ok()
}

/// Every kind, in the order in which people meet them.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().copied().chain(ADDED.get().copied().unwrap_or_default().iter().copied())
}

/// A kind by its key.
pub fn kind(key: &str) -> Option<&'static Kind> {
    kinds().find(|kind| kind.key == key)
}
