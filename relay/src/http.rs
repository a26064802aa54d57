//! What the relay answers over plain requests: the app's files, and whether it is well.
//!
//! The app is one page that finds its own way, so every path that is no file is answered by
//! `index.html`, except paths that look like a file: a missing script answered by a page
//! would be cached as one.

mod answer;
mod app;
mod drops;
mod media;
mod policy;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use wire::limits::MAX_DROP;

use crate::origin::Origin;
use crate::socket;

pub use app::{App, AppError};

/// All doors of the relay.
pub fn router(relay: socket::Relay, app: Arc<App>, secure: bool) -> Router {
    let origins = relay.terms().origins();
    let policy = policy::policy(app.index(), origins);
    // A promise of TLS is kept by the host name, whatever the port: for localhost it would lock out
    // every other program of this computer.
    let only_tls = secure && !origins.iter().any(Origin::is_localhost);
    let shield = Shield { policy, only_tls };
    Router::new()
        .route("/sync", get(socket::open))
        .route("/ready", get(ready))
        .route("/drops/{space}", post(drops::leave).layer(DefaultBodyLimit::max(32 + MAX_DROP)))
        .with_state(relay)
        .route("/health", get(|| async { "ok\n" }))
        .fallback(move |request: Request| std::future::ready(file(&app, secure, &request)))
        .layer(axum::middleware::from_fn_with_state(Arc::new(shield), shielded))
}

async fn ready(State(relay): State<socket::Relay>) -> Response {
    match relay.ready().await {
        Ok(()) => "ready\n".into_response(),
        Err(reason) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")).into_response(),
    }
}

fn file(app: &App, secure: bool, request: &Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let allow = [(header::ALLOW, "GET, HEAD")];
        return (StatusCode::METHOD_NOT_ALLOWED, allow).into_response();
    }
    if let Some(target) = by_name(request, secure) {
        return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, target)]).into_response();
    }
    answer::answer(app, request.uri().path(), request.headers())
}

/// Where a request that names this computer by number should go. Storage belongs to an origin, so
/// a person who once types 127.0.0.1 would find an empty app there.
fn by_name(request: &Request, secure: bool) -> Option<HeaderValue> {
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    let rest = host.strip_prefix("127.0.0.1").or_else(|| host.strip_prefix("[::1]"))?;
    let port = match rest.strip_prefix(':') {
        Some(port) => format!(":{}", port.parse::<u16>().ok()?),
        None if rest.is_empty() => String::new(),
        None => return None,
    };
    let scheme = if secure { "https" } else { "http" };
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    HeaderValue::from_str(&format!("{scheme}://localhost{port}{path}")).ok()
}

/// What goes with every answer.
struct Shield {
    policy: HeaderValue,
    only_tls: bool,
}

async fn shielded(State(shield): State<Arc<Shield>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    shield.cover(response.headers_mut());
    response
}

impl Shield {
    fn cover(&self, headers: &mut HeaderMap) {
        headers.insert(header::CONTENT_SECURITY_POLICY, self.policy.clone());
        if self.only_tls {
            headers.insert(
                header::STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=63072000"),
            );
        }
        for (name, value) in ALWAYS {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
}

/// Nothing is sniffed, framed, or told to other places; the app may use the camera, for QR codes.
const ALWAYS: [(&str, &str); 5] = [
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(self), microphone=(), geolocation=()"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
];
