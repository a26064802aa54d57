//! Why a record does not count.

use crate::codec::Malformed;
use crate::signature::BadSignature;
use crate::{Epoch, Hash};

/// Why a record was not applied. The roster is unchanged then.
#[derive(Debug, thiserror::Error)]
pub enum RosterError {
    /// Not a record.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// A record of a newer version. Nothing after it can be judged: update first.
    #[error("record kind {kind} is newer than this app")]
    Newer {
        /// The number that leads the record's body.
        kind: u64,
    },
    /// Larger than the protocol allows.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit, bytes.
        limit: usize,
    },
    /// Not signed by the key or keys that must sign it.
    #[error(transparent)]
    Signature(#[from] BadSignature),
    /// Does not follow on the last record: make it again on this head.
    #[error("the record does not follow on the roster's head {head}")]
    WrongHead {
        /// The hash of the roster's last record.
        head: Hash,
    },
    /// A roster begins with a `found` record.
    #[error("a roster begins with a found record")]
    NotFound,
    /// A space is founded once.
    #[error("the space is founded already")]
    FoundTwice,
    /// Signed by a device that is not (or no longer) of the team.
    #[error("the signing device is not active")]
    NotActive,
    /// The signer's role does not allow it.
    #[error("the role of the signer does not allow this")]
    Role,
    /// Carries the key of another epoch than the current one.
    #[error("the current epoch is {current}")]
    Epoch {
        /// The roster's epoch.
        current: Epoch,
    },
    /// An invite is for one person.
    #[error("an invite is for exactly one use")]
    Uses,
    /// A key that the roster knows already, as a device's or an invite's.
    #[error("the key is in the roster already")]
    KeyKnown,
    /// A member id that the roster knows already.
    #[error("the member is in the roster already")]
    MemberKnown,
    /// There is no such invite.
    #[error("no such invite")]
    InviteUnknown,
    /// Somebody has joined by this invite.
    #[error("the invite has been used")]
    InviteUsed,
    /// The invite was taken back.
    #[error("the invite was taken back")]
    InviteRevoked,
    /// The invite's time is over. Only [`check_expiry`](super::Roster::check_expiry) says so.
    #[error("the invite has expired")]
    InviteExpired,
    /// The team has no such member, or no longer.
    #[error("no such member")]
    MemberUnknown,
    /// The team has no such device, or no longer.
    #[error("no such device")]
    DeviceUnknown,
    /// The author is among the devices that it removes. Whoever goes by themselves leaves.
    #[error("a device cannot remove itself")]
    RemovesItself,
    /// The new key is not sealed to exactly those who stay, or not to the recovery kit.
    #[error("the new key is not sealed to exactly those who stay")]
    Coverage,
    /// Somebody who goes may know the recovery kit: it cannot stay.
    #[error("the recovery kit must be replaced")]
    KitExposed,
    /// No owner with a device would remain.
    #[error("an owner must remain")]
    LastOwner,
    /// A limit on devices, open invites or records is reached.
    #[error("the roster is full")]
    Full,
}
