//! Values as people read them and as they stand in an input.

use handbook::{DocumentId, FieldType, RecordId, RecordKey, Value, text};

use super::state::AppState;
use crate::texts;

/// A value in words, read where the record lives in `document`; reactive where it names other records.
pub fn shown(app: &AppState, document: DocumentId, ty: &FieldType, value: &Value) -> String {
    text::show(ty, value, texts::language(), &|kind, id| name_of(app, document, kind, id))
}

/// The title of a record named in `document`; reactive; `None` if this device does not have it.
pub fn name_of(app: &AppState, document: DocumentId, kind: &str, id: RecordId) -> Option<String> {
    let title = app.title(document, RecordKey::new(handbook::kind(kind)?, id));
    (!title.is_empty()).then_some(title)
}

/// What stands in the input of a value; the other way round is [`text::parse`].
pub fn entered(ty: &FieldType, value: &Value) -> String {
    match value {
        // The browser's picker wants the clock on the wall, without its offset.
        Value::Moment(moment) => moment
            .local()
            .map(|local| local.format("%Y-%m-%dT%H:%M").to_string())
            .unwrap_or_default(),
        _ => text::format(ty, value),
    }
}
