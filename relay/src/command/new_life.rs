//! `rapport new-life`

use std::io::Write;

use rand_core::Rng;
use wire::LogId;

use super::{CommandError, data};
use crate::clock;
use crate::config::NewLife;

pub(super) async fn run(
    command: &NewLife,
    out: &mut (impl Write + Send),
) -> Result<(), CommandError> {
    let store = data::open(&command.data).await?;
    let spaces = match command.space {
        Some(space) => vec![space],
        None => store.spaces().await?,
    };
    for space in spaces {
        let mut log = LogId([0; 16]);
        clock::randomness().fill_bytes(&mut log.0);
        let seq = store.new_life(space, log).await?.ok_or(CommandError::SpaceUnknown(space))?;
        writeln!(out, "space {space} goes on as {log} from row {seq}")?;
    }
    Ok(())
}
