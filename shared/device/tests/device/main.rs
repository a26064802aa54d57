//! Stories of devices and their tabs, over the storage in memory.

mod again;
mod begin;
mod crash;
mod engine;
mod exchange;
mod golden;
mod kit;
mod model;
mod objects;
mod quarantine;
mod rejoin;
mod snapshots;
mod storage;
mod tabs;
mod team;
