//! The first push of a connection needs a session id, and the id must be durable first: the relay
//! will name it at the next connection, and it must be known as our own then.

use wire::SessionId;

use super::{Phase, pushing};
use crate::Chunk;
use crate::session::Cx;
use crate::session::line::{Event, Line};
use crate::session::member::Member;

/// Waits for [`Input::SessionStored`](crate::session::Input::SessionStored).
#[derive(Debug)]
pub(in crate::session) struct Naming {
    session: SessionId,
    chunks: Vec<Chunk>,
}

pub(super) fn begin(
    member: &mut Member,
    line: &mut Line,
    cx: &mut Cx<'_>,
    chunks: Vec<Chunk>,
) -> Phase {
    if let Some(course) = member.course {
        return pushing::begin(member, line, cx, course, chunks);
    }
    let mut session = SessionId([0; SessionId::LEN]);
    cx.rng.fill_bytes(&mut session.0);
    member.store_session(line, session);
    Phase::Naming(Naming { session, chunks })
}

impl Naming {
    pub(super) fn on(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        _: Event,
    ) -> Phase {
        if member.waits.sessions.contains(&self.session) {
            return Phase::Naming(self);
        }
        let course = pushing::Course { session: self.session, last: 0 };
        pushing::begin(member, line, cx, course, self.chunks)
    }
}
