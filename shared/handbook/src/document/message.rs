//! The message of a change: which command made it, and when on whose clock.

use automerge::{Automerge, ChangeHash, ChangeMetadata, ObjId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::MemberId;
use crate::op::Stamp;
use crate::value::Moment;

/// Small JSON, since it is stored once for each change.
#[derive(Serialize, Deserialize)]
struct Message {
    /// The command.
    #[serde(rename = "c")]
    command: String,
    /// The batch.
    #[serde(rename = "b", skip_serializing_if = "Option::is_none", default)]
    batch: Option<String>,
    /// When; to the millisecond and with the offset, which Automerge's own time lacks.
    #[serde(rename = "t")]
    at: String,
    /// What the command was.
    #[serde(rename = "w")]
    what: String,
}

/// The message for a change made under a stamp.
pub(super) fn message(stamp: &Stamp) -> String {
    let message = Message {
        command: stamp.command.simple().to_string(),
        batch: stamp.batch.map(|batch| batch.simple().to_string()),
        at: stamp.at.to_string(),
        what: stamp.what.to_owned(),
    };
    // Four strings always serialise.
    serde_json::to_string(&message).unwrap_or_default()
}

/// Where a value comes from, as far as its change says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Provenance {
    pub(super) by: Option<MemberId>,
    pub(super) at: Moment,
    pub(super) command: Option<Uuid>,
    pub(super) batch: Option<Uuid>,
    pub(super) what: String,
}

impl Provenance {
    /// Of a change.
    pub(super) fn of(change: &ChangeMetadata<'_>) -> Self {
        let by = change.author.as_ref().and_then(|author| author.as_bytes().try_into().ok());
        let seconds = Moment { ms: change.timestamp.saturating_mul(1000), offset_min: 0 };
        let message = change.message.as_deref();
        match message.and_then(|text| serde_json::from_str::<Message>(text).ok()) {
            Some(message) => Self {
                by,
                at: Moment::parse(&message.at).unwrap_or(seconds),
                command: Uuid::try_parse(&message.command).ok(),
                batch: message.batch.and_then(|batch| Uuid::try_parse(&batch).ok()),
                what: message.what,
            },
            None => Self { by, at: seconds, ..Self::default() },
        }
    }

    /// Of the value or object that an operation wrote.
    pub(super) fn of_value(document: &Automerge, id: &ObjId) -> Self {
        writer(document, id)
            .and_then(|hash| document.get_change_meta_by_hash(&hash))
            .map_or_else(Self::default, |change| Self::of(&change))
    }
}

/// The change that an operation is part of.
pub(super) fn writer(document: &Automerge, id: &ObjId) -> Option<ChangeHash> {
    document.hash_for_opid(id)
}
