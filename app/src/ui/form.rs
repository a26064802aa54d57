//! Forms made from declarations: one for a record that exists, one for a record to be made.

pub mod edit;
pub mod new;
pub mod record;

use handbook::{Field, Kind};

pub use edit::{EditForm, FieldEditor};
pub use new::{NewField, NewForm};
pub use record::NewRecord;

/// The id of a field's input on the page.
pub fn input_id(kind: &Kind, field: &Field) -> String {
    format!("{}-{}", kind.key, field.key)
}
