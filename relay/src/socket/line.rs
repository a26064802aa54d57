//! A WebSocket with bounded everything.

use axum::body::Bytes;
use futures_util::{FutureExt, SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Duration, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::error::Error;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use wire::limits::MAX_FRAME;

use crate::limits::{
    BATCH_BYTES, BATCH_FRAMES, DRAIN_WITHIN, SOCKET_GATHER, SOCKET_PIECE, SOCKET_READ_BUFFER,
};

/// One socket.
pub(super) struct Line<S>(WebSocketStream<S>);

/// What came in.
pub(super) enum Heard {
    /// Messages that were there together, one at least.
    Frames(Vec<Bytes>),
    /// A ping or pong: the other side lives.
    Sign,
    /// A message over the limit. What follows cannot be read.
    TooLarge,
    /// The socket is closed or broken.
    End,
}

/// The other side does not take what it is sent, or is gone.
pub(super) struct Gone;

/// How long the other side has to say goodbye.
const FAREWELL: Duration = Duration::from_secs(2);

impl<S: AsyncRead + AsyncWrite + Unpin> Line<S> {
    pub(super) async fn new(stream: S) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(SOCKET_READ_BUFFER)
            .write_buffer_size(SOCKET_GATHER)
            .max_write_buffer_size(MAX_FRAME)
            .max_message_size(Some(MAX_FRAME))
            .max_frame_size(Some(MAX_FRAME));
        Self(WebSocketStream::from_raw_socket(stream, Role::Server, Some(config)).await)
    }

    /// Waits for something to come in. Nothing is lost if the future is dropped.
    pub(super) async fn hear(&mut self) -> Heard {
        let first = match read(self.0.next().await) {
            Ok(frame) => frame,
            Err(heard) => return heard,
        };
        let mut size = first.len();
        let mut frames = vec![first];
        while frames.len() < BATCH_FRAMES && size < BATCH_BYTES {
            let Some(next) = self.0.next().now_or_never() else { break };
            match read(next) {
                Ok(frame) => {
                    size += frame.len();
                    frames.push(frame);
                }
                Err(Heard::Sign) => {}
                // Heard again, and in earnest, after what came before it is answered.
                Err(_) => break,
            }
        }
        Heard::Frames(frames)
    }

    /// Sends messages, in order. Small ones leave together: most of what a small one costs, here and at
    /// the other side, is that it leaves.
    pub(super) async fn send(&mut self, messages: Vec<Vec<u8>>) -> Result<(), Gone> {
        for message in messages {
            drained(timeout(DRAIN_WITHIN, self.feed(message)).await)?;
        }
        drained(timeout(DRAIN_WITHIN, self.0.flush()).await)
    }

    /// Hands in a message, in pieces: the socket's buffer stays as large as the largest thing it ever
    /// held, and a connection that once pulled a mebibyte would keep one.
    async fn feed(&mut self, message: Vec<u8>) -> Result<(), Error> {
        let mut rest = Bytes::from(message);
        let mut code = OpCode::Data(Data::Binary);
        while rest.len() > SOCKET_PIECE {
            let piece = rest.split_to(SOCKET_PIECE);
            self.0.feed(Message::Frame(Frame::message(piece, code, false))).await?;
            code = OpCode::Data(Data::Continue);
        }
        self.0.feed(Message::Frame(Frame::message(rest, code, true))).await
    }

    /// Asks the other side for a sign of life. Browsers give it without asking the page.
    pub(super) async fn ping(&mut self) -> Result<(), Gone> {
        drained(timeout(DRAIN_WITHIN, self.0.send(Message::Ping(Bytes::new()))).await)
    }

    /// Says goodbye and waits a moment for the answer: a socket closed over unread bytes takes what
    /// was sent last with it.
    pub(super) async fn close(mut self) {
        let farewell = async {
            if self.0.close(None).await.is_ok() {
                while let Some(Ok(_)) = self.0.next().await {}
            }
        };
        let _ = timeout(FAREWELL, farewell).await;
    }
}

fn read(message: Option<Result<Message, Error>>) -> Result<Bytes, Heard> {
    match message {
        Some(Ok(Message::Binary(bytes))) => Ok(bytes),
        // No frame of ours is text: empty bytes are refused as what they are.
        Some(Ok(Message::Text(_))) => Ok(Bytes::new()),
        Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Err(Heard::Sign),
        Some(Err(Error::Capacity(_))) => Err(Heard::TooLarge),
        Some(Ok(Message::Close(_)) | Err(_)) | None => Err(Heard::End),
    }
}

fn drained<E>(sent: Result<Result<(), Error>, E>) -> Result<(), Gone> {
    match sent {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(Gone),
        Err(_) => {
            tracing::info!("a reader does not drain");
            Err(Gone)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use tokio::io::{DuplexStream, ReadBuf};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_large_message_arrives_whole() {
        let (near, far) = tokio::io::duplex(1 << 10);
        let mut line = Line::new(near).await;
        let mut other = WebSocketStream::from_raw_socket(far, Role::Client, None).await;
        let message: Vec<u8> = (0..100_000_u32).map(|n| n as u8).collect();
        let (sent, heard) = tokio::join!(line.send(vec![message.clone()]), other.next());
        assert!(sent.is_ok());
        assert_eq!(heard.unwrap().unwrap().into_data(), message);
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_that_does_not_drain_is_given_up() {
        let (near, _far) = tokio::io::duplex(1 << 10);
        let mut line = Line::new(near).await;
        let before = tokio::time::Instant::now();
        assert!(line.send(vec![vec![0; 1 << 20]]).await.is_err());
        assert_eq!(before.elapsed().as_secs(), DRAIN_WITHIN.as_secs());
    }

    #[tokio::test]
    async fn what_is_sent_together_leaves_together_and_in_order() {
        let (near, far) = tokio::io::duplex(1 << 20);
        let mut line = Line::new(Counted { stream: near, writes: 0 }).await;
        let mut other = WebSocketStream::from_raw_socket(far, Role::Client, None).await;
        // As many acknowledgements as one batch has.
        let messages: Vec<_> = (0..BATCH_FRAMES).map(|number| vec![number as u8; 50]).collect();
        assert!(line.send(messages.clone()).await.is_ok());
        assert_eq!(line.0.get_ref().writes, 1);
        for message in messages {
            assert_eq!(other.next().await.unwrap().unwrap().into_data(), message);
        }
    }

    /// A stream that counts how often it is written to.
    struct Counted {
        stream: DuplexStream,
        writes: usize,
    }

    impl AsyncRead for Counted {
        fn poll_read(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            Pin::new(&mut self.stream).poll_read(context, buffer)
        }
    }

    impl AsyncWrite for Counted {
        fn poll_write(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            self.writes += 1;
            Pin::new(&mut self.stream).poll_write(context, bytes)
        }

        fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
            Pin::new(&mut self.stream).poll_flush(context)
        }

        fn poll_shutdown(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<io::Result<()>> {
            Pin::new(&mut self.stream).poll_shutdown(context)
        }
    }

    #[tokio::test]
    async fn messages_that_wait_come_together_up_to_a_batch() {
        let (near, far) = tokio::io::duplex(1 << 20);
        let mut line = Line::new(near).await;
        let mut other = WebSocketStream::from_raw_socket(far, Role::Client, None).await;
        for number in 0..=BATCH_FRAMES {
            other.send(Message::Binary(Bytes::from(vec![number as u8]))).await.unwrap();
        }
        for expected in [BATCH_FRAMES, 1] {
            let Heard::Frames(frames) = line.hear().await else { panic!("not frames") };
            assert_eq!(frames.len(), expected);
        }
        other.send(Message::Text("words".into())).await.unwrap();
        let Heard::Frames(frames) = line.hear().await else { panic!("not frames") };
        assert_eq!(frames, [Bytes::new()]);
    }
}
