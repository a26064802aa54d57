//! Fields that this version does not know, taken over from the export of a newer one.

use automerge::transaction::{Transactable, Transaction};
use automerge::{ReadDoc, ScalarValue};

use super::error::WriteError;
use super::layout::{CREATED, GONE, Place, REV};
use crate::ids::RecordKey;
use crate::value::Value;

/// Writes what can be told of such a field; what is there already stays.
pub(super) fn keep(
    tx: &mut Transaction<'_>,
    key: RecordKey,
    place: &Place,
    field: &str,
    value: &Value,
) -> Result<(), WriteError> {
    let refused = || WriteError::NoField { key, field: field.to_owned() };
    let base = field.split('/').next().unwrap_or_default();
    if base.is_empty() || [CREATED, GONE, REV].contains(&base) || key.kind.field(base).is_some() {
        return Err(refused());
    }
    let scalar = match value {
        Value::Empty => return Ok(()),
        Value::Text(text) | Value::Foreign(text) => ScalarValue::Str(text.as_str().into()),
        Value::Integer(number) => ScalarValue::Int(*number),
        Value::Flag(flag) => ScalarValue::Boolean(*flag),
        _ => return Err(refused()),
    };
    if tx.get(&place.object, place.key(field))?.is_none() {
        tx.put(&place.object, place.key(field), scalar)?;
    }
    Ok(())
}
