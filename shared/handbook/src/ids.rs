//! Names of records and documents.

use std::fmt;
use std::str::FromStr;

use rand_core::CryptoRng;
use uuid::Uuid;

use crate::kind::{Home, Kind};

/// A member of the team: the bytes of the id that the roster knows. The member's record in the
/// firm's document has the same id, so that a name is one look-up away.
pub type MemberId = [u8; 16];

/// The random name of a record (UUIDv7), written as 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(Uuid);

impl RecordId {
    /// The id under which a singleton kind (the settings) keeps its one record.
    pub const ONLY: Self = Self(Uuid::nil());

    /// A fresh id. `now` is in milliseconds since 1970 and only keeps neighbours in time together.
    pub fn new(now: u64, rng: &mut impl CryptoRng) -> Self {
        let mut random = [0; 10];
        rng.fill_bytes(&mut random);
        Self(uuid::Builder::from_unix_timestamp_millis(now, &random).into_uuid())
    }

    /// The record that belongs to these bytes, as with a member.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    /// The 16 bytes.
    pub const fn bytes(&self) -> [u8; 16] {
        *self.0.as_bytes()
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::LowerHex::fmt(self.0.as_simple(), f)
    }
}

impl FromStr for RecordId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::try_parse(text).map(Self)
    }
}

/// A record inside its document: `complaint/0192…`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    /// What it is.
    pub kind: &'static Kind,
    /// Which one it is.
    pub id: RecordId,
}

impl RecordKey {
    /// The record `id` of `kind`.
    pub const fn new(kind: &'static Kind, id: RecordId) -> Self {
        Self { kind, id }
    }

    /// The one record of a singleton kind.
    pub const fn only(kind: &'static Kind) -> Self {
        Self { kind, id: RecordId::ONLY }
    }

    /// Reads what `Display` writes; `None` for a kind that this version does not know.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once('/')?;
        Some(Self { kind: crate::records::kind(kind)?, id: id.parse().ok()? })
    }

    /// The document that holds this record when a record of `here` refers to it.
    pub fn document(&self, here: DocumentId) -> DocumentId {
        self.kind.document(self.id, here)
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.key, self.id)
    }
}

impl fmt::Debug for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One Automerge document: the firm's, or a client's under the id of its client record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentId {
    /// Members, settings, and later standards, templates and catalogue.
    Firm,
    /// Everything about one client.
    Client(RecordId),
}

impl DocumentId {
    /// Which kinds of record it may hold.
    pub const fn home(&self) -> Home {
        match self {
            Self::Firm => Home::Firm,
            Self::Client(_) => Home::Client,
        }
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Firm => f.write_str("firm"),
            Self::Client(id) => write!(f, "client/{id}"),
        }
    }
}

impl FromStr for DocumentId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_prefix("client/") {
            Some(id) => id.parse().map(Self::Client),
            None if text == "firm" => Ok(Self::Firm),
            None => text.parse().map(Self::Client),
        }
    }
}
