//! What is stored beside each document: how far it is, and how much of it the relay holds.

use automerge::ChangeHash;
use handbook::DocumentId;
use minicbor::{Decode, Decoder, Encode, Encoder};
use wire::{DeviceKey, Hash, LogId, Millis, Seq, Tag};

/// One stored row for each document generation, under its tag. Whoever writes the document expects
/// the exact bytes that it was loaded at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct DocState {
    /// One more with every write, so that no two states have equal bytes.
    #[n(0)]
    pub version: u64,
    /// Whose document it is; `None` while its first change has not arrived.
    #[cbor(n(1), with = "document_id")]
    pub document: Option<DocumentId>,
    /// The heads of all applied changes.
    #[n(2)]
    pub heads: Heads,
    /// How many changes are applied.
    #[n(3)]
    pub changes: u64,
    /// The life of the log that the next two fields speak of. In any other life the relay holds
    /// nothing.
    #[n(4)]
    pub life: Option<LogId>,
    /// The heads of what the relay holds.
    #[n(5)]
    pub relay_heads: Heads,
    /// Applied changes that the relay does not hold.
    #[n(6)]
    pub unsynced: u64,
    /// Rows that wait: for a change that they depend on, or for a newer version of this program.
    #[n(7)]
    pub pending: Vec<Hash>,
    /// Rows set aside because applying them broke the program.
    #[n(8)]
    pub quarantined: Vec<Quarantined>,
    /// Changes that the check refused, and descendants of such; every device skips the same.
    #[n(9)]
    pub refused: Heads,
    /// Which version of the declarations a writer must know.
    #[n(10)]
    pub min_writer: u16,
    /// Changes stored one by one since the last snapshot.
    #[n(11)]
    pub tail: u32,
    /// The last snapshot in the log, while nobody has vouched for it and this device could.
    #[n(12)]
    pub snapshot: Option<Noted>,
    /// The tag on which it is to follow, while no generation has named it: it is shown and written to by
    /// nobody.
    #[n(13)]
    pub after: Option<Tag>,
    /// The last snapshot of it in the log: with that a document can go on under this tag.
    #[n(14)]
    pub begun: Option<InLog>,
}

/// A row of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct InLog {
    /// Its envelope's hash.
    #[n(0)]
    pub row: Hash,
    /// The life of the log that it lies in.
    #[n(1)]
    pub log: Option<LogId>,
    /// Of a first snapshot, the tag on which it is to follow.
    #[n(2)]
    pub after: Option<Tag>,
}

/// A snapshot in the log that waits for somebody's word.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Noted {
    /// Its envelope's hash.
    #[n(0)]
    pub hash: Hash,
    /// Where it lies.
    #[n(1)]
    pub seq: Seq,
    /// The life of the log that it lies in.
    #[n(2)]
    pub log: Option<LogId>,
    /// Who made it.
    #[n(3)]
    pub by: DeviceKey,
    /// When the relay took it in.
    #[n(4)]
    pub at: Millis,
    /// The heads of what the relay held before it; all of that must be inside.
    #[n(5)]
    pub heads: Heads,
    /// Whether its bytes came from the log and were found whole. Those of an own snapshot do not come
    /// by themselves.
    #[n(6)]
    pub examined: bool,
}

/// A row set aside.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Quarantined {
    /// The row's hash.
    #[n(0)]
    pub row: Hash,
    /// The build of this program that it broke; another build tries again.
    #[n(1)]
    pub build: String,
}

/// A row whose changes could not all be applied: its bytes, under `<tag>/row/<hash>`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct KeptRow {
    /// Its number, for people.
    #[n(0)]
    pub seq: Seq,
    /// The life of the log that it lies in.
    #[n(1)]
    pub log: Option<LogId>,
    /// The version of the change check that its author asks for.
    #[n(2)]
    pub check: u8,
    /// The raw changes; none of a snapshot.
    #[n(3)]
    pub changes: Vec<minicbor::bytes::ByteVec>,
    /// The payload of a snapshot, in which changes are found that rows below it have lost.
    #[n(4)]
    pub snapshot: Option<minicbor::bytes::ByteVec>,
    /// Of a first snapshot: the tag on which it is to follow. Nobody has vouched for it.
    #[n(5)]
    pub after: Option<Tag>,
}

impl DocState {
    /// Whether nothing waits and nothing was set aside. Only such a document is made a snapshot of,
    /// and only on such a one a snapshot of others is measured.
    pub fn is_clean(&self) -> bool {
        self.pending.is_empty() && self.quarantined.is_empty()
    }

    /// Applied changes that the relay does not hold in this life of the log.
    pub fn unsynced_in(&self, life: Option<LogId>) -> u64 {
        if self.life == life { self.unsynced } else { self.changes }
    }

    /// What the relay holds in this life of the log.
    pub fn relay_heads_in(&self, life: Option<LogId>) -> &[ChangeHash] {
        if self.life == life { &self.relay_heads.0 } else { &[] }
    }
}

/// Hashes of changes, ascending; stored as one byte string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heads(Vec<ChangeHash>);

impl Heads {
    /// The hashes, ascending.
    pub fn as_slice(&self) -> &[ChangeHash] {
        &self.0
    }

    /// Whether the hash is among them.
    pub fn contains(&self, hash: &ChangeHash) -> bool {
        self.0.binary_search(hash).is_ok()
    }

    /// Adds a hash once.
    pub fn insert(&mut self, hash: ChangeHash) {
        if let Err(place) = self.0.binary_search(&hash) {
            self.0.insert(place, hash);
        }
    }
}

impl From<Vec<ChangeHash>> for Heads {
    fn from(mut hashes: Vec<ChangeHash>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }
}

impl<C> Encode<C> for Heads {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0.iter().flat_map(|hash| hash.0).collect::<Vec<u8>>())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Heads {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let (hashes, rest) = d.bytes()?.as_chunks::<32>();
        if !rest.is_empty() {
            return Err(minicbor::decode::Error::message("hashes of another length"));
        }
        Ok(Self::from(hashes.iter().copied().map(ChangeHash).collect::<Vec<_>>()))
    }
}

/// A document's id as the text that the handbook gives it.
pub(crate) mod document_id {
    use super::{Decoder, DocumentId, Encoder};

    pub(crate) fn encode<C, W: minicbor::encode::Write>(
        id: &Option<DocumentId>,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match id {
            Some(id) => e.str(&id.to_string())?.ok(),
            None => e.null()?.ok(),
        }
    }

    pub(crate) fn decode<C>(
        d: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<Option<DocumentId>, minicbor::decode::Error> {
        if d.datatype()? == minicbor::data::Type::Null {
            d.null()?;
            return Ok(None);
        }
        let text = d.str()?;
        text.parse().map(Some).map_err(|_| minicbor::decode::Error::message("not a document id"))
    }
}
