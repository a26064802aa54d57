//! What a command does to a document, and under whose name.

use uuid::Uuid;

use crate::ids::{MemberId, RecordKey};
use crate::value::{Fact, Moment, Value};

/// One step of a command. A form gives one `Set` for each field that changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// Makes a record. Fields not named stay empty. Facts that name their author, as those of an
    /// export do, stay as they are; others are stated under the stamp.
    Create {
        /// Its fresh name.
        key: RecordKey,
        /// Its first values by field key.
        values: Vec<(&'static str, Value)>,
    },
    /// Gives a field a value. A whole set becomes the additions and removals that lead to it,
    /// prose becomes the splices that lead to it.
    Set {
        /// The record.
        key: RecordKey,
        /// The field.
        field: &'static str,
        /// Its new value.
        value: Value,
    },
    /// Adds a member to a set.
    Include {
        /// The record.
        key: RecordKey,
        /// The set.
        field: &'static str,
        /// The member.
        item: Value,
    },
    /// Takes a member out of a set.
    Exclude {
        /// The record.
        key: RecordKey,
        /// The set.
        field: &'static str,
        /// The member.
        item: Value,
    },
    /// States a fact. Its `by`, `at` and `after` are filled in from the stamp and the document.
    Append {
        /// The record.
        key: RecordKey,
        /// The field of facts.
        field: &'static str,
        /// The fact.
        fact: Fact,
    },
    /// Changes prose from what stands there into `text`, touching only what differs.
    Edit {
        /// The record.
        key: RecordKey,
        /// The prose field.
        field: &'static str,
        /// All of the new text.
        text: String,
    },
    /// Puts a field that this version does not know where nothing is yet, as the export of a newer
    /// version has it. A field that is declared cannot be written this way.
    Keep {
        /// The record.
        key: RecordKey,
        /// The field's name.
        field: String,
        /// A text, a number or a flag.
        value: Value,
    },
    /// Deletes a record, unless somebody edits it apart from this.
    Delete {
        /// The record.
        key: RecordKey,
    },
    /// Brings a deleted record back, or acknowledges that it came back by an edit.
    Restore {
        /// The record.
        key: RecordKey,
    },
    /// Decides between the versions of a field, or replaces a value that this version cannot
    /// read, knowingly.
    Settle {
        /// The record.
        key: RecordKey,
        /// The field.
        field: &'static str,
        /// What shall stand; may be one of the versions or a third.
        value: Value,
    },
}

impl Op {
    /// The record it touches.
    pub fn key(&self) -> RecordKey {
        match self {
            Self::Create { key, .. }
            | Self::Set { key, .. }
            | Self::Include { key, .. }
            | Self::Exclude { key, .. }
            | Self::Append { key, .. }
            | Self::Edit { key, .. }
            | Self::Keep { key, .. }
            | Self::Delete { key }
            | Self::Restore { key }
            | Self::Settle { key, .. } => *key,
        }
    }
}

/// Under whose name, when and in which command a change is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Who; a claim by the member's device, not a proof.
    pub member: MemberId,
    /// When, on the clock of the device.
    pub at: Moment,
    /// The command: what undo takes back at once.
    pub command: Uuid,
    /// The import or other batch that the command belongs to.
    pub batch: Option<Uuid>,
    /// What the command was, as a word of the program: `"edit"`, `"import"`.
    pub what: &'static str,
}
