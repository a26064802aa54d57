//! The entries of the log, and the chain through them.

use minicbor::{Decode, Decoder, Encode, Encoder};

use crate::codec::{self, Malformed};
use crate::digest::{Hash, hash};
use crate::{LogId, Millis, Seq, SpaceId, Tag, label};

/// What a row is.
///
/// `Roster` and `Life` rows are bare; all others, unknown ones included, are
/// [envelopes](crate::Envelope).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// A record of the [roster](crate::roster).
    Roster,
    /// Changes of one document.
    Changes,
    /// One document whole, up to some row.
    Snapshot,
    /// A device vouching for a snapshot or a generation.
    Attest,
    /// A document's step to a new tag, in a row of the old one: its last.
    Generation,
    /// The relay's own: the log began another [`Life`].
    Life,
    /// Of a newer version: stored, chained and passed over. Only [`RowKind::from_code`] makes
    /// it, and never with the code of a known kind.
    Unknown(u8),
}

impl RowKind {
    /// Its number in every encoding.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Roster => 1,
            Self::Changes => 2,
            Self::Snapshot => 3,
            Self::Attest => 4,
            Self::Generation => 5,
            Self::Life => 6,
            Self::Unknown(code) => code,
        }
    }

    /// The kind of that number.
    #[must_use]
    pub fn from_code(code: u8) -> Self {
        match code {
            1 => Self::Roster,
            2 => Self::Changes,
            3 => Self::Snapshot,
            4 => Self::Attest,
            5 => Self::Generation,
            6 => Self::Life,
            other => Self::Unknown(other),
        }
    }

    /// The hash under which a row of this kind with these bytes stands in the log.
    #[must_use]
    pub fn hash_of(self, bytes: &[u8]) -> Hash {
        let label = match self {
            Self::Roster => label::RECORD,
            Self::Life => label::LIFE,
            _ => label::ENVELOPE,
        };
        hash(label, &[bytes])
    }
}

/// An entry of the log, as the relay gives it out.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Row {
    /// Its position.
    #[n(0)]
    pub seq: Seq,
    /// When the relay took it in, by the relay's clock.
    #[n(1)]
    pub received_at: Millis,
    /// What it is.
    #[n(2)]
    pub kind: RowKind,
    /// The document it belongs to; [`Tag::ZERO`] for roster and life rows.
    #[n(3)]
    pub tag: Tag,
    /// The hash of its bytes, see [`RowKind::hash_of`].
    #[n(4)]
    pub hash: Hash,
    /// Its bytes, as far as they are given.
    #[n(5)]
    pub body: RowBody,
}

/// The bytes of a row, or why they are missing.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum RowBody {
    /// All of them: an envelope, a record or a [`Life`].
    #[n(0)]
    Whole(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// Left out: the reader sent them itself on this connection, or may read the roster only.
    #[n(1)]
    HashOnly,
    /// Deleted. All that the chain needs is still here.
    #[n(2)]
    Stub {
        /// The hash of the row that holds what this one held.
        #[n(0)]
        covered_by: Option<Hash>,
    },
}

impl Row {
    /// Whether the bytes, if they are here, are those that the row's hash names.
    #[must_use]
    pub fn body_fits(&self) -> bool {
        match &self.body {
            RowBody::Whole(bytes) => self.kind.hash_of(bytes) == self.hash,
            RowBody::HashOnly | RowBody::Stub { .. } => true,
        }
    }
}

/// The bytes of a life row: the log was restored from a backup and goes on under another id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Life {
    /// The log's id from this row on.
    #[n(0)]
    pub log: LogId,
    /// The id it had before.
    #[n(1)]
    pub before: LogId,
}

impl Life {
    /// The bytes of the row.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }

    /// Reads the bytes of a life row.
    ///
    /// # Errors
    /// [`Malformed`] if they are none.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        codec::decode(bytes)
    }
}

/// The chain of an empty log.
#[must_use]
pub fn chain_start(space: &SpaceId) -> Hash {
    hash(label::CHAIN_START, &[space.as_ref()])
}

/// The chain after `row`, if `previous` was the chain before it. Covers everything about the row
/// but whether its bytes are still there, so a log with stubs verifies from its first row.
#[must_use]
pub fn chain_next(previous: &Hash, row: &Row) -> Hash {
    hash(
        label::CHAIN,
        &[
            previous.as_ref(),
            &row.seq.to_be_bytes(),
            &row.received_at.to_be_bytes(),
            &[row.kind.code()],
            row.tag.as_ref(),
            row.hash.as_ref(),
        ],
    )
}

impl<C> Encode<C> for RowKind {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u8(self.code())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for RowKind {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        d.u8().map(Self::from_code)
    }
}
