//! The WebSocket: moves frames between a browser and its [`Session`].
//!
//! One task a connection and no queue: it does not read on while a slow reader has not taken the
//! last answer, and a reader that takes too long is closed and comes back by its cursor. Live news
//! and catching up are the same path, since news only says that there is something to pull.

mod addresses;
mod line;
#[cfg(test)]
mod tests;
mod work;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper_util::rt::TokioIo;
use rand_core::Rng;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tracing::{Instrument as _, Span};
use wire::{CloseReason, Hash, Seq, SpaceId};

use crate::clock;
use crate::limits::{CONNECT_WITHIN, PING_AFTER, PONG_WITHIN};
use crate::metrics::{Measured, Metrics, name};
use crate::origin::Origin;
use crate::serve::{Guest, stopped};
use crate::session::{Session, Terms};
use crate::store::{DropError, Store, StoreError, Totals};
use addresses::Addresses;
use line::{Heard, Line};
use work::Work;

/// What every connection needs. Cheap to clone.
#[derive(Clone)]
pub struct Relay(Arc<Shared>);

struct Shared {
    store: Arc<dyn Store>,
    terms: Arc<Terms>,
    app_origins: Vec<Origin>,
    addresses: Addresses,
    work: Work,
    metrics: Arc<Metrics>,
    stop: watch::Receiver<bool>,
}

impl Relay {
    /// A relay on this store and under these terms. `app_origins` are origins besides the relay's own
    /// whose pages may connect; when `stop` becomes true, all sockets are closed.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        terms: Terms,
        app_origins: Vec<Origin>,
        stop: watch::Receiver<bool>,
    ) -> Self {
        let metrics = Arc::new(Metrics::new(clock::now()));
        let store = Arc::new(Measured::new(store, metrics.clone()));
        let work = Work::new(terms.limits().work_bytes);
        let (terms, addresses) = (Arc::new(terms), Addresses::default());
        Self(Arc::new(Shared { store, terms, app_origins, addresses, work, metrics, stop }))
    }

    /// The figures of all connections.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// What the store holds.
    ///
    /// # Errors
    /// [`StoreError`] if it does not answer.
    pub async fn totals(&self) -> Result<Totals, StoreError> {
        self.0.store.totals().await
    }

    /// Bytes of frames that are in work.
    #[must_use]
    pub fn work_bytes(&self) -> u64 {
        self.0.work.taken()
    }

    /// The terms of all connections.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.0.terms
    }

    /// Whether the relay can do its work now.
    ///
    /// # Errors
    /// What keeps it from that.
    pub async fn ready(&self) -> Result<(), StoreError> {
        if *self.0.stop.borrow() {
            return Err(StoreError::Failed("the relay stops".to_owned()));
        }
        let late = |_| StoreError::Failed("the store does not answer".to_owned());
        timeout(Duration::from_secs(5), self.0.store.ready()).await.unwrap_or_else(|e| Err(late(e)))
    }

    /// Leaves an answer in a drop.
    pub(crate) async fn fill_drop(
        &self,
        space: SpaceId,
        token: Hash,
        sealed: Vec<u8>,
    ) -> Result<(), DropError> {
        self.0.store.fill_drop(space, token, sealed, clock::now()).await
    }

    /// The right of an address to one request; `None` if it asks too fast.
    pub(crate) fn seat(&self, address: Option<std::net::IpAddr>) -> Option<addresses::Seat> {
        Addresses::admit(&self.0, address, clock::now())
    }

    /// Whether a page of the origin that the browser names may connect. What is no browser names
    /// none; who it is, is proved later and in another way.
    pub(crate) fn welcomes(&self, asked: &HeaderMap) -> bool {
        let Some(origin) = asked.get(header::ORIGIN) else { return true };
        let known = self.0.terms.origins().iter().chain(&self.0.app_origins);
        known.map(Origin::as_str).any(|known| origin == known)
    }
}

/// Turns a request into a WebSocket.
pub async fn open(State(relay): State<Relay>, mut request: Request) -> Response {
    if !relay.welcomes(request.headers()) {
        relay.metrics().turned_away("origin");
        return (StatusCode::FORBIDDEN, "This page does not belong to the relay.\n")
            .into_response();
    }
    let Some(accept) = accept(request.headers()) else {
        let upgrade = [(header::UPGRADE, "websocket"), (header::SEC_WEBSOCKET_VERSION, "13")];
        return (StatusCode::UPGRADE_REQUIRED, upgrade, "A WebSocket is expected.\n")
            .into_response();
    };
    let guest = request.extensions().get::<Arc<Guest>>().cloned();
    let address = guest.as_ref().map(|guest| guest.address.ip());
    let Some(seat) = Addresses::admit(&relay.0, address, clock::now()) else {
        relay.metrics().turned_away("address");
        return (StatusCode::TOO_MANY_REQUESTS, "Too many connections.\n").into_response();
    };
    let upgrade = hyper::upgrade::on(&mut request);
    let talking = async move {
        if let Ok(upgraded) = upgrade.await {
            Talk::new(relay, Line::new(TokioIo::new(upgraded)).await).run().await;
        }
        drop((seat, guest));
    };
    tokio::spawn(talking.instrument(Span::current()));
    let headers = [
        (header::CONNECTION, HeaderValue::from_static("upgrade")),
        (header::UPGRADE, HeaderValue::from_static("websocket")),
        (header::SEC_WEBSOCKET_ACCEPT, accept),
    ];
    (StatusCode::SWITCHING_PROTOCOLS, headers).into_response()
}

/// The answer to the browser's key, if it asks for a WebSocket at all.
fn accept(asked: &HeaderMap) -> Option<HeaderValue> {
    let says = |name, word: &str| {
        let value = asked.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        value.is_some_and(|value| {
            value.split(',').any(|item| item.trim().eq_ignore_ascii_case(word))
        })
    };
    let wanted = says(header::UPGRADE, "websocket")
        && says(header::CONNECTION, "upgrade")
        && says(header::SEC_WEBSOCKET_VERSION, "13");
    let key = asked.get(header::SEC_WEBSOCKET_KEY).filter(|_| wanted)?;
    HeaderValue::from_str(&derive_accept_key(key.as_bytes())).ok()
}

/// One connection at work.
struct Talk<S> {
    relay: Relay,
    line: Line<S>,
    session: Session,
    news: Option<watch::Receiver<Seq>>,
    stop: watch::Receiver<bool>,
    opened: Instant,
    heard: Instant,
    pinged: Option<Instant>,
}

/// What a connection waits for.
enum Event {
    Heard(Heard),
    News(Seq),
    Quiet,
    Stop,
}

/// Why a connection ends.
enum End {
    /// The relay ends it, and says why.
    Close(CloseReason),
    /// The same, and the last frame is sent already.
    Closed(CloseReason),
    /// The other side is gone, or does not read what it is sent.
    Gone,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Talk<S> {
    fn new(relay: Relay, line: Line<S>) -> Self {
        let mut nonce = [0; 32];
        clock::randomness().fill_bytes(&mut nonce);
        let session = Session::new(nonce, relay.0.terms.clone());
        let (now, stop) = (Instant::now(), relay.0.stop.clone());
        Self { relay, line, session, news: None, stop, opened: now, heard: now, pinged: None }
    }

    async fn run(mut self) {
        let relay = self.relay.clone();
        let _open = relay.metrics().connection();
        let end = match self.send(self.session.hello()).await {
            Ok(()) => self.converse().await,
            Err(end) => end,
        };
        let why = match end {
            End::Close(why) => {
                let _ = self.send(Session::closing(why)).await;
                Some(why)
            }
            End::Closed(why) => Some(why),
            End::Gone => None,
        };
        relay.metrics().closed(why);
        tracing::info!(why = %why.map_or_else(|| "gone".to_owned(), |why| name(&why)), "closed");
        self.line.close().await;
    }

    async fn converse(&mut self) -> End {
        loop {
            let step = match self.event().await {
                Event::Heard(heard) => self.hear(heard).await,
                Event::News(head) => match self.session.wake(head) {
                    Some(frame) => self.send(frame).await,
                    None => Ok(()),
                },
                Event::Quiet => self.quiet().await,
                Event::Stop => Err(End::Close(CloseReason::Restarting)),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn send(&mut self, frame: Vec<u8>) -> Result<(), End> {
        self.send_all(vec![frame]).await
    }

    async fn send_all(&mut self, frames: Vec<Vec<u8>>) -> Result<(), End> {
        self.relay.metrics().sent(frames.iter().map(Vec::len).sum());
        self.line.send(frames).await.map_err(|_| End::Gone)
    }

    async fn event(&mut self) -> Event {
        let deadline = self.deadline();
        tokio::select! {
            heard = self.line.hear() => Event::Heard(heard),
            head = news(&mut self.news) => Event::News(head),
            () = sleep_until(deadline) => Event::Quiet,
            () = stopped(&mut self.stop) => Event::Stop,
        }
    }

    fn deadline(&self) -> Instant {
        match self.pinged {
            _ if self.session.space().is_none() => self.opened + CONNECT_WITHIN,
            Some(pinged) => pinged + PONG_WITHIN,
            None => self.heard + PING_AFTER,
        }
    }

    async fn hear(&mut self, heard: Heard) -> Result<(), End> {
        self.heard = Instant::now();
        self.pinged = None;
        match heard {
            Heard::Sign => Ok(()),
            Heard::Frames(frames) => self.answer(frames).await,
            Heard::TooLarge => {
                let reason = wire::Refusal::TooLarge { limit: wire::limits::MAX_FRAME as u64 };
                let refused = wire::RelayFrame::Refused { hash: wire::Hash::ZERO, reason };
                let _ = self.send(refused.encode()).await;
                Err(End::Close(CloseReason::Protocol))
            }
            Heard::End => Err(End::Gone),
        }
    }

    async fn answer(&mut self, frames: Vec<Bytes>) -> Result<(), End> {
        let size = frames.iter().map(Bytes::len).sum();
        let relay = self.relay.clone();
        let metrics = relay.metrics();
        metrics.received(size);
        let place = relay.0.work.begin(size).await;
        let store = relay.0.store.clone();
        let mut rng = clock::randomness();
        // Boxed: what this needs while it runs is not held while the connection is idle.
        let reply =
            Box::pin(self.session.handle_all(&*store, clock::now(), &mut rng, &frames)).await;
        drop((frames, place));
        for reason in &reply.refused {
            metrics.refused(reason);
        }
        let mut frames = reply.frames;
        if reply.close.is_none()
            && let Some(news) = &mut self.news
            && news.has_changed().unwrap_or(false)
        {
            // It came with the answer, and leaves with it.
            frames.extend(self.session.wake(*news.borrow_and_update()));
        }
        self.send_all(frames).await?;
        if let (None, Some(space)) = (&self.news, self.session.space()) {
            self.news = Some(store.watch(space));
            // What came in between the greeting and the watching is told by nobody else.
            if let Ok(Some(pulled)) = store.pull(space, Seq::MAX, 0).await
                && let Some(frame) = self.session.wake(pulled.standing.head)
            {
                self.send(frame).await?;
            }
        }
        if let Some(why) = reply.close {
            return Err(End::Closed(why));
        }
        if reply.pause > Duration::ZERO {
            metrics.throttled(reply.pause);
            sleep(reply.pause).await;
        }
        Ok(())
    }

    /// Nothing was heard up to the deadline.
    async fn quiet(&mut self) -> Result<(), End> {
        if self.session.space().is_none() || self.pinged.is_some() {
            return Err(End::Close(CloseReason::Idle));
        }
        self.pinged = Some(Instant::now());
        self.line.ping().await.map_err(|_| End::Gone)
    }
}

/// The next news of the space, if one is watched.
async fn news(news: &mut Option<watch::Receiver<Seq>>) -> Seq {
    if let Some(news) = news
        && news.changed().await.is_ok()
    {
        return *news.borrow_and_update();
    }
    // The store keeps the other end as long as somebody watches.
    std::future::pending().await
}
