//! The relay with a certificate of its own.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use clap::Parser;
use relay::command::{self, CommandError};
use relay::config::{Command, Config};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// A pair for localhost, made for this test and trusted by nobody else.
const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/localhost.pem");
const KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/localhost.key");
/// Another one, as if the first had run out.
const RENEWED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/renewed.pem");
const RENEWED_KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/renewed.key");

async fn start(certificate: &str, key: &str) -> Result<command::Running, CommandError> {
    let relay = ["rapport", "serve", "--store", "memory", "--listen", "127.0.0.1:0"];
    let tls = ["--tls-cert", certificate, "--tls-key", key];
    let args = relay.iter().chain(&tls);
    match Config::parse_from(args).command {
        Command::Serve(serve) => command::start(&serve).await,
        other => panic!("{other:?}"),
    }
}

/// A connection over TLS by somebody who trusts this certificate and no other.
async fn connect(address: &str, trusted: &str) -> Result<TlsStream<TcpStream>, std::io::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(Path::new(trusted)).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let plain = TcpStream::connect(address).await.unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, plain).await
}

const ASK: &[u8] = b"GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn requests_are_answered_over_tls_and_only_so() {
    let relay = start(CERTIFICATE, KEY).await.unwrap();
    let port = relay.local.as_str().strip_prefix("https://localhost:").unwrap().to_owned();
    assert!(relay.link.starts_with(&format!("https://localhost:{port}/#setup=")), "{}", relay.link);
    let address = format!("127.0.0.1:{port}");

    let mut stream = connect(&address, CERTIFICATE).await.unwrap();
    stream.write_all(ASK).await.unwrap();
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
async fn a_renewed_certificate_is_taken_up_and_nobody_is_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    let [chain, key] = ["chain.pem", "key.pem"].map(|name| folder.path().join(name));
    fs::copy(CERTIFICATE, &chain).unwrap();
    fs::copy(KEY, &key).unwrap();
    let relay = start(chain.to_str().unwrap(), key.to_str().unwrap()).await.unwrap();
    let address = relay.local.as_str().replace("https://localhost", "127.0.0.1");
    let mut connected = connect(&address, CERTIFICATE).await.unwrap();

    // Half of a renewal: the old one goes on serving.
    fs::copy(RENEWED, &chain).unwrap();
    relay.renew_certificate();
    connect(&address, CERTIFICATE).await.unwrap();
    fs::copy(RENEWED_KEY, &key).unwrap();
    relay.renew_certificate();
    connect(&address, RENEWED).await.unwrap();
    assert!(connect(&address, CERTIFICATE).await.is_err());

    connected.write_all(ASK).await.unwrap();
    let mut answer = String::new();
    connected.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    relay.stop().await;
}

#[tokio::test]
async fn a_certificate_comes_one_way_and_whole() {
    let folder = tempfile::tempdir().unwrap();
    for (text, expected) in [
        (format!("tls-cert = '{CERTIFICATE}'"), "needs its key"),
        (
            format!("tls-cert = '{CERTIFICATE}'\ntls-key = '{KEY}'\nacme-domain = 'relay.test'"),
            "not both ways",
        ),
    ] {
        let file = folder.path().join("rapport.toml");
        fs::write(&file, format!("{text}\nstore = 'memory'\nlisten = '127.0.0.1:0'\n")).unwrap();
        let args = ["rapport", "--config", file.to_str().unwrap(), "serve"];
        let Command::Serve(serve) = Config::load(args.map(Into::into)).unwrap().command else {
            panic!("not serve")
        };
        let Err(error) = command::start(&serve).await else { panic!("started") };
        assert!(error.to_string().contains(expected), "{error}");
    }
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
