//! Whether a row of changes counts, and what it says.
//!
//! The checks stand in one order, on every device: whether a row is passed over must not depend
//! on who reads it.

use wire::{Envelope, EnvelopeError, Hash, Row, RowBody, Tag};

use super::walk::{Reader, WalkError, Walker};
use super::{Content, SkipReason, Skipped};
use crate::{chunk, founding, seal};

/// A row that does not count, or an answer that cannot be taken.
enum Objection {
    Skip(Skipped),
    Fail(WalkError),
}

pub(super) fn changes(
    walker: &mut Walker,
    row: &Row,
    reader: &mut Reader<'_>,
) -> Result<Content, WalkError> {
    let judged = match &row.body {
        RowBody::Whole(bytes) => sealed(walker, row, bytes, reader),
        RowBody::HashOnly => own(row.tag, &row.hash, reader),
        RowBody::Stub { .. } => Err(skip(SkipReason::Lost)),
    };
    match judged {
        Ok(content) => Ok(content),
        Err(Objection::Skip(skipped)) => Ok(Content::Skipped(skipped)),
        Err(Objection::Fail(error)) => Err(error),
    }
}

fn own(tag: Tag, hash: &Hash, reader: &mut Reader<'_>) -> Result<Content, Objection> {
    match reader.sent.remove(hash) {
        Some(hashes) => Ok(Content::OwnChanges { tag, hashes }),
        None => Err(Objection::Fail(WalkError::NotOurs)),
    }
}

fn sealed(
    walker: &mut Walker,
    row: &Row,
    bytes: &[u8],
    reader: &Reader<'_>,
) -> Result<Content, Objection> {
    let envelope = Envelope::parse(bytes).map_err(|error| match error {
        EnvelopeError::Newer { .. } => Objection::Fail(WalkError::Update),
        _ => skip(SkipReason::Malformed),
    })?;
    let header = &envelope.header;
    require(header.space == walker.space, || skip(SkipReason::OtherSpace))?;
    require(header.kind == row.kind && header.tag == row.tag, || skip(SkipReason::Misfiled))?;
    envelope.verify().map_err(|_| skip(SkipReason::BadSignature))?;

    let by = header.device;
    let of = |reason| Objection::Skip(Skipped { reason, signer: Some(by) });
    let fresh = walker.count(by, header.session, header.counter);
    require(fresh, || of(SkipReason::Repeated))?;

    let forked = || Objection::Fail(WalkError::Forked { seq: row.seq });
    let roster = walker.roster.as_ref().ok_or_else(forked)?;
    let device = roster.active(&by).ok_or_else(|| of(SkipReason::NotActive))?;
    require(roster.may_append(&by, row.kind), || of(SkipReason::Role))?;
    require(header.epoch == roster.epoch(), || of(SkipReason::Epoch))?;
    // Before the log's first life row, its id is what the first valid envelope says.
    let life = *walker.life.get_or_insert(header.log);
    require(header.log == life, || of(SkipReason::OtherLife))?;
    // The relay refuses what does not fit its own history. A colleague who saw another one was
    // shown another one.
    require(walker.agrees(&header.seen, row.seq), forked)?;

    let key = reader
        .ring
        .as_ref()
        .and_then(|(ring, _)| founding::key_of(roster, ring, header.epoch))
        .ok_or(Objection::Fail(WalkError::NoKey))?;
    let payload = seal::open(&envelope, key).map_err(|_| of(SkipReason::Unopenable))?;
    let changes = chunk::decode_changes(&payload).map_err(|_| of(SkipReason::Unopenable))?;
    Ok(Content::Changes {
        tag: header.tag,
        changes,
        by,
        member: device.member,
        check: header.check,
    })
}

/// Before the signature fits, nobody can be named.
fn skip(reason: SkipReason) -> Objection {
    Objection::Skip(Skipped { reason, signer: None })
}

fn require(holds: bool, otherwise: impl FnOnce() -> Objection) -> Result<(), Objection> {
    if holds { Ok(()) } else { Err(otherwise()) }
}
