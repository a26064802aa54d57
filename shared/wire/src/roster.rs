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
//! # Who goes
//!
//! A [`Remove`] is one record that also begins the next epoch, so that no moment exists in which
//! somebody is out and still holds the current key. A [`Leave`] counts at once, but its author must
//! not make the next key; the roster then owes a rotation ([`Roster::owes_rotation`]), which the
//! next owner online pays. Keys of those who went stay in the roster: their old rows must verify.
//!
//! # Room for more
//!
//! Whoever meets a record with a number above their own stops at it ([`RosterError::Newer`]) and
//! asks for an update, because everything after it depends on it.

mod change;
mod enact;
mod error;
mod parts;
mod record;
mod rules;
mod state;

pub use change::{Leave, LinkDevice, Remove, Rotate, Rotation, Sealed, SetRole};
pub use error::RosterError;
pub use parts::{Applied, Device, InviteState, InviteStatus, Kit, Member, Removal};
pub use record::{Body, Found, Invite, Join, Record, Recovery, Revoke, Unsigned};
pub use state::Roster;

use minicbor::{Decode, Encode};

/// What a member may do.
///
/// The order is that of power: `Owner > Editor > Reader`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Role {
    /// Reads everything, changes nothing but their own devices.
    #[n(2)]
    Reader,
    /// Reads and writes, and invites editors and readers.
    #[n(1)]
    Editor,
    /// Also decides about others and about erasure.
    #[n(0)]
    Owner,
}
