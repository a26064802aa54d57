//! Import: files from elsewhere, first as a dry run.
//!
//! A dry run reads the whole file and says of every row what would become of it: new, matching something that is here (then only
//! empty fields are filled, nothing is overwritten), or bad with its reason. The plan holds the operations that would be done; doing
//! them is a command like any other, so an import merges, syncs and shows in history like everything else.

pub mod card;
mod columns;
mod people;
mod plan;
pub mod table;

pub use columns::{Column, recognise};
pub use people::plan_cards;
pub use plan::{BadRows, Fate, Known, KnownDocument, Plan, PlannedRow, plan_table};
