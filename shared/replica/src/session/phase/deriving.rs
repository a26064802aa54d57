//! The device was asked for the difference between its documents and what the relay holds.

use super::naming::Errand;
use super::{Phase, naming, next};
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::session::{Cx, Effect};

/// Waits for [`Input::Outbox`](crate::session::Input::Outbox).
#[derive(Debug)]
pub(in crate::session) struct Deriving;

pub(super) fn begin(member: &mut Member, line: &mut Line) -> Phase {
    member.dirty = false;
    member.waits.outbox.ask();
    line.ask(Effect::Derive);
    Phase::Deriving(Deriving)
}

impl Deriving {
    pub(super) fn on(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        _: Event,
    ) -> Phase {
        match member.waits.outbox.take() {
            None => Phase::Deriving(self),
            Some(chunks) if chunks.is_empty() => {
                member.held = None;
                next(member, line, cx)
            }
            Some(chunks) => naming::begin(member, line, cx, Errand::Push(chunks)),
        }
    }
}
