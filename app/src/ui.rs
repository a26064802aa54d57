//! Our components, the state they read, and small pure tools for showing values.
//!
//! A component takes plain values or signals and calls back; it never knows where they come from. Looks are in
//! `app/style`, one cascade layer a file.

pub mod ask;
pub mod assign;
pub mod attachments;
pub mod candidates;
pub mod chip;
pub mod clocks;
pub mod comments;
pub mod conflict;
pub mod crumbs;
pub mod diff;
pub mod draft;
pub mod field;
pub mod figures;
pub mod form;
pub mod format;
pub mod heat;
pub mod history;
pub mod icons;
pub mod independence;
pub mod input;
pub mod language;
pub mod line;
pub mod mark;
pub mod merge;
pub mod model;
pub mod own;
pub mod past;
pub mod place;
pub mod qr;
pub mod query;
pub mod save;
pub mod section;
pub mod sheet;
pub mod snooze;
pub mod stages;
pub mod state;
pub mod steps;
pub mod toast;
pub mod turn;
pub mod value;
pub mod which;
pub mod wording;
pub mod words;
