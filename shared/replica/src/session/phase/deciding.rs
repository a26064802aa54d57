//! A record of the roster that this device made by itself is with the relay: a key that is owed, or
//! what a restored log lost and is decided again.

use wire::{ClientFrame, Hash, Millis, Record, Refusal, RelayFrame};

use super::{Phase, next};
use crate::session::Cx;
use crate::session::line::{Event, Line};
use crate::session::member::Member;

/// A relay that refuses is asked again after this long.
const AGAIN: Millis = 60_000;

/// Waits for the answer about the record.
#[derive(Debug)]
pub(in crate::session) struct Deciding {
    hash: Hash,
}

/// Whether it is time for such a record: none was refused just now, and no person waits for one of
/// theirs.
pub(super) fn may(member: &Member, cx: &Cx<'_>) -> bool {
    cx.now >= member.decides_at && member.records.is_empty()
}

pub(super) fn send(line: &mut Line, record: Vec<u8>) -> Phase {
    let hash = Record::hash_of(&record);
    line.send(&ClientFrame::AppendRecord { record });
    Phase::Deciding(Deciding { hash })
}

impl Deciding {
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
                if member.head <= member.place.cursor {
                    member.decides_at = cx.now.saturating_add(AGAIN);
                }
                next(member, line, cx)
            }
            Event::Frame(_) | Event::Nudge => Phase::Deciding(self),
        }
    }
}
