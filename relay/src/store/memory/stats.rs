//! Counting what lies in memory.

use std::future::ready;

use super::Memory;
use crate::store::{Later, SpaceStats, Stats, StoreError, Totals};

impl Stats for Memory {
    fn totals(&self) -> Later<'_, Result<Totals, StoreError>> {
        let content = self.content();
        let spaces = content.order.len() as u64;
        let totals = content.spaces.values().map(super::Space::stats).fold(
            Totals { spaces, ..Totals::default() },
            |totals, space| Totals {
                rows: totals.rows + space.rows,
                row_bytes: totals.row_bytes + space.row_bytes,
                ..totals
            },
        );
        Box::pin(ready(Ok(totals)))
    }

    fn stats(&self) -> Later<'_, Result<Vec<SpaceStats>, StoreError>> {
        let content = self.content();
        let kept = content.order.iter().filter_map(|space| content.spaces.get(space));
        Box::pin(ready(Ok(kept.map(super::Space::stats).collect())))
    }
}
