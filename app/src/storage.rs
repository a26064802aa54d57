//! The device's storage in a browser: IndexedDB, and a key that WebCrypto keeps to itself.
//!
//! One database for each space (`rapport-<space>`), so that a space can be discarded in one stroke, and one small
//! database `rapport` that knows which spaces there are. All are a few plain tables with string keys and
//! byte values: IndexedDB gives durability and transactions, nothing of our data's shape is known to it.
//!
//! What `indexed_db_futures` leaves open is closed in [`database`]: strict durability, the reason of an abort, and closing on
//! `versionchange`.

mod database;
mod fault;
mod index;
mod seam;
mod space;
mod vault;

#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

pub use database::OpenError;
pub use index::{Index, SpaceEntry};
pub use space::SpaceStorage;
pub use vault::BrowserVault;
