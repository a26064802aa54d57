//! What a browser's storage errors mean for the caller.

use device::storage::StorageError;
use indexed_db_futures::error::{DomException, Error};
use web_sys::DomException as RawException;

/// An error of a read, or of a write before its commit was asked for: nothing was changed.
pub(super) fn refused(error: Error) -> StorageError {
    match error {
        Error::DomException(exception) => by_name(&exception.into()),
        other => StorageError::Failed(other.to_string()),
    }
}

/// The end of a transaction whose commit was asked for and that did not complete.
///
/// `reason` is the transaction's own error, which tells a full disk; `error` is what the request layer says.
/// The browser promises that an aborted transaction changed nothing, but a write that failed for an unknown reason at
/// the last step may have reached the disk, so that is what we say.
pub(super) fn aborted(reason: Option<RawException>, error: Error) -> StorageError {
    let exception = match (reason, error) {
        (Some(reason), _) => reason,
        (None, Error::DomException(exception)) => exception.into(),
        (None, other) => return StorageError::Unknown(other.to_string()),
    };
    match by_name(&exception) {
        StorageError::Failed(what) if exception.name() == "UnknownError" => {
            StorageError::Unknown(what)
        }
        named => named,
    }
}

/// Whether the key was there already: what `add` answers to the tab that comes second.
pub(super) fn is_taken(error: &Error) -> bool {
    matches!(error, Error::DomException(DomException::ConstraintError(_)))
}

fn by_name(exception: &RawException) -> StorageError {
    let sentence = || format!("{}: {}", exception.name(), exception.message());
    match exception.name().as_str() {
        "QuotaExceededError" => StorageError::Full,
        // Thrown by a database that was closed under us.
        "InvalidStateError" => StorageError::Closed,
        _ => StorageError::Failed(sentence()),
    }
}
