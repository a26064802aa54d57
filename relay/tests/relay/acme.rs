//! Certificates from an authority, which is Debian's `pebble` on this machine: the test server of
//! Let's Encrypt. `cargo xtask test` runs this where pebble is.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command as Program, Stdio};
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use relay::command;
use relay::config::{Command, Config};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/localhost.pem");
const KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/localhost.key");
const NAME: &str = "relay.test";

/// A program that is killed when the test is over.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn run(program: &mut Program) -> Running {
    let quiet = program.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    Running(quiet.spawn().expect("pebble is installed"))
}

/// Ports that nobody had a moment ago, all different.
fn free_ports<const N: usize>() -> [u16; N] {
    let listeners = [(); N].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

/// What is answered to a request over TLS by a server with that name whom `root` vouches for.
async fn ask(port: u16, name: &str, path: &str, root: &[u8]) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(root) {
        roots.add(certificate.unwrap()).unwrap();
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let server = ServerName::try_from(name.to_owned()).unwrap();
    let plain = TcpStream::connect(("127.0.0.1", port)).await?;
    let mut stream = TlsConnector::from(Arc::new(config)).connect(server, plain).await?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: {name}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer.split_once("\r\n\r\n").map_or(answer.clone(), |(_, body)| body.to_owned()))
}

/// The same once it succeeds, within a minute.
async fn ask_until(port: u16, name: &str, path: &str, root: &[u8]) -> String {
    let begun = Instant::now();
    loop {
        match ask(port, name, path, root).await {
            Ok(answer) => return answer,
            Err(error) if begun.elapsed() > Duration::from_secs(60) => panic!("{name}: {error}"),
            Err(_) => sleep(Duration::from_millis(100)).await,
        }
    }
}

#[tokio::test]
#[ignore = "needs pebble; `cargo xtask test` runs it where that is"]
async fn a_certificate_is_got_from_an_authority_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let [directory, management, names, unused, port] = free_ports();
    let settings = serde_json::json!({ "pebble": {
        "listenAddress": format!("127.0.0.1:{directory}"),
        "managementListenAddress": format!("127.0.0.1:{management}"),
        "certificate": CERTIFICATE,
        "privateKey": KEY,
        "httpPort": 1,
        "tlsPort": port,
        "ocspResponderURL": "",
        "externalAccountBindingRequired": false,
    }});
    let file = folder.path().join("pebble.json");
    fs::write(&file, settings.to_string()).unwrap();
    // Every name is this machine.
    let _names = run(Program::new("pebble-challtestsrv")
        .args(["-defaultIPv6", "", "-http01", "", "-https01", "", "-tlsalpn01", ""])
        .args(["-dns01", &format!("127.0.0.1:{names}")])
        .args(["-management", &format!("127.0.0.1:{unused}")]));
    let authority = run(Program::new("pebble")
        .arg("-config")
        .arg(&file)
        .args(["-dnsserver", &format!("127.0.0.1:{names}")])
        .envs([("PEBBLE_VA_NOSLEEP", "1"), ("PEBBLE_WFE_NONCEREJECT", "0")]));
    let trusted = fs::read(CERTIFICATE).unwrap();
    let root = ask_until(management, "localhost", "/roots/0", &trusted).await;

    let data = folder.path().join("data");
    let serve = || {
        let directory = format!("https://localhost:{directory}/dir");
        let listen = format!("127.0.0.1:{port}");
        let args = ["rapport", "serve", "--listen", &listen, "--data", data.to_str().unwrap()];
        let acme = ["--acme-domain", NAME, "--acme-contact", "anna@northwind.example"];
        let from = ["--acme-directory", &directory, "--acme-root", CERTIFICATE];
        match Config::parse_from(args.iter().chain(&acme).chain(&from)).command {
            Command::Serve(serve) => serve,
            other => panic!("{other:?}"),
        }
    };
    let relay = command::start(&serve()).await.unwrap();
    assert!(relay.link.starts_with("https://relay.test/#setup="), "{}", relay.link);
    assert_eq!(ask_until(port, NAME, "/health", root.as_bytes()).await, "ok\n");
    relay.stop().await;

    // The next start needs no authority, and nobody else may read what is kept.
    drop(authority);
    let relay = command::start(&serve()).await.unwrap();
    assert_eq!(ask_until(port, NAME, "/health", root.as_bytes()).await, "ok\n");
    relay.stop().await;
    assert_private(&data.join("acme"));
}

fn assert_private(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
}
