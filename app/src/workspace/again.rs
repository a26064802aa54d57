//! Setting the workspace up on a relay that does not have it, with the link that its operator gave out.

use std::rc::Rc;

use replica::session::{LinkState, StopReason};
use wire::Refusal;

use super::{acts::trouble, space::Space, status};
use crate::{
    platform::{address::SETUP_FRAGMENT, clock, timer},
    texts::again as t,
    ui::{model::AtRelay, state::Trouble},
};

/// How long a person waits for the relay, milliseconds. A new life of a log is read after a wait of up to five seconds.
const PATIENCE_MS: u64 = 30_000;
/// How often it is looked whether what was waited for is so, milliseconds.
const LOOK_MS: u32 = 100;

/// Sets the workspace up with a set-up link or the token in it, and waits until the relay has it.
pub(super) async fn set_up(space: Rc<Space>, pasted: String) -> Result<(), Trouble> {
    let relay = space.device.origin();
    let token = token(&pasted, &relay)?;
    wanted(&space).await?;
    space.device.set_up_again(&relay, token).await.map_err(trouble)?;
    // Whatever is shown from here on is the answer.
    *space.shown.borrow_mut() = Some(LinkState::Connecting);
    status::show(&space);
    space.retry();
    let taken = said(&space, |shown| match shown {
        LinkState::Live | LinkState::Held(_) | LinkState::Parted => Some(Ok(())),
        LinkState::Stopped(reason) => Some(Err(reason.clone())),
        _ => None,
    });
    match taken.await {
        None => Err(Trouble(t::late().into())),
        Some(Ok(())) => Ok(()),
        Some(Err(reason)) => {
            if let StopReason::Refused(Refusal::TokenWrong | Refusal::TokenUsed) = reason {
                // The token is forgotten, and the line about the relay says again how things stand.
                space.retry();
            }
            Err(Trouble(status::stop(&reason)))
        }
    }
}

/// Waits until the relay has said that it does not have the workspace; anything else is a reason to leave it.
async fn wanted(space: &Space) -> Result<(), Trouble> {
    let at_relay = || status::at_relay(space);
    let heard = said(space, |_| (at_relay() != AtRelay::Unsaid).then(at_relay)).await;
    match heard.unwrap_or_else(at_relay) {
        AtRelay::Gone | AtRelay::Never => Ok(()),
        AtRelay::There => Err(Trouble(t::there_already().into())),
        AtRelay::Unsaid => Err(Trouble(t::unreached().into())),
        AtRelay::Shut => Err(match &*space.shown.borrow() {
            Some(LinkState::Stopped(reason)) => Trouble(status::stop(reason)),
            _ => Trouble(t::unreached().into()),
        }),
    }
}

/// Looks at what is shown until there is an answer in it, or patience ends.
async fn said<A>(space: &Space, answer: impl Fn(&LinkState) -> Option<A>) -> Option<A> {
    let until = clock::now() + PATIENCE_MS;
    loop {
        let shown = space.shown.borrow().clone();
        let found = shown.as_ref().and_then(&answer);
        if found.is_some() || clock::now() > until {
            return found;
        }
        timer::sleep(LOOK_MS).await;
    }
}

/// The token in what was pasted, which may be the whole link or the token alone.
fn token<'a>(pasted: &'a str, relay: &str) -> Result<&'a str, Trouble> {
    let pasted = pasted.trim();
    let bare = |origin: &str| origin.trim_end_matches('/').to_ascii_lowercase();
    let token = match pasted.split_once(SETUP_FRAGMENT) {
        Some((origin, _)) if !origin.is_empty() && bare(origin) != bare(relay) => {
            return Err(Trouble(t::other_relay(origin.trim_end_matches('/'), relay)));
        }
        Some((_, token)) => token,
        None => pasted,
    };
    let is_token = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    if token.is_empty() || !token.chars().all(is_token) {
        return Err(Trouble(t::no_setup_link().into()));
    }
    Ok(token)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn what_is_pasted_is_a_set_up_link_of_this_relay_or_its_token() {
        let relay = "https://rapport.example";
        let other = Err(Trouble(t::other_relay("https://other.example", relay)));
        let no_link = || Err(Trouble(t::no_setup_link().into()));
        let check = |given: &str, expected: Result<&str, Trouble>| {
            assert_eq!(token(given, relay), expected, "{given}");
        };
        check(" https://rapport.example/#setup=a-B_9 ", Ok("a-B_9"));
        check("https://Rapport.Example#setup=a", Ok("a"));
        check("#setup=a", Ok("a"));
        check("abc", Ok("abc"));
        check("https://other.example/#setup=a", other);
        check("https://rapport.example/#setup=", no_link());
        check("https://rapport.example/#join=abc", no_link());
        check("https://rapport.example", no_link());
        check("two words", no_link());
        check("", no_link());
    }
}
