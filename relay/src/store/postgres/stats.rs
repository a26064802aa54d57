//! Counting what the tables hold.

use tokio_postgres::Row;
use wire::{LogId, SpaceId};

use super::Postgres;
use super::fault::{Fault, fixed, number};
use crate::store::{Later, SpaceStats, Stats, StoreError, Totals};

impl Stats for Postgres {
    fn totals(&self) -> Later<'_, Result<Totals, StoreError>> {
        Box::pin(self.inner.within(async move {
            let client = self.inner.client().await?;
            let query = client
                .prepare_cached(
                    "SELECT count(*), coalesce(sum(head), 0)::bigint, coalesce(sum(bytes), 0)::bigint
                     FROM spaces",
                )
                .await?;
            let row = client.query_one(&query, &[]).await?;
            Ok(Totals {
                spaces: number(row.try_get(0)?),
                rows: number(row.try_get(1)?),
                row_bytes: number(row.try_get(2)?),
            })
        }))
    }

    fn stats(&self) -> Later<'_, Result<Vec<SpaceStats>, StoreError>> {
        Box::pin(async move {
            let mut client = self.inner.client().await?;
            let view = self.inner.view(&mut client).await?;
            // Looks at every row: longer than a device would wait.
            let query = "SELECT space, log, head, bytes, object_bytes,
                     (SELECT count(*) FROM rows WHERE rows.space = spaces.id AND body IS NULL),
                     (SELECT received_at FROM rows WHERE rows.space = spaces.id AND seq = head),
                     (SELECT count(*) FROM objects WHERE objects.space = spaces.id),
                     (SELECT count(*) FROM drops WHERE drops.space = spaces.id),
                     (SELECT coalesce(sum(octet_length(sealed)), 0)::bigint FROM drops
                      WHERE drops.space = spaces.id)
                 FROM spaces ORDER BY id";
            let found = async {
                view.batch_execute("SET LOCAL statement_timeout = 0").await?;
                view.query(query, &[]).await
            };
            let found = found.await.map_err(Fault::from)?;
            let space = |row: &Row| {
                Ok(SpaceStats {
                    space: SpaceId(fixed(row.try_get(0)?)?),
                    log: LogId(fixed(row.try_get(1)?)?),
                    rows: number(row.try_get(2)?),
                    row_bytes: number(row.try_get(3)?),
                    object_bytes: number(row.try_get(4)?),
                    stubs: number(row.try_get(5)?),
                    last_row_at: row.try_get::<_, Option<i64>>(6)?.map_or(0, number),
                    objects: number(row.try_get(7)?),
                    drops: number(row.try_get(8)?),
                    drop_bytes: number(row.try_get(9)?),
                })
            };
            let spaces = found.iter().map(space).collect::<Result<_, Fault>>();
            Ok(spaces?)
        })
    }
}
