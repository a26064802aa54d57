//! Why a command was not written.

use automerge::AutomergeError;

use crate::ids::RecordKey;

/// Why nothing was written. After any of these the document is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The document asks for a newer program: "update to edit".
    #[error(
        "a newer version of the app has written here, so this one can read but must be updated to edit"
    )]
    Newer(u16),
    /// The document's first change has not arrived yet.
    #[error("the document does not say yet whose it is")]
    Nameless,
    /// The record belongs into another document.
    #[error("{0} does not belong into this document")]
    Elsewhere(RecordKey),
    /// There is no such record.
    #[error("there is no record {0}")]
    Missing(RecordKey),
    /// There is such a record already.
    #[error("the record {0} exists already")]
    Exists(RecordKey),
    /// The kind has no such field.
    #[error("{key} has no field {field}")]
    NoField {
        /// The record.
        key: RecordKey,
        /// The field asked for.
        field: String,
    },
    /// The value, or the operation, does not suit the field.
    #[error("the field {field} of {key} cannot take that")]
    Unfit {
        /// The record.
        key: RecordKey,
        /// The field's key.
        field: &'static str,
    },
    /// A newer version wrote there what this one cannot read; only `Op::Settle` replaces it.
    #[error("the field {field} of {key} holds what a newer version wrote")]
    Foreign {
        /// The record.
        key: RecordKey,
        /// The field's key.
        field: &'static str,
    },
    /// A singleton can be neither made nor deleted.
    #[error("{0} is always there")]
    Always(RecordKey),
    /// Automerge refused.
    #[error(transparent)]
    Automerge(#[from] AutomergeError),
}
