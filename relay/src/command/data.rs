//! Where the data lies: a folder, or a database.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::CommandError;
use crate::clock;
use crate::config::Data;
use crate::log::Quota;
use crate::store::{Postgres, Sqlite, Store};

/// The store, within the data folder.
pub(super) const DATABASE: &str = "rapport.db";
/// What the file is called once its content lies in a database: no relay takes it for its own, or makes
/// another beside it.
pub(super) const MOVED: &str = "rapport.db.moved";
/// Where a restore keeps its copy while it exchanges the files of the folder. As long as this is
/// there, the folder is neither the old nor the new one.
pub(super) const RESTORING: &str = "restoring";
const LOCK: &str = "serving.lock";

/// The folder, for the commands that copy its files: they can do nothing for a database.
pub(super) fn folder(data: &Data) -> Result<&Path, CommandError> {
    if data.database.is_some() { Err(CommandError::InDatabase) } else { Ok(&data.folder) }
}

/// The file that all data of a folder lies in, which must be there and whole.
pub(super) fn file(folder: &Path) -> Result<PathBuf, CommandError> {
    whole(folder)?;
    here(folder)?;
    let file = folder.join(DATABASE);
    if file.exists() { Ok(file) } else { Err(CommandError::NoData(folder.to_owned())) }
}

/// Whether what a move left says that the data lies elsewhere: an empty store beside it would look to
/// every device like a relay that lost everything.
fn here(folder: &Path) -> Result<(), CommandError> {
    let file = folder.join(MOVED);
    match file.exists() && !folder.join(DATABASE).exists() {
        true => Err(CommandError::Moved { folder: folder.to_owned(), file }),
        false => Ok(()),
    }
}

fn whole(folder: &Path) -> Result<(), CommandError> {
    match folder.join(RESTORING).exists() {
        true => Err(CommandError::Interrupted(folder.to_owned())),
        false => Ok(()),
    }
}

/// Opens a store that must be there.
pub(super) async fn open(data: &Data) -> Result<Arc<dyn Store>, CommandError> {
    if let Some(access) = data.access() {
        return Ok(Arc::new(Postgres::open_existing(&access, clock::wall()).await?));
    }
    Ok(Arc::new(Sqlite::open(&file(&data.folder)?, clock::wall())?))
}

/// Opens the store for a relay that serves it, making it if need be. A folder has one relay, whose
/// right to it lasts as long as the file; a database has any number.
pub(super) async fn open_to_serve(
    data: &Data,
    quota: Quota,
) -> Result<(Arc<dyn Store>, Option<File>), CommandError> {
    if let Some(access) = data.access() {
        let store = Postgres::open_with(&access, clock::wall(), quota).await?;
        return Ok((Arc::new(store), None));
    }
    let lock = lock(&data.folder)?;
    whole(&data.folder)?;
    here(&data.folder)?;
    let store = Sqlite::open_with(&data.folder.join(DATABASE), clock::wall(), quota)?;
    Ok((Arc::new(store), Some(lock)))
}

/// Makes a folder that only its owner may read: whoever may, could see who talks with whom.
pub(super) fn make_folder(folder: &Path) -> Result<(), CommandError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let wrong = |source| CommandError::Folder { path: PathBuf::from(folder), source };
    builder.create(folder).map_err(wrong)
}

/// The right to be the only one who serves or replaces what lies in this folder, which is made if
/// need be. It lasts as long as the file.
pub(super) fn lock(folder: &Path) -> Result<File, CommandError> {
    let wrong = |source| CommandError::Folder { path: PathBuf::from(folder), source };
    make_folder(folder)?;
    let file = fs::File::create(folder.join(LOCK)).map_err(wrong)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(CommandError::Running(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(wrong(source)),
    }
}

/// Makes the names in a folder durable, as far as the file system can.
pub(super) fn settle(folder: &Path) -> Result<(), CommandError> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let settled = File::open(folder).and_then(|folder| folder.sync_all());
    settled.map_err(|source| CommandError::File { path: folder.to_owned(), source })
}
