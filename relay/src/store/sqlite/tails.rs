//! The table of tails.

use rusqlite::{OptionalExtension, params};
use wire::Tag;

use super::Sql;
use super::fault::{Fault, int, number};
use crate::log::Tail;

/// What the rows of a document come to.
pub(super) fn find(sql: &Sql, space: i64, tag: &Tag) -> Result<Tail, Fault> {
    let mut query = sql.prepare_cached(
        "SELECT last, rows, bytes, snapshot, covered, after, closed FROM tails
         WHERE space = ?1 AND tag = ?2",
    )?;
    let found = query.query_row(params![space, tag.as_bytes()], |row| {
        let [last, rows, bytes, snapshot, covered] =
            [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?].map(number);
        let after = row.get::<_, Option<[u8; 16]>>(5)?.map(Tag);
        Ok(Tail { last, rows, bytes, snapshot, covered, after, closed: row.get(6)? })
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// Writes that down.
pub(super) fn put(sql: &Sql, space: i64, tag: &Tag, tail: &Tail) -> Result<(), Fault> {
    let mut put = sql.prepare_cached(
        "INSERT OR REPLACE INTO tails (space, tag, last, rows, bytes, snapshot, covered, after, closed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let Tail { last, rows, bytes, snapshot, covered, after, closed } = *tail;
    put.execute(params![
        space,
        tag.as_bytes(),
        int(last),
        int(rows),
        int(bytes),
        int(snapshot),
        int(covered),
        after.as_ref().map(Tag::as_bytes),
        closed,
    ])?;
    Ok(())
}
