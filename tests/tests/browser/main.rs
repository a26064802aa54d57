//! Stories in real browsers: one binary, so that they run one after another.
//!
//! Each story is told with named people. The relay is a real process; that it dies and comes back
//! is part of most of them. Pages are found by what is written on them (`person` knows the words),
//! never by how they are built.

mod again;
mod alone;
mod apart;
mod asked;
mod attachments;
mod client;
mod find;
mod harness;
mod history;
mod links;
mod looks;
mod lost;
mod many;
mod person;
mod restored;
mod rollout;
mod roster;
mod strategy;
mod tabs;
mod team;
mod typing;
mod visit;
