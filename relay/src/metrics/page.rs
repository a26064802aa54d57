//! The page that Prometheus asks for, on a port of its own.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::socket::Relay;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// One page, `/metrics`.
pub fn router(relay: Relay) -> Router {
    Router::new().route("/metrics", get(page)).with_state(relay)
}

async fn page(State(relay): State<Relay>) -> Response {
    match relay.totals().await {
        Ok(totals) => {
            let metrics = relay.metrics();
            metrics.stands(&totals, relay.work_bytes());
            ([(header::CONTENT_TYPE, OPEN_METRICS)], metrics.text()).into_response()
        }
        // What is scraped in part looks like a relay that lost its data.
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response(),
    }
}
