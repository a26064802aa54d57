//! The device's half of sync against a small relay of our own, and the forms that are stored or
//! sent.

mod golden;
mod links;
mod objects;
mod relay;
mod restored;
mod sealing;
mod sheets;
mod snapshots;
mod stories;
mod tablet;
mod tampering;
mod team;
mod trouble;
