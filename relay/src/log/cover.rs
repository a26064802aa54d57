//! Snapshots, and the rows that go once somebody has vouched for one; generations, and the rows that
//! go with the tag that they close.

use wire::{DeviceKey, Envelope, Hash, Header, Millis, Refusal, Row, RowBody, RowKind, Seq, Tag};

use super::{Known, Standing};

/// Rows of a document that lose their bytes: what they held is in a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    /// The document.
    pub tag: Tag,
    /// The last of them.
    pub up_to: Seq,
    /// The snapshot, or the generation.
    pub by: Hash,
    /// Of a generation: the tag under which the document goes on. Then every row of the old tag goes,
    /// of whatever kind, and so do the first snapshots of other tags that were to follow on it.
    pub begins: Option<Tag>,
}

impl Cover {
    /// The kinds of rows that a snapshot stands for. What a newer version put there is not known, so
    /// it is not deleted either.
    pub const KINDS: [RowKind; 3] = [RowKind::Changes, RowKind::Snapshot, RowKind::Attest];
}

/// A snapshot in the log that somebody wants to vouch for, or to go on with; or a generation that
/// somebody has carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// Which of both.
    pub kind: RowKind,
    /// Its envelope's hash.
    pub hash: Hash,
    /// Its document.
    pub tag: Tag,
    /// Up to where a snapshot stands for the document's rows.
    pub covers: Seq,
    /// Who made it.
    pub made_by: DeviceKey,
    /// When it came in.
    pub made_at: Millis,
}

impl Vouched {
    /// The snapshot or generation in a row; `None` if it is neither, or lost its bytes.
    #[must_use]
    pub fn of(row: &Row) -> Option<Self> {
        let RowBody::Whole(bytes) = &row.body else { return None };
        let header = Envelope::parse(bytes).ok()?.header;
        let covers = match row.kind {
            RowKind::Snapshot => header.covers?,
            RowKind::Generation => 0,
            _ => return None,
        };
        Some(Self {
            kind: row.kind,
            hash: row.hash,
            tag: row.tag,
            covers,
            made_by: header.device,
            made_at: row.received_at,
        })
    }
}

/// A device's word that it has carried out a generation. One is enough: who sends more only fills the
/// space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The generation.
    pub generation: Hash,
    /// Whose word.
    pub device: DeviceKey,
}

impl Receipt {
    /// The receipt that an envelope is; `None` if it is something else.
    pub(super) fn of(known: &Known, header: &Header) -> Option<Self> {
        let named = known.vouched.filter(|named| named.kind == RowKind::Generation)?;
        let is_one = header.kind == RowKind::Attest;
        is_one.then_some(Self { generation: named.hash, device: header.device })
    }
}

/// What an attestation or a generation lets go. Only that: no rule but these two deletes anything.
pub(super) fn judge(
    standing: &Standing,
    known: &Known,
    header: &Header,
    envelope: Hash,
    now: Millis,
) -> Result<Option<Cover>, Refusal> {
    if let Some(Receipt { generation, .. }) = Receipt::of(known, header) {
        let fits = known.vouched.is_some_and(|named| named.tag == header.tag)
            && header.attests == Some(generation);
        return match (fits, known.receipt) {
            (false, _) => Err(Refusal::SnapshotUnknown),
            (true, true) => Err(Refusal::Attested),
            (true, false) => Ok(None),
        };
    }
    if !known.tail.is_open() {
        return Err(Refusal::TagClosed);
    }
    match header.kind {
        RowKind::Snapshot => {
            let last = known.tail.last;
            if header.covers != Some(last) || (last == 0) != header.after.is_some() {
                return Err(Refusal::SnapshotStale { last });
            }
            match header.after {
                Some(_) if known.other.last == 0 || !known.other.is_open() => {
                    Err(Refusal::TagClosed)
                }
                _ => Ok(None),
            }
        }
        RowKind::Attest => {
            let vouched = known.vouched.filter(|vouched| {
                vouched.tag == header.tag && Some(vouched.hash) == header.attests
            });
            let vouched = vouched.ok_or(Refusal::SnapshotUnknown)?;
            let Vouched { hash, tag, covers, made_by, made_at, .. } = vouched;
            if covers <= known.tail.covered {
                return Err(Refusal::Attested);
            }
            if !standing.roster.may_attest(&made_by, made_at, &header.device, now) {
                return Err(Refusal::AttestRule);
            }
            Ok(Some(Cover { tag, up_to: covers, by: hash, begins: None }))
        }
        RowKind::Generation => step(standing, known, header, envelope).map(Some),
        _ => Ok(None),
    }
}

/// A document goes on under another tag, if nothing came in under the old one that whoever says so had
/// not read, and the snapshot with which it begins there is here.
fn step(
    standing: &Standing,
    known: &Known,
    header: &Header,
    envelope: Hash,
) -> Result<Cover, Refusal> {
    let last = known.tail.last;
    if last == 0 || last > header.seen.seq {
        return Err(Refusal::SnapshotStale { last });
    }
    let begins = header.begins.ok_or(Refusal::Malformed)?;
    let is_it = |named: &Vouched| {
        named.kind == RowKind::Snapshot && (named.tag, named.hash) == (begins.tag, begins.snapshot)
    };
    if !known.vouched.is_some_and(|named| is_it(&named)) {
        return Err(Refusal::SnapshotUnknown);
    }
    let fits = known.other.after.is_none_or(|old| old == header.tag) && !known.other.closed;
    if !fits {
        return Err(Refusal::TagClosed);
    }
    let up_to = standing.head;
    Ok(Cover { tag: header.tag, up_to, by: envelope, begins: Some(begins.tag) })
}
