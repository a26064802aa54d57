//! `rapport serve`

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{CommandError, data};
use crate::clock;
use crate::config::{Serve, StoreKind};
use crate::http::{self, App};
use crate::origin::Origin;
use crate::serve::serve;
use crate::session::Terms;
use crate::socket::Relay;
use crate::store::{Memory, Store};
use crate::{tls, token};

/// A relay at work.
pub struct Running {
    /// The relay's address on this machine.
    pub local: Origin,
    /// What a person should open: the app, or the link with the set-up token while the relay holds
    /// no space.
    pub link: String,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    _lock: Option<File>,
}

pub(super) async fn run(config: &Serve, out: &mut (impl Write + Send)) -> Result<(), CommandError> {
    let running = start(config).await?;
    writeln!(out, "listening on {}", running.local)?;
    writeln!(out, "open {}", running.link)?;
    out.flush()?;
    told_to_stop().await?;
    tracing::info!("stopping");
    running.stop().await;
    Ok(())
}

/// Starts a relay. It is listening when this returns.
///
/// # Errors
/// [`CommandError`] if it cannot be started.
pub async fn start(config: &Serve) -> Result<Running, CommandError> {
    let app = Arc::new(match &config.app {
        Some(folder) => App::load(folder)?,
        None => App::embedded(),
    });
    let tls = match (&config.tls_cert, &config.tls_key) {
        (Some(certificate), Some(key)) => Some(tls::acceptor(certificate, key)?),
        _ => None,
    };
    let (store, lock): (Arc<dyn Store>, _) = match config.store {
        StoreKind::Memory => (Arc::new(Memory::new(clock::wall())), None),
        StoreKind::Sqlite => data::open_to_serve(&config.data).await?,
    };

    let taken = |source| CommandError::Listen { address: config.listen, source };
    let listener = TcpListener::bind(config.listen).await.map_err(taken)?;
    let port = listener.local_addr().map_err(taken)?.port();
    let local = Origin::localhost(tls.is_some(), port);
    let origins = match config.public_origins.as_slice() {
        [] => vec![local.clone()],
        named => named.to_vec(),
    };
    let link = link(&*store, origins.first().unwrap_or(&local)).await?;

    let (stop, stopped) = watch::channel(false);
    let terms = Terms::new(origins).with_open_registration(config.open_registration);
    let relay = Relay::new(store, terms, config.app_origins.clone(), stopped.clone());
    let router = http::router(relay, app.clone(), tls.is_some());
    // Minutes of work for nobody, if all files come with a compressed form.
    std::thread::spawn(move || app.squeeze());
    let serving = tokio::spawn(serve(listener, tls, router, stopped));
    Ok(Running { local, link, stop, serving, _lock: lock })
}

impl Running {
    /// Tells all sockets that the relay stops, and waits until they have closed and everything is
    /// written.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        let _ = self.serving.await;
    }
}

/// What a person should open.
async fn link(store: &dyn Store, origin: &Origin) -> Result<String, CommandError> {
    if !store.spaces().await?.is_empty() {
        return Ok(format!("{origin}/"));
    }
    let token = token::make(&mut clock::randomness());
    store.put_token(token::digest(&token), clock::now(), true).await?;
    Ok(token::link(origin, &token))
}

/// Waits for Ctrl-C, or for the word of whoever runs the services of this machine.
async fn told_to_stop() -> Result<(), CommandError> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
