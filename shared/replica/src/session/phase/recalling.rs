//! The relay names a session in which this device appended last, and it is not known here. Another
//! tab may have begun it; if not, a copy of the profile did.

use wire::SessionId;

use super::{Phase, next};
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::session::{Cx, Effect, StopReason};

/// Waits for the answer about that session.
#[derive(Debug)]
pub(in crate::session) struct Recalling {
    session: SessionId,
}

pub(super) fn begin(line: &mut Line, session: SessionId) -> Phase {
    line.ask(Effect::RecallSession(session));
    Phase::Recalling(Recalling { session })
}

impl Recalling {
    pub(super) fn on(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        _: Event,
    ) -> Phase {
        let session = self.session;
        match member.waits.recalled {
            Some((answered, true)) if answered == session => {
                member.waits.recalled = None;
                member.place.remember_session(session);
                next(member, line, cx)
            }
            Some((answered, false)) if answered == session => {
                member.waits.recalled = None;
                member.stop(line, cx, StopReason::AnotherCopy { session })
            }
            _ => Phase::Recalling(self),
        }
    }
}
