//! One WebSocket.

use gloo::events::EventListener;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, MessageEvent, WebSocket};

use super::inbox::SocketEvent;

/// A socket to the relay. Dropping it closes it; nothing more is reported then.
#[derive(Debug)]
pub(super) struct Socket {
    raw: WebSocket,
    _listeners: [EventListener; 3],
}

impl Socket {
    /// Dials. `None` if the browser refuses the address outright; otherwise `Opened` or `Closed` is told.
    pub(super) fn dial(url: &str, tell: impl Fn(SocketEvent) + Clone + 'static) -> Option<Self> {
        let raw = WebSocket::new(url).ok()?;
        raw.set_binary_type(BinaryType::Arraybuffer);
        let opened = {
            let tell = tell.clone();
            EventListener::new(&raw, "open", move |_| tell(SocketEvent::Opened))
        };
        let message = {
            let tell = tell.clone();
            EventListener::new(&raw, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                match data.and_then(|data| data.dyn_into::<ArrayBuffer>().ok()) {
                    Some(buffer) => tell(SocketEvent::Message(Uint8Array::new(&buffer).to_vec())),
                    // The protocol knows no text; an empty message is refused where all frames are judged.
                    None => tell(SocketEvent::Message(Vec::new())),
                }
            })
        };
        // An `error` tells nothing and is always followed by `close`.
        let closed = EventListener::new(&raw, "close", move |_| tell(SocketEvent::Closed));
        Some(Self { raw, _listeners: [opened, message, closed] })
    }

    /// Sends one binary message. On a socket that is closing it goes nowhere; `Closed` follows and the engine starts anew.
    pub(super) fn send(&self, message: &[u8]) {
        let _ = self.raw.send_with_u8_array(message);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.raw.close();
    }
}
