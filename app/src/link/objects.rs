//! A socket of its own for attachments.
//!
//! It is opened while there is something to carry, and closed after that. Whoever carries asks for one piece at a time, so what
//! waits in the socket is bounded by that.

use device::transfer::Line;
use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_util::{
    StreamExt,
    future::{Either, select},
    pin_mut,
};

use super::inbox::SocketEvent;
use super::socket::Socket;
use crate::platform::{address, timer};

/// How long one answer may take, milliseconds: a piece goes out on the slowest line that is of use.
const PATIENCE_MS: u32 = 60_000;

/// One connection to the relay.
#[derive(Debug)]
pub struct ObjectLine {
    socket: Socket,
    events: UnboundedReceiver<SocketEvent>,
}

impl ObjectLine {
    /// Dials the relay at this origin; `None` if it does not answer.
    pub async fn dial(origin: &str) -> Option<Self> {
        let (sender, events) = unbounded();
        let tell = move |event| {
            // Nobody listens any more: the line is being dropped.
            let _ = sender.unbounded_send(event);
        };
        let socket = Socket::dial(&address::sync_url(origin)?, tell)?;
        let mut line = Self { socket, events };
        (line.event().await? == SocketEvent::Opened).then_some(line)
    }

    async fn event(&mut self) -> Option<SocketEvent> {
        let next = self.events.next();
        let late = timer::sleep(PATIENCE_MS);
        pin_mut!(next, late);
        match select(next, late).await {
            Either::Left((event, _)) => event,
            Either::Right(_) => None,
        }
    }
}

impl Line for ObjectLine {
    async fn send(&mut self, message: Vec<u8>) {
        self.socket.send(&message);
    }

    async fn receive(&mut self) -> Option<Vec<u8>> {
        loop {
            match self.event().await? {
                SocketEvent::Message(message) => return Some(message),
                SocketEvent::Closed => return None,
                SocketEvent::Opened => {}
            }
        }
    }
}
