//! What the app asks of the browser, one thing a file.
//!
//! Pages and the workspace speak to these modules in plain data: names, bytes, milliseconds. Whatever a
//! browser lacks has an answer here (no locks, no share of the badge, no persistent storage), so that nobody
//! above has to ask which browser this is.

pub mod address;
pub mod badge;
pub mod broadcast;
pub mod clock;
pub mod dom;
pub mod fault;
pub mod files;
pub mod image;
pub mod install;
pub mod intl;
mod js;
pub mod language;
pub mod lifecycle;
pub mod locks;
pub mod log;
pub mod near;
pub mod quota;
pub mod random;
pub mod share;
pub mod theme;
pub mod timer;
pub mod worker;

#[cfg(all(test, target_arch = "wasm32"))]
mod tests;
