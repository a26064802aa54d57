//! The `join` was sent.

use wire::{ClientFrame, Hash, Record, Refusal, RelayFrame};

use super::{Newcomer, Phase, reading, settling};
use crate::founding::Joined;
use crate::session::Cx;
use crate::session::line::Line;

/// Waits for the answer about the record.
#[derive(Debug)]
pub(super) struct Asking {
    joined: Joined,
    hash: Hash,
}

pub(super) fn begin(line: &mut Line, joined: Joined) -> Phase {
    line.send(&ClientFrame::AppendRecord { record: joined.record.clone() });
    Phase::Asking(Asking { hash: Record::hash_of(&joined.record), joined })
}

impl Asking {
    pub(super) fn on(
        self,
        newcomer: &mut Newcomer,
        line: &mut Line,
        cx: &mut Cx<'_>,
        frame: RelayFrame,
    ) -> Phase {
        match frame {
            RelayFrame::Appended { hash, .. } if hash == self.hash => {
                self.appended(newcomer, line, cx)
            }
            RelayFrame::Refused { hash, reason } if hash == self.hash => match reason {
                // Somebody was faster: read on, and ask again.
                Refusal::RosterHead { .. } => reading::begin(newcomer, line),
                Refusal::RateLimited | Refusal::Unavailable => newcomer.retry(line, cx),
                reason if !newcomer.as_device && newcomer.door.may_be_inside(reason) => {
                    newcomer.come_as_device(line, cx)
                }
                reason => newcomer.stop(line, cx, newcomer.door.refused(reason)),
            },
            _ => Phase::Asking(self),
        }
    }

    fn appended(self, newcomer: &mut Newcomer, line: &mut Line, cx: &mut Cx<'_>) -> Phase {
        let Joined { record, ring } = self.joined;
        let roster = newcomer.walker.roster.clone().and_then(|mut roster| {
            roster.apply(&record).ok()?;
            Some(roster)
        });
        let Some(roster) = roster else { return newcomer.retry(line, cx) };
        let mut records = std::mem::take(&mut newcomer.records);
        records.push(record);
        settling::begin(line, &newcomer.secrets, roster, records, ring)
    }
}
