//! The door for people without an account: leaving one sealed answer by a one-time token.
//!
//! `POST /drops/<space>`, with the token's 32 bytes and then the sealed answer as the body, so that no address that
//! somebody may log carries the token. There is no cookie and nothing to be logged in to; who has the token may, once.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use wire::{SpaceId, drop_digest};

use crate::serve::Guest;
use crate::socket::Relay;
use crate::store::DropError;

const TOKEN: usize = 32;

/// Leaves an answer.
pub(super) async fn leave(
    State(relay): State<Relay>,
    Path(space): Path<String>,
    guest: Option<Extension<Arc<Guest>>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let address = guest.map(|Extension(guest)| guest.address.ip());
    let (status, said) = match filled(&relay, &space, address, &headers, &body).await {
        Ok(()) => return StatusCode::NO_CONTENT.into_response(),
        Err(refused) => refused,
    };
    (status, said).into_response()
}

async fn filled(
    relay: &Relay,
    space: &str,
    address: Option<std::net::IpAddr>,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<(), (StatusCode, String)> {
    let say = |status, text: &str| (status, format!("{text}\n"));
    if !relay.welcomes(headers) {
        return Err(say(StatusCode::FORBIDDEN, "This page does not belong to the relay."));
    }
    let Some(_seat) = relay.seat(address) else {
        return Err(say(StatusCode::TOO_MANY_REQUESTS, "Too many requests: try again later."));
    };
    let space: Option<SpaceId> = space.parse().ok();
    let token = body.split_first_chunk::<TOKEN>();
    let (Some(space), Some((token, sealed))) = (space, token) else {
        return Err(say(StatusCode::BAD_REQUEST, "This is no answer."));
    };
    let drop = drop_digest(token);
    relay.fill_drop(space, drop, sealed.to_vec()).await.map_err(|error| match error {
        DropError::Unknown => say(
            StatusCode::NOT_FOUND,
            "Nobody waits for an answer here any more: the link has expired or was taken back.",
        ),
        DropError::Used => say(StatusCode::CONFLICT, "This link has been used already."),
        DropError::TooLarge { limit } => {
            say(StatusCode::PAYLOAD_TOO_LARGE, &format!("The answer is larger than {limit} bytes."))
        }
        DropError::Quota | DropError::Store(_) => {
            tracing::error!(%error, "an answer could not be stored");
            say(StatusCode::SERVICE_UNAVAILABLE, "The answer could not be stored: try again later.")
        }
    })
}
