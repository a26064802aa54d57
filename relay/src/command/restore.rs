//! `rapport restore`: a backup takes the place of the data, and every log begins a new life.
//!
//! All work is done on a copy beside the data; then the files are exchanged. What was there before
//! is set aside and never deleted. A crash before the exchange leaves the old data in place; one in
//! its midst leaves a folder that `serve` refuses until the restore has been run again.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::backup::sound_copy;
use super::data::{DATABASE, RESTORING};
use super::new_life::{ON_THE_DEVICES, begin};
use super::size::stamp;
use super::{CommandError, data};
use crate::clock;
use crate::config::Restore;
use crate::store::{Log as _, Sqlite, sqlite};

pub(super) async fn run(
    command: &Restore,
    out: &mut (impl Write + Send),
) -> Result<(), CommandError> {
    let folder = data::folder(&command.data)?;
    let _lock = data::lock(folder)?;
    let place = folder.join(DATABASE);
    let cut_off = folder.join(RESTORING);
    if place.exists() && !command.set_aside && !cut_off.exists() {
        return Err(CommandError::Occupied(folder.to_owned()));
    }

    let (working, copy) = sound_copy(&command.file, folder, out).await?;
    let store = Sqlite::open(&copy, clock::wall())?;
    // One that was used after the backup was made would be good once more.
    store.void_tokens().await?;
    for space in store.spaces().await? {
        let (log, seq) = begin(&store, space).await?;
        writeln!(out, "space {space} goes on as {log} from row {seq}")?;
    }
    drop(store);
    sqlite::seal(&copy)?;

    let wrong = |source| CommandError::Folder { path: folder.to_owned(), source };
    if cut_off.exists() {
        // A copy of a backup, as this one is.
        fs::remove_dir_all(&cut_off).map_err(wrong)?;
    }
    fs::rename(working.keep(), &cut_off).map_err(wrong)?;
    data::settle(folder)?;
    if let Some(aside) = set_aside(folder, &place)? {
        writeln!(out, "what was here before is in {}", aside.display())?;
    }
    fs::rename(cut_off.join(DATABASE), &place).map_err(wrong)?;
    data::settle(folder)?;
    fs::remove_dir_all(&cut_off).map_err(wrong)?;

    writeln!(out, "{} holds the backup now; set-up tokens of before are void", folder.display())?;
    writeln!(out, "{ON_THE_DEVICES}")?;
    Ok(())
}

/// Moves a store out of the way; `None` if there is none.
fn set_aside(folder: &Path, place: &Path) -> Result<Option<PathBuf>, CommandError> {
    let [log, index] = sqlite::companions(place);
    // Its log first: the copy must never lie beside it.
    let files: Vec<_> =
        [log, index, place.to_owned()].into_iter().filter(|file| file.exists()).collect();
    if files.is_empty() {
        return Ok(None);
    }
    let aside = free_name(&folder.join(format!("set-aside-{}", stamp(clock::now()))));
    data::make_folder(&aside)?;
    for file in files {
        let name = file.file_name().unwrap_or_default();
        fs::rename(&file, aside.join(name))
            .map_err(|source| CommandError::File { path: file.clone(), source })?;
    }
    data::settle(folder)?;
    Ok(Some(aside))
}

/// The name, or the first with a number behind it that nothing has.
fn free_name(name: &Path) -> PathBuf {
    let numbered = |number: u32| match number {
        1 => name.to_owned(),
        _ => {
            let mut name = name.as_os_str().to_owned();
            name.push(format!("-{number}"));
            name.into()
        }
    };
    (1..).map(numbered).find(|name| !name.exists()).unwrap_or_else(|| name.to_owned())
}
