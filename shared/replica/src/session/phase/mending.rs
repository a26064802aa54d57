//! A restored relay lacks the newest records of the roster. Any device puts them back, as long as
//! nothing else took their place. What the relay takes no more, because the invite by which somebody
//! came in has expired meanwhile, is given up, with all that followed on it.

use wire::{ClientFrame, Hash, Record, Refusal, RelayFrame};

use super::{Phase, next, storing};
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::session::{Cx, Effect, StopReason};

/// Waits for the answer about one record.
#[derive(Debug)]
pub(in crate::session) struct Mending {
    hash: Hash,
}

/// Sends the first record that is known here and missing in the log, if there is one.
pub(super) fn begin(member: &Member, line: &mut Line) -> Option<Phase> {
    let record = member.place.records.get(member.place.walked)?;
    line.send(&ClientFrame::AppendRecord { record: record.clone() });
    Some(Phase::Mending(Mending { hash: Record::hash_of(record) }))
}

impl Mending {
    pub(super) fn is_about(&self, record: &Hash) -> bool {
        self.hash == *record
    }

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
                match reason {
                    Refusal::RateLimited | Refusal::Unavailable | Refusal::Quota => {
                        member.retry(line, cx)
                    }
                    Refusal::NotActive => member.doubt(line, cx),
                    Refusal::InviteExpired => give_up(member, line, cx),
                    Refusal::RosterHead { head } if member.walker.ends_at(&head) => {
                        let seq = member.place.cursor;
                        member.stop(line, cx, StopReason::Forked { seq })
                    }
                    // A colleague was faster; with what, there is to be read now …
                    _ if member.head > member.place.cursor => next(member, line, cx),
                    // … or after the next greeting.
                    _ => member.retry(line, cx),
                }
            }
            Event::Frame(_) | Event::Nudge => Phase::Mending(self),
        }
    }
}

/// The roster of the log is all that there is of it.
fn give_up(member: &mut Member, line: &mut Line, cx: &mut Cx<'_>) -> Phase {
    let Some(base) = &member.walker.roster else { return next(member, line, cx) };
    let place = member.place.parted_at(base);
    member.waits.storing += 1;
    line.ask(Effect::Apply { rows: Vec::new(), place });
    Phase::Storing(storing::Storing)
}
