//! The product tested from outside, without a browser: whole devices, real relay processes, and a team in one process. One
//! binary, because each would hold the whole product once more.

mod again;
mod bad_input;
mod canaries;
mod erasure;
mod load;
mod memory;
mod objects;
mod operate;
mod relay;
mod relays;
mod simulator;
mod snapshots;
mod tenth_kind;
