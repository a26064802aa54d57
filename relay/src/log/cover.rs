//! Snapshots, and the rows that go once somebody has vouched for one.

use wire::{DeviceKey, Envelope, Hash, Header, Millis, Refusal, Row, RowBody, RowKind, Seq, Tag};

use super::{Known, Standing};

/// Rows of a document that lose their bytes: what they held is in a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    /// The document.
    pub tag: Tag,
    /// The last of them.
    pub up_to: Seq,
    /// The snapshot.
    pub by: Hash,
}

impl Cover {
    /// The kinds of rows that a snapshot stands for. What a newer version put there is not known, so
    /// it is not deleted either.
    pub const KINDS: [RowKind; 3] = [RowKind::Changes, RowKind::Snapshot, RowKind::Attest];
}

/// A snapshot in the log that somebody wants to vouch for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// Its envelope's hash.
    pub hash: Hash,
    /// Its document.
    pub tag: Tag,
    /// Up to where it stands for the document's rows.
    pub covers: Seq,
    /// Who made it.
    pub made_by: DeviceKey,
    /// When it came in.
    pub made_at: Millis,
}

impl Vouched {
    /// The snapshot in a row; `None` if it is none, or lost its bytes.
    #[must_use]
    pub fn of(row: &Row) -> Option<Self> {
        let RowBody::Whole(bytes) = &row.body else { return None };
        let header = Envelope::parse(bytes).ok()?.header;
        Some(Self {
            hash: row.hash,
            tag: row.tag,
            covers: header.covers.filter(|_| row.kind == RowKind::Snapshot)?,
            made_by: header.device,
            made_at: row.received_at,
        })
    }
}

/// What an attestation lets go. Only that: no rule but this one deletes anything.
pub(super) fn judge(
    standing: &Standing,
    known: &Known,
    header: &Header,
    now: Millis,
) -> Result<Option<Cover>, Refusal> {
    match header.kind {
        RowKind::Snapshot if header.covers != Some(known.tail.last) || known.tail.last == 0 => {
            Err(Refusal::SnapshotStale { last: known.tail.last })
        }
        RowKind::Attest => {
            let vouched = known.vouched.filter(|vouched| {
                vouched.tag == header.tag && Some(vouched.hash) == header.attests
            });
            let vouched = vouched.ok_or(Refusal::SnapshotUnknown)?;
            let Vouched { hash, tag, covers, made_by, made_at } = vouched;
            if covers <= known.tail.covered {
                return Err(Refusal::Attested);
            }
            if !standing.roster.may_attest(&made_by, made_at, &header.device, now) {
                return Err(Refusal::AttestRule);
            }
            Ok(Some(Cover { tag, up_to: covers, by: hash }))
        }
        _ => Ok(None),
    }
}
