//! The table of rows.

use deadpool_postgres::Transaction;
use wire::limits::MAX_PULL_ROWS;
use wire::{Hash, Row, RowBody, RowKind, Seq, SpaceId, Tag, chain_start};

use super::fault::{Fault, fixed, int, number};
use super::spaces::Kept;
use crate::log::{Cover, ROW_OVERHEAD, Receipt, Tail, Vouched};

/// Where the row with that hash lies.
pub(super) async fn place(
    sql: &Transaction<'_>,
    space: i64,
    hash: &Hash,
) -> Result<Option<Seq>, Fault> {
    let query = sql.prepare_cached("SELECT seq FROM rows WHERE space = $1 AND hash = $2").await?;
    let row = sql.query_opt(&query, &[&space, &hash.as_bytes().as_slice()]).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?.map(number))
}

/// The chain up to and including that row.
pub(super) async fn chain_at(
    sql: &Transaction<'_>,
    space: i64,
    id: &SpaceId,
    seq: Seq,
) -> Result<Option<Hash>, Fault> {
    if seq == 0 {
        return Ok(Some(chain_start(id)));
    }
    let query = sql.prepare_cached("SELECT chain FROM rows WHERE space = $1 AND seq = $2").await?;
    let row = sql.query_opt(&query, &[&space, &int(seq)]).await?;
    let chain: Option<&[u8]> = row.as_ref().map(|row| row.try_get(0)).transpose()?;
    Ok(chain.map(fixed).transpose()?.map(Hash))
}

/// The rows after `after` that fit, one at least if there is any, and the chain at the last of them.
pub(super) async fn after(
    sql: &Transaction<'_>,
    kept: &Kept,
    after: Seq,
    max_bytes: u32,
) -> Result<(Vec<Row>, Option<Hash>), Fault> {
    if after >= kept.standing.head {
        return Ok((Vec::new(), None));
    }
    let fitting = fitting(sql, kept.id, after, max_bytes).await?;
    let rows = first(sql, kept.id, after, fitting).await?;
    let (rows, mut chains): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    Ok((rows, chains.pop()))
}

/// How many rows fit. Only lengths are looked at, so that no more bodies are read than are given
/// out.
async fn fitting(
    sql: &Transaction<'_>,
    space: i64,
    after: Seq,
    max_bytes: u32,
) -> Result<u64, Fault> {
    // No row counts for less than an empty one.
    let most = (u64::from(max_bytes) / ROW_OVERHEAD).min(MAX_PULL_ROWS as u64);
    if most <= 1 {
        return Ok(1);
    }
    let query = sql
        .prepare_cached(
            "SELECT coalesce(octet_length(body), 0)::bigint FROM rows
             WHERE space = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        )
        .await?;
    let (mut room, mut fitting) = (u64::from(max_bytes), 0);
    for row in sql.query(&query, &[&space, &int(after), &int(most)]).await? {
        let size = number(row.try_get(0)?) + ROW_OVERHEAD;
        if size > room {
            break;
        }
        room -= size;
        fitting += 1;
    }
    Ok(fitting.max(1))
}

async fn first(
    sql: &Transaction<'_>,
    space: i64,
    after: Seq,
    count: u64,
) -> Result<Vec<(Row, Hash)>, Fault> {
    let query = sql
        .prepare_cached(
            "SELECT seq, received_at, kind, tag, hash, chain, covered_by, body FROM rows
             WHERE space = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        )
        .await?;
    let found = sql.query(&query, &[&space, &int(after), &int(count)]).await?;
    found.iter().map(|row| Ok((read(row)?, Hash(fixed(row.try_get(5)?)?)))).collect()
}

fn read(row: &tokio_postgres::Row) -> Result<Row, Fault> {
    let covered_by: Option<&[u8]> = row.try_get(6)?;
    let body = match row.try_get::<_, Option<Vec<u8>>>(7)? {
        Some(bytes) => RowBody::Whole(bytes),
        None => RowBody::Stub { covered_by: covered_by.map(fixed).transpose()?.map(Hash) },
    };
    let kind = u8::try_from(row.try_get::<_, i16>(2)?);
    Ok(Row {
        seq: number(row.try_get(0)?),
        received_at: number(row.try_get(1)?),
        kind: RowKind::from_code(kind.map_err(|_| Fault::Broken("no kind has such a number"))?),
        tag: Tag(fixed(row.try_get(3)?)?),
        hash: Hash(fixed(row.try_get(4)?)?),
        body,
    })
}

/// The snapshot or generation with that hash, if its bytes are here.
pub(super) async fn vouched(
    sql: &Transaction<'_>,
    space: i64,
    hash: &Hash,
) -> Result<Option<Vouched>, Fault> {
    let query = sql
        .prepare_cached(
            "SELECT seq, received_at, kind, tag, hash, chain, covered_by, body FROM rows
             WHERE space = $1 AND hash = $2",
        )
        .await?;
    let row = sql.query_opt(&query, &[&space, &hash.as_bytes().as_slice()]).await?;
    let row = row.as_ref().map(read).transpose()?;
    Ok(row.as_ref().and_then(Vouched::of))
}

/// Lets go of bytes, and says how many.
pub(super) async fn cover(sql: &Transaction<'_>, space: i64, cover: &Cover) -> Result<u64, Fault> {
    if let Some(new) = &cover.begins {
        return close(sql, space, cover, new).await;
    }
    let query = sql
        .prepare_cached(
            "WITH covered AS (
                 SELECT seq, octet_length(body) AS bytes FROM rows
                 WHERE space = $1 AND tag = $2 AND seq <= $3 AND body IS NOT NULL AND kind = ANY($4)
             ), gone AS (
                 UPDATE rows SET body = NULL, covered_by = $5
                 WHERE space = $1 AND seq IN (SELECT seq FROM covered)
             )
             SELECT coalesce(sum(bytes), 0)::bigint FROM covered",
        )
        .await?;
    let kinds = Cover::KINDS.map(|kind| i16::from(kind.code()));
    let (tag, by) = (cover.tag.as_bytes().as_slice(), cover.by.as_bytes().as_slice());
    let row =
        sql.query_one(&query, &[&space, &tag, &int(cover.up_to), &kinds.as_slice(), &by]).await?;
    Ok(number(row.try_get(0)?))
}

/// Lets go of everything under a closed tag, and of the first snapshots that were to follow on it
/// besides that under `new`.
async fn close(sql: &Transaction<'_>, space: i64, cover: &Cover, new: &Tag) -> Result<u64, Fault> {
    let query = sql
        .prepare_cached(
            "WITH covered AS (
                 SELECT seq, octet_length(body) AS bytes FROM rows
                 WHERE space = $1 AND body IS NOT NULL AND ((tag = $2 AND seq <= $3)
                     OR tag IN (SELECT tag FROM tails WHERE space = $1 AND after = $2 AND tag <> $5))
             ), gone AS (
                 UPDATE rows SET body = NULL, covered_by = $4
                 WHERE space = $1 AND seq IN (SELECT seq FROM covered)
             ), named AS (
                 UPDATE tails SET closed = (tag <> $5), after = NULL WHERE space = $1 AND after = $2
             )
             SELECT coalesce(sum(bytes), 0)::bigint FROM covered",
        )
        .await?;
    let [tag, new] = [&cover.tag, new].map(|tag| tag.as_bytes().as_slice());
    let by = cover.by.as_bytes().as_slice();
    let row = sql.query_one(&query, &[&space, &tag, &int(cover.up_to), &by, &new]).await?;
    Ok(number(row.try_get(0)?))
}

/// What the rows of a document come to.
pub(super) async fn tail(sql: &Transaction<'_>, space: i64, tag: &Tag) -> Result<Tail, Fault> {
    let query = sql
        .prepare_cached(
            "SELECT last, rows, bytes, snapshot, covered, after, closed FROM tails
             WHERE space = $1 AND tag = $2",
        )
        .await?;
    let found = sql.query_opt(&query, &[&space, &tag.as_bytes().as_slice()]).await?;
    let Some(row) = found else { return Ok(Tail::default()) };
    let counted = |column| Ok::<_, Fault>(number(row.try_get(column)?));
    Ok(Tail {
        last: counted(0)?,
        rows: counted(1)?,
        bytes: counted(2)?,
        snapshot: counted(3)?,
        covered: counted(4)?,
        after: row.try_get::<_, Option<&[u8]>>(5)?.map(fixed).transpose()?.map(Tag),
        closed: row.try_get(6)?,
    })
}

/// Writes down what the rows of a document come to.
pub(super) async fn put_tail(
    sql: &Transaction<'_>,
    space: i64,
    tag: &Tag,
    tail: &Tail,
) -> Result<(), Fault> {
    let put = sql
        .prepare_cached(
            "INSERT INTO tails
                 (space, tag, last, rows, bytes, snapshot, covered, after, closed)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (space, tag) DO UPDATE SET last = excluded.last, rows = excluded.rows,
                 bytes = excluded.bytes, snapshot = excluded.snapshot,
                 covered = excluded.covered, after = excluded.after, closed = excluded.closed",
        )
        .await?;
    let Tail { last, rows, bytes, snapshot, covered, closed, .. } = *tail;
    let after = tail.after.as_ref().map(|tag| tag.as_bytes().as_slice());
    let [last, rows, bytes, snapshot, covered] = [last, rows, bytes, snapshot, covered].map(int);
    let tag = tag.as_bytes().as_slice();
    sql.execute(&put, &[&space, &tag, &last, &rows, &bytes, &snapshot, &covered, &after, &closed])
        .await?;
    Ok(())
}

/// Writes down that a device has carried out a generation.
pub(super) async fn put_receipt(
    sql: &Transaction<'_>,
    space: i64,
    receipt: &Receipt,
) -> Result<(), Fault> {
    let put = sql
        .prepare_cached("INSERT INTO receipts (space, generation, device) VALUES ($1, $2, $3)")
        .await?;
    let (generation, device) =
        (receipt.generation.as_bytes().as_slice(), receipt.device.as_bytes().as_slice());
    sql.execute(&put, &[&space, &generation, &device]).await?;
    Ok(())
}

/// Writes a row.
pub(super) async fn insert(
    sql: &Transaction<'_>,
    space: i64,
    row: &Row,
    chain: &Hash,
) -> Result<(), Fault> {
    let RowBody::Whole(body) = &row.body else {
        return Err(Fault::Broken("a new row has a body"));
    };
    let insert = sql
        .prepare_cached(
            "INSERT INTO rows (space, seq, received_at, kind, tag, hash, chain, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .await?;
    sql.execute(
        &insert,
        &[
            &space,
            &int(row.seq),
            &int(row.received_at),
            &i16::from(row.kind.code()),
            &row.tag.as_bytes().as_slice(),
            &row.hash.as_bytes().as_slice(),
            &chain.as_bytes().as_slice(),
            body,
        ],
    )
    .await?;
    Ok(())
}

/// The roster's records, in order.
pub(super) async fn records(sql: &Transaction<'_>, space: i64) -> Result<Vec<Vec<u8>>, Fault> {
    let roster = i16::from(RowKind::Roster.code());
    let rows = sql
        .query(
            "SELECT body FROM rows WHERE space = $1 AND kind = $2 AND body IS NOT NULL ORDER BY seq",
            &[&space, &roster],
        )
        .await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}
