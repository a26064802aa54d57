//! Counting what the tables hold.

use wire::{LogId, SpaceId};

use super::fault::{Fault, number};
use super::{Sql, Sqlite};
use crate::store::{Later, SpaceStats, Stats, StoreError, Totals};

impl Stats for Sqlite {
    fn totals(&self) -> Later<'_, Result<Totals, StoreError>> {
        Box::pin(self.readers.read(totals))
    }

    fn stats(&self) -> Later<'_, Result<Vec<SpaceStats>, StoreError>> {
        Box::pin(self.readers.read(stats))
    }
}

fn totals(sql: &Sql) -> Result<Totals, Fault> {
    let mut query = sql.prepare_cached(
        "SELECT count(*), coalesce(sum(head), 0), coalesce(sum(bytes), 0) FROM spaces",
    )?;
    Ok(query.query_row([], |row| {
        let [spaces, rows, row_bytes] = [row.get(0)?, row.get(1)?, row.get(2)?].map(number);
        Ok(Totals { spaces, rows, row_bytes })
    })?)
}

fn stats(sql: &Sql) -> Result<Vec<SpaceStats>, Fault> {
    let mut query = sql.prepare(
        "SELECT space, log, head, bytes, object_bytes,
             (SELECT count(*) FROM rows WHERE space = spaces.id AND body IS NULL),
             (SELECT received_at FROM rows WHERE space = spaces.id AND seq = spaces.head),
             (SELECT count(*) FROM objects WHERE space = spaces.id),
             (SELECT count(*) FROM drops WHERE space = spaces.id),
             (SELECT coalesce(sum(length(sealed)), 0) FROM drops WHERE space = spaces.id)
         FROM spaces ORDER BY id",
    )?;
    let found = query.query_map([], |row| {
        Ok(SpaceStats {
            space: SpaceId(row.get(0)?),
            log: LogId(row.get(1)?),
            rows: number(row.get(2)?),
            row_bytes: number(row.get(3)?),
            object_bytes: number(row.get(4)?),
            stubs: number(row.get(5)?),
            last_row_at: number(row.get(6)?),
            objects: number(row.get(7)?),
            drops: number(row.get(8)?),
            drop_bytes: number(row.get(9)?),
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}
