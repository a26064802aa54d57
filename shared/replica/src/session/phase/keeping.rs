//! What is done while there is nothing else to do: a snapshot is made where the relay asked for it,
//! others are vouched for, and documents go on under other tags.

use std::collections::{BTreeMap, BTreeSet};

use wire::{Hash, Millis, RowKind, Seq, Tag};

use super::naming::Errand;
use super::posting::Post;
use super::{Phase, fetching, naming, next};
use crate::session::backoff::up_to;
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::session::{Cx, Effect, OpenedRow, Vouch};

/// After a snapshot came in, a device waits up to this long before it vouches: one word is enough, and
/// whoever is first saves it all others.
const SPREAD: Millis = 5_000;

/// How often is looked whether there is something to vouch for by now, though nothing came in: a
/// device that is alone waits for days.
const AGAIN: Millis = 60 * 60 * 1000;

/// What could not be appended for a generation is tried again after this long: mostly because somebody
/// else wrote meanwhile.
const NOT_YET: Millis = 5_000;

/// What waits to be done.
#[derive(Debug, Default)]
pub(in crate::session) struct Chores {
    /// Documents of which the relay wants a snapshot, and which row was their last. On this
    /// connection only: it will ask again.
    hints: BTreeMap<Tag, Seq>,
    /// When to look for something to vouch for.
    look_at: Option<Millis>,
    vouches: Vec<Vouch>,
    /// When to ask for something to append for generations.
    ask_at: Option<Millis>,
    /// Generations for which the relay has this device's receipt, though it was not read yet.
    said: BTreeSet<Hash>,
}

impl Chores {
    /// The relay wants a snapshot.
    pub(in crate::session) fn hint(&mut self, tag: Tag, last: Seq) {
        self.hints.insert(tag, last);
    }

    /// Rows were read: what was asked for is a snapshot up to its document's last row, and nothing any
    /// more once somebody made one.
    pub(in crate::session) fn passed(&mut self, rows: &[OpenedRow]) {
        for OpenedRow { row, .. } in rows {
            let Some(last) = self.hints.get_mut(&row.tag) else { continue };
            match row.kind {
                RowKind::Attest => {}
                RowKind::Snapshot => drop(self.hints.remove(&row.tag)),
                _ => *last = row.seq.max(*last),
            }
        }
    }

    /// There may be something to vouch for.
    pub(in crate::session) fn look_soon(&mut self, cx: &mut Cx<'_>) {
        let soon = cx.now.saturating_add(up_to(cx, SPREAD));
        self.look_at = Some(self.look_at.map_or(soon, |at| at.min(soon)));
    }

    /// There may be something to append for a generation: something was stored, or written.
    pub(in crate::session) fn ask_soon(&mut self) {
        self.ask_at = Some(0);
    }

    /// The relay has this device's receipt for that generation: there may be something else to append.
    pub(super) fn said(&mut self, generation: Hash) {
        self.said.insert(generation);
        self.ask_soon();
    }

    /// It was refused.
    pub(super) fn ask_later(&mut self, cx: &Cx<'_>) {
        self.ask_at = Some(cx.now.saturating_add(NOT_YET));
    }

    /// When there will be something to do.
    pub(super) fn due(&self) -> Option<Millis> {
        self.look_at.into_iter().chain(self.ask_at.filter(|at| *at > 0)).min()
    }

    pub(in crate::session) fn disconnected(&mut self) {
        *self = Self::default();
    }
}

/// Waits for the device's answer.
#[derive(Debug)]
pub(in crate::session) enum Keeping {
    /// Whether it can make this snapshot.
    Making { tag: Tag, covers: Seq },
    /// What there is to vouch for.
    Looking,
    /// What there is to append for a generation.
    Asking,
}

/// The next thing to do, if there is one.
pub(super) fn begin(member: &mut Member, line: &mut Line, cx: &mut Cx<'_>) -> Option<Phase> {
    let chores = &mut member.chores;
    if chores.ask_at.is_some_and(|at| cx.now >= at) {
        chores.ask_at = None;
        let said = chores.said.clone();
        member.waits.task.ask();
        line.ask(Effect::Task { said });
        return Some(Phase::Keeping(Keeping::Asking));
    }
    if let Some(vouch) = chores.vouches.pop() {
        let Vouch { tag, snapshot, examined, .. } = vouch;
        return Some(if examined {
            naming::begin(member, line, cx, Errand::Post(Post::Attest { tag, snapshot }))
        } else {
            fetching::begin(line, vouch)
        });
    }
    // Below a row that was not read yet there may be others' changes: it would claim to hold them.
    let read = chores.hints.iter().find(|(_, last)| **last <= member.place.cursor);
    if let Some((tag, covers)) = read.map(|(tag, last)| (*tag, *last)) {
        chores.hints.remove(&tag);
        member.waits.snapshot.ask();
        line.ask(Effect::MakeSnapshot { tag });
        return Some(Phase::Keeping(Keeping::Making { tag, covers }));
    }
    if chores.look_at.is_some_and(|at| cx.now >= at) {
        chores.look_at = Some(cx.now.saturating_add(AGAIN));
        member.waits.vouches.ask();
        line.ask(Effect::Vouch);
        return Some(Phase::Keeping(Keeping::Looking));
    }
    None
}

impl Keeping {
    pub(super) fn on(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        _: Event,
    ) -> Phase {
        match self {
            Self::Making { tag, covers } => match member.waits.snapshot.take() {
                None => Phase::Keeping(self),
                Some(None) => next(member, line, cx),
                // What came in meanwhile the snapshot may lack: the relay knows, and refuses it.
                Some(Some(snapshot)) => {
                    let post = Post::Snapshot { tag, covers, snapshot, hashes: Vec::new() };
                    naming::begin(member, line, cx, Errand::Post(post))
                }
            },
            Self::Asking => match member.waits.task.take() {
                None => Phase::Keeping(self),
                Some(None) => next(member, line, cx),
                Some(Some(task)) => naming::begin(member, line, cx, Errand::Post(Post::Task(task))),
            },
            Self::Looking => match member.waits.vouches.take() {
                None => Phase::Keeping(self),
                Some(vouches) => {
                    member.chores.vouches = vouches;
                    next(member, line, cx)
                }
            },
        }
    }
}
