//! The device's own snapshot is fetched back from the log, to be looked at before it vouches for it.

use wire::{ClientFrame, Envelope, Hash, Refusal, RelayFrame, Row, RowBody};

use super::naming::Errand;
use super::posting::Post;
use super::{Phase, naming, next};
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::session::{Cx, Effect, Vouch};
use crate::{Snapshot, founding, seal};

/// Waits for `Rows`, then for the device's answer.
#[derive(Debug)]
pub(in crate::session) struct Fetching {
    vouch: Vouch,
    asked: bool,
}

pub(super) fn begin(line: &mut Line, vouch: Vouch) -> Phase {
    line.send(&ClientFrame::Pull { after: vouch.seq.saturating_sub(1), max_bytes: 0 });
    Phase::Fetching(Fetching { vouch, asked: false })
}

impl Fetching {
    pub(super) fn on(
        mut self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        event: Event,
    ) -> Phase {
        let Vouch { tag, snapshot: hash, .. } = self.vouch;
        match event {
            Event::Frame(RelayFrame::Rows { rows, head, .. }) if !self.asked => {
                member.head = member.head.max(head);
                let Some(snapshot) = rows.first().and_then(|row| open(member, row, &hash)) else {
                    return next(member, line, cx);
                };
                self.asked = true;
                member.waits.examined.ask();
                line.ask(Effect::Examine { vouch: self.vouch, snapshot });
                Phase::Fetching(self)
            }
            Event::Frame(RelayFrame::Refused { reason, .. }) if !self.asked => match reason {
                Refusal::NotActive => member.doubt(line, cx),
                _ => member.retry(line, cx),
            },
            Event::Frame(_) | Event::Nudge => match member.waits.examined.take() {
                Some(true) if self.asked => {
                    let post = Post::Attest { tag, snapshot: hash };
                    naming::begin(member, line, cx, Errand::Post(post))
                }
                Some(_) => next(member, line, cx),
                None => Phase::Fetching(self),
            },
        }
    }
}

/// What lies in the row, if it is the one. Its hash was verified with the chain when it was read first.
fn open(member: &Member, row: &Row, hash: &Hash) -> Option<Snapshot> {
    let RowBody::Whole(bytes) = &row.body else { return None };
    let envelope = Envelope::parse(bytes).ok()?;
    if row.hash != *hash || envelope.hash() != *hash {
        return None;
    }
    let roster = member.walker.roster.as_ref()?;
    let key = founding::key_of(roster, &member.ring, envelope.header.epoch)?;
    Snapshot::decode(&seal::open(&envelope, key).ok()?).ok()
}
