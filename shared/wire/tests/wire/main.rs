//! What is stored and sent, its rules, and what happens to anything else.

mod any_bytes;
mod golden;
mod refused;
mod roster;
mod roster_changes;
mod roster_random;
mod roster_story;
mod samples;
mod team;
