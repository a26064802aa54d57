//! The session of a device that comes in by an invite or by the recovery kit, until its record is in
//! the log.
//!
//! With the invite's or the kit's key one may read the roster and the hashes of all other rows, which
//! is enough to make sure that this is the log which was meant: it must contain the link's row
//! with its chain (a kit's sheet names none), and the roster head of the link or the sheet. Then the
//! newcomer appends its `join` or `link-device` and comes back as a member's device.

mod asking;
mod door;
mod greeting;
mod reading;
mod settling;

use wire::Seq;

use super::line::{Event, Heard, Line};
use super::member::Member;
use super::walk::Walker;
use super::{Cx, Input, StopReason};
use crate::{DeviceSecrets, Place};

pub(super) use door::Door;

/// What a newcomer knows, whatever the phase.
pub(super) struct Newcomer {
    door: Door,
    secrets: DeviceSecrets,
    /// The invite is used, perhaps by ourselves: then the device's own key opens the door.
    as_device: bool,
    walker: Walker,
    /// The roster's records, verbatim.
    records: Vec<Vec<u8>>,
    /// Whether the door's row was found with its chain; `None` before it was reached.
    found: Option<bool>,
    /// Whether another life began at or below that row: then its chain says nothing.
    restored: bool,
    head: Seq,
    phase: Phase,
}

#[derive(Default)]
enum Phase {
    /// Not connected.
    #[default]
    Away,
    Greeting(greeting::Greeting),
    Reading(reading::Reading),
    Asking(asking::Asking),
    Settling(settling::Settling),
    /// The device has stored everything.
    Done(Box<Member>),
}

impl Newcomer {
    pub(super) fn new(door: Door, secrets: DeviceSecrets) -> Self {
        Self {
            walker: Walker::at_start(door.space),
            door,
            secrets,
            as_device: false,
            records: Vec::new(),
            found: None,
            restored: false,
            head: 0,
            phase: Phase::Away,
        }
    }

    /// The session of the member that the newcomer has become, once it has.
    pub(super) fn handle(
        &mut self,
        line: &mut Line,
        cx: &mut Cx<'_>,
        input: Input,
    ) -> Option<Member> {
        let phase = std::mem::take(&mut self.phase);
        self.phase = match input {
            Input::Stored { place } => self.stored(phase, line, cx, place),
            input => match line.hear(cx, input) {
                None => phase,
                Some(Heard::Lost) => phase.lost(self),
                Some(Heard::Ready { nonce, version }) => {
                    greeting::begin(self, line, &nonce, version)
                }
                Some(Heard::Event(event)) => phase.on(self, line, cx, event),
            },
        };
        match std::mem::take(&mut self.phase) {
            Phase::Done(member) => Some(*member),
            phase => {
                self.phase = phase;
                None
            }
        }
    }

    fn stored(&self, phase: Phase, line: &mut Line, cx: &mut Cx<'_>, place: Place) -> Phase {
        match phase {
            Phase::Settling(settling) => settling.stored(self, line, cx, place),
            phase => phase,
        }
    }

    /// Begins at the first row again.
    fn forget(&mut self) {
        self.walker = Walker::at_start(self.door.space);
        self.records.clear();
        self.found = None;
        self.restored = false;
        self.head = 0;
    }

    fn retry(&mut self, line: &mut Line, cx: &mut Cx<'_>) -> Phase {
        line.retry(cx);
        self.forget();
        Phase::Away
    }

    fn stop(&mut self, line: &mut Line, cx: &mut Cx<'_>, reason: StopReason) -> Phase {
        line.stop(cx, reason);
        self.forget();
        Phase::Away
    }

    /// The invite has been used: perhaps by this very device, whose answer was lost.
    fn come_as_device(&mut self, line: &mut Line, cx: &mut Cx<'_>) -> Phase {
        self.as_device = true;
        self.forget();
        line.redial(cx);
        Phase::Away
    }
}

impl Phase {
    fn on(self, newcomer: &mut Newcomer, line: &mut Line, cx: &mut Cx<'_>, event: Event) -> Self {
        let frame = match event {
            Event::Nudge => return self,
            Event::Frame(frame) => frame,
        };
        match self {
            Self::Greeting(phase) => phase.on(newcomer, line, cx, frame),
            Self::Reading(phase) => phase.on(newcomer, line, cx, frame),
            Self::Asking(phase) => phase.on(newcomer, line, cx, frame),
            Self::Away | Self::Settling(_) | Self::Done(_) => self,
        }
    }

    /// The connection is gone. What is being stored is being stored all the same.
    fn lost(self, newcomer: &mut Newcomer) -> Self {
        match self {
            Self::Settling(_) => self,
            _ => {
                newcomer.forget();
                Self::Away
            }
        }
    }
}
