//! What a document's rows since its last snapshot come to, and when somebody is asked for the next.
//!
//! Whoever appends the row that makes a tail long is asked: one device, chosen by nothing that a relay
//! would have to remember. If it does nothing about it, somebody else is asked some rows later.

use wire::{Row, RowBody, RowKind, Seq, Tag};

/// The end of a tag, attestations left out: they add nothing to a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tail {
    /// The last row; 0 before the first.
    pub last: Seq,
    /// How many rows there are since the last snapshot.
    pub rows: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The bytes of that snapshot; 0 before the first.
    pub snapshot: u64,
    /// Up to where rows lost their bytes to a snapshot; 0 if none did.
    pub covered: Seq,
    /// It has nothing but a first snapshot, which a generation of that other tag has yet to name.
    pub after: Option<Tag>,
    /// Its document goes on under another tag.
    pub closed: bool,
}

/// A document of which a snapshot is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Which.
    pub tag: Tag,
    /// Its last row.
    pub last: Seq,
}

impl Tail {
    /// Whether its document takes rows under this tag.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.closed && self.after.is_none()
    }

    /// With one more row of the tag.
    #[must_use]
    pub fn with(self, row: &Row) -> Self {
        let bytes = match &row.body {
            RowBody::Whole(bytes) => bytes.len() as u64,
            RowBody::HashOnly | RowBody::Stub { .. } => 0,
        };
        let last = row.seq;
        match row.kind {
            RowKind::Attest => self,
            RowKind::Snapshot => Self { last, rows: 0, bytes: 0, snapshot: bytes, ..self },
            _ => Self { last, rows: self.rows + 1, bytes: self.bytes + bytes, ..self },
        }
    }

    /// Whether a snapshot is worth its bytes now that `row` has come: every so many rows, once these
    /// are as large as the last snapshot was. So all snapshots of a document together are no
    /// larger than all its changes.
    pub(super) fn hint(&self, row: &Row, every: u64) -> Option<Hint> {
        let long = self.rows > 0 && self.rows.is_multiple_of(every) && self.bytes >= self.snapshot;
        (row.kind == RowKind::Changes && long).then_some(Hint { tag: row.tag, last: self.last })
    }
}
