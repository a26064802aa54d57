//! The least that an append costs: its row in SQLite, many to a commit.

use std::path::Path;

use rusqlite::{Connection, params};
use wire::limits::MAX_IN_FLIGHT;
use wire::{Envelope, Hash};

use crate::bench::Stopwatch;

/// Rows of one commit: as many as the relay's one writer takes at most.
const GROUP: usize = relay::limits::GROUP;

/// A row as it is handed in.
pub(super) struct Row {
    pub(super) team: usize,
    pub(super) tag: [u8; 16],
    pub(super) hash: Hash,
    pub(super) envelope: Vec<u8>,
}

/// The rows of all devices in the order in which they come to a relay: of each device in turn as many as it may
/// have in flight. The order decides how many pages of the indexes a commit writes.
pub(super) fn as_they_come(devices: impl Iterator<Item = Vec<Row>>) -> Vec<Row> {
    let mut devices: Vec<_> = devices.map(Vec::into_iter).collect();
    let mut rows = Vec::new();
    while devices.iter().any(|rows| rows.len() > 0) {
        rows.extend(devices.iter_mut().flat_map(|rows| rows.take(MAX_IN_FLIGHT)));
    }
    rows
}

/// Rows whose signature one processor verifies in a second: no relay may let in a row without that.
pub(super) fn verified(rows: &[Row]) -> f64 {
    let stopwatch = Stopwatch::start();
    for row in rows {
        let envelope = Envelope::parse(&row.envelope).expect("an envelope");
        envelope.verify().expect("a good signature");
    }
    rows.len() as f64 / (stopwatch.milliseconds() / 1000.0)
}

/// Rows a second, written to a file in that folder with the columns and the index that the relay needs, and as
/// durably.
pub(super) fn straight(folder: &Path, rows: &[Row]) -> f64 {
    let written = write(folder, rows);
    written.expect("a file of SQLite")
}

fn write(folder: &Path, rows: &[Row]) -> rusqlite::Result<f64> {
    let mut connection = Connection::open(folder.join("floor.db"))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch(
        "CREATE TABLE rows (space INTEGER NOT NULL, seq INTEGER NOT NULL, received_at INTEGER NOT NULL,
             kind INTEGER NOT NULL, tag BLOB NOT NULL, hash BLOB NOT NULL, chain BLOB NOT NULL, body BLOB,
             PRIMARY KEY (space, seq)) STRICT;
         CREATE UNIQUE INDEX rows_by_hash ON rows (space, hash);",
    )?;
    let stopwatch = Stopwatch::start();
    let mut seq = 0_i64;
    for group in rows.chunks(GROUP) {
        let transaction = connection.transaction()?;
        let mut insert =
            transaction.prepare_cached("INSERT INTO rows VALUES (?, ?, ?, 2, ?, ?, ?, ?)")?;
        for row in group {
            seq += 1;
            let (hash, team) = (&row.hash.0[..], i64::try_from(row.team).unwrap_or_default());
            insert.execute(params![
                team,
                seq,
                1_700_000_000_000_i64,
                row.tag,
                hash,
                hash,
                row.envelope
            ])?;
        }
        drop(insert);
        transaction.commit()?;
    }
    Ok(rows.len() as f64 / (stopwatch.milliseconds() / 1000.0))
}
