//! What a session asks for.

use std::collections::BTreeSet;

use wire::{Begins, DeviceKey, Hash, LogId, MemberId, Millis, Refusal, Row, Seq, SessionId, Tag};

use wire::roster::Body;

use super::state::LinkState;
use crate::{ChangeHash, KeyRing, Place, Snapshot, Step};

/// What is to be done outside, in this order.
#[derive(Debug)]
pub enum Effect {
    /// Open a socket to the relay. Answer with `Opened` or `Closed`.
    Connect,
    /// Send one binary message.
    Send(Vec<u8>),
    /// Drop the socket. Nothing more may be reported about it, not even that it closed.
    Disconnect,
    /// Report `Tick` at this moment. Replaces an earlier wish.
    Wake {
        /// The moment.
        at: Millis,
    },
    /// Add this id to the stored sessions of the place (see [`Place::remember_session`]), then
    /// report `SessionStored`. Nothing is pushed before.
    StoreSession(SessionId),
    /// Is this session among the **stored** ones? Another tab may have added it. Answer with
    /// `SessionRecalled`.
    RecallSession(SessionId),
    /// Store these rows and this place in one transaction, then report `Stored`. The rows are
    /// consecutive and verified. Keep what the stored place has beyond this one (see
    /// [`Place::with_knowledge_of`]).
    ///
    /// If another tab has meanwhile stored a place with a higher cursor, or of another life, store
    /// nothing and report that place.
    Apply {
        /// What the rows say.
        rows: Vec<OpenedRow>,
        /// The place behind the last of them.
        place: Place,
    },
    /// The log began another life. In one transaction: forget every document's relay heads, and
    /// store this place, whose cursor is 0. Then report `Stored`. The person is told.
    NewLife {
        /// The place at the start of the log.
        place: Place,
    },
    /// This device has joined: store the place and the wrapped ring in one transaction, then
    /// report `Stored`; the session goes on as that of a member's device.
    Joined {
        /// The place at the start of the log.
        place: Place,
        /// The keys that the invite opened.
        ring: KeyRing,
    },
    /// A record of the roster says that this device was removed. Store the place, which differs from
    /// the last one in its roster and records only, then report `Stored`. If another tab has
    /// stored more records meanwhile, store nothing and report its place.
    Removed {
        /// The place with the records up to that one.
        place: Place,
    },
    /// What is to be pushed? Answer with `Outbox`.
    Derive,
    /// The relay holds this chunk and all chunks before it of this push: let the hashes enter
    /// the document's relay heads, then report `AckStored`.
    Acked {
        /// The document.
        tag: Tag,
        /// The changes of the chunk.
        hashes: Vec<ChangeHash>,
    },
    /// Make a snapshot of this document, if the relay holds all of it and nothing in it waits or was
    /// set aside. Answer with `SnapshotMade`.
    MakeSnapshot {
        /// The document.
        tag: Tag,
    },
    /// Which snapshots of others could this device vouch for now? Answer with `Vouches`.
    Vouch,
    /// This is the device's own snapshot, as the log has it: is everything in it that the relay held
    /// before it? Answer with `Examined`.
    Examine {
        /// Which.
        vouch: Vouch,
        /// What lies in the log.
        snapshot: Snapshot,
    },
    /// Is there something to append for the generation of a document? Answer with `Task`. It is asked
    /// while there is nothing to pull and nothing to push.
    Task {
        /// Generations for which the relay has this device's receipt already.
        said: BTreeSet<Hash>,
    },
    /// The relay has lost a row: no attested snapshot holds what it held. For people to know.
    Lost {
        /// The first such row.
        seq: Seq,
    },
    /// For people. Sent when it changed.
    Show(LinkState),
    /// A record handed in was appended, or refused for good. After
    /// [`RosterHead`](Refusal::RosterHead) it must be made anew on the place's roster.
    RecordDone {
        /// The record's hash.
        hash: Hash,
        /// Its number, or why not.
        outcome: Result<Seq, Refusal>,
    },
}

/// A snapshot that waits for somebody's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vouch {
    /// Its document.
    pub tag: Tag,
    /// Its envelope's hash.
    pub snapshot: Hash,
    /// Where it lies.
    pub seq: Seq,
    /// Whether its bytes were fetched back from the log and found whole.
    pub examined: bool,
}

/// A row of the log, judged.
#[derive(Clone, Debug)]
pub struct OpenedRow {
    /// The row as it came.
    pub row: Row,
    /// What it says to this device.
    pub content: Content,
}

/// What a row says.
#[derive(Clone, Debug)]
pub enum Content {
    /// Changes of one document by somebody who may make them. **Not** checked as changes yet.
    Changes {
        /// The document.
        tag: Tag,
        /// Raw bytes of each.
        changes: Vec<Vec<u8>>,
        /// The device that signed them.
        by: DeviceKey,
        /// The member whose device that is.
        member: MemberId,
        /// The version of the change check that the author asks for.
        check: u8,
    },
    /// A row that this device pushed on this connection: its changes are here already, and the
    /// relay holds them.
    OwnChanges {
        /// The document.
        tag: Tag,
        /// Its changes.
        hashes: Vec<ChangeHash>,
    },
    /// A document whole, as it stood after the tag's rows up to some row below this one. Loaded and
    /// compared by nobody yet.
    Snapshot {
        /// The document.
        tag: Tag,
        /// What it holds.
        snapshot: Snapshot,
        /// Whether rows that it covers came as stubs, so that this is where their changes are found.
        /// Otherwise it holds nothing that the rows below it did not.
        needed: bool,
        /// The tag on which it is to follow, if it is the first of its own: nothing of it is to be
        /// shown before a generation names it.
        after: Option<Tag>,
        /// The device that signed it.
        by: DeviceKey,
        /// The version of the change check that its author applies.
        check: u8,
    },
    /// The same, made by this device on this connection.
    OwnSnapshot {
        /// The document.
        tag: Tag,
        /// As in [`Content::Snapshot`].
        after: Option<Tag>,
        /// The changes in a first one.
        hashes: Vec<ChangeHash>,
    },
    /// Somebody vouches for a snapshot, or says that they have carried out a generation.
    Attest {
        /// The document.
        tag: Tag,
        /// The hash of that envelope.
        of: Hash,
        /// Who.
        by: DeviceKey,
    },
    /// The document goes on under another tag.
    Generation {
        /// The old one.
        tag: Tag,
        /// The new one, and the snapshot in which it begins there.
        begins: Begins,
        /// What else is to be known of it.
        step: Box<Step>,
        /// Who says so.
        by: DeviceKey,
        /// The devices that were active then.
        devices: Vec<DeviceKey>,
    },
    /// The row has lost its bytes, and says which snapshot holds what it held.
    Covered,
    /// A record of the roster. What the roster is after all rows, the place says.
    Roster(Box<Body>),
    /// Passed over, by every device alike.
    Skipped(Skipped),
    /// The relay began another life of the log here.
    Life {
        /// Its id.
        log: LogId,
    },
    /// Of a kind that this version does not know. It is chained and counted, nothing more.
    Unknown,
}

/// Why a row is passed over, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The rule.
    pub reason: SkipReason,
    /// Who signed it, once that is known for certain.
    pub signer: Option<DeviceKey>,
}

/// The rules by which rows are passed over. The order is that of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SkipReason {
    /// The relay has the row's place in the chain but no longer its bytes.
    #[error(
        "the relay has lost this row: it has neither its bytes nor an attested snapshot of them"
    )]
    Lost,
    /// Not an envelope.
    #[error("the row is not an envelope")]
    Malformed,
    /// The envelope belongs to another space.
    #[error("the envelope was made for another space")]
    OtherSpace,
    /// The row's kind or tag is not the one that was signed.
    #[error("the relay filed the envelope under another kind or document")]
    Misfiled,
    /// The signature does not fit.
    #[error("the signature does not fit")]
    BadSignature,
    /// The signer was not an active device at this row.
    #[error("the signer did not belong to the space at that time")]
    NotActive,
    /// The signer's role does not allow rows of this kind.
    #[error("the signer's role did not allow it")]
    Role,
    /// Sealed with the key of another epoch than the one at this row.
    #[error("sealed for another epoch")]
    Epoch,
    /// Made in another life of the log.
    #[error("made in another life of the log")]
    OtherLife,
    /// A counter that this session has used before.
    #[error("the envelope is a repetition")]
    Repeated,
    /// The key does not open it, or what it opens is no payload.
    #[error("the envelope cannot be opened")]
    Unopenable,
    /// A roster record that does not follow from the roster before it.
    #[error("the record does not follow from the roster before it")]
    BadRecord,
}
