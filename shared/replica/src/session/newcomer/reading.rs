//! The newcomer reads the roster, and makes sure that this is the log which the inviter meant.

use std::collections::HashMap;

use wire::{ClientFrame, Hash, Refusal, RelayFrame, Roster, Row, Seq, limits};

use super::{Newcomer, Phase, asking, settling};
use crate::KeyRing;
use crate::session::line::Line;
use crate::session::walk::{Reader, WalkError};
use crate::session::{Content, Cx, LinkState, StopReason};

/// Waits for `Rows`.
#[derive(Debug)]
pub(super) struct Reading;

pub(super) fn begin(newcomer: &Newcomer, line: &mut Line) -> Phase {
    let after = newcomer.walker.cursor;
    line.show(LinkState::CatchingUp { at: after, of: newcomer.head });
    line.send(&ClientFrame::Pull { after, max_bytes: limits::MAX_PULL_BYTES });
    Phase::Reading(Reading)
}

impl Reading {
    pub(super) fn on(
        self,
        newcomer: &mut Newcomer,
        line: &mut Line,
        cx: &mut Cx<'_>,
        frame: RelayFrame,
    ) -> Phase {
        match frame {
            RelayFrame::Rows { rows, head, chain } => {
                if rows.first().is_some_and(|first| first.seq <= newcomer.walker.cursor) {
                    // The answer to a pull that was asked twice.
                    return Phase::Reading(self);
                }
                match take(newcomer, rows, head, &chain) {
                    Ok(()) if newcomer.walker.cursor < newcomer.head => begin(newcomer, line),
                    Ok(()) => decide(newcomer, line, cx),
                    Err(WalkError::Gap | WalkError::NotOurs) => newcomer.retry(line, cx),
                    Err(error) => {
                        let seq = newcomer.walker.cursor + 1;
                        newcomer.stop(line, cx, reason(error, seq))
                    }
                }
            }
            // A pull has no hash. What has one answers something that this connection did not send.
            RelayFrame::Refused { hash: Hash::ZERO, reason } => match reason {
                reason if !newcomer.as_device && newcomer.door.may_be_inside(reason) => {
                    newcomer.come_as_device(line, cx)
                }
                Refusal::RateLimited | Refusal::Unavailable => newcomer.retry(line, cx),
                reason => newcomer.stop(line, cx, newcomer.door.refused(reason)),
            },
            _ => Phase::Reading(self),
        }
    }
}

fn take(newcomer: &mut Newcomer, rows: Vec<Row>, head: Seq, chain: &Hash) -> Result<(), WalkError> {
    let mut reader = Reader { known: &[], ring: None, sent: &mut HashMap::new() };
    let walked = newcomer.walker.walk(rows, chain, &mut reader)?;
    newcomer.head = head.max(newcomer.walker.cursor);
    newcomer.records.extend(walked.records);
    let (seq, chain) = newcomer.door.row;
    newcomer.restored |= walked
        .rows
        .iter()
        .any(|row| row.row.seq <= seq && matches!(row.content, Content::Life { .. }));
    if newcomer.found.is_none() && newcomer.walker.cursor >= seq {
        // The walker remembers more rows than one answer holds.
        newcomer.found = Some(newcomer.walker.chain_at(seq) == Some(chain));
    }
    Ok(())
}

fn reason(error: WalkError, seq: Seq) -> StopReason {
    match error {
        WalkError::Forked { seq } => StopReason::Forked { seq },
        WalkError::Update => StopReason::Update,
        WalkError::NoKey => StopReason::NoKey,
        WalkError::Damaged | WalkError::Gap | WalkError::NotOurs => StopReason::Damaged { seq },
    }
}

/// The whole log is read: is it the right one, and is the invite still good?
fn decide(newcomer: &mut Newcomer, line: &mut Line, cx: &mut Cx<'_>) -> Phase {
    let Some(roster) = newcomer.walker.roster.clone() else {
        return newcomer.stop(line, cx, StopReason::WrongLog);
    };
    if !is_meant(newcomer, &roster) {
        return newcomer.stop(line, cx, StopReason::WrongLog);
    }
    if roster.active(&newcomer.secrets.device()).is_some() {
        let records = std::mem::take(&mut newcomer.records);
        return settling::begin(line, &newcomer.secrets, roster, records, KeyRing::new());
    }
    let Newcomer { door, secrets, records, .. } = &*newcomer;
    match door.enter(secrets, &roster, records, cx) {
        Ok(joined) => asking::begin(line, joined),
        Err(reason) => newcomer.stop(line, cx, reason),
    }
}

/// Whether the log contains what the link or the sheet names.
fn is_meant(newcomer: &Newcomer, roster: &Roster) -> bool {
    let has_row = newcomer.restored || newcomer.found == Some(true);
    has_row && roster.records().contains(&newcomer.door.head)
}
