//! One file for each kind of bytes.

pub(crate) mod change;
mod documents;
pub(crate) mod envelope;
pub(crate) mod frame;
pub(crate) mod import;
pub(crate) mod link;
pub(crate) mod roster;
pub(crate) mod snapshot;
