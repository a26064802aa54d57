//! `rapport stats`

use std::io::Write;

use serde_json::{Value, json};

use super::size::{moment, size};
use super::{CommandError, data};
use crate::config;
use crate::store::SpaceStats;

pub(super) async fn run(
    command: &config::Stats,
    out: &mut (impl Write + Send),
) -> Result<(), CommandError> {
    let stats = data::open(&command.data).await?.stats().await?;
    if command.json {
        writeln!(out, "{}", as_json(&stats))?;
        return Ok(());
    }
    for space in &stats {
        writeln!(out, "space {}: {}", space.space, in_words(space))?;
    }
    let sum = |of: fn(&SpaceStats) -> u64| stats.iter().map(of).sum::<u64>();
    writeln!(
        out,
        "in all: {} spaces, {} rows with {}, {} objects with {}, {} drops with {}",
        stats.len(),
        sum(|space| space.rows),
        size(sum(|space| space.row_bytes)),
        sum(|space| space.objects),
        size(sum(|space| space.object_bytes)),
        sum(|space| space.drops),
        size(sum(|space| space.drop_bytes)),
    )?;
    Ok(())
}

fn in_words(space: &SpaceStats) -> String {
    let SpaceStats { rows, stubs, objects, drops, .. } = space;
    let (row_bytes, object_bytes, drop_bytes) =
        (size(space.row_bytes), size(space.object_bytes), size(space.drop_bytes));
    let last = moment(space.last_row_at);
    format!(
        "{rows} rows with {row_bytes} ({stubs} stubs), the last at {last}; \
         {objects} objects with {object_bytes}; {drops} drops with {drop_bytes}"
    )
}

/// Names with their units, so that a program needs no manual.
fn as_json(stats: &[SpaceStats]) -> Value {
    let spaces = stats.iter().map(|space| {
        json!({
            "space": space.space.to_string(),
            "log": space.log.to_string(),
            "rows": space.rows,
            "row_bytes": space.row_bytes,
            "stubs": space.stubs,
            "last_row_at_ms": space.last_row_at,
            "objects": space.objects,
            "object_bytes": space.object_bytes,
            "drops": space.drops,
            "drop_bytes": space.drop_bytes,
        })
    });
    json!({ "spaces": spaces.collect::<Vec<_>>() })
}
