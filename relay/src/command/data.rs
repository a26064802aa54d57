//! The data folder.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::path::{Path, PathBuf};

use super::CommandError;
use crate::clock;
use crate::config::Data;
use crate::log::Quota;
use crate::store::Sqlite;

/// The store, within the data folder.
pub(super) const DATABASE: &str = "rapport.db";
/// Where a restore keeps its copy while it exchanges the files of the folder. As long as this is
/// there, the folder is neither the old nor the new one.
pub(super) const RESTORING: &str = "restoring";
const LOCK: &str = "serving.lock";

/// The file that all data lies in, which must be there: what the commands need that copy files.
pub(super) fn file(data: &Data) -> Result<PathBuf, CommandError> {
    if data.folder.join(RESTORING).exists() {
        return Err(CommandError::Interrupted(data.folder.clone()));
    }
    let file = data.folder.join(DATABASE);
    if file.exists() { Ok(file) } else { Err(CommandError::NoData(data.folder.clone())) }
}

/// Opens the store of a folder that must hold one.
pub(super) fn open(data: &Data) -> Result<Sqlite, CommandError> {
    Ok(Sqlite::open(&file(data)?, clock::wall())?)
}

/// Opens the store of a folder, making both if need be, for the one relay that serves it. That
/// right lasts as long as the file.
pub(super) fn open_to_serve(data: &Data, quota: Quota) -> Result<(Sqlite, File), CommandError> {
    let lock = lock(&data.folder)?;
    if data.folder.join(RESTORING).exists() {
        return Err(CommandError::Interrupted(data.folder.clone()));
    }
    Ok((Sqlite::open_with(&data.folder.join(DATABASE), clock::wall(), quota)?, lock))
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
