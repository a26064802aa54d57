//! The first push of a connection needs a session id, and the id must be durable first: the relay
//! will name it at the next connection, and it must be known as our own then.

use wire::SessionId;

use super::{Phase, posting, pushing};
use crate::Chunk;
use crate::session::Cx;
use crate::session::line::{Event, Line};
use crate::session::member::Member;

/// What a session is needed for.
#[derive(Debug)]
pub(super) enum Errand {
    /// To push the difference.
    Push(Vec<Chunk>),
    /// To append one row about a snapshot.
    Post(posting::Post),
}

/// Waits for [`Input::SessionStored`](crate::session::Input::SessionStored).
#[derive(Debug)]
pub(in crate::session) struct Naming {
    session: SessionId,
    errand: Errand,
}

pub(super) fn begin(
    member: &mut Member,
    line: &mut Line,
    cx: &mut Cx<'_>,
    errand: Errand,
) -> Phase {
    if let Some(course) = member.course {
        return errand.begin(member, line, cx, course);
    }
    let mut session = SessionId([0; SessionId::LEN]);
    cx.rng.fill_bytes(&mut session.0);
    member.store_session(line, session);
    Phase::Naming(Naming { session, errand })
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
        self.errand.begin(member, line, cx, course)
    }
}

impl Errand {
    fn begin(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        course: pushing::Course,
    ) -> Phase {
        match self {
            Self::Push(chunks) => pushing::begin(member, line, cx, course, chunks),
            Self::Post(post) => posting::begin(member, line, cx, course, post),
        }
    }
}
