//! A sealed body under a readable header, signed by the device that sealed it.

use minicbor::{Decode, Encode};

use crate::codec::{self, Malformed};
use crate::digest::{self, Hash, hash};
use crate::signature::{BadSignature, verify};
use crate::{
    Counter, DeviceKey, Epoch, LogId, RowKind, Seq, SessionId, SpaceId, Tag, label, limits,
};

/// The version of [`Header`] that this crate reads and writes.
pub const HEADER_VERSION: u8 = 1;

/// What the relay and every device may read of an envelope. The body is bound to it: it is the
/// associated data of the sealing.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Header {
    /// [`HEADER_VERSION`]; any other is [`EnvelopeError::Newer`].
    #[n(0)]
    pub version: u8,
    /// The version of the change check that every device applies to the body's changes.
    #[n(1)]
    pub check: u8,
    /// The space it belongs to.
    #[n(2)]
    pub space: SpaceId,
    /// The life of the log in which `seen` lies.
    #[n(3)]
    pub log: LogId,
    /// The document it belongs to.
    #[n(4)]
    pub tag: Tag,
    /// What the body is. Never `Roster` or `Life`, which do not come in envelopes.
    #[n(5)]
    pub kind: RowKind,
    /// The epoch whose key seals the body.
    #[n(6)]
    pub epoch: Epoch,
    /// Who sealed and signed it.
    #[n(7)]
    pub device: DeviceKey,
    /// The connection for which it was made.
    #[n(8)]
    pub session: SessionId,
    /// Its number within the session, from 1.
    #[n(9)]
    pub counter: Counter,
    /// How far the device had read when it made the envelope.
    #[n(10)]
    pub seen: Seen,
    /// Of a snapshot: the tag's last row, up to which the body holds everything.
    #[n(11)]
    pub covers: Option<Seq>,
    /// Of an attestation: the hash of the envelope that it vouches for; of a receipt, that of the
    /// generation that it is for.
    #[n(12)]
    pub attests: Option<Hash>,
    /// Of a generation: under which tag its document goes on.
    #[n(13)]
    pub begins: Option<Begins>,
    /// Of the first snapshot of a tag under which a document is to go on: the tag that it has now.
    /// Nobody takes it in before a generation names it.
    #[n(14)]
    pub after: Option<Tag>,
}

/// Where a document goes on once its tag is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Begins {
    /// The new tag.
    #[n(0)]
    pub tag: Tag,
    /// The hash of the envelope with the snapshot in which it begins there.
    #[n(1)]
    pub snapshot: Hash,
}

/// A place in the log, and what the log looked like up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Seen {
    /// The last row read; 0 if none.
    #[n(0)]
    pub seq: Seq,
    /// The chain up to and including that row.
    #[n(1)]
    pub chain: Hash,
}

impl Header {
    /// The bytes that are signed and bound to the body.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }

    /// Reads a header.
    ///
    /// # Errors
    /// [`EnvelopeError::Newer`] for another version, whatever else it holds.
    pub fn decode(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        if bytes.len() > limits::MAX_HEADER {
            return Err(EnvelopeError::TooLarge { limit: limits::MAX_HEADER });
        }
        match leading_version(bytes) {
            Some(HEADER_VERSION) => {}
            Some(version) => return Err(EnvelopeError::Newer { version }),
            None => return Err(Malformed::because("a header begins with its version").into()),
        }
        let header: Self = codec::decode(bytes)?;
        if matches!(header.kind, RowKind::Roster | RowKind::Life) {
            return Err(EnvelopeError::Bare { kind: header.kind });
        }
        // Roster and life rows lie there: whatever lets go of a document's rows must never mean those.
        if header.tag == Tag::ZERO && !matches!(header.kind, RowKind::Unknown(_)) {
            return Err(Malformed::because("a header names a document's tag").into());
        }
        if header.names_what_its_kind_calls_for() {
            Ok(header)
        } else {
            Err(Malformed::because("a header names what its kind calls for").into())
        }
    }

    fn names_what_its_kind_calls_for(&self) -> bool {
        let Self { covers, attests, begins, after, .. } = self;
        let names = (covers.is_some(), attests.is_some(), begins.is_some());
        match self.kind {
            RowKind::Unknown(_) => true,
            RowKind::Changes => names == (false, false, false) && after.is_none(),
            RowKind::Attest => names == (false, true, false) && after.is_none(),
            // A first snapshot covers nothing, since its tag has no row yet.
            RowKind::Snapshot => {
                names == (true, false, false)
                    && after.is_none_or(|old| old != self.tag && *covers == Some(0))
            }
            RowKind::Generation => {
                names == (false, false, true)
                    && after.is_none()
                    && begins.is_some_and(|begins| begins.tag != self.tag)
            }
            RowKind::Roster | RowKind::Life => false,
        }
    }

    /// The row that it names by its hash: what is vouched for, or what a generation begins with.
    #[must_use]
    pub fn names(&self) -> Option<Hash> {
        self.attests.or(self.begins.map(|begins| begins.snapshot))
    }

    /// The other tag that it names beside its own.
    #[must_use]
    pub fn other_tag(&self) -> Option<Tag> {
        self.after.or(self.begins.map(|begins| begins.tag))
    }
}

/// A parsed envelope. Keeps the bytes it was parsed from: hash and signature are over those.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The readable part.
    pub header: Header,
    header_bytes: Vec<u8>,
    body: Vec<u8>,
    signature: [u8; 64],
    bytes: Vec<u8>,
}

/// Why bytes are no envelope, or not one to be trusted.
#[derive(Debug, thiserror::Error)]
pub enum EnvelopeError {
    /// Not an envelope at all.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Made by a newer version of the app: keep it, and offer the update.
    #[error("the header has version {version}, which is newer than this app")]
    Newer {
        /// The version it claims.
        version: u8,
    },
    /// Larger than the protocol allows.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit, bytes.
        limit: usize,
    },
    /// A kind of row that never comes in an envelope.
    #[error("{kind:?} rows do not come in envelopes")]
    Bare {
        /// The kind it claims.
        kind: RowKind,
    },
    /// Not signed by the device that its header names.
    #[error(transparent)]
    Signature(#[from] BadSignature),
}

/// `[header, body, signature]`
#[derive(Encode, Decode)]
struct Layout<'b> {
    #[cbor(b(0), with = "minicbor::bytes")]
    header: &'b [u8],
    #[cbor(b(1), with = "minicbor::bytes")]
    body: &'b [u8],
    #[cbor(n(2), with = "minicbor::bytes")]
    signature: [u8; 64],
}

impl Envelope {
    /// Reads an envelope. The signature is not looked at: see [`Envelope::verify`].
    ///
    /// # Errors
    /// Everything but [`EnvelopeError::Signature`].
    pub fn parse(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        if bytes.len() > limits::MAX_ENVELOPE {
            return Err(EnvelopeError::TooLarge { limit: limits::MAX_ENVELOPE });
        }
        let layout: Layout<'_> = codec::decode(bytes)?;
        Ok(Self {
            header: Header::decode(layout.header)?,
            header_bytes: layout.header.to_vec(),
            body: layout.body.to_vec(),
            signature: layout.signature,
            bytes: bytes.to_vec(),
        })
    }

    /// Whether the device named in the header signed it. Says nothing about whether that device
    /// may do so: that is the [roster](crate::Roster::may_append)'s to say.
    ///
    /// # Errors
    /// [`EnvelopeError::Signature`] if not.
    pub fn verify(&self) -> Result<(), EnvelopeError> {
        let input = Self::signing_input(&self.header_bytes, &self.body);
        Ok(verify(&self.header.device, &input, &self.signature)?)
    }

    /// What a device signs.
    #[must_use]
    pub fn signing_input(header: &[u8], body: &[u8]) -> Vec<u8> {
        digest::signing_input(label::ENVELOPE_SIGNATURE, &[header, body])
    }

    /// The bytes of an envelope from its three parts.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "the parts are used up")]
    pub fn assemble(header: Vec<u8>, body: Vec<u8>, signature: [u8; 64]) -> Vec<u8> {
        codec::encode(&Layout { header: &header, body: &body, signature })
    }

    /// Its name in the log.
    #[must_use]
    pub fn hash(&self) -> Hash {
        hash(label::ENVELOPE, &[&self.bytes])
    }

    /// The header as received: the associated data of the body.
    #[must_use]
    pub fn header_bytes(&self) -> &[u8] {
        &self.header_bytes
    }

    /// The sealed body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The whole envelope as received.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Envelope")
            .field("header", &self.header)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

fn leading_version(header: &[u8]) -> Option<u8> {
    let mut decoder = minicbor::Decoder::new(header);
    decoder.map().ok()??;
    (decoder.u8().ok()? == 0).then(|| decoder.u8().ok())?
}
