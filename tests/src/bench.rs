//! Measurements of `docs/performance.md`.
//!
//! A figure that can be compared has a *floor*: the least that any implementation must spend,
//! measured in the same run on the same machine (an echo, one durable write). Its ratio says what
//! ours adds, and holds on other machines too. Figures are reported here and never asserted.

#[cfg(all(feature = "simulator", feature = "browser"))]
pub mod app;
#[cfg(all(feature = "simulator", feature = "browser"))]
pub mod cold;
pub mod download;
#[cfg(feature = "simulator")]
pub mod first_look;
#[cfg(feature = "simulator")]
pub mod idle;
#[cfg(feature = "simulator")]
mod line;
#[cfg(feature = "simulator")]
pub mod load;
mod measure;
#[cfg(feature = "simulator")]
pub mod push;

pub use measure::{Figure, Measure, Stopwatch, median};
