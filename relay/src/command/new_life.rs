//! `rapport new-life`

use std::io::Write;

use rand_core::Rng;
use wire::{LogId, Seq, SpaceId};

use super::{CommandError, data};
use crate::clock;
use crate::config::NewLife;
use crate::store::Log;

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
        let (log, seq) = begin(&*store, space).await?;
        writeln!(out, "space {space} goes on as {log} from row {seq}")?;
    }
    writeln!(out, "{ON_THE_DEVICES}")?;
    Ok(())
}

/// Begins another life of a log: its name, and the row with which it begins.
pub(super) async fn begin(store: &dyn Log, space: SpaceId) -> Result<(LogId, Seq), CommandError> {
    let mut log = LogId([0; 16]);
    clock::randomness().fill_bytes(&mut log.0);
    let seq = store.new_life(space, log).await?.ok_or(CommandError::SpaceUnknown(space))?;
    Ok((log, seq))
}

/// What a new life means to the people.
pub(super) const ON_THE_DEVICES: &str = "\
on the devices: each notices the new life when it connects, reads everything from the first row again
and sends what it has and the relay lacks. Nobody has to do anything; people are told that it happened";
