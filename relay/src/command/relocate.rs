//! `rapport move`: from the data folder into a database.

use std::fs;
use std::io::Write;

use super::{CommandError, data, verify};
use crate::clock;
use crate::config::Move;
use crate::store::{Log, Postgres, Sqlite, copy_from_sqlite};

pub(super) async fn run(command: &Move, out: &mut (impl Write + Send)) -> Result<(), CommandError> {
    let file = data::file(&command.folder)?;
    // As long as this is held no relay serves the folder.
    let _lock = data::lock(&command.folder)?;
    let access = command.access();
    let from = Sqlite::open(&file, clock::wall())?;
    sound(&from, "the folder").await?;
    let mut ends = Vec::new();
    for space in from.spaces().await? {
        ends.push((space, from.pull(space, 0, 0).await?.map(|pulled| pulled.standing.chain)));
    }
    // Closed: from here on only one reads.
    drop(from);
    copy_from_sqlite(&file, &access).await?;

    let to = Postgres::open_existing(&access, clock::wall()).await?;
    let rows = sound(&to, "the database").await?;
    for (space, end) in &ends {
        let arrived = to.pull(*space, 0, 0).await?;
        if arrived.as_ref().map(|pulled| pulled.standing.chain) != *end {
            writeln!(out, "space {space} does not end in the database as in the folder")?;
            return Err(CommandError::Damaged { problems: 1 });
        }
    }
    let kept = command.folder.join(data::MOVED);
    let wrong = |source| CommandError::Folder { path: command.folder.clone(), source };
    fs::rename(&file, &kept).map_err(wrong)?;
    writeln!(out, "{} spaces with {rows} rows lie in {} and are sound", ends.len(), access.url)?;
    writeln!(out, "the file is now {}: nothing uses it any more", kept.display())?;
    writeln!(out, "from now on give every command --database or RAPPORT_DATABASE")?;
    Ok(())
}

/// How many rows a store has, if all of them fit.
async fn sound(store: &impl Log, place: &'static str) -> Result<u64, CommandError> {
    let mut rows = 0;
    let mut problems = store.check().await?;
    for space in store.spaces().await? {
        let Some(report) = verify(store, space).await? else { continue };
        rows += report.rows;
        problems.extend(report.problems);
    }
    for problem in &problems {
        tracing::error!(problem, "{place}");
    }
    match problems.len() {
        0 => Ok(rows),
        problems => Err(CommandError::Damaged { problems }),
    }
}
