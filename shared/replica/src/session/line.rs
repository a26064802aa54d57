//! The line to the relay: sockets, timers, attempts, and what people see of them.

use std::mem;

use wire::{ClientFrame, CloseReason, Millis, PROTOCOL, RelayFrame};

use super::backoff::{Backoff, up_to};
use super::heartbeat::{Beat, Heartbeat};
use super::{Cx, Effect, Input, LinkState, StopReason};

/// From dialling to being connected, at most.
const HANDSHAKE: Millis = 20_000;

/// After a stop, the relay is looked at again after this long: an operator may have mended it.
const STOPPED: Millis = 60_000;

/// A restarting relay is given this long, at most; the wait is random.
const RESTART: Millis = 3_000;

#[derive(Debug)]
pub(super) struct Line {
    socket: Socket,
    backoff: Backoff,
    /// When a phase wants to be nudged.
    alarm: Option<Millis>,
    /// The moment last asked for.
    wake: Option<Millis>,
    shown: Option<LinkState>,
    stopped: Option<StopReason>,
    offline_since: Option<Millis>,
    out: Vec<Effect>,
}

#[derive(Debug)]
enum Socket {
    /// None, until that moment.
    Waiting { until: Millis },
    /// Asked for, or open without a hello.
    Opening { until: Millis },
    /// The relay said hello, the device is not connected yet.
    Greeted { until: Millis },
    /// Connected.
    Open { heartbeat: Heartbeat },
    /// None, for good.
    Shut,
}

/// What the line made of an input.
#[derive(Debug)]
pub(super) enum Heard {
    /// The relay said hello: say who you are, in this version of the conversation.
    Ready { nonce: [u8; 32], version: u8 },
    /// The connection is gone; the line tries again by itself.
    Lost,
    /// See [`Event`].
    Event(Event),
}

/// What a phase is told.
#[derive(Debug)]
pub(super) enum Event {
    /// The relay said this.
    Frame(RelayFrame),
    /// Something else changed: look again at what is to be done.
    Nudge,
}

impl Line {
    pub(super) fn new() -> Self {
        Self {
            socket: Socket::Waiting { until: 0 },
            backoff: Backoff::default(),
            alarm: None,
            wake: None,
            shown: None,
            stopped: None,
            offline_since: None,
            out: Vec::new(),
        }
    }

    /// Takes what concerns sockets and time.
    pub(super) fn hear(&mut self, cx: &mut Cx<'_>, input: Input) -> Option<Heard> {
        match input {
            Input::Closed => self.closed(cx),
            Input::Received(message) => self.received(cx, &message),
            Input::Resumed => self.resumed(cx),
            Input::Tick => self.tick(cx),
            _ => None,
        }
    }

    fn closed(&mut self, cx: &mut Cx<'_>) -> Option<Heard> {
        if let Socket::Waiting { .. } | Socket::Shut = self.socket {
            return None;
        }
        let wait = self.backoff.next(cx);
        self.wait(cx, wait);
        Some(Heard::Lost)
    }

    fn received(&mut self, cx: &mut Cx<'_>, message: &[u8]) -> Option<Heard> {
        if let Socket::Waiting { .. } | Socket::Shut = self.socket {
            return None;
        }
        let Ok(frame) = RelayFrame::decode(message) else {
            self.retry(cx);
            return Some(Heard::Lost);
        };
        match (&mut self.socket, frame) {
            (_, RelayFrame::Closing { why }) => Some(self.sent_away(cx, why)),
            (Socket::Opening { until }, RelayFrame::Hello { versions, nonce }) => {
                let until = *until;
                Some(match common_version(versions) {
                    Some(version) => {
                        self.socket = Socket::Greeted { until };
                        Heard::Ready { nonce, version }
                    }
                    None => {
                        self.stop(cx, StopReason::Update);
                        Heard::Lost
                    }
                })
            }
            (Socket::Opening { .. } | Socket::Waiting { .. } | Socket::Shut, _) => {
                self.retry(cx);
                Some(Heard::Lost)
            }
            (Socket::Greeted { .. }, frame) => Some(Heard::Event(Event::Frame(frame))),
            (Socket::Open { heartbeat }, frame) => {
                heartbeat.heard(cx.now);
                match frame {
                    RelayFrame::Pong { .. } | RelayFrame::Hello { .. } => None,
                    frame => Some(Heard::Event(Event::Frame(frame))),
                }
            }
        }
    }

    fn sent_away(&mut self, cx: &mut Cx<'_>, why: CloseReason) -> Heard {
        match why {
            CloseReason::Restarting => {
                let wait = up_to(cx, RESTART);
                self.drop_for(cx, wait);
            }
            CloseReason::Replaced => {
                let wait = self.backoff.longest(cx);
                self.drop_for(cx, wait);
            }
            // The greeting will tell what became of this device.
            CloseReason::NotActive
            | CloseReason::TooSlow
            | CloseReason::Protocol
            | CloseReason::Idle => self.retry(cx),
        }
        Heard::Lost
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Option<Heard> {
        match &mut self.socket {
            Socket::Waiting { .. } => {
                self.connect(cx);
                None
            }
            Socket::Opening { .. } | Socket::Greeted { .. } | Socket::Shut => None,
            Socket::Open { heartbeat } => {
                let beat = heartbeat.resumed(cx.now);
                self.beat(cx, beat)
            }
        }
    }

    fn tick(&mut self, cx: &mut Cx<'_>) -> Option<Heard> {
        self.wake = None;
        let heard = match &mut self.socket {
            Socket::Waiting { until } if cx.now >= *until => {
                self.connect(cx);
                None
            }
            Socket::Opening { until } | Socket::Greeted { until } if cx.now >= *until => {
                self.retry(cx);
                Some(Heard::Lost)
            }
            Socket::Open { heartbeat } => {
                let beat = heartbeat.tick(cx.now);
                self.beat(cx, beat)
            }
            Socket::Waiting { .. }
            | Socket::Opening { .. }
            | Socket::Greeted { .. }
            | Socket::Shut => None,
        };
        if heard.is_none() && self.alarm.is_some_and(|at| cx.now >= at) {
            self.alarm = None;
            return Some(Heard::Event(Event::Nudge));
        }
        heard
    }

    fn beat(&mut self, cx: &mut Cx<'_>, beat: Beat) -> Option<Heard> {
        match beat {
            Beat::Fine => None,
            Beat::Ping(n) => {
                self.send(&ClientFrame::Ping { n });
                None
            }
            Beat::Dead => {
                self.retry(cx);
                Some(Heard::Lost)
            }
        }
    }

    fn connect(&mut self, cx: &mut Cx<'_>) {
        self.socket = Socket::Opening { until: cx.now.saturating_add(HANDSHAKE) };
        self.offline_since.get_or_insert(cx.now);
        self.out.push(Effect::Connect);
        if self.backoff.is_first() {
            self.show(LinkState::Connecting);
        }
    }

    /// Dials now if it was waiting for a better moment.
    pub(super) fn hurry(&mut self, cx: &mut Cx<'_>) {
        if let Socket::Waiting { .. } = self.socket {
            self.connect(cx);
        }
    }

    /// Drops the socket, if there is one, and dials again.
    pub(super) fn redial(&mut self, cx: &mut Cx<'_>) {
        self.out.push(Effect::Disconnect);
        self.connect(cx);
    }

    /// The relay knows who we are.
    pub(super) fn established(&mut self, cx: &Cx<'_>) {
        self.socket = Socket::Open { heartbeat: Heartbeat::new(cx.now) };
    }

    /// Drops the socket and tries again after a while.
    pub(super) fn retry(&mut self, cx: &mut Cx<'_>) {
        let wait = self.backoff.next(cx);
        self.drop_for(cx, wait);
    }

    /// Drops the socket for that long.
    pub(super) fn drop_for(&mut self, cx: &mut Cx<'_>, wait: Millis) {
        self.out.push(Effect::Disconnect);
        self.wait(cx, wait);
    }

    /// Drops the socket, shows why, and looks again much later.
    pub(super) fn stop(&mut self, cx: &mut Cx<'_>, reason: StopReason) {
        self.out.push(Effect::Disconnect);
        self.socket = Socket::Waiting { until: cx.now.saturating_add(STOPPED) };
        self.alarm = None;
        self.offline_since.get_or_insert(cx.now);
        self.stopped = Some(reason.clone());
        self.show(LinkState::Stopped(reason));
    }

    /// Drops the socket, shows why, and never looks again.
    pub(super) fn end(&mut self, cx: &mut Cx<'_>, reason: StopReason) {
        self.stop(cx, reason);
        self.socket = Socket::Shut;
    }

    fn wait(&mut self, cx: &mut Cx<'_>, wait: Millis) {
        self.socket = Socket::Waiting { until: cx.now.saturating_add(wait) };
        self.alarm = None;
        let since = *self.offline_since.get_or_insert(cx.now);
        self.show(LinkState::Offline { since });
    }

    /// Everything that others did is here: whatever was wrong is over.
    pub(super) fn live(&mut self, state: LinkState) {
        self.stopped = None;
        self.offline_since = None;
        self.backoff.reset();
        self.show(state);
    }

    /// Tells people, if it is news. Attempts to go on after a stop are no news.
    pub(super) fn show(&mut self, state: LinkState) {
        let hidden = self.stopped.is_some() && !matches!(state, LinkState::Stopped(_));
        if !hidden && self.shown.as_ref() != Some(&state) {
            self.shown = Some(state.clone());
            self.out.push(Effect::Show(state));
        }
    }

    pub(super) fn shown(&self) -> Option<&LinkState> {
        self.shown.as_ref()
    }

    pub(super) fn stopped(&self) -> Option<&StopReason> {
        self.stopped.as_ref()
    }

    pub(super) fn send(&mut self, frame: &ClientFrame) {
        self.out.push(Effect::Send(frame.encode()));
    }

    pub(super) fn ask(&mut self, effect: Effect) {
        self.out.push(effect);
    }

    /// Asks for a nudge at that moment, in place of an earlier wish.
    pub(super) fn alarm(&mut self, at: Option<Millis>) {
        self.alarm = at;
    }

    /// The effects of this step, with the next moment to be woken at.
    pub(super) fn effects(&mut self) -> Vec<Effect> {
        let deadline = match &self.socket {
            Socket::Waiting { until } | Socket::Opening { until } | Socket::Greeted { until } => {
                Some(*until)
            }
            Socket::Open { heartbeat } => Some(heartbeat.deadline()),
            Socket::Shut => None,
        };
        let at = deadline.map(|deadline| self.alarm.map_or(deadline, |alarm| alarm.min(deadline)));
        if let Some(at) = at.filter(|at| self.wake != Some(*at)) {
            self.wake = Some(at);
            self.out.push(Effect::Wake { at });
        }
        mem::take(&mut self.out)
    }
}

fn common_version((lowest, highest): (u8, u8)) -> Option<u8> {
    let version = highest.min(*PROTOCOL.end());
    (version >= lowest && PROTOCOL.contains(&version)).then_some(version)
}
