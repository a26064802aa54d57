//! The file: its tables, its settings, and its versions.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

/// Why a file cannot be opened as a store.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file or its folder cannot be made or read.
    #[error("cannot open {path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// SQLite cannot use it.
    #[error("cannot use the database: {0}")]
    Sql(#[from] rusqlite::Error),
    /// Another program's database.
    #[error("{0} is the database of another program")]
    Foreign(PathBuf),
    /// Written by a newer relay.
    #[error("{path} has version {version}, which is newer than this relay: update it")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: i64,
    },
}

/// "rapp" in ASCII: marks the file as ours.
const APPLICATION: i64 = 0x7261_7070;

/// Each entry leads from its index to the version after it. Never edited once released.
static VERSIONS: [&str; 3] =
    [include_str!("version1.sql"), include_str!("version2.sql"), include_str!("version3.sql")];

/// How long one process waits for another's write, such as `rapport token` beside a running relay.
const BUSY: Duration = Duration::from_secs(10);

/// Opens the file for the one connection that writes, making or updating it first.
pub(super) fn open_to_write(file: &Path) -> Result<Connection, OpenError> {
    make_private(file).map_err(|source| OpenError::Io { path: file.to_owned(), source })?;
    let mut connection = Connection::open(file)?;
    connection.busy_timeout(BUSY)?;
    // The mode first: it cannot be changed inside a transaction, and all connections share it.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // After a burst the log shrinks to this again, bytes.
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    // What a savepoint may have to bring back stays in memory. It would go to a file among the temporary ones
    // of the system, two writes a page, and lie outside of the data folder.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // A transaction of many appends changes more pages than the cache keeps. Writing some of them before its end
    // means writing them twice, and the checksums of all pages between. Pages; given back after the commit.
    connection.pragma_update(None, "cache_spill", 4096)?;
    // Each commit writes to pages of the indexes that the commit before wrote to. The more of them come together
    // before they go to the file, the fewer go twice. Pages, which is 16 MB of log.
    connection.pragma_update(None, "wal_autocheckpoint", 4096)?;
    connection.set_prepared_statement_cache_capacity(64);
    update(&mut connection, file)?;
    Ok(connection)
}

/// Opens the file for a connection that only reads.
pub(super) fn open_to_read(file: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

/// Looks whether the file is a relay's store that this relay can read.
pub(super) fn check(connection: &Connection, file: &Path) -> Result<(), OpenError> {
    match missing(connection, file)? {
        // A file without any version is none of a relay yet.
        steps if steps.len() == VERSIONS.len() => Err(OpenError::Foreign(file.to_owned())),
        _ => Ok(()),
    }
}

/// The steps that lead from the file's version to ours.
fn missing(connection: &Connection, file: &Path) -> Result<&'static [&'static str], OpenError> {
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application: i64 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if tables > 0 && application != APPLICATION {
        return Err(OpenError::Foreign(file.to_owned()));
    }
    let missing = usize::try_from(version).ok().and_then(|version| VERSIONS.get(version..));
    missing.ok_or_else(|| OpenError::Newer { path: file.to_owned(), version })
}

fn update(connection: &mut Connection, file: &Path) -> Result<(), OpenError> {
    let pass = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    for step in missing(&pass, file)? {
        pass.execute_batch(step)?;
    }
    pass.pragma_update(None, "application_id", APPLICATION)?;
    pass.pragma_update(None, "user_version", i64::try_from(VERSIONS.len()).unwrap_or(i64::MAX))?;
    Ok(pass.commit()?)
}

/// Makes the file, if there is none, so that only its owner can read it. SQLite gives the files it
/// puts beside it the same rights.
pub(super) fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(|_| ())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_undone_is_in_no_file_outside_the_data_folder() {
        let folder = tempfile::tempdir().unwrap();
        let connection = open_to_write(&folder.path().join("rapport.db")).unwrap();
        let fill = "CREATE TABLE filling (body BLOB);
             WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 200)
             INSERT INTO filling SELECT zeroblob(3000) FROM n;";
        connection.execute_batch(fill).unwrap();
        connection.execute_batch("BEGIN; SAVEPOINT work; UPDATE filling SET body = 1").unwrap();
        // Such a file has no name from the beginning: Linux shows a number for it.
        let open = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
        let links = open.filter_map(|entry| std::fs::read_link(entry.path()).ok());
        let nameless: Vec<_> = links
            .filter(|link| {
                let name = link.file_name().map(|name| name.to_string_lossy().into_owned());
                name.is_some_and(|name| name.starts_with('#') || name.starts_with("etilqs"))
            })
            .collect();
        assert!(nameless.is_empty(), "{nameless:?}");
    }
}
