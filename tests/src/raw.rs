//! A connection that says whatever it is told to, also what no app would say.

use futures_util::{SinkExt, StreamExt};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use wire::{ClientFrame, RelayFrame};

use crate::colleague::{Socket, connect};
use crate::deadline::PATIENCE;
use crate::relay::Relay;

/// A socket to a relay that has said hello.
#[derive(Debug)]
pub struct Raw {
    socket: Socket,
    nonce: [u8; 32],
}

impl Raw {
    /// Opens a socket and hears the hello.
    ///
    /// # Panics
    /// If the relay does not greet.
    pub async fn connect(relay: &Relay) -> Self {
        let socket = connect(&relay.url()).await.expect("a socket");
        let mut raw = Self { socket, nonce: [0; 32] };
        match raw.hear().await {
            Some(RelayFrame::Hello { nonce, .. }) => raw.nonce = nonce,
            other => panic!("no hello but {other:?}"),
        }
        raw
    }

    /// What a device signs to connect here.
    #[must_use]
    pub fn nonce(&self) -> &[u8; 32] {
        &self.nonce
    }

    /// Sends bytes as one message. A relay that has closed does not hear them.
    pub async fn send(&mut self, bytes: Vec<u8>) {
        let _ = self.socket.send(Message::Binary(bytes.into())).await;
    }

    /// Sends a frame, and gives the relay's answer to it.
    pub async fn say(&mut self, frame: &ClientFrame) -> Option<RelayFrame> {
        self.send(frame.encode()).await;
        self.hear().await
    }

    /// The next frame that is neither a wake-up nor a hint; `None` once the relay has closed.
    ///
    /// # Panics
    /// If the relay says nothing, or what is no frame.
    pub async fn hear(&mut self) -> Option<RelayFrame> {
        loop {
            let message = timeout(PATIENCE, self.socket.next()).await.expect("an answer");
            match message? {
                Ok(Message::Binary(bytes)) => match RelayFrame::decode(&bytes).expect("a frame") {
                    RelayFrame::Head { .. } | RelayFrame::Hint { .. } => {}
                    frame => return Some(frame),
                },
                Ok(Message::Ping(_) | Message::Pong(_)) => {}
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(other) => panic!("not a frame: {other:?}"),
            }
        }
    }
}
