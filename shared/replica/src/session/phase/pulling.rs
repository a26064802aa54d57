//! Rows were asked for.

use wire::{ClientFrame, Hash, Refusal, RelayFrame, Row, Seq, limits};

use super::{Phase, storing};
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::session::walk::{Reader, WalkError, Walked, Walker};
use crate::session::{Content, Cx, Effect, OpenedRow, StopReason};

/// Waits for `Rows`.
#[derive(Debug)]
pub(in crate::session) struct Pulling;

pub(super) fn begin(member: &Member, line: &mut Line) -> Phase {
    let after = member.place.cursor;
    line.send(&ClientFrame::Pull { after, max_bytes: member.pull_bytes });
    Phase::Pulling(Pulling)
}

impl Pulling {
    pub(super) fn on(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        event: Event,
    ) -> Phase {
        match event {
            Event::Frame(RelayFrame::Rows { rows, head, chain }) => match rows.first() {
                // The answer to a pull that was asked twice.
                Some(first) if first.seq <= member.place.cursor => Phase::Pulling(self),
                Some(_) => take(member, line, cx, rows, head, &chain),
                // There is more than the cursor, it was said.
                None => member.retry(line, cx),
            },
            Event::Frame(RelayFrame::Refused { reason, .. }) => match reason {
                Refusal::NotActive => member.doubt(line, cx),
                _ => member.retry(line, cx),
            },
            Event::Frame(_) | Event::Nudge => Phase::Pulling(self),
        }
    }
}

fn take(
    member: &mut Member,
    line: &mut Line,
    cx: &mut Cx<'_>,
    rows: Vec<Row>,
    head: Seq,
    chain: &Hash,
) -> Phase {
    member.head = member.head.max(head);
    match walk(member, rows, chain) {
        Ok(walked) if in_another_life(member) => {
            drop(walked);
            member.walker = Walker::at(&member.place);
            member.retry(line, cx)
        }
        Ok(walked) => {
            member.pull_bytes = member.pull_bytes.saturating_mul(2).min(limits::MAX_PULL_BYTES);
            member.waits.storing += 1;
            // What was refused for its epoch can be sealed anew now, and what was refused under a closed
            // tag goes out under the next.
            let generation = |row: &OpenedRow| matches!(row.content, Content::Generation { .. });
            let mended = match member.held {
                Some((Refusal::StaleEpoch { .. } | Refusal::UnknownEpoch { .. }, _)) => {
                    !walked.records.is_empty()
                }
                Some((Refusal::TagClosed, _)) => walked.rows.iter().any(generation),
                _ => false,
            };
            if mended {
                member.held = None;
            }
            // A device writes to the next document what it had written to the closed one.
            member.dirty |= mended || walked.rows.iter().any(generation);
            member.chores.passed(&walked.rows);
            let snapshot = |row: &OpenedRow| matches!(row.content, Content::Snapshot { .. });
            if walked.rows.iter().any(snapshot) {
                member.chores.look_soon(cx);
            }
            let place = member.walker.place(&member.place, &walked);
            line.ask(Effect::Apply { rows: walked.rows, place });
            Phase::Storing(storing::Storing)
        }
        Err(error) => {
            let seq = member.place.cursor + 1;
            // It may stand in the midst of what is now refused.
            member.walker = Walker::at(&member.place);
            refuse(member, line, cx, error, seq)
        }
    }
}

/// What cannot be taken ends the connection, and often more than that.
pub(super) fn refuse(
    member: &mut Member,
    line: &mut Line,
    cx: &mut Cx<'_>,
    error: WalkError,
    seq: Seq,
) -> Phase {
    let reason = match error {
        WalkError::Gap | WalkError::NotOurs => return member.retry(line, cx),
        WalkError::Damaged => StopReason::Damaged { seq },
        WalkError::Forked { seq } => StopReason::Forked { seq },
        WalkError::Update => StopReason::Update,
        WalkError::NoKey => StopReason::NoKey,
    };
    member.stop(line, cx, reason)
}

fn walk(member: &mut Member, rows: Vec<Row>, chain: &Hash) -> Result<Walked, WalkError> {
    let mut reader = Reader {
        known: member.place.roster.records(),
        ring: Some((&mut member.ring, &member.secrets)),
        sent: &mut member.sent,
    };
    member.walker.walk(rows, chain, &mut reader)
}

/// The log ends in another life than the relay named when it greeted us: one began meanwhile. The
/// next greeting tells.
fn in_another_life(member: &Member) -> bool {
    let at_head = member.walker.cursor >= member.head;
    at_head && member.walker.life.is_some() && member.walker.life != member.place.log
}
