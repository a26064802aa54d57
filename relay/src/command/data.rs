//! The data folder.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::path::{Path, PathBuf};

use super::CommandError;
use crate::clock;
use crate::config::Data;
use crate::store::Sqlite;

const DATABASE: &str = "rapport.db";
const LOCK: &str = "serving.lock";

/// Opens the store of a folder that must hold one.
pub(super) fn open(data: &Data) -> Result<Sqlite, CommandError> {
    let file = data.folder.join(DATABASE);
    if !file.exists() {
        return Err(CommandError::NoData(data.folder.clone()));
    }
    Ok(Sqlite::open(&file, clock::wall())?)
}

/// Opens the store of a folder, making both if need be, for the one relay that serves it. That
/// right lasts as long as the file.
pub(super) fn open_to_serve(data: &Data) -> Result<(Sqlite, File), CommandError> {
    let lock = lock(&data.folder)?;
    Ok((Sqlite::open(&data.folder.join(DATABASE), clock::wall())?, lock))
}

fn lock(folder: &Path) -> Result<File, CommandError> {
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
