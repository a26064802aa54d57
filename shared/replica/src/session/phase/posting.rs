//! One row about a snapshot goes out: the snapshot, or a word for one. Nothing else is in flight, so that
//! its refusal, which is no harm, takes nothing with it.

use wire::{ClientFrame, Counter, Hash, Refusal, RelayFrame, RowKind, Seq, Tag};

use super::{Course, Phase, next};
use crate::Snapshot;
use crate::session::envelope::{self, About, Unsealed};
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::session::walk::Own;
use crate::session::{Cx, StopReason};

/// What is to be appended.
#[derive(Debug)]
pub(in crate::session) enum Post {
    /// A document whole, up to the tag's row `covers`.
    Snapshot { tag: Tag, covers: Seq, snapshot: Snapshot },
    /// The word that a snapshot is what it claims to be.
    Attest { tag: Tag, snapshot: Hash },
}

/// Waits for `Appended` or `Refused`.
#[derive(Debug)]
pub(in crate::session) struct Posting {
    counter: Counter,
    hash: Hash,
}

pub(super) fn begin(
    member: &mut Member,
    line: &mut Line,
    cx: &mut Cx<'_>,
    course: Course,
    post: Post,
) -> Phase {
    member.course = Some(course);
    let (about, payload, own) = match &post {
        Post::Snapshot { tag, covers, snapshot } => {
            (about(*tag, RowKind::Snapshot, Some(*covers), None), snapshot.encode(), Own::Snapshot)
        }
        Post::Attest { tag, snapshot } => (
            about(*tag, RowKind::Attest, None, Some(*snapshot)),
            // That it was made is all that it says.
            Vec::new(),
            Own::Attest(*snapshot),
        ),
    };
    let counter = course.last + 1;
    match envelope::seal(member, cx, (course.session, counter), about, &payload) {
        Ok((hash, envelope)) => {
            member.sent.insert(hash, own);
            line.send(&ClientFrame::Append { envelope });
            Phase::Posting(Posting { counter, hash })
        }
        // A document that does not fit an envelope keeps its rows.
        Err(Unsealed::TooLarge) => next(member, line, cx),
        Err(Unsealed::Stop(reason)) => member.stop(line, cx, reason),
    }
}

fn about(tag: Tag, kind: RowKind, covers: Option<Seq>, attests: Option<Hash>) -> About {
    About { tag, kind, covers, attests }
}

impl Posting {
    pub(super) fn on(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        event: Event,
    ) -> Phase {
        match event {
            Event::Frame(RelayFrame::Appended { counter, hash, .. })
                if (counter, hash) == (self.counter, self.hash) =>
            {
                if let Some(course) = &mut member.course {
                    course.last = counter;
                }
                next(member, line, cx)
            }
            Event::Frame(RelayFrame::Refused { hash, reason }) if hash == self.hash => {
                member.sent.remove(&hash);
                refused(member, line, cx, reason)
            }
            Event::Frame(_) | Event::Nudge => Phase::Posting(self),
        }
    }
}

/// Nobody is worse off without it: it is given up, unless more than it is at fault.
fn refused(member: &mut Member, line: &mut Line, cx: &mut Cx<'_>, reason: Refusal) -> Phase {
    match reason {
        Refusal::NotActive => member.doubt(line, cx),
        Refusal::SeenMismatch => {
            let seq = member.place.cursor;
            member.stop(line, cx, StopReason::Forked { seq })
        }
        Refusal::WrongLog { .. } | Refusal::CounterGap { .. } => member.retry(line, cx),
        _ => next(member, line, cx),
    }
}
