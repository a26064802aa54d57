//! The place of set-up tokens.

use subtle::{Choice, ConstantTimeEq};
use wire::{Hash, Millis, Refusal};

use super::{Later, StoreError};

/// The hash of a set-up token. The token itself is never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenDigest(pub Hash);

/// The set-up tokens of the relay. Each makes one space, see [`super::Log::found`].
pub trait Tokens: Send + Sync {
    /// Lets a token in. With `replace`, every unused one before it is worth nothing any more.
    fn put_token(
        &self,
        token: TokenDigest,
        now: Millis,
        replace: bool,
    ) -> Later<'_, Result<(), StoreError>>;
}

/// A token as a store has it.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    pub(super) digest: Hash,
    pub(super) used: bool,
}

/// Which of the tokens this one is, if it may be used. Looks at all of them and compares in constant
/// time, so that the time taken says nothing about any.
pub(super) fn redeem(
    kept: impl IntoIterator<Item = Kept>,
    offered: &TokenDigest,
) -> Result<(), Refusal> {
    let (mut known, mut unused) = (Choice::from(0), Choice::from(0));
    for token in kept {
        let same = token.digest.as_bytes().ct_eq(offered.0.as_bytes());
        known |= same;
        unused |= same & Choice::from(u8::from(!token.used));
    }
    match (bool::from(known), bool::from(unused)) {
        (_, true) => Ok(()),
        (true, false) => Err(Refusal::TokenUsed),
        (false, false) => Err(Refusal::TokenWrong),
    }
}
