//! The set-up token: who holds it may make one space on this relay.

use rand_core::CryptoRng;

use crate::store::TokenDigest;

/// A new token, as it stands in the link: 32 hexadecimal digits, 128 bits that nobody guesses.
#[must_use]
pub fn make(rng: &mut impl CryptoRng) -> String {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is stored of a token. Whoever reads the store cannot use it.
#[must_use]
pub fn digest(token: &str) -> TokenDigest {
    TokenDigest(wire::hash(b"rapport/set-up-token/1", &[token.as_bytes()]))
}

/// The link that opens the app with this token in hand. Behind the `#`, where no server sees it.
#[must_use]
pub fn link(origin: &crate::origin::Origin, token: &str) -> String {
    format!("{origin}/#setup={token}")
}
