//! Rows, or the start of another life, are on their way into the storage.

use super::{Phase, next};
use crate::session::Cx;
use crate::session::line::{Event, Line};
use crate::session::member::Member;

/// Waits for [`Input::Stored`](crate::session::Input::Stored).
#[derive(Debug)]
pub(in crate::session) struct Storing;

impl Storing {
    pub(super) fn on(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        _: Event,
    ) -> Phase {
        if member.waits.storing > 0 { Phase::Storing(self) } else { next(member, line, cx) }
    }
}
