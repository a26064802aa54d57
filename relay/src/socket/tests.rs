//! Silence, with a clock that stands still until everybody waits.

use futures_util::{SinkExt, StreamExt};
use tokio::io::DuplexStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;
use wire::{ClientFrame, CloseReason, RelayFrame};

use super::*;
use crate::store::conformance::Person;
use crate::store::{Founding, Log as _, Memory};

const ORIGIN: &str = "http://localhost:7117";

fn relay(store: Memory) -> (Relay, watch::Sender<bool>) {
    relay_within(store, crate::config::Limits::default())
}

fn relay_within(store: Memory, limits: crate::config::Limits) -> (Relay, watch::Sender<bool>) {
    let (stop, stopped) = watch::channel(false);
    let terms = Terms::new(vec![ORIGIN.parse().unwrap()]).with_limits(limits);
    (Relay::new(Arc::new(store), terms, Vec::new(), stopped), stop)
}

/// A relay with one space, and the far end of a connection to it.
async fn connection() -> (WebSocketStream<DuplexStream>, watch::Sender<bool>, Memory) {
    let store = Memory::new(clock::wall());
    let (record, roster) = Person::named("Ada").founds();
    let log = wire::LogId([7; 16]);
    store.found(Founding { token: None, record, roster, log }).await.unwrap();
    let (relay, stop) = relay(store.clone());
    let (near, far) = tokio::io::duplex(64 << 10);
    tokio::spawn(async move { Talk::new(relay, Line::new(near).await).run().await });
    (WebSocketStream::from_raw_socket(far, Role::Client, None).await, stop, store)
}

async fn heard(socket: &mut WebSocketStream<DuplexStream>) -> Option<RelayFrame> {
    match socket.next().await? {
        Ok(Message::Binary(bytes)) => Some(RelayFrame::decode(&bytes).unwrap()),
        Ok(Message::Close(_)) | Err(_) => None,
        other => panic!("{other:?}"),
    }
}

async fn say(socket: &mut WebSocketStream<DuplexStream>, frame: &ClientFrame) {
    socket.send(Message::Binary(frame.encode().into())).await.unwrap();
}

async fn introduce(socket: &mut WebSocketStream<DuplexStream>) {
    let Some(RelayFrame::Hello { nonce, .. }) = heard(socket).await else { panic!("no hello") };
    let ada = Person::named("Ada");
    say(socket, &ada.connects(&nonce, ada.founds().1.space(), ORIGIN, false, None)).await;
    let connected = heard(socket).await;
    assert!(matches!(connected, Some(RelayFrame::Connected { head: 1, .. })), "{connected:?}");
}

#[tokio::test(start_paused = true)]
async fn who_never_says_who_they_are_is_closed() {
    let (mut socket, _stop, _) = connection().await;
    let begun = Instant::now();
    assert!(matches!(heard(&mut socket).await, Some(RelayFrame::Hello { .. })));
    let closing = RelayFrame::Closing { why: CloseReason::Idle };
    assert_eq!(heard(&mut socket).await, Some(closing));
    assert_eq!(begun.elapsed().as_secs(), CONNECT_WITHIN.as_secs());
    assert_eq!(heard(&mut socket).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_living_socket_may_be_silent_for_hours() {
    let (mut socket, _stop, _) = connection().await;
    introduce(&mut socket).await;
    let begun = Instant::now();
    // Reading is what answers the pings, here as in a browser.
    while begun.elapsed() < Duration::from_secs(3 * 3600) {
        assert!(matches!(socket.next().await, Some(Ok(Message::Ping(_)))));
    }
    say(&mut socket, &ClientFrame::Ping { n: 3 }).await;
    loop {
        match socket.next().await.unwrap().unwrap() {
            Message::Ping(_) => {}
            message => {
                let pong = RelayFrame::decode(&message.into_data()).unwrap();
                return assert_eq!(pong, RelayFrame::Pong { n: 3 });
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_dead_socket_is_noticed() {
    let (mut socket, _stop, _) = connection().await;
    introduce(&mut socket).await;
    // The tablet sleeps: no ping is answered, yet nothing is closed either.
    let begun = Instant::now();
    let mut stream = socket.into_inner();
    let mut bytes = Vec::new();
    tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut bytes).await.unwrap();
    let silence = PING_AFTER + PONG_WITHIN;
    assert!(begun.elapsed() >= silence && begun.elapsed() < silence + Duration::from_secs(5));
}

#[test]
fn an_address_gets_so_many_sockets_and_gets_them_back() {
    let (relay, _stop) = relay(Memory::new(clock::wall()));
    let admit =
        |address: &str, now| Addresses::admit(&relay.0, Some(address.parse().unwrap()), now);
    let seats: Vec<_> = (0..700).map_while(|_| admit("192.0.2.1", 1_000)).collect();
    assert_eq!(seats.len(), 600);
    assert!(admit("192.0.2.2", 1_000).is_some());
    assert!(admit("127.0.0.1", 1_000).is_some());
    assert!(admit("192.0.2.1", 1_000).is_none());
    drop(seats);
    assert!(admit("192.0.2.1", 90_000).is_some());
}

#[tokio::test(start_paused = true)]
async fn what_finds_no_room_is_answered_later() {
    let limits = crate::config::Limits { work_bytes: 1 << 10, ..Default::default() };
    let (relay, _stop) = relay_within(Memory::new(clock::wall()), limits);
    // Others have all of the room.
    let elsewhere = relay.clone();
    let others = elsewhere.0.work.begin(1 << 10).await;
    let (near, far) = tokio::io::duplex(64 << 10);
    tokio::spawn(async move { Talk::new(relay, Line::new(near).await).run().await });
    let mut socket = WebSocketStream::from_raw_socket(far, Role::Client, None).await;
    assert!(matches!(heard(&mut socket).await, Some(RelayFrame::Hello { .. })));
    say(&mut socket, &ClientFrame::Ping { n: 1 }).await;
    assert!(timeout(Duration::from_secs(10), heard(&mut socket)).await.is_err());
    drop(others);
    assert_eq!(heard(&mut socket).await, Some(RelayFrame::Pong { n: 1 }));
}

#[test]
fn an_operator_says_how_many_sockets_an_address_gets() {
    let limits = crate::config::Limits { address_sockets: 2, ..Default::default() };
    let (relay, _stop) = relay_within(Memory::new(clock::wall()), limits);
    let admit = || Addresses::admit(&relay.0, Some("192.0.2.1".parse().unwrap()), 1_000);
    let seats: Vec<_> = (0..9).map_while(|_| admit()).collect();
    assert_eq!(seats.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_device_that_is_too_fast_is_slowed_down_and_not_refused() {
    let store = Memory::new(clock::wall());
    let (record, roster) = Person::named("Ada").founds();
    let log = wire::LogId([7; 16]);
    store.found(Founding { token: None, record, roster, log }).await.unwrap();
    let limits = crate::config::Limits { device_frames: 1, ..Default::default() };
    let (relay, _stop) = relay_within(store, limits);
    let (near, far) = tokio::io::duplex(64 << 10);
    tokio::spawn(async move { Talk::new(relay, Line::new(near).await).run().await });
    let mut socket = WebSocketStream::from_raw_socket(far, Role::Client, None).await;
    introduce(&mut socket).await;
    let begun = Instant::now();
    // Ten are within what it may be ahead by. The rest waits longer and longer, since the wall's
    // clock, by which a pace is kept, stands still meanwhile.
    for n in 1..=30 {
        say(&mut socket, &ClientFrame::Ping { n }).await;
        assert_eq!(heard(&mut socket).await, Some(RelayFrame::Pong { n }));
    }
    assert!(begun.elapsed().as_secs() >= 15, "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_stop_is_said_to_everybody() {
    let (mut socket, stop, _) = connection().await;
    introduce(&mut socket).await;
    stop.send(true).unwrap();
    let closing = RelayFrame::Closing { why: CloseReason::Restarting };
    assert_eq!(heard(&mut socket).await, Some(closing));
    assert_eq!(heard(&mut socket).await, None);
}

#[tokio::test(start_paused = true)]
async fn who_appends_is_answered_first_and_told_of_the_new_head_then() {
    let (mut socket, _stop, store) = connection().await;
    introduce(&mut socket).await;
    let (ada, space) = (Person::named("Ada"), Person::named("Ada").founds().1.space());
    let standing = store.pull(space, 0, 0).await.unwrap().unwrap().standing;
    for counter in 1..=2 {
        let header = ada.header(&standing, wire::SessionId([1; 16]), counter);
        let envelope = ada.seals(&header, b"a change").bytes().to_vec();
        say(&mut socket, &ClientFrame::Append { envelope }).await;
        let appended = heard(&mut socket).await;
        let seq = counter + 1;
        assert!(
            matches!(appended, Some(RelayFrame::Appended { seq: at, .. }) if at == seq),
            "{appended:?}"
        );
        assert_eq!(heard(&mut socket).await, Some(RelayFrame::Head { seq }));
    }
    // Once each.
    say(&mut socket, &ClientFrame::Ping { n: 3 }).await;
    assert_eq!(heard(&mut socket).await, Some(RelayFrame::Pong { n: 3 }));
}
