//! Export: the handbook outlives the app (S1.9).

mod json;
mod sheet;

pub use json::{EXPORT_VERSION, json};
pub use sheet::sheet;
