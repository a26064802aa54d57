//! What can go wrong inside, and what is said of it outside.

use rusqlite::ErrorCode;

use crate::store::StoreError;

/// Why a piece of work on the file failed.
#[derive(Debug)]
pub(super) enum Fault {
    /// SQLite says so.
    Sql(rusqlite::Error),
    /// What lies in the file cannot be.
    Broken(&'static str),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Sql(error) if error.sqlite_error_code() == Some(ErrorCode::DiskFull) => {
                Self::Full
            }
            Fault::Sql(error) => Self::Failed(error.to_string()),
            Fault::Broken(what) => Self::Failed(what.to_owned()),
        }
    }
}

/// The answer of a thread that is gone.
pub(super) fn closed() -> StoreError {
    StoreError::Failed("the store is closed".to_owned())
}

/// A number as SQLite has it. Those that are too large are no number that a row could have.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number as SQLite gave it. None of ours is negative.
pub(super) fn number(int: i64) -> u64 {
    u64::try_from(int).unwrap_or(0)
}
