//! Everything that others did is here. Rests until there is something to pull or to push.

use super::{Phase, deriving, keeping, next};
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
    let parted = member.is_parted();
    line.live(match member.held {
        _ if parted => LinkState::Parted,
        Some((refusal, _)) => LinkState::Held(refusal),
        None => LinkState::Live,
    });
    let rotation = Some(member.decides_at).filter(|at| *at > cx.now);
    let held = member.held.map(|(_, until)| until);
    // What is not done while nothing is sent wakes nobody either.
    let chores = member.chores.due().filter(|_| !parted);
    line.alarm(held.into_iter().chain(rotation).chain(chores).min());
    // What is being stored as acknowledged would be derived, and pushed, a second time.
    if member.waits.acks > 0 || parted {
        return Phase::Live(Live);
    }
    if member.dirty {
        return deriving::begin(member, line);
    }
    keeping::begin(member, line, cx).unwrap_or(Phase::Live(Live))
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
