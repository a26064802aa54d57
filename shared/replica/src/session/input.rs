//! What a session is told.

use wire::SessionId;

use super::{Task, Vouch};
use crate::{Chunk, Place, Snapshot};

/// What happened outside. Each is handed in once, in the order in which it happened.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "inputs are handed on once and never collected")]
pub enum Input {
    /// The socket asked for by [`Connect`](super::Effect::Connect) is open.
    Opened,
    /// The socket is gone, or could not be opened.
    Closed,
    /// One binary message arrived.
    Received(Vec<u8>),
    /// The page came back, or the network did: the socket may be dead without having said so.
    Resumed,
    /// The moment of the latest [`Wake`](super::Effect::Wake) has come.
    Tick,
    /// What [`Apply`](super::Effect::Apply), [`NewLife`](super::Effect::NewLife),
    /// [`Joined`](super::Effect::Joined) or [`Removed`](super::Effect::Removed) handed out is durable. The place is the one that is
    /// stored now: where another tab was ahead, it is that tab's.
    Stored {
        /// The stored place.
        place: Place,
    },
    /// The session id of [`StoreSession`](super::Effect::StoreSession) is durable.
    SessionStored,
    /// Answers [`RecallSession`](super::Effect::RecallSession).
    SessionRecalled {
        /// The session that was asked about.
        session: SessionId,
        /// Whether it is among the stored ones.
        known: bool,
    },
    /// Answers [`Derive`](super::Effect::Derive): what is to be pushed, causal order within each
    /// document. It may be a part of the difference; empty means that there is none.
    Outbox(Vec<Chunk>),
    /// Some document has changes that the relay does not hold.
    Dirty,
    /// One [`Acked`](super::Effect::Acked) is durable.
    AckStored,
    /// Answers [`MakeSnapshot`](super::Effect::MakeSnapshot); `None` if this is not the moment.
    SnapshotMade(Option<Snapshot>),
    /// Answers [`Vouch`](super::Effect::Vouch).
    Vouches(Vec<Vouch>),
    /// Answers [`Examine`](super::Effect::Examine).
    Examined(bool),
    /// Answers [`Task`](super::Effect::Task); `None` if there is nothing.
    Task(Option<Box<Task>>),
    /// A roster record that the person made: append it. Answered by
    /// [`RecordDone`](super::Effect::RecordDone).
    Record(Vec<u8>),
    /// The person has read about the other copy of this profile and goes on with this one.
    GoOn,
}
