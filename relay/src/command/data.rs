//! Where the data lies: a folder, or a database.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::CommandError;
use crate::clock;
use crate::config::Data;
use crate::store::{Postgres, Sqlite, Store};

const DATABASE: &str = "rapport.db";
/// What the file is called once its content lies in a database: no relay takes it for its own.
pub(super) const MOVED: &str = "rapport.db.moved";
const LOCK: &str = "serving.lock";

/// Opens a store that must be there.
pub(super) async fn open(data: &Data) -> Result<Arc<dyn Store>, CommandError> {
    if let Some(access) = data.access() {
        return Ok(Arc::new(Postgres::open_existing(&access, clock::wall()).await?));
    }
    let file = file(&data.folder);
    if !file.exists() {
        return Err(CommandError::NoData(data.folder.clone()));
    }
    Ok(Arc::new(Sqlite::open(&file, clock::wall())?))
}

/// Opens the store for a relay that serves it, making it if need be. A folder has one relay, whose
/// right to it lasts as long as the file; a database has any number.
pub(super) async fn open_to_serve(
    data: &Data,
) -> Result<(Arc<dyn Store>, Option<File>), CommandError> {
    if let Some(access) = data.access() {
        return Ok((Arc::new(Postgres::open(&access, clock::wall()).await?), None));
    }
    let lock = lock(&data.folder)?;
    let store = Sqlite::open(&file(&data.folder), clock::wall())?;
    Ok((Arc::new(store), Some(lock)))
}

/// The store's file in a folder.
pub(super) fn file(folder: &Path) -> PathBuf {
    folder.join(DATABASE)
}

/// The right to be the only one who uses the folder, as long as the file is held.
pub(super) fn lock(folder: &Path) -> Result<File, CommandError> {
    let wrong = |source| CommandError::Folder { path: PathBuf::from(folder), source };
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    // Whoever may read the folder may read who talks with whom.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(wrong)?;
    let file = fs::File::create(folder.join(LOCK)).map_err(wrong)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(CommandError::Running(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(wrong(source)),
    }
}
