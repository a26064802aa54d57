//! Chunks go out, a few at a time, and the relay answers each.
//!
//! The first refusal ends the push: what is in flight behind it fails as a gap, because no refusal
//! uses up a counter. When all answers are in, the difference is derived anew.

use std::collections::VecDeque;

use wire::{
    ClientFrame, Counter, Hash, Millis, Refusal, RelayFrame, RowKind, SessionId, Tag, limits,
};

use super::{Phase, next};
use crate::session::envelope::{self, About, Unsealed};
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::session::walk::Own;
use crate::session::{Cx, Effect, StopReason};
use crate::{ChangeHash, Chunk, chunk};

/// What the relay cannot do at the moment, it is asked for again after this long.
const SHORT: Millis = 5_000;

/// The same, where somebody has to do something first.
const LONG: Millis = 60_000;

/// A session and how far its counters have come.
#[derive(Clone, Copy, Debug)]
pub(in crate::session) struct Course {
    pub(super) session: SessionId,
    /// The last counter that the relay took.
    pub(super) last: Counter,
}

/// Waits for `Appended` and `Refused`.
#[derive(Debug)]
pub(in crate::session) struct Pushing {
    course: Course,
    queue: VecDeque<Chunk>,
    /// In the order of sending. Answered ones stay until all before them are answered.
    flight: VecDeque<Sent>,
    /// Whether the relay took anything of this push.
    progress: bool,
    /// What ended the push.
    refusal: Option<Refusal>,
}

#[derive(Debug)]
struct Sent {
    counter: Counter,
    hash: Hash,
    tag: Tag,
    hashes: Vec<ChangeHash>,
    taken: bool,
}

pub(super) fn begin(
    member: &mut Member,
    line: &mut Line,
    cx: &mut Cx<'_>,
    course: Course,
    chunks: Vec<Chunk>,
) -> Phase {
    member.course = Some(course);
    let device = member.secrets.device();
    let roster = member.walker.roster.as_ref();
    let mut push = Pushing {
        course,
        queue: chunks.into(),
        flight: VecDeque::new(),
        progress: false,
        refusal: None,
    };
    // A reader's edits would be refused one by one.
    if !roster.is_some_and(|roster| roster.may_append(&device, RowKind::Changes)) {
        push.end(Refusal::Role);
    }
    push.go_on(member, line, cx)
}

impl Pushing {
    pub(super) fn on(
        mut self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        event: Event,
    ) -> Phase {
        match event {
            Event::Frame(RelayFrame::Appended { counter, hash, .. }) => {
                self.taken(member, line, counter, &hash);
            }
            Event::Frame(RelayFrame::Refused { hash, reason }) => self.refused(&hash, reason),
            Event::Frame(_) => {}
            Event::Nudge => member.send_records(line),
        }
        self.go_on(member, line, cx)
    }

    /// Fills the window, or finishes once everything is answered.
    fn go_on(mut self, member: &mut Member, line: &mut Line, cx: &mut Cx<'_>) -> Phase {
        while self.flight.len() < limits::MAX_IN_FLIGHT {
            let Some(chunk) = self.queue.pop_front() else { break };
            let tag = chunk.tag;
            match self.send(member, line, cx, chunk) {
                Ok(()) => {}
                Err(Unsealed::TooLarge) => self.pass_over(tag),
                Err(Unsealed::Stop(reason)) => return member.stop(line, cx, reason),
            }
        }
        if self.flight.is_empty() { self.finish(member, line, cx) } else { Phase::Pushing(self) }
    }

    fn send(
        &mut self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        chunk: Chunk,
    ) -> Result<(), Unsealed> {
        let payload = chunk::encode_changes(&chunk.changes).map_err(|_| Unsealed::TooLarge)?;
        let counter = self.course.last + 1 + self.flight.len() as Counter;
        let tag = chunk.tag;
        let about = About::plain(tag, RowKind::Changes);
        let place = (self.course.session, counter);
        let (hash, envelope) = envelope::seal(member, cx, place, about, &payload)?;
        member.sent.insert(hash, Own::Changes(chunk.hashes.clone()));
        line.send(&ClientFrame::Append { envelope });
        self.flight.push_back(Sent { counter, hash, tag, hashes: chunk.hashes, taken: false });
        Ok(())
    }

    /// Reports what the relay holds: a chunk counts once all before it do.
    fn taken(&mut self, member: &mut Member, line: &mut Line, counter: Counter, hash: &Hash) {
        for sent in &mut self.flight {
            sent.taken |= sent.counter == counter && sent.hash == *hash;
        }
        while let Some(sent) = self.flight.pop_front_if(|sent| sent.taken) {
            self.course.last = sent.counter;
            self.progress = true;
            member.waits.acks += 1;
            line.ask(Effect::Acked { tag: sent.tag, hashes: sent.hashes });
        }
        member.course = Some(self.course);
    }

    fn refused(&mut self, hash: &Hash, reason: Refusal) {
        let before = self.flight.len();
        self.flight.retain(|sent| sent.hash != *hash);
        if self.flight.len() < before {
            self.end(reason);
        }
    }

    /// What comes after it in the same document cannot be sent either; other documents can.
    fn pass_over(&mut self, tag: Tag) {
        self.queue.retain(|chunk| chunk.tag != tag);
        self.refusal.get_or_insert(Refusal::TooLarge { limit: limits::MAX_ENVELOPE as u64 });
    }

    /// Sends nothing more. Only the first cause counts: later ones follow from it.
    fn end(&mut self, reason: Refusal) {
        self.queue.clear();
        self.refusal.get_or_insert(reason);
    }

    fn finish(self, member: &mut Member, line: &mut Line, cx: &mut Cx<'_>) -> Phase {
        match self.refusal {
            // Whether that was all, the device knows.
            None => member.dirty = true,
            Some(Refusal::NotActive) => return member.doubt(line, cx),
            Some(Refusal::SeenMismatch) => {
                let seq = member.place.cursor;
                return member.stop(line, cx, StopReason::Forked { seq });
            }
            // Another life began, or the counting went wrong: a new connection sorts it out.
            Some(Refusal::WrongLog { .. } | Refusal::CounterGap { .. }) => {
                return member.retry(line, cx);
            }
            // The roster or the document went on. What it says now lies above the cursor, or is about
            // to come.
            Some(
                Refusal::StaleEpoch { .. } | Refusal::UnknownEpoch { .. } | Refusal::TagClosed,
            ) if member.head > member.place.cursor => {
                member.dirty = true;
            }
            Some(refusal) => {
                let wait = match refusal {
                    Refusal::StaleEpoch { .. }
                    | Refusal::UnknownEpoch { .. }
                    | Refusal::TagClosed
                    | Refusal::Unavailable => SHORT,
                    _ => LONG,
                };
                // Only a single document was at fault: the rest of the others may still go out.
                member.dirty |= self.progress && matches!(refusal, Refusal::TooLarge { .. });
                member.held = Some((refusal, cx.now.saturating_add(wait)));
            }
        }
        next(member, line, cx)
    }
}
