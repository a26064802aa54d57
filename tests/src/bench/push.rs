//! From one person's saved edit to the other person's device, through the relay.
//!
//! The floor is what no relay can do without: a message of the same size there and back over a
//! WebSocket, and one durable write of it.

use std::fs::File;
use std::io::Write;

use futures_util::{SinkExt, StreamExt};
use handbook::Moment;
use handbook::records::{Channel, Function, Touchpoint};
use tokio::net::TcpListener;
use tokio::task::LocalSet;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{accept_async, connect_async};

use super::{Figure, Measure, Stopwatch, median};
use crate::colleague::{Colleague, now_ms};
use crate::relay::Relay;

/// Edits that are measured, and before them some that are not.
const ROUNDS: usize = 300;
const WARM_UP: usize = 30;
/// Bytes of a sealed touchpoint with its header.
const MESSAGE: usize = 1024;

/// Measures both in turn.
///
/// # Panics
/// If the relay does not play along.
pub async fn measure() -> Measure {
    let relay = Relay::bare(&[]);
    let floor = echo().await + durable_write(relay.data());
    let pushed = LocalSet::new().run_until(Box::pin(push(&relay))).await;
    Measure { name: "push to peer", figure: Figure::Milliseconds(pushed), floor: Some(floor) }
}

async fn push(relay: &Relay) -> f64 {
    let mut anna = Colleague::found(relay, "Northwind", "Anna").await;
    let client = anna.add_client("Harbour Foods").await;
    anna.sync().await;
    let invitation = anna.invite().await;
    let mut bruno = Colleague::join(&invitation, "Bruno").await;
    anna.sync().await;
    let mut times = Vec::new();
    for round in 0..ROUNDS + WARM_UP {
        anna.log(client, vec![talk(round)]).await;
        let before = bruno.heard();
        let stopwatch = Stopwatch::start();
        let sent = async {
            anna.push().await;
        };
        let arrived = async {
            bruno.hear_beyond(before).await;
            stopwatch.milliseconds()
        };
        let ((), time) = tokio::join!(sent, arrived);
        if round >= WARM_UP {
            times.push(time);
        }
    }
    median(times)
}

fn talk(round: usize) -> Touchpoint {
    let ms = i64::try_from(now_ms()).unwrap_or_default();
    Touchpoint {
        at: Some(Moment { ms, offset_min: 60 }),
        function: Some(Function::Delivery),
        channel: Some(Channel::Call),
        subject: format!("Call number {round} about the late delivery"),
        notes: "Greta wants to know by Friday which of the three lots is on its way.".into(),
        ..Touchpoint::default()
    }
}

async fn echo() -> f64 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("ws://{}", listener.local_addr().expect("bound"));
    let server = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a connection");
        stream.set_nodelay(true).expect("an open socket");
        let mut socket = accept_async(stream).await.expect("a handshake");
        while let Some(Ok(message)) = socket.next().await {
            if message.is_binary() {
                socket.send(message).await.expect("an open socket");
            }
        }
    });
    let (mut socket, _) = connect_async(&address).await.expect("a handshake");
    let mut times = Vec::new();
    for round in 0..ROUNDS + WARM_UP {
        let stopwatch = Stopwatch::start();
        socket.send(Message::Binary(vec![7; MESSAGE].into())).await.expect("an open socket");
        let _ = socket.next().await;
        if round >= WARM_UP {
            times.push(stopwatch.milliseconds());
        }
    }
    drop(socket);
    server.abort();
    median(times)
}

fn durable_write(folder: &std::path::Path) -> f64 {
    let mut file = File::create(folder.join("floor")).expect("a file");
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let stopwatch = Stopwatch::start();
        file.write_all(&[7; MESSAGE]).and_then(|()| file.sync_data()).expect("a disk");
        times.push(stopwatch.milliseconds());
    }
    median(times)
}
