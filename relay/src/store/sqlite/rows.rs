//! The table of rows.

use rusqlite::{OptionalExtension, params};
use wire::limits::MAX_PULL_ROWS;
use wire::{Hash, Row, RowBody, RowKind, Seq, SpaceId, Tag, chain_start};

use super::Sql;
use super::fault::{Fault, int, number};
use crate::log::{Cover, Vouched, row_bytes};

/// Where the row with that hash lies.
pub(super) fn place(sql: &Sql, space: i64, hash: &Hash) -> Result<Option<Seq>, Fault> {
    let mut query = sql.prepare_cached("SELECT seq FROM rows WHERE space = ?1 AND hash = ?2")?;
    let seq = query.query_row(params![space, hash.as_bytes()], |row| row.get(0)).optional()?;
    Ok(seq.map(number))
}

/// The chain up to and including that row.
pub(super) fn chain_at(
    sql: &Sql,
    space: i64,
    id: &SpaceId,
    seq: Seq,
) -> Result<Option<Hash>, Fault> {
    if seq == 0 {
        return Ok(Some(chain_start(id)));
    }
    let mut query = sql.prepare_cached("SELECT chain FROM rows WHERE space = ?1 AND seq = ?2")?;
    let chain = query.query_row(params![space, int(seq)], |row| row.get(0)).optional()?;
    Ok(chain.map(Hash))
}

/// The rows after `after` that fit, one at least if there is any, and the chain at the last of them.
pub(super) fn after(
    sql: &Sql,
    space: i64,
    after: Seq,
    max_bytes: u32,
) -> Result<(Vec<Row>, Option<Hash>), Fault> {
    let mut query = sql.prepare_cached(
        "SELECT seq, received_at, kind, tag, hash, chain, covered_by, body FROM rows
         WHERE space = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    )?;
    let mut found = query.query(params![space, int(after), int(MAX_PULL_ROWS as u64)])?;
    let mut room = u64::from(max_bytes);
    let (mut rows, mut last) = (Vec::new(), None);
    while let Some(row) = found.next()? {
        let chain = Hash(row.get(5)?);
        let row = read(row)?;
        let size = row_bytes(&row);
        if size > room && !rows.is_empty() {
            break;
        }
        room = room.saturating_sub(size);
        rows.push(row);
        last = Some(chain);
    }
    Ok((rows, last))
}

/// The snapshot or generation with that hash, if its bytes are here.
pub(super) fn vouched(sql: &Sql, space: i64, hash: &Hash) -> Result<Option<Vouched>, Fault> {
    let mut query = sql.prepare_cached(
        "SELECT seq, received_at, kind, tag, hash, chain, covered_by, body FROM rows
         WHERE space = ?1 AND hash = ?2",
    )?;
    let row = query.query_row(params![space, hash.as_bytes()], read).optional()?;
    Ok(row.as_ref().and_then(Vouched::of))
}

/// Lets go of bytes, and says how many.
pub(super) fn cover(sql: &Sql, space: i64, cover: &Cover) -> Result<u64, Fault> {
    if let Some(new) = &cover.begins {
        return close(sql, space, cover, new);
    }
    let [a, b, c] = Cover::KINDS.map(RowKind::code);
    let Cover { tag, up_to, by, .. } = cover;
    let mut sum = sql.prepare_cached(
        "SELECT coalesce(sum(length(body)), 0) FROM rows
         WHERE space = ?1 AND tag = ?2 AND seq <= ?3 AND body IS NOT NULL AND kind IN (?4, ?5, ?6)",
    )?;
    let freed =
        sum.query_row(params![space, tag.as_bytes(), int(*up_to), a, b, c], |row| row.get(0))?;
    // In place first: a row that moves to another page of the file would leave its bytes behind.
    sql.prepare_cached(
        "UPDATE rows SET body = zeroblob(length(body))
         WHERE space = ?1 AND tag = ?2 AND seq <= ?3 AND body IS NOT NULL AND kind IN (?4, ?5, ?6)",
    )?
    .execute(params![space, tag.as_bytes(), int(*up_to), a, b, c])?;
    let mut cover = sql.prepare_cached(
        "UPDATE rows SET body = NULL, covered_by = ?7
         WHERE space = ?1 AND tag = ?2 AND seq <= ?3 AND body IS NOT NULL AND kind IN (?4, ?5, ?6)",
    )?;
    cover.execute(params![space, tag.as_bytes(), int(*up_to), a, b, c, by.as_bytes()])?;
    Ok(number(freed))
}

/// Lets go of everything under a closed tag, and of the first snapshots that were to follow on it
/// besides that under `new`.
fn close(sql: &Sql, space: i64, cover: &Cover, new: &Tag) -> Result<u64, Fault> {
    const WHICH: &str = "space = ?1 AND body IS NOT NULL AND ((tag = ?2 AND seq <= ?3)
         OR tag IN (SELECT tag FROM tails WHERE space = ?1 AND after = ?2 AND tag <> ?4))";
    let (tag, new) = (cover.tag.as_bytes(), new.as_bytes());
    let mut sum = sql.prepare_cached(&format!(
        "SELECT coalesce(sum(length(body)), 0) FROM rows WHERE {WHICH}"
    ))?;
    let freed = sum.query_row(params![space, tag, int(cover.up_to), new], |row| row.get(0))?;
    sql.prepare_cached(&format!("UPDATE rows SET body = zeroblob(length(body)) WHERE {WHICH}"))?
        .execute(params![space, tag, int(cover.up_to), new])?;
    sql.prepare_cached(&format!("UPDATE rows SET body = NULL, covered_by = ?5 WHERE {WHICH}"))?
        .execute(params![space, tag, int(cover.up_to), new, cover.by.as_bytes()])?;
    sql.prepare_cached(
        "UPDATE tails SET closed = (tag <> ?3), after = NULL WHERE space = ?1 AND after = ?2",
    )?
    .execute(params![space, tag, new])?;
    Ok(number(freed))
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let body = match row.get::<_, Option<Vec<u8>>>(7)? {
        Some(bytes) => RowBody::Whole(bytes),
        None => RowBody::Stub { covered_by: row.get::<_, Option<[u8; 32]>>(6)?.map(Hash) },
    };
    Ok(Row {
        seq: number(row.get(0)?),
        received_at: number(row.get(1)?),
        kind: RowKind::from_code(row.get(2)?),
        tag: Tag(row.get(3)?),
        hash: Hash(row.get(4)?),
        body,
    })
}

/// Writes a row.
pub(super) fn insert(sql: &Sql, space: i64, row: &Row, chain: &Hash) -> Result<(), Fault> {
    let RowBody::Whole(body) = &row.body else {
        return Err(Fault::Broken("a new row has a body"));
    };
    let mut insert = sql.prepare_cached(
        "INSERT INTO rows (space, seq, received_at, kind, tag, hash, chain, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    insert.execute(params![
        space,
        int(row.seq),
        int(row.received_at),
        row.kind.code(),
        row.tag.as_bytes(),
        row.hash.as_bytes(),
        chain.as_bytes(),
        body,
    ])?;
    Ok(())
}

/// The roster's records, in order.
pub(super) fn records(sql: &Sql, space: i64) -> Result<Vec<Vec<u8>>, Fault> {
    let mut query =
        sql.prepare_cached("SELECT body FROM rows WHERE space = ?1 AND kind = ?2 ORDER BY seq")?;
    let records = query.query_map(params![space, RowKind::Roster.code()], |row| row.get(0))?;
    Ok(records.collect::<Result<_, _>>()?)
}
