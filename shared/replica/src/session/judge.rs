//! Whether a row with an envelope counts, and what it says.
//!
//! The checks stand in one order, on every device: whether a row is passed over must not depend
//! on who reads it.

use wire::{Begins, DeviceKey, Envelope, EnvelopeError, Row, RowBody, RowKind};

use super::walk::{Own, Reader, WalkError, Walker};
use super::{Content, SkipReason, Skipped};
use crate::step::StepError;
use crate::{Snapshot, Step, chunk, founding, seal};

/// A row that does not count, or an answer that cannot be taken.
enum Objection {
    Skip(Skipped),
    Fail(WalkError),
}

pub(super) fn envelope(
    walker: &mut Walker,
    row: &Row,
    reader: &mut Reader<'_>,
) -> Result<Content, WalkError> {
    let judged = match &row.body {
        RowBody::Whole(bytes) => sealed(walker, row, bytes, reader),
        RowBody::HashOnly => own(walker, row, reader),
        // Whether what it held is found again, the walk will show.
        RowBody::Stub { .. } => Ok(Content::Covered),
    };
    match judged {
        Ok(content) => Ok(content),
        Err(Objection::Skip(skipped)) => Ok(Content::Skipped(skipped)),
        Err(Objection::Fail(error)) => Err(error),
    }
}

fn own(walker: &mut Walker, row: &Row, reader: &mut Reader<'_>) -> Result<Content, Objection> {
    let tag = row.tag;
    let by = reader.ring.as_ref().map(|(_, secrets)| secrets.device());
    match (reader.sent.remove(&row.hash), by) {
        (Some(Own::Changes(hashes)), _) => Ok(Content::OwnChanges { tag, hashes }),
        (Some(Own::Snapshot(after, hashes)), _) => Ok(Content::OwnSnapshot { tag, after, hashes }),
        (Some(Own::Attest(of)), Some(by)) => Ok(Content::Attest { tag, of, by }),
        (Some(Own::Generation(begins, step)), Some(by)) => {
            Ok(generation(walker, row, begins, step, by))
        }
        _ => Err(Objection::Fail(WalkError::NotOurs)),
    }
}

fn generation(
    walker: &mut Walker,
    row: &Row,
    begins: Begins,
    step: Box<Step>,
    by: DeviceKey,
) -> Content {
    walker.covers.closed(row, &begins);
    let devices = walker.roster.iter().flat_map(|roster| roster.devices());
    let devices = devices.map(|device| device.key).collect();
    Content::Generation { tag: row.tag, begins, step, by, devices }
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

    if let (RowKind::Attest, Some(snapshot)) = (header.kind, header.attests) {
        walker.covers.attested(&snapshot, roster, &by, row.received_at);
        return Ok(Content::Attest { tag: header.tag, of: snapshot, by });
    }
    let key = reader
        .ring
        .as_ref()
        .and_then(|(ring, _)| founding::key_of(roster, ring, header.epoch))
        .ok_or(Objection::Fail(WalkError::NoKey))?;
    let payload = seal::open(&envelope, key).map_err(|_| of(SkipReason::Unopenable))?;
    let (tag, check, member) = (header.tag, header.check, device.member);
    if header.kind == RowKind::Snapshot {
        let snapshot = Snapshot::decode(&payload).map_err(|_| of(SkipReason::Unopenable))?;
        let (needed, after) = (walker.covers.names(&row.hash), header.after);
        walker.covers.found(row, header);
        return Ok(Content::Snapshot { tag, snapshot, needed, after, by, check });
    }
    if let (RowKind::Generation, Some(begins)) = (header.kind, header.begins) {
        let step = Step::decode(&payload).map_err(|error| match error {
            StepError::Newer => Objection::Fail(WalkError::Update),
            StepError::Damaged => of(SkipReason::Unopenable),
        })?;
        return Ok(generation(walker, row, begins, Box::new(step), by));
    }
    let changes = chunk::decode_changes(&payload).map_err(|_| of(SkipReason::Unopenable))?;
    Ok(Content::Changes { tag, changes, by, member, check })
}

/// Before the signature fits, nobody can be named.
fn skip(reason: SkipReason) -> Objection {
    Objection::Skip(Skipped { reason, signer: None })
}

fn require(holds: bool, otherwise: impl FnOnce() -> Objection) -> Result<(), Objection> {
    if holds { Ok(()) } else { Err(otherwise()) }
}
