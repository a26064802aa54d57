//! Rapport seen from outside.
//!
//! The parts test themselves beside their code. Here stands what only the whole can show: a real
//! relay process that is killed and restarted, real browsers with profiles of their own, and a
//! whole team in one process under a seed.
//!
//! - [`relay::Relay`] is the `rapport` binary on a port of its own, which it keeps across restarts,
//!   since a browser's storage belongs to the port.
//! - `browser::Browser` is one person's Chromium: a device. A story finds things as that person
//!   does, by what they are called.
//! - [`colleague::Colleague`] is a person without a browser: a whole device in this process, over a
//!   real socket.
//! - [`newer::send`] is a colleague whose app is newer, and [`raw::Raw`] a connection that says
//!   whatever it is told to.
//! - [`crowd::Crowd`] is many people who only push and read, and an account of every row.
//! - [`simulator`] is a whole team in one process under a seed: devices, tabs, a network and a
//!   relay that fail.
//!
//! Nothing here sleeps for a fixed time: whatever takes a while is looked for until a deadline.

pub mod bench;
#[cfg(feature = "browser")]
pub mod browser;
pub mod canaries;
#[cfg(feature = "simulator")]
pub mod colleague;
#[cfg(feature = "simulator")]
pub mod crowd;
pub mod deadline;
#[cfg(feature = "simulator")]
pub mod newer;
pub mod process;
#[cfg(feature = "simulator")]
pub mod raw;
pub mod relay;
#[cfg(feature = "simulator")]
pub mod simulator;
