//! `rapport backup`: a copy of everything in one file, which appears whole and verified or not at
//! all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::size::{size, stamp};
use super::verify::walk_all;
use super::{CommandError, data};
use crate::clock;
use crate::config::Backup;
use crate::store::{Sqlite, sqlite};

pub(super) async fn run(
    command: &Backup,
    out: &mut (impl Write + Send),
) -> Result<(), CommandError> {
    let from = data::file(data::folder(&command.data)?)?;
    let to = if command.file.is_dir() {
        command.file.join(format!("rapport-{}.db", stamp(clock::now())))
    } else {
        command.file.clone()
    };
    if to.exists() {
        return Err(CommandError::Exists(to));
    }
    // Beside its place, so that taking it is a rename.
    let beside = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    let beside = beside.unwrap_or(Path::new("."));
    let (folder, copy) = sound_copy(&from, beside, out).await?;
    sqlite::seal(&copy)?;
    let bytes = fs::metadata(&copy).map_or(0, |metadata| metadata.len());
    appear(&copy, &to)?;
    drop(folder);
    writeln!(
        out,
        "{} holds all of this, {}; every chain was walked from its first row",
        to.display(),
        size(bytes)
    )?;
    writeln!(out, "on the devices: nothing happens")?;
    Ok(())
}

/// A copy of the store `from` in a new folder under `beside`, which goes when it is dropped. Each
/// space is walked as `verify` does, and said to be sound.
pub(super) async fn sound_copy(
    from: &Path,
    beside: &Path,
    out: &mut (impl Write + Send),
) -> Result<(TempDir, PathBuf), CommandError> {
    let wrong = |source| CommandError::File { path: beside.to_owned(), source };
    let folder = tempfile::Builder::new().prefix(".rapport-").tempdir_in(beside).map_err(wrong)?;
    let copy = folder.path().join(data::DATABASE);
    let (source, target) = (from.to_owned(), copy.clone());
    let copying = tokio::task::spawn_blocking(move || sqlite::copy(&source, &target));
    let not_a_store = |source| CommandError::NotAStore { path: from.to_owned(), source };
    copying.await.map_err(std::io::Error::from)?.map_err(not_a_store)?;
    let store = Sqlite::open(&copy, clock::wall()).map_err(not_a_store)?;
    match walk_all(&store, out).await? {
        0 => Ok((folder, copy)),
        problems => Err(CommandError::DamagedSource { path: from.to_owned(), problems }),
    }
}

/// Gives a finished file its name, if nothing has it.
fn appear(file: &Path, name: &Path) -> Result<(), CommandError> {
    let wrong = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::AlreadyExists => CommandError::Exists(name.to_owned()),
        _ => CommandError::File { path: name.to_owned(), source },
    };
    // A rename would take the place of a file that came meanwhile.
    fs::hard_link(file, name)
        .or_else(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => Err(error),
            // Not every file system has links.
            _ => fs::rename(file, name),
        })
        .map_err(wrong)?;
    data::settle(name.parent().unwrap_or(Path::new(".")))
}
