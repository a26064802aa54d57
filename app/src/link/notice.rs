//! What the tabs of one space tell each other.
//!
//! Tabs may run different builds for a while after an update, so numbers are never used twice; what a
//! tab cannot read it drops.

use minicbor::{Decode, Encode};
use replica::session::LinkState;
use wire::{Hash, Refusal, Seq, Tag};

/// One message on the channel of a space.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) enum Notice {
    /// The stored bytes of these documents changed (none named: those of the space): read again.
    #[n(0)]
    Changed {
        #[n(0)]
        tags: Vec<Tag>,
    },
    /// From the owner of the socket: how the link stands.
    #[n(1)]
    State(#[n(0)] LinkState),
    /// From a new tab: how does the link stand? Also a hint to look at the whole storage again.
    #[n(2)]
    Ask,
    /// From a tab that has just become the owner.
    #[n(3)]
    Owner,
    /// To the owner: append this roster record.
    #[n(4)]
    Record(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// From the owner: this record is judged.
    #[n(5)]
    RecordDone {
        #[n(0)]
        hash: Hash,
        #[n(1)]
        outcome: Result<Seq, Refusal>,
    },
    /// The space is taken off this device.
    #[n(6)]
    Discarded,
    /// To the owner: the person goes on although another copy of this profile exists.
    #[n(7)]
    GoOn,
    /// To the owner: the person wants the relay tried now.
    #[n(8)]
    Retry,
}
