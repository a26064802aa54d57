//! Everything that others did is here. Rests until there is something to pull or to push.

use super::{Phase, deriving, next};
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::session::{Cx, LinkState};

/// Waits for anything.
#[derive(Debug)]
pub(in crate::session) struct Live;

/// Pushes if there may be something to push, rests otherwise.
pub(super) fn rest(member: &mut Member, line: &mut Line, cx: &mut Cx<'_>) -> Phase {
    if let Some((_, until)) = member.held
        && cx.now >= until
    {
        member.held = None;
        member.dirty = true;
    }
    line.live(match member.held {
        Some((refusal, _)) => LinkState::Held(refusal),
        None => LinkState::Live,
    });
    let rotation = Some(member.rotates_at).filter(|at| *at > cx.now);
    line.alarm(member.held.map(|(_, until)| until).into_iter().chain(rotation).min());
    // What is being stored as acknowledged would be derived, and pushed, a second time.
    if member.dirty && member.waits.acks == 0 {
        return deriving::begin(member, line);
    }
    Phase::Live(Live)
}

impl Live {
    pub(super) fn on(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        event: Event,
    ) -> Phase {
        match event {
            Event::Nudge => next(member, line, cx),
            Event::Frame(_) => Phase::Live(self),
        }
    }
}
