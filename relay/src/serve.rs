//! The port: takes connections until it is told to stop, and then lets them end well.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;
use tracing::Instrument as _;

use crate::limits::{HANDSHAKE_WITHIN, HEAD_WITHIN, STOP_WITHIN};
use crate::tls::acme::CHALLENGE;

/// Whoever is at the other end of a connection; with each request, in its extensions.
pub struct Guest {
    /// Where they come from.
    pub address: SocketAddr,
    /// Their number since the relay started; it stands in each line that is logged about them.
    pub number: u64,
    /// Given back when the connection, upgraded or not, is over.
    _place: OwnedSemaphorePermit,
}

/// Serves at most so many connections at once until `stop` becomes true, then for as long as connections need to end, but not longer
/// than [`STOP_WITHIN`].
pub async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    connections: u32,
    mut stop: watch::Receiver<bool>,
) {
    let mut number = 0;
    let places = Arc::new(Semaphore::new(connections as usize));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let (stream, address) = tokio::select! {
            taken = listener.accept() => match taken {
                Ok(taken) => taken,
                Err(error) => {
                    // Out of file handles, most likely. Those who leave give some back.
                    tracing::warn!(%error, "cannot take a connection");
                    sleep(std::time::Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = stopped(&mut stop) => break,
        };
        number += 1;
        let guest = Arc::new(Guest { address, number, _place: place });
        let welcome = welcome(stream, tls.clone(), router.clone(), guest, stop.clone());
        tokio::spawn(welcome.instrument(tracing::info_span!("connection", number)));
    }
    drop(listener);
    if timeout(STOP_WITHIN, places.acquire_many(connections)).await.is_err() {
        tracing::warn!("some connections did not end in time");
    }
}

async fn welcome(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    router: Router,
    guest: Arc<Guest>,
    stop: watch::Receiver<bool>,
) {
    // Frames are small and waited for.
    let _ = stream.set_nodelay(true);
    match tls {
        None => converse(stream, router, guest, stop).await,
        Some(tls) => {
            let Ok(Ok(stream)) = timeout(HANDSHAKE_WITHIN, tls.accept(stream)).await else {
                return;
            };
            // An authority looks at the certificate of the handshake, and at nothing else.
            if stream.get_ref().1.alpn_protocol() != Some(CHALLENGE) {
                converse(stream, router, guest, stop).await;
            }
        }
    }
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    router: Router,
    guest: Arc<Guest>,
    mut stop: watch::Receiver<bool>,
) {
    let service = service_fn(|mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(guest.clone());
        router.clone().oneshot(request.map(Body::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(16 << 10)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopped(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}

/// Waits until the relay is to stop. One that nobody can stop any more is.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
