//! The session of a device that belongs to the space.

use std::collections::{HashMap, VecDeque};

use wire::{Hash, Millis, Refusal, RelayFrame, Removal, Seq, SessionId, limits};

use super::asked::Asked;
use super::line::{Event, Heard, Line};
use super::phase::{self, Chores, Course, Phase};
use super::records::Records;
use super::walk::{Own, Walker};
use super::{Cx, Effect, Input, StopReason, Vouch};
use crate::{Chunk, DeviceSecrets, KeyRing, Place, Snapshot, unlock};

/// The first pull of a connection asks for this much; each answer doubles it. A slow line shows
/// progress, a fast one is at full size after three.
const FIRST_PULL: u32 = limits::MAX_PULL_BYTES / 8;

/// What a member's device knows and waits for, whatever the phase.
pub(super) struct Member {
    pub(super) place: Place,
    pub(super) secrets: DeviceSecrets,
    pub(super) ring: KeyRing,
    pub(super) origin: String,
    /// The founder's set-up token, and whether the relay said that it was used.
    pub(super) token: Option<String>,
    pub(super) token_used: bool,
    pub(super) walker: Walker,
    /// The last row of the log, as far as the relay told on this connection.
    pub(super) head: Seq,
    pub(super) pull_bytes: u32,
    /// The connection's session, once it has pushed.
    pub(super) course: Option<Course>,
    /// What was pushed on this connection and did not come back by a pull.
    pub(super) sent: HashMap<Hash, Own>,
    /// Whether some document may have changes that the relay lacks.
    pub(super) dirty: bool,
    /// Why the last push got nowhere, and when to try again.
    pub(super) held: Option<(Refusal, Millis)>,
    /// Before that, neither a rotation that is owed nor what was lost is tried again.
    pub(super) decides_at: Millis,
    /// The relay says that this device is not active: what the roster says is to be read.
    pub(super) doubted: bool,
    pub(super) records: Records,
    pub(super) chores: Chores,
    /// The lost row that people know of.
    told_lost: Option<Seq>,
    pub(super) waits: Waits,
    phase: Phase,
}

/// Questions to the device that are not answered yet. They outlive a connection: an answer that
/// comes late is still the answer to its own question.
#[derive(Debug, Default)]
pub(super) struct Waits {
    /// How many batches of rows and new lives are being stored.
    pub(super) storing: usize,
    /// Acknowledgements are being stored.
    pub(super) acks: usize,
    /// Session ids are being stored, in this order.
    pub(super) sessions: VecDeque<SessionId>,
    /// What is to be pushed.
    pub(super) outbox: Asked<Vec<Chunk>>,
    /// A snapshot, if there can be one now.
    pub(super) snapshot: Asked<Option<Snapshot>>,
    /// What this device could vouch for.
    pub(super) vouches: Asked<Vec<Vouch>>,
    /// Whether its own snapshot is whole.
    pub(super) examined: Asked<bool>,
    /// The answer about a session.
    pub(super) recalled: Option<(SessionId, bool)>,
}

impl Member {
    pub(super) fn new(
        place: Place,
        secrets: DeviceSecrets,
        ring: KeyRing,
        origin: String,
        token: Option<String>,
    ) -> Self {
        Self {
            walker: Walker::at(&place),
            place,
            secrets,
            ring,
            origin,
            token,
            token_used: false,
            head: 0,
            pull_bytes: FIRST_PULL,
            course: None,
            sent: HashMap::new(),
            dirty: true,
            held: None,
            decides_at: 0,
            doubted: false,
            records: Records::default(),
            chores: Chores::default(),
            told_lost: None,
            waits: Waits::default(),
            phase: Phase::Away,
        }
    }

    pub(super) fn handle(&mut self, line: &mut Line, cx: &mut Cx<'_>, input: Input) {
        match self.removal() {
            Some(_) => drop(self.answered(line, cx, input)),
            None => self.go_on_with(line, cx, input),
        }
        if let Some(removal) = self.removal() {
            self.end(line, cx, removal);
        }
    }

    /// How this device was removed, by a verified record that is stored.
    pub(super) fn removal(&self) -> Option<Removal> {
        self.place.roster.removal(&self.secrets.device())
    }

    /// Whether the log counts somebody as active whom the team had removed in records that it lost:
    /// until they are removed again, nothing goes out from here.
    pub(super) fn is_parted(&self) -> bool {
        self.walker.roster.as_ref().is_some_and(|roster| self.place.lost.holds_back(roster))
    }

    fn end(&mut self, line: &mut Line, cx: &mut Cx<'_>, removal: Removal) {
        let reason = StopReason::Removed { wipe: removal.wipe, left: removal.left };
        if line.stopped() != Some(&reason) {
            line.end(cx, reason);
            self.disconnected();
            self.phase = Phase::Away;
        }
    }

    fn go_on_with(&mut self, line: &mut Line, cx: &mut Cx<'_>, input: Input) {
        let event = match self.answered(line, cx, input) {
            None => Event::Nudge,
            Some(input) => match line.hear(cx, input) {
                None => return,
                Some(Heard::Lost) => {
                    self.disconnected();
                    self.phase = Phase::Away;
                    return;
                }
                Some(Heard::Ready { nonce, version }) => {
                    self.phase = phase::hello(self, line, nonce, version);
                    return;
                }
                Some(Heard::Event(Event::Nudge)) => Event::Nudge,
                Some(Heard::Event(Event::Frame(frame))) => self.overhear(line, frame),
            },
        };
        let phase = std::mem::take(&mut self.phase);
        self.phase = phase.on(self, line, cx, event);
    }

    /// Takes the device's and the person's inputs, whatever the phase; hands back the line's.
    fn answered(&mut self, line: &mut Line, cx: &mut Cx<'_>, input: Input) -> Option<Input> {
        match input {
            Input::Stored { place } => self.stored(place),
            Input::AckStored => self.waits.acks = self.waits.acks.saturating_sub(1),
            Input::SessionStored => self.session_stored(line, cx),
            Input::SessionRecalled { session, known } => {
                self.waits.recalled = Some((session, known));
            }
            Input::Outbox(chunks) => self.waits.outbox.answered(chunks),
            Input::SnapshotMade(snapshot) => self.waits.snapshot.answered(snapshot),
            Input::Vouches(vouches) => self.waits.vouches.answered(vouches),
            Input::Examined(whole) => self.waits.examined.answered(whole),
            Input::Dirty => self.dirty = true,
            Input::Record(record) => self.records.push(record),
            Input::GoOn => self.go_on(line),
            Input::Opened | Input::Closed | Input::Received(_) | Input::Resumed | Input::Tick => {
                return Some(input);
            }
        }
        None
    }

    fn stored(&mut self, place: Place) {
        self.waits.storing = self.waits.storing.saturating_sub(1);
        let expected = (place.cursor, place.chain) == (self.walker.cursor, self.walker.chain)
            && place.walked == self.walker.walked;
        self.place = place;
        if !expected {
            // Another tab was ahead, and may have passed the records that begin an epoch.
            self.walker = Walker::at(&self.place);
            self.open_keys();
        }
    }

    /// Takes the keys that the place's records hold for this device.
    fn open_keys(&mut self) {
        let Place { roster, records, .. } = &self.place;
        let read = unlock::top_up(&self.secrets, roster, records, &mut self.ring);
        debug_assert!(read.is_ok(), "the records of a place make its roster: {read:?}");
    }

    fn session_stored(&mut self, line: &mut Line, cx: &mut Cx<'_>) {
        let Some(session) = self.waits.sessions.pop_front() else { return };
        self.place.remember_session(session);
        if line.stopped() == Some(&StopReason::AnotherCopy { session }) {
            line.hurry(cx);
        }
    }

    /// The other copy's session counts as one of our own from now on.
    fn go_on(&mut self, line: &mut Line) {
        if let Some(StopReason::AnotherCopy { session }) = line.stopped() {
            let session = *session;
            self.store_session(line, session);
        }
    }

    pub(super) fn store_session(&mut self, line: &mut Line, session: SessionId) {
        self.waits.sessions.push_back(session);
        line.ask(Effect::StoreSession(session));
    }

    /// Takes from a frame what concerns no phase in particular.
    fn overhear(&mut self, line: &mut Line, frame: RelayFrame) -> Event {
        let settled = match &frame {
            RelayFrame::Head { seq } => {
                self.head = self.head.max(*seq);
                return Event::Nudge;
            }
            RelayFrame::Hint { tag, last } => {
                self.head = self.head.max(*last);
                self.chores.hint(*tag, *last);
                return Event::Nudge;
            }
            RelayFrame::Appended { counter: 0, hash, seq } if self.records.settle(hash) => {
                self.head = self.head.max(*seq);
                line.ask(Effect::RecordDone { hash: *hash, outcome: Ok(*seq) });
                hash
            }
            RelayFrame::Refused { hash, reason } if self.records.settle(hash) => {
                line.ask(Effect::RecordDone { hash: *hash, outcome: Err(*reason) });
                hash
            }
            _ => return Event::Frame(frame),
        };
        // A record whose answer was lost may be among those that a restored relay lacks.
        if self.phase.puts_back(settled) { Event::Frame(frame) } else { Event::Nudge }
    }

    /// At the head of the log every stub must have been found again.
    pub(super) fn tell_of_lost(&mut self, line: &mut Line) {
        let lost = self.place.covers.first();
        if lost != self.told_lost
            && let Some(seq) = lost
        {
            line.ask(Effect::Lost { seq });
        }
        self.told_lost = lost;
    }

    /// Sends what the person is waiting for.
    pub(super) fn send_records(&mut self, line: &mut Line) {
        if let Some(frame) = self.records.send() {
            line.send(&frame);
        }
    }

    /// Forgets what belonged to the connection. Whether the last push arrived, nobody knows: the
    /// difference will tell.
    fn disconnected(&mut self) {
        self.head = 0;
        self.pull_bytes = FIRST_PULL;
        self.course = None;
        self.sent.clear();
        self.dirty = true;
        self.held = None;
        self.chores.disconnected();
        self.records.disconnected();
    }

    pub(super) fn retry(&mut self, line: &mut Line, cx: &mut Cx<'_>) -> Phase {
        line.retry(cx);
        self.disconnected();
        Phase::Away
    }

    pub(super) fn drop_for(&mut self, line: &mut Line, cx: &mut Cx<'_>, wait: Millis) -> Phase {
        line.drop_for(cx, wait);
        self.disconnected();
        Phase::Away
    }

    pub(super) fn stop(&mut self, line: &mut Line, cx: &mut Cx<'_>, reason: StopReason) -> Phase {
        line.stop(cx, reason);
        self.disconnected();
        self.doubted = false;
        Phase::Away
    }

    /// The relay says that this device is not active. Whether it was removed, a record must say:
    /// the roster is read over another connection.
    pub(super) fn doubt(&mut self, line: &mut Line, cx: &mut Cx<'_>) -> Phase {
        self.doubted = true;
        self.disconnected();
        line.redial(cx);
        Phase::Away
    }
}
