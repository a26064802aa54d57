//! The versions of a field that people decided apart.

use automerge::{Automerge, ObjType, ReadDoc, ScalarValueRef, Value as Stored};

use super::layout::Place;
use super::message::Provenance;
use super::stored::from_scalar;
use crate::ids::{MemberId, RecordKey};
use crate::kind::FieldType;
use crate::value::{Moment, Value};

/// What somebody decided for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The value.
    pub value: Value,
    /// Who; `None` if the document does not say. A claim of their device, not a proof.
    pub by: Option<MemberId>,
    /// When, on their clock.
    pub at: Moment,
    /// It is the one shown for now.
    pub current: bool,
}

/// The versions of a scalar field, the current one first; one unless it is in conflict, none if it
/// was never set or is not a scalar.
pub fn versions(document: &Automerge, key: RecordKey, field: &str) -> Vec<Version> {
    let Some(declared) = key.kind.field(field) else { return Vec::new() };
    let Some(place) = Place::find(document, key) else { return Vec::new() };
    let mut versions: Vec<Version> = Vec::new();
    let all = document.get_all(&place.object, place.key(field)).unwrap_or_default();
    // Automerge gives the winner last.
    for (stored, id) in all.into_iter().rev() {
        let value = match &stored {
            Stored::Object(ObjType::Text) => Value::Text(document.text(&id).unwrap_or_default()),
            Stored::Object(_) => continue,
            Stored::Scalar(_) => read(&declared.ty, &stored),
        };
        let Provenance { by, at, .. } = Provenance::of_value(document, &id);
        let current = versions.is_empty();
        versions.push(Version { value, by, at, current });
    }
    versions
}

fn read(ty: &FieldType, stored: &Stored<'_>) -> Value {
    let Some(scalar) = stored.as_scalar() else { return Value::Empty };
    from_scalar(ty, &ScalarValueRef::from(scalar.clone()))
}
