//! Export: the handbook outlives the app (S1.9).

mod calendar;
mod card;
pub(crate) mod content_line;
mod handbook_html;
mod json;
mod person;
mod sheet;

pub use calendar::{CalendarItem, Start, calendar};
pub use card::cards;
pub(crate) use handbook_html::escaped;
pub use handbook_html::{Handbook, handbook_html};
pub use json::{EXPORT_VERSION, json};
pub use sheet::sheet;
