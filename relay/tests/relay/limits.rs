//! Limits as an operator sets them, at a real port.

use clap::Parser;
use relay::command::{self, Running};
use relay::config::{Command, Config};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn start(options: &[&str]) -> (Running, String) {
    let serve = ["rapport", "serve", "--store", "memory", "--listen", "127.0.0.1:0"];
    let Command::Serve(serve) = Config::parse_from(serve.iter().chain(options)).command else {
        panic!("not serve")
    };
    let running = command::start(&serve).await.unwrap();
    let address = running.local.as_str().replace("http://localhost", "127.0.0.1");
    (running, address)
}

#[tokio::test]
async fn who_finds_no_place_waits_at_the_door_and_comes_in_later() {
    const ASK: &[u8] = b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let (running, address) = start(&["--connections", "1"]).await;
    let mut answer = [0; 12];
    let mut first = TcpStream::connect(&address).await.unwrap();
    first.write_all(ASK).await.unwrap();
    first.read_exact(&mut answer).await.unwrap();

    let mut second = TcpStream::connect(&address).await.unwrap();
    second.write_all(ASK).await.unwrap();
    let mut later = [0; 12];
    let soon = std::time::Duration::from_millis(200);
    let waiting = tokio::time::timeout(soon, second.read_exact(&mut later)).await;
    assert!(waiting.is_err(), "answered beside the first");
    drop(first);
    second.read_exact(&mut later).await.unwrap();
    assert_eq!(&later, b"HTTP/1.1 200");
    drop(second);
    running.stop().await;
}
