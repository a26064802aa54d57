//! Somebody left, and the next key is owed. The first owner who is online makes it.
//!
//! Nothing has to be remembered for that: as long as the roster owes a rotation, whoever is an
//! owner tries, and of two the slower one finds it done.

use wire::{ClientFrame, Hash, Millis, Record, Refusal, RelayFrame, Role};

use super::{Phase, next};
use crate::session::Cx;
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::team;

/// A relay that refuses is asked again after this long.
const AGAIN: Millis = 60_000;

/// Waits for the answer about the record.
#[derive(Debug)]
pub(in crate::session) struct Rotating {
    hash: Hash,
}

/// Sends a rotation if one is owed and it is this device's to make. A kit that the leaver may know
/// is dropped: a new one needs a person and paper.
pub(super) fn begin(member: &Member, line: &mut Line, cx: &mut Cx<'_>) -> Option<Phase> {
    let roster = member.walker.roster.as_ref().filter(|roster| roster.owes_rotation())?;
    let own = roster.active(&member.secrets.device())?;
    if own.role < Role::Owner || cx.now < member.rotates_at || !member.records.is_empty() {
        return None;
    }
    // Without the current key another owner has to do it; whoever needs that key here is told.
    let record = team::rotate(&member.secrets, roster, &member.ring, None, &mut cx.rng).ok()?;
    let hash = Record::hash_of(&record);
    line.send(&ClientFrame::AppendRecord { record });
    Some(Phase::Rotating(Rotating { hash }))
}

impl Rotating {
    pub(super) fn on(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        event: Event,
    ) -> Phase {
        match event {
            Event::Frame(RelayFrame::Appended { hash, seq, .. }) if hash == self.hash => {
                member.head = member.head.max(seq);
                next(member, line, cx)
            }
            Event::Frame(RelayFrame::Refused { hash, reason }) if hash == self.hash => {
                if reason == Refusal::NotActive {
                    return member.doubt(line, cx);
                }
                // Somebody was faster, or it cannot be done now.
                member.rotates_at = cx.now.saturating_add(AGAIN);
                next(member, line, cx)
            }
            Event::Frame(_) | Event::Nudge => Phase::Rotating(self),
        }
    }
}
