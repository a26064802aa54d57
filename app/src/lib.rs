//! The app of Rapport: pages over the handbook of one device.
//!
//! `pages` and `ui` show and ask, `workspace` turns signals into commands of `device`, and `storage`, `link` and
//! `platform` are the only parts that know a browser.

pub mod link;
pub mod pages;
pub mod platform;
pub mod storage;
pub mod texts;
pub mod ui;
pub mod workspace;
