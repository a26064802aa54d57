//! Import: files from elsewhere, first as a dry run.
//!
//! [`read()`] takes any file and says what would become of it. A dry run reads the whole file and says of every row: new, matching
//! something that is here (then only empty fields are filled, nothing is overwritten), or bad with its reason. The plan holds the
//! operations that would be done; doing them is a command like any other, so an import merges, syncs and shows in history like
//! everything else.
//!
//! Tables and workbooks bring clients and people, vCards people, mails and calendars contacts that were had, our own JSON a
//! whole handbook.

pub mod card;
mod cells;
mod columns;
mod content_line;
mod directory;
mod drafts;
pub mod json;
pub mod mail;
mod people;
mod plan;
mod read;
mod rows;
mod same;
mod setting;
pub mod table;
mod touchpoints;
pub mod visits;
pub mod workbook;
mod zones;

pub use columns::{Column, Holds, recognise};
pub use directory::Met;
pub use people::plan_cards;
pub use plan::{Fate, Known, KnownDocument, Plan, PlannedRow};
pub use read::{Format, format, read};
pub use rows::plan_table;
pub use setting::Setting;
