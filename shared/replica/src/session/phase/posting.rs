//! One row about a snapshot or a generation goes out: either of them, or a word for one. Nothing else is in flight, so that
//! its refusal, which is no harm, takes nothing with it.

use wire::{ClientFrame, Counter, Hash, Refusal, RelayFrame, RowKind, Seq, Tag};

use super::{Course, Phase, next};
use crate::session::envelope::{self, About, Unsealed};
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::session::walk::Own;
use crate::session::{Cx, StopReason, Task};
use crate::{ChangeHash, Snapshot};

/// What is to be appended.
#[derive(Debug)]
pub(in crate::session) enum Post {
    /// A document whole, up to the tag's row `covers`.
    /// Its own changes are named if the relay does not hold them yet.
    Snapshot { tag: Tag, covers: Seq, snapshot: Snapshot, hashes: Vec<ChangeHash> },
    /// The word that a snapshot is what it claims to be.
    Attest { tag: Tag, snapshot: Hash },
    /// What a document needs to go on under another tag.
    Task(Box<Task>),
}

/// Waits for `Appended` or `Refused`.
#[derive(Debug)]
pub(in crate::session) struct Posting {
    counter: Counter,
    hash: Hash,
    of: Of,
}

/// What it is about, as far as a refusal has to know.
#[derive(Debug)]
enum Of {
    /// A snapshot, or a word for one.
    Snapshot,
    /// The first snapshot of a tag, which may have to be appended as another kind of it.
    Begin(Box<Task>),
    /// A generation.
    Close,
    /// This device's receipt for that generation.
    Receipt(Hash),
}

impl From<Post> for Of {
    fn from(post: Post) -> Self {
        match post {
            Post::Snapshot { .. } | Post::Attest { .. } => Self::Snapshot,
            Post::Task(task) => match *task {
                Task::Begin { .. } => Self::Begin(task),
                Task::Close { .. } => Self::Close,
                Task::Receipt { generation, .. } => Self::Receipt(generation),
            },
        }
    }
}

pub(super) fn begin(
    member: &mut Member,
    line: &mut Line,
    cx: &mut Cx<'_>,
    course: Course,
    post: Post,
) -> Phase {
    member.course = Some(course);
    let (about, payload, own) = said(&post);
    let counter = course.last + 1;
    match envelope::seal(member, cx, (course.session, counter), about, &payload) {
        Ok((hash, envelope)) => {
            member.sent.insert(hash, own);
            line.send(&ClientFrame::Append { envelope });
            Phase::Posting(Posting { counter, hash, of: Of::from(post) })
        }
        // A document that does not fit an envelope keeps its rows.
        Err(Unsealed::TooLarge) => next(member, line, cx),
        Err(Unsealed::Stop(reason)) => member.stop(line, cx, reason),
    }
}

/// What a row says, openly and sealed, and what is to be known of it when it comes back.
fn said(post: &Post) -> (About, Vec<u8>, Own) {
    match post {
        Post::Snapshot { tag, covers, snapshot, hashes } => (
            About { covers: Some(*covers), ..About::plain(*tag, RowKind::Snapshot) },
            snapshot.encode(),
            Own::Snapshot(None, hashes.clone()),
        ),
        // That it was made is all that it says.
        Post::Attest { tag, snapshot } => attest(*tag, *snapshot),
        Post::Task(task) => match &**task {
            Task::Begin { tag, after, snapshot, hashes } => (
                About {
                    covers: Some(0),
                    after: Some(*after),
                    ..About::plain(*tag, RowKind::Snapshot)
                },
                snapshot.encode(),
                Own::Snapshot(Some(*after), hashes.clone()),
            ),
            Task::Close { tag, begins, step } => (
                About { begins: Some(*begins), ..About::plain(*tag, RowKind::Generation) },
                step.encode(),
                Own::Generation(*begins, Box::new(step.clone())),
            ),
            Task::Receipt { tag, generation } => attest(*tag, *generation),
        },
    }
}

fn attest(tag: Tag, of: Hash) -> (About, Vec<u8>, Own) {
    let about = About { attests: Some(of), ..About::plain(tag, RowKind::Attest) };
    (about, Vec::new(), Own::Attest(of))
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
                match (self.of, reason) {
                    // Rows came in under the new tag, all of them read: it is a snapshot like any other.
                    (Of::Begin(task), Refusal::SnapshotStale { last })
                        if (1..=member.place.cursor).contains(&last) =>
                    {
                        again(member, line, cx, *task, last)
                    }
                    // Another tab has said so.
                    (Of::Receipt(generation), Refusal::Attested) => {
                        member.chores.said(generation);
                        next(member, line, cx)
                    }
                    (Of::Begin(_) | Of::Close | Of::Receipt(_), reason) => {
                        member.chores.ask_later(cx);
                        refused(member, line, cx, reason)
                    }
                    (Of::Snapshot, reason) => refused(member, line, cx, reason),
                }
            }
            Event::Frame(_) | Event::Nudge => Phase::Posting(self),
        }
    }
}

fn again(member: &mut Member, line: &mut Line, cx: &mut Cx<'_>, task: Task, last: Seq) -> Phase {
    match (task, member.course) {
        (Task::Begin { tag, snapshot, hashes, .. }, Some(course)) => {
            let post = Post::Snapshot { tag, covers: last, snapshot, hashes };
            begin(member, line, cx, course, post)
        }
        _ => next(member, line, cx),
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
