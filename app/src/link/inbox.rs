//! What waits for the engine while it is busy with the storage.

use std::cell::Cell;
use std::rc::Rc;

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;

/// More waits only if the relay floods us: it sends at most one answer to a pull, and one line for each
/// thing that is new. Then the socket is given up and the session begins again from its cursor.
const MAX_WAITING: usize = 1024;

/// One thing that happened outside of the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// Something happened to a socket, by its number.
    Socket(u64, SocketEvent),
    /// The browser refused to dial at all.
    Refused,
    /// A timer fired, by its number.
    Timer(u64),
    /// The page is back; the socket may be dead without having said so.
    Resumed,
    /// Something is stored that the relay may not have.
    Dirty,
    /// A roster record to append.
    Record(Vec<u8>),
    /// The person goes on although another copy of this profile exists.
    GoOn,
}

/// What a socket reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SocketEvent {
    /// It is open.
    Opened,
    /// One binary message.
    Message(Vec<u8>),
    /// It is closed, or never opened.
    Closed,
}

#[derive(Debug, Default)]
struct Waiting {
    count: Cell<usize>,
    dirty: Cell<bool>,
    overrun: Cell<bool>,
}

/// The way in.
#[derive(Clone, Debug)]
pub(super) struct Inbox {
    sender: UnboundedSender<Event>,
    waiting: Rc<Waiting>,
}

/// The way out.
#[derive(Debug)]
pub(super) struct Outlet {
    receiver: UnboundedReceiver<Event>,
    waiting: Rc<Waiting>,
}

impl Inbox {
    pub(super) fn new() -> (Self, Outlet) {
        let (sender, receiver) = unbounded();
        let waiting = Rc::new(Waiting::default());
        (Self { sender, waiting: waiting.clone() }, Outlet { receiver, waiting })
    }

    /// Puts an event in; `false` if nobody will take it out.
    pub(super) fn push(&self, event: Event) -> bool {
        let waiting = &self.waiting;
        match event {
            // One look at the storage answers all that came before it.
            Event::Dirty if waiting.dirty.replace(true) => return !self.sender.is_closed(),
            Event::Socket(..) if waiting.count.get() >= MAX_WAITING => {
                waiting.overrun.set(true);
                return !self.sender.is_closed();
            }
            _ => {}
        }
        waiting.count.set(waiting.count.get() + 1);
        self.sender.unbounded_send(event).is_ok()
    }
}

impl Outlet {
    /// The next event; `None` once every way in is gone.
    pub(super) async fn next(&mut self) -> Option<Event> {
        let event = self.receiver.next().await?;
        self.waiting.count.set(self.waiting.count.get().saturating_sub(1));
        if event == Event::Dirty {
            self.waiting.dirty.set(false);
        }
        Some(event)
    }

    /// Whether messages had to be dropped since the last call: the socket is of no use any more.
    pub(super) fn was_overrun(&self) -> bool {
        self.waiting.overrun.replace(false)
    }
}
