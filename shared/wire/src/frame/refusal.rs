//! Why the relay does not do what it was asked.

use minicbor::{Decode, Encode};

use crate::roster::RosterError;
use crate::{Counter, EnvelopeError, Epoch, Hash, LogId, Seq};

/// Why something was refused. No refusal consumes a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, thiserror::Error)]
#[cbor(flat)]
pub enum Refusal {
    /// The key belongs to no active device of the space.
    #[n(0)]
    #[error("this device is not an active member of the space")]
    NotActive,
    /// The role does not allow it.
    #[n(1)]
    #[error("the role does not allow this")]
    Role,
    /// Sealed with the key of an epoch that is over: pull the roster, seal again.
    #[n(2)]
    #[error("the epoch is over, the current one is {current}")]
    StaleEpoch {
        /// The epoch of the roster's head.
        #[n(0)]
        current: Epoch,
    },
    /// Names an epoch that the relay's roster has not reached.
    #[n(3)]
    #[error("the epoch is not known, the current one is {current}")]
    UnknownEpoch {
        /// The epoch of the roster's head.
        #[n(0)]
        current: Epoch,
    },
    /// The counter is not the session's next: an earlier envelope was refused or lost.
    #[n(4)]
    #[error("counter {expected} is expected next")]
    CounterGap {
        /// The counter that would be accepted.
        #[n(0)]
        expected: Counter,
    },
    /// `seen` is not in this log's history: the two have parted.
    #[n(5)]
    #[error("the log does not have what the device has seen")]
    SeenMismatch,
    /// Made for another life of the log: pull again from its first row.
    #[n(6)]
    #[error("the log goes on as {current}")]
    WrongLog {
        /// The log's present id.
        #[n(0)]
        current: LogId,
    },
    /// Over a limit of the protocol.
    #[n(7)]
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit, bytes.
        #[n(0)]
        limit: u64,
    },
    /// The space has used up what the operator gives it.
    #[n(8)]
    #[error("the space has used up its quota")]
    Quota,
    /// Not signed by whom it names.
    #[n(9)]
    #[error("the signature is wrong")]
    BadSignature,
    /// Not what it should be at all, or not allowed at this point of the conversation.
    #[n(10)]
    #[error("not understood")]
    Malformed,
    /// The record does not follow on the roster's head: pull, make it again.
    #[n(11)]
    #[error("the roster has gone on to {head}")]
    RosterHead {
        /// The hash of the roster's last record.
        #[n(0)]
        head: Hash,
    },
    /// Somebody has joined by this invite already.
    #[n(12)]
    #[error("the invite has been used")]
    InviteUsed,
    /// The invite's time is over, by the relay's clock.
    #[n(13)]
    #[error("the invite has expired")]
    InviteExpired,
    /// The invite was taken back.
    #[n(14)]
    #[error("the invite was taken back")]
    InviteRevoked,
    /// The roster has no such invite.
    #[n(15)]
    #[error("no such invite")]
    InviteUnknown,
    /// Not the relay's set-up token.
    #[n(16)]
    #[error("the set-up token is wrong")]
    TokenWrong,
    /// The set-up token has made its space.
    #[n(17)]
    #[error("the set-up token has been used")]
    TokenUsed,
    /// The relay has no such space.
    #[n(18)]
    #[error("no such space")]
    SpaceUnknown,
    /// The relay has this space already.
    #[n(19)]
    #[error("the space exists already")]
    SpaceExists,
    /// The signed origin is not one of the relay's own.
    #[n(20)]
    #[error("the relay does not answer to this origin")]
    OriginMismatch,
    /// The relay does not speak that version, or does not know what a newer one sent.
    #[n(21)]
    #[error("the version is not supported")]
    VersionUnsupported,
    /// Too many requests: later again.
    #[n(22)]
    #[error("too many requests")]
    RateLimited,
    /// The relay cannot store at the moment: later again.
    #[n(23)]
    #[error("the relay cannot do it at the moment")]
    Unavailable,
    /// The record breaks a rule of the roster that has no name of its own here.
    #[n(24)]
    #[error("a rule of the roster forbids it")]
    RosterRule,
    /// The document has gone on since: a snapshot covers all of it or nothing.
    #[n(25)]
    #[error("the document's last row is {last}")]
    SnapshotStale {
        /// The tag's last row; 0 if it has none.
        #[n(0)]
        last: Seq,
    },
    /// No such snapshot lies there, or a later one has taken its place.
    #[n(26)]
    #[error("no such snapshot")]
    SnapshotUnknown,
    /// Somebody vouched for it already; or it is a generation, for which this device has given its receipt.
    #[n(27)]
    #[error("it is attested already")]
    Attested,
    /// This device may not vouch for it, or not yet: see
    /// [`Roster::may_attest`](crate::Roster::may_attest).
    #[n(28)]
    #[error("it is not for this device to attest, or not yet")]
    AttestRule,
    /// The document goes on under another tag, or has not begun under this one: pull, and the log
    /// says under which.
    #[n(29)]
    #[error("the document does not take rows under this tag")]
    TagClosed,
    /// A piece of an object does not begin where the last one ended, or the object was announced
    /// with another size: go on from there.
    #[n(40)]
    #[error("a piece of the object is expected at byte {held}")]
    ObjectPiece {
        /// How many bytes are there.
        #[n(0)]
        held: u64,
    },
    /// The object's bytes are not those that its address names. None of them are kept.
    #[n(41)]
    #[error("the object's bytes do not fit its address")]
    ObjectAddress,
}

/// Why the relay closes a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, thiserror::Error)]
#[cbor(index_only)]
pub enum CloseReason {
    /// The relay is being restarted: come back after a moment.
    #[n(0)]
    #[error("the relay restarts")]
    Restarting,
    /// The device does not read what it is sent: come back and go on from the cursor.
    #[n(1)]
    #[error("the device reads too slowly")]
    TooSlow,
    /// The device is no longer an active member.
    #[n(2)]
    #[error("the device is no longer a member")]
    NotActive,
    /// A frame was malformed or out of place; a `Refused` before this one says more.
    #[n(3)]
    #[error("the device broke the protocol")]
    Protocol,
    /// Nothing was heard for too long, or the device never said who it is.
    #[n(4)]
    #[error("nothing was heard from the device")]
    Idle,
    /// Another connection of the same device took over.
    #[n(5)]
    #[error("another connection of this device took over")]
    Replaced,
}

impl From<&EnvelopeError> for Refusal {
    fn from(error: &EnvelopeError) -> Self {
        match error {
            EnvelopeError::Malformed(_) | EnvelopeError::Bare { .. } => Self::Malformed,
            EnvelopeError::Newer { .. } => Self::VersionUnsupported,
            EnvelopeError::TooLarge { limit } => Self::TooLarge { limit: *limit as u64 },
            EnvelopeError::Signature(_) => Self::BadSignature,
        }
    }
}

impl From<&RosterError> for Refusal {
    fn from(error: &RosterError) -> Self {
        match error {
            RosterError::Malformed(_) => Self::Malformed,
            RosterError::Newer { .. } => Self::VersionUnsupported,
            RosterError::TooLarge { limit } => Self::TooLarge { limit: *limit as u64 },
            RosterError::Signature(_) => Self::BadSignature,
            RosterError::WrongHead { head } => Self::RosterHead { head: *head },
            RosterError::NotActive => Self::NotActive,
            RosterError::Role => Self::Role,
            RosterError::Epoch { current } => Self::StaleEpoch { current: *current },
            RosterError::InviteUnknown => Self::InviteUnknown,
            RosterError::InviteUsed => Self::InviteUsed,
            RosterError::InviteRevoked => Self::InviteRevoked,
            RosterError::InviteExpired => Self::InviteExpired,
            RosterError::NotFound
            | RosterError::FoundTwice
            | RosterError::Uses
            | RosterError::KeyKnown
            | RosterError::MemberKnown
            | RosterError::MemberUnknown
            | RosterError::DeviceUnknown
            | RosterError::RemovesItself
            | RosterError::Coverage
            | RosterError::KitExposed
            | RosterError::LastOwner
            | RosterError::Full => Self::RosterRule,
        }
    }
}
