//! The newcomer reads the roster, and makes sure that this is the log which the inviter meant.

use std::collections::HashMap;

use wire::roster::InviteState;
use wire::{ClientFrame, Hash, Refusal, RelayFrame, Roster, Row, Seq, limits};

use super::{Newcomer, Phase, asking, settling};
use crate::founding::{self, FoundingError};
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
            RelayFrame::Refused { reason, .. } => match reason {
                Refusal::InviteUsed if !newcomer.as_device => newcomer.come_as_device(line, cx),
                Refusal::RateLimited | Refusal::Unavailable => newcomer.retry(line, cx),
                reason => newcomer.stop(line, cx, StopReason::Refused(reason)),
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
    let link = &newcomer.link;
    newcomer.restored |= walked
        .rows
        .iter()
        .any(|row| row.row.seq <= link.seq && matches!(row.content, Content::Life { .. }));
    if newcomer.found.is_none() && newcomer.walker.cursor >= link.seq {
        // The walker remembers more rows than one answer holds.
        newcomer.found = Some(newcomer.walker.chain_at(link.seq) == Some(link.chain));
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
        return match founding::recover_ring(&newcomer.secrets, &roster, &records) {
            Ok(ring) => settling::begin(line, roster, records, ring),
            Err(_) => newcomer.stop(line, cx, StopReason::NoKey),
        };
    }
    let state = roster.invite_by_key(&newcomer.invite.device()).map(|(_, status)| status.state);
    let refusal = match state {
        Some(InviteState::Open) => return ask(newcomer, line, cx, &roster),
        Some(InviteState::Used { .. }) => Refusal::InviteUsed,
        Some(InviteState::Revoked) => Refusal::InviteRevoked,
        None => Refusal::InviteUnknown,
    };
    newcomer.stop(line, cx, StopReason::Refused(refusal))
}

/// Whether the log contains what the link names.
fn is_meant(newcomer: &Newcomer, roster: &Roster) -> bool {
    let has_row = newcomer.restored || newcomer.found == Some(true);
    has_row && roster.records().contains(&newcomer.link.head)
}

fn ask(newcomer: &mut Newcomer, line: &mut Line, cx: &mut Cx<'_>, roster: &Roster) -> Phase {
    let joined = founding::join(
        &newcomer.link.secret,
        &newcomer.secrets,
        newcomer.member,
        roster,
        &mut cx.rng,
    );
    match joined {
        Ok(joined) => asking::begin(line, joined),
        Err(FoundingError::Roster(error)) => {
            newcomer.stop(line, cx, StopReason::Refused(Refusal::from(&error)))
        }
        Err(FoundingError::NoKey | FoundingError::Wrap(_)) => {
            newcomer.stop(line, cx, StopReason::NoKey)
        }
    }
}
