//! What a session shows to people.

use minicbor::{Decode, Encode};
use wire::{Millis, Refusal, Seq, SessionId};

/// The state of the link, in the words of people.
///
/// It has an encoding because the tab that holds the socket tells it to the others.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum LinkState {
    /// No connection since that moment; the session tries again by itself.
    #[n(0)]
    Offline {
        /// When the connection was lost, or the session began.
        #[n(0)]
        since: Millis,
    },
    /// On the way to the relay.
    #[n(1)]
    Connecting,
    /// Fetching what others did.
    #[n(2)]
    CatchingUp {
        /// The last row that is stored here.
        #[n(0)]
        at: Seq,
        /// The last row of the log.
        #[n(1)]
        of: Seq,
    },
    /// Connected, and everything that others did is here.
    #[n(3)]
    Live,
    /// Connected and up to date, but the relay does not take what was done here. It is kept and
    /// offered again.
    #[n(4)]
    Held(#[n(0)] Refusal),
    /// Connected and up to date with a relay that was restored: in its roster somebody belongs to the
    /// team whom the team had removed. Nothing is sent until they are removed again.
    #[n(6)]
    Parted,
    /// Something is wrong that trying again does not mend. The session looks again from time to
    /// time, and goes on by itself where the cause is gone.
    #[n(5)]
    Stopped(#[n(0)] StopReason),
}

/// Why a session stopped.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, thiserror::Error)]
pub enum StopReason {
    /// The relay's log ends before a row that it had already delivered.
    #[error("the relay's log ends at row {head}, but row {cursor} was already delivered")]
    #[n(0)]
    RolledBack {
        /// The last row of the relay's log.
        #[n(0)]
        head: Seq,
        /// The last row stored here.
        #[n(1)]
        cursor: Seq,
    },
    /// The relay's log, or the roster in it, is another one than this device or one of its
    /// colleagues has seen.
    #[error("the relay shows another history than before, at row {seq}")]
    #[n(1)]
    Forked {
        /// Where it was noticed.
        #[n(0)]
        seq: Seq,
    },
    /// A row does not fit its own hash, or the answer its own chain. Nothing of it was applied.
    #[error("row {seq} or one after it arrived damaged")]
    #[n(2)]
    Damaged {
        /// The first row of the damaged answer.
        #[n(0)]
        seq: Seq,
    },
    /// Another copy of this browser profile has pushed with this device's key.
    #[error("another copy of this profile is in use")]
    #[n(3)]
    AnotherCopy {
        /// The session of the other copy.
        #[n(0)]
        session: SessionId,
    },
    /// The relay, or the log, speaks a newer language than this version.
    #[error("this version is too old for the team's space")]
    #[n(4)]
    Update,
    /// The relay says that this device does not belong to the space. No record says so.
    #[error("this device does not belong to the space")]
    #[n(5)]
    NotActive,
    /// The epoch key at hand is missing or not the one that the roster commits to.
    #[error("this device lacks the current key of the space")]
    #[n(6)]
    NoKey,
    /// The log does not contain what the invite link names.
    #[error("the log is not the one that the invite link names")]
    #[n(7)]
    WrongLog,
    /// The relay refused for good.
    #[error("the relay refused: {0}")]
    #[n(8)]
    Refused(#[n(0)] Refusal),
    /// This device was removed from the space, or its member left: a verified record of the roster
    /// says so, and the session has ended for good. What was done here and not delivered stays
    /// here.
    #[error("this device was removed from the space")]
    #[n(9)]
    Removed {
        /// Whether that record asks for everything here to be deleted.
        #[n(0)]
        wipe: bool,
        /// Whether the member left, rather than being removed.
        #[n(1)]
        left: bool,
    },
    /// The space has another recovery kit by now, or none.
    #[error("this recovery kit was replaced")]
    #[n(10)]
    KitUnknown,
}
