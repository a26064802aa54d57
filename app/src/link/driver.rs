//! The hands of the engine: socket and timer.

use device::storage::{Storage, Vault};
use device::sync::{Engine, LinkAction, LinkEvent};
use gloo::timers::callback::Timeout;

use super::inbox::{Event, Outlet, SocketEvent};
use super::notice::Notice;
use super::socket::Socket;
use super::{Hub, News};
use crate::platform::{clock, log};
use crate::texts::error::Told;

/// What is driven: the engine, or a script in tests.
pub(super) trait Core {
    /// See `Engine::step`.
    async fn step(&mut self, now: u64, offset_min: i16, event: LinkEvent) -> Vec<LinkAction>;
}

impl<S: Storage, V: Vault> Core for Engine<S, V> {
    async fn step(&mut self, now: u64, offset_min: i16, event: LinkEvent) -> Vec<LinkAction> {
        Self::step(self, now, offset_min, event).await
    }
}

/// Feeds the core with what happens and does what it asks, until the inbox is gone.
pub(super) async fn drive(core: &mut impl Core, hub: &Hub, mut outlet: Outlet, url: &str) {
    let mut hands = Hands { hub, url, socket: None, timer: None, made: 0 };
    while let Some(event) = outlet.next().await {
        if outlet.was_overrun() && hands.socket.take().is_some() {
            log::note("link: the relay sent more than can be taken");
            hands.act_all(step(core, LinkEvent::Closed).await);
        }
        if let Some(event) = hands.admit(event) {
            hands.act_all(step(core, event).await);
        }
    }
}

async fn step(core: &mut impl Core, event: LinkEvent) -> Vec<LinkAction> {
    let now = clock::now();
    core.step(now, clock::offset_minutes(now), event).await
}

struct Hands<'a> {
    hub: &'a Hub,
    url: &'a str,
    /// The current socket and its number. What others still report is old news.
    socket: Option<(u64, Socket)>,
    /// The timer that counts, by its number.
    timer: Option<(u64, Timeout)>,
    /// How many sockets and timers there were: the source of their numbers.
    made: u64,
}

impl Hands<'_> {
    /// What the core should hear of an event; `None` if it comes from a socket or timer that was given up.
    fn admit(&mut self, event: Event) -> Option<LinkEvent> {
        match event {
            Event::Socket(number, what) => {
                if self.socket.as_ref().is_none_or(|(current, _)| *current != number) {
                    return None;
                }
                Some(match what {
                    SocketEvent::Opened => LinkEvent::Opened,
                    SocketEvent::Message(message) => LinkEvent::Message(message),
                    SocketEvent::Closed => {
                        self.socket = None;
                        LinkEvent::Closed
                    }
                })
            }
            Event::Timer(number) => {
                self.timer.take_if(|(current, _)| *current == number).map(|_| LinkEvent::Timer)
            }
            Event::Refused => Some(LinkEvent::Closed),
            Event::Resumed => Some(LinkEvent::Resumed),
            Event::Dirty => Some(LinkEvent::Dirty),
            Event::Record(record) => Some(LinkEvent::Record(record)),
            Event::GoOn => Some(LinkEvent::GoOn),
        }
    }

    fn act_all(&mut self, actions: Vec<LinkAction>) {
        for action in actions {
            self.act(action);
        }
    }

    fn act(&mut self, action: LinkAction) {
        match action {
            LinkAction::Connect => self.connect(),
            LinkAction::Send(message) => {
                if let Some((_, socket)) = &self.socket {
                    socket.send(&message);
                }
            }
            LinkAction::Close => self.socket = None,
            LinkAction::Timer(at) => self.set_timer(at),
            LinkAction::Show(state) => {
                log::note(&format!("link: {state:?}"));
                self.hub.show(state);
            }
            LinkAction::Changed(changed) => {
                self.hub.spread(&changed);
                self.hub.tell(News::Changed(changed));
            }
            LinkAction::Skipped(seq, skipped) => {
                log::note(&format!("link: row {seq}: {}", skipped.reason));
                self.hub.tell(News::Skipped(seq, skipped));
            }
            LinkAction::RecordDone { hash, outcome } => {
                self.hub.channel.tell(&Notice::RecordDone { hash, outcome });
                self.hub.record_done(hash, outcome);
            }
            LinkAction::Failed(error) => {
                log::note(&format!("link: {error}"));
                self.hub.tell(News::Failed(error.told()));
            }
        }
    }

    fn connect(&mut self) {
        let number = self.number();
        let Some(inbox) = self.hub.inbox.borrow().clone() else { return };
        let tell = {
            let inbox = inbox.clone();
            move |what| {
                inbox.push(Event::Socket(number, what));
            }
        };
        // An old socket is dropped, and so closed, before its place is taken.
        self.socket = None;
        self.socket = Socket::dial(self.url, tell).map(|socket| (number, socket));
        if self.socket.is_none() {
            log::note("link: the browser refused the relay's address");
            inbox.push(Event::Refused);
        }
    }

    /// `at` is in milliseconds since 1970; what lies in the past fires at the next turn.
    fn set_timer(&mut self, at: u64) {
        let number = self.number();
        let Some(inbox) = self.hub.inbox.borrow().clone() else { return };
        let wait = u32::try_from(at.saturating_sub(clock::now())).unwrap_or(u32::MAX);
        // Browsers take a longer wait than 2^31 ms for none at all.
        let wait = wait.min(i32::MAX as u32);
        let timeout = Timeout::new(wait, move || {
            inbox.push(Event::Timer(number));
        });
        self.timer = Some((number, timeout));
    }

    fn number(&mut self) -> u64 {
        self.made += 1;
        self.made
    }
}
