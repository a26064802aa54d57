//! What can go wrong inside, and what is said of it outside.

use std::error::Error;

use deadpool_postgres::PoolError;
use tokio::time::error::Elapsed;
use tokio_postgres::error::SqlState;

use crate::store::StoreError;

/// Why a piece of work on the database failed.
#[derive(Debug)]
pub(super) enum Fault {
    /// The database says so, or the way to it broke.
    Sql(tokio_postgres::Error),
    /// There is no connection to be had.
    Connection(String),
    /// What lies in the database cannot be.
    Broken(&'static str),
    /// It took too long.
    Late,
}

impl Fault {
    /// Whether it lies in what was asked for, so that another piece of work may succeed. Not so if a
    /// lock is not to be had or the server is about to stop: whoever tried all others then would
    /// only have all of them wait.
    pub(super) fn is_of_the_work(&self) -> bool {
        match self {
            // Data, constraints, limits; and a disk on which something smaller may still fit.
            Self::Sql(error) => error.code().is_some_and(|code| {
                *code == SqlState::DISK_FULL
                    || ["22", "23", "54"].iter().any(|class| code.code().starts_with(class))
            }),
            Self::Broken(_) => true,
            Self::Connection(_) | Self::Late => false,
        }
    }
}

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<PoolError> for Fault {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => Self::Sql(error),
            other => Self::Connection(chain(&other)),
        }
    }
}

impl From<Elapsed> for Fault {
    fn from(_: Elapsed) -> Self {
        Self::Late
    }
}

impl From<&Fault> for StoreError {
    fn from(fault: &Fault) -> Self {
        match fault {
            Fault::Sql(error) if error.code() == Some(&SqlState::DISK_FULL) => Self::Full,
            Fault::Sql(error) => Self::Failed(words(error)),
            Fault::Connection(what) => Self::Failed(what.clone()),
            Fault::Broken(what) => Self::Failed((*what).to_owned()),
            Fault::Late => Self::Failed("the database does not answer in time".to_owned()),
        }
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        Self::from(&fault)
    }
}

/// An error with what caused it: by itself it says "db error".
pub(super) fn words(error: &tokio_postgres::Error) -> String {
    chain(error)
}

fn chain(error: &dyn Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !said.contains(&more) {
            said = format!("{said}: {more}");
        }
        cause = error.source();
    }
    said
}

/// The answer of a store that is gone.
pub(super) fn closed() -> StoreError {
    StoreError::Failed("the store is closed".to_owned())
}

/// A number as PostgreSQL has it. Those that are too large are no number that a row could have.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number as PostgreSQL gave it. None of ours is negative.
pub(super) fn number(int: i64) -> u64 {
    u64::try_from(int).unwrap_or(0)
}

/// Bytes of a fixed length as PostgreSQL gave them.
pub(super) fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Fault> {
    bytes.try_into().map_err(|_| Fault::Broken("an id or a hash has the wrong length"))
}
