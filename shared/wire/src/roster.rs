//! Who belongs to the team, with which keys, and how that may change.
//!
//! The roster is a list of [`Record`]s in the log. Each is signed by those it speaks for and names
//! the record before it, so that two people changing the team at the same moment cannot both
//! succeed. A [`Roster`] is what the records up to some point amount to. Applying one is a pure
//! function: the relay, a device and a newcomer years later come to the same answer. The one
//! thing that needs a clock, whether an invite has expired, is asked of the relay alone, when it
//! takes a record in ([`Roster::check_expiry`]); in the log the question is settled.
//!
//! Records hold keys and roles and never a name.
//!
//! # Room for more
//!
//! Linking a device, setting a role, removing, leaving and rotating the space key get numbers of
//! their own. Whoever meets a number above their own stops at it ([`RosterError::Newer`]) and asks
//! for an update, because everything after it depends on it.

mod error;
mod record;
mod rules;
mod state;

pub use error::RosterError;
pub use record::{Body, Found, Invite, Join, Record, Recovery, Revoke, Unsigned};
pub use state::{Applied, Device, InviteState, InviteStatus, Member, Roster};

use minicbor::{Decode, Encode};

/// What a member may do.
///
/// The order is that of power: `Owner > Editor > Reader`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Role {
    /// Reads everything, changes nothing.
    #[n(2)]
    Reader,
    /// Reads and writes, and invites editors and readers.
    #[n(1)]
    Editor,
    /// Also decides about others and about erasure.
    #[n(0)]
    Owner,
}
