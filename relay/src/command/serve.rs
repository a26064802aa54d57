//! `rapport serve`

use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use sd_notify::NotifyState;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::{CommandError, data};
use crate::clock;
use crate::config::{Serve, StoreKind};
use crate::http::{self, App};
use crate::limits::{RENEWED_WITHIN, WATCHERS};
use crate::log::Quota;
use crate::origin::Origin;
use crate::serve::serve;
use crate::session::Terms;
use crate::socket::Relay;
use crate::store::{Memory, Store};
use crate::tls::{Certificate, TlsError};
use crate::{metrics, tls, token};

/// A relay at work.
pub struct Running {
    /// The relay's address on this machine.
    pub local: Origin,
    /// What a person should open: the app, or the link with the set-up token while the relay holds
    /// no space.
    pub link: String,
    /// Where the figures are, if they are told.
    pub metrics: Option<SocketAddr>,
    certificate: Option<Arc<Certificate>>,
    stop: watch::Sender<bool>,
    serving: Vec<JoinHandle<()>>,
    _lock: Option<File>,
}

/// What a running relay is told from outside.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
}

impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }
}

pub(super) async fn run(config: &Serve, out: &mut (impl Write + Send)) -> Result<(), CommandError> {
    // Before anybody can know that it runs: a signal that nobody listens for ends it on the spot.
    let signals = Signals::listen()?;
    let running = start(config).await?;
    writeln!(out, "listening on {}", running.local)?;
    writeln!(out, "open {}", running.link)?;
    if let Some(address) = running.metrics {
        writeln!(out, "metrics on http://{address}/metrics")?;
    }
    out.flush()?;
    tell_the_service_manager(NotifyState::Ready);
    running.until_told_to_stop(signals).await;
    tracing::info!("stopping");
    tell_the_service_manager(NotifyState::Stopping);
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
    let certificate = match (&config.tls_cert, &config.tls_key) {
        (Some(chain), Some(key)) => Some(Arc::new(Certificate::load(chain, key)?)),
        (None, None) => None,
        _ => return Err(TlsError::Half.into()),
    };
    let limits = config.limits.clone();
    let quota = Quota {
        bytes: limits.space_bytes,
        rows: limits.space_rows,
        objects: limits.object_bytes,
        ..Quota::default()
    };
    let connections = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    let (store, lock): (Arc<dyn Store>, _) = match config.store {
        StoreKind::Memory if config.data.database.is_some() => return Err(CommandError::TwoStores),
        StoreKind::Memory => (Arc::new(Memory::with_quota(clock::wall(), quota)), None),
        StoreKind::Sqlite => data::open_to_serve(&config.data, quota).await?,
    };

    let tls = match (&certificate, config.acme.domains.as_slice()) {
        (Some(_), [_, ..]) => return Err(TlsError::TwoWays.into()),
        (Some(certificate), []) => Some(tls::acceptor(certificate.clone())?),
        (None, []) => None,
        (None, [_, ..]) => {
            let cache = config.acme.cache.clone();
            let cache = cache.unwrap_or_else(|| config.data.folder.join("acme"));
            data::make_folder(&cache)?;
            Some(tls::acceptor(tls::acme::start(&config.acme, &cache)?)?)
        }
    };
    let (listener, address) = listen(config.listen).await?;
    let port = address.port();
    let measuring = match config.metrics {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let local = Origin::localhost(tls.is_some(), port);
    let origins = match (config.public_origins.as_slice(), config.acme.domains.as_slice()) {
        ([], []) => vec![local.clone()],
        ([], domains) => {
            let named = domains.iter().map(|name| format!("https://{name}").parse());
            named.collect::<Result<_, _>>()?
        }
        (named, _) => named.to_vec(),
    };
    let link = link(&*store, origins.first().unwrap_or(&local)).await?;

    let (stop, stopped) = watch::channel(false);
    let terms = Terms::new(origins).with_open_registration(config.open_registration);
    let terms = terms.with_limits(limits);
    let relay = Relay::new(store, terms, config.app_origins.clone(), stopped.clone());
    let mut serving = Vec::new();
    let mut told_on = None;
    if let Some((listener, address)) = measuring {
        let page = metrics::router(relay.clone());
        serving.push(tokio::spawn(serve(listener, None, page, WATCHERS, stopped.clone())));
        told_on = Some(address);
    }
    let router = http::router(relay, app.clone(), tls.is_some());
    // Minutes of work for nobody, if all files come with a compressed form.
    std::thread::spawn(move || app.squeeze());
    serving.push(tokio::spawn(serve(listener, tls, router, connections, stopped)));
    Ok(Running { local, link, metrics: told_on, certificate, stop, serving, _lock: lock })
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), CommandError> {
    let taken = |source| CommandError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(taken)?;
    let local = listener.local_addr().map_err(taken)?;
    Ok((listener, local))
}

impl Running {
    /// Waits for Ctrl-C, or for the word of whoever runs the services of this machine. Meanwhile a
    /// certificate that was renewed is taken up: at SIGHUP at once, else within [`RENEWED_WITHIN`].
    async fn until_told_to_stop(&self, mut signals: Signals) {
        loop {
            tokio::select! {
                _ = signals.terminate.recv() => return,
                _ = signals.interrupt.recv() => return,
                _ = signals.hang_up.recv() => self.renew_certificate(),
                () = sleep(RENEWED_WITHIN) => self.renew_certificate(),
            }
        }
    }

    /// Reads the files of the certificate again, if it is from files.
    pub fn renew_certificate(&self) {
        let Some(certificate) = &self.certificate else { return };
        match certificate.reload() {
            Ok(true) => tracing::info!("the certificate was renewed"),
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "the certificate from before goes on serving"),
        }
    }

    /// Tells all sockets that the relay stops, and waits until they have closed and everything is
    /// written.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        for serving in self.serving {
            let _ = serving.await;
        }
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

/// Nothing happens where nobody asked to be told (`Type=notify` of systemd).
fn tell_the_service_manager(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "the service manager cannot be told");
    }
}
