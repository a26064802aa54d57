//! Copies of the whole file, as it is at one moment.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::schema::{self, OpenError};

/// Between two attempts to copy from a file that somebody holds for himself.
const AGAIN_AFTER: Duration = Duration::from_millis(50);
const ATTEMPTS: u32 = 200;

/// Copies the database `from` as it is at this moment, with what still lies in its write-ahead log,
/// into the new file `to`. Others may go on writing meanwhile: a reader's snapshot is what is copied.
///
/// # Errors
/// [`OpenError`] if `from` is not a relay's store or cannot be read, or `to` cannot be written.
pub fn copy(from: &Path, to: &Path) -> Result<(), OpenError> {
    // SQLite takes a missing file for an empty one.
    fs::metadata(from).map_err(|source| OpenError::Io { path: from.to_owned(), source })?;
    let source = schema::open_to_read(from)?;
    schema::check(&source, from)?;
    schema::make_private(to).map_err(|source| OpenError::Io { path: to.to_owned(), source })?;
    let mut target = Connection::open(to)?;
    let copying = Backup::new(&source, &mut target)?;
    for _ in 0..ATTEMPTS {
        match copying.step(-1)? {
            StepResult::Done => return Ok(()),
            // In pieces the copy would begin anew with each write of others; in one it is one read.
            _ => sleep(AGAIN_AFTER),
        }
    }
    Err(OpenError::Io { path: from.to_owned(), source: std::io::ErrorKind::TimedOut.into() })
}

/// Makes a closed database one file that is whole by itself, and durable.
///
/// # Errors
/// [`OpenError`] if that fails; the database is then as it was.
pub fn seal(file: &Path) -> Result<(), OpenError> {
    let connection = Connection::open(file)?;
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    connection.close().map_err(|(_, error)| error)?;
    let io = |source| OpenError::Io { path: file.to_owned(), source };
    File::open(file).and_then(|file| file.sync_all()).map_err(io)
}

/// The names under which SQLite keeps what belongs to a database beside it, in the order in which
/// they are to be moved away: a database may not be left beside a log that is not its own.
#[must_use]
pub fn companions(file: &Path) -> [PathBuf; 2] {
    ["-wal", "-shm"].map(|suffix| {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        name.into()
    })
}
