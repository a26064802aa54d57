//! The relay with a certificate of its own.

use std::path::Path;
use std::sync::Arc;

use clap::Parser;
use relay::command::{self, CommandError};
use relay::config::{Command, Config};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// A pair for localhost, made for this test and trusted by nobody else.
const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/localhost.pem");
const KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/localhost.key");

async fn start(certificate: &str, key: &str) -> Result<command::Running, CommandError> {
    let relay = ["rapport", "serve", "--store", "memory", "--listen", "127.0.0.1:0"];
    let tls = ["--tls-cert", certificate, "--tls-key", key];
    let args = relay.iter().chain(&tls);
    match Config::parse_from(args).command {
        Command::Serve(serve) => command::start(&serve).await,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn requests_are_answered_over_tls_and_only_so() {
    let relay = start(CERTIFICATE, KEY).await.unwrap();
    let port = relay.local.as_str().strip_prefix("https://localhost:").unwrap().to_owned();
    assert!(relay.link.starts_with(&format!("https://localhost:{port}/#setup=")), "{}", relay.link);
    let address = format!("127.0.0.1:{port}");

    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(Path::new(CERTIFICATE)).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let plain = TcpStream::connect(&address).await.unwrap();
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, plain).await.unwrap();
    stream
        .write_all(b"GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("ok\n"), "{answer}");
    // A promise to use TLS only would hold for every port of localhost.
    assert!(!answer.contains("strict-transport-security"), "{answer}");
    assert!(answer.contains(&format!("connect-src 'self' wss://localhost:{port};")), "{answer}");

    let mut plain = TcpStream::connect(&address).await.unwrap();
    plain.write_all(b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP"));
    relay.stop().await;
}

#[tokio::test]
async fn a_certificate_that_is_none_is_named() {
    for (certificate, key, expected) in [
        ("/nowhere.pem", KEY, "/nowhere.pem"),
        (CERTIFICATE, CERTIFICATE, "localhost.pem"),
        (CERTIFICATE, "/nowhere.key", "/nowhere.key"),
    ] {
        let Err(error) = start(certificate, key).await else { panic!("started") };
        assert!(error.to_string().contains(expected), "{error}");
    }
}
