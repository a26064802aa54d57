//! The one place where randomness enters the app.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};

/// The browser's cryptographic generator (`crypto.getRandomValues`).
///
/// It keeps no state, so it can be made anywhere and copied freely.
#[derive(Clone, Copy, Debug, Default)]
pub struct Random;

impl TryRng for Random {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, destination: &mut [u8]) -> Result<(), Infallible> {
        // There is no key worth making without randomness, and no browser we run in lacks it: stop for good.
        if let Err(error) = getrandom::fill(destination) {
            panic!("the browser gives no randomness: {error}");
        }
        Ok(())
    }
}

impl TryCryptoRng for Random {}
