//! The table of sessions. The counter of one is looked up with the rest of what is known of an
//! envelope, see [`super::append`].

use deadpool_postgres::Transaction;
use wire::{Counter, DeviceKey, Header, Seq, SessionId};

use super::fault::{Fault, fixed, int, number};
use crate::limits::SESSIONS_PER_DEVICE;

/// The session in which the device last appended, with its last counter.
pub(super) async fn last(
    sql: &Transaction<'_>,
    space: i64,
    device: &DeviceKey,
) -> Result<Option<(SessionId, Counter)>, Fault> {
    let query = sql
        .prepare_cached(
            "SELECT session, counter FROM sessions WHERE space = $1 AND device = $2
             ORDER BY last_row DESC LIMIT 1",
        )
        .await?;
    let Some(row) = sql.query_opt(&query, &[&space, &device.as_bytes().as_slice()]).await? else {
        return Ok(None);
    };
    Ok(Some((SessionId(fixed(row.try_get(0)?)?), number(row.try_get(1)?))))
}

/// Counts an envelope that becomes the row `last_row`, and forgets the oldest sessions of a device
/// that has begun another one.
pub(super) async fn count(
    sql: &Transaction<'_>,
    space: i64,
    header: &Header,
    last_row: Seq,
) -> Result<(), Fault> {
    let device = header.device.as_bytes().as_slice();
    let upsert = sql
        .prepare_cached(
            "INSERT INTO sessions (space, device, session, counter, last_row)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (space, device, session)
             DO UPDATE SET counter = excluded.counter, last_row = excluded.last_row",
        )
        .await?;
    let session = header.session.as_bytes().as_slice();
    sql.execute(&upsert, &[&space, &device, &session, &int(header.counter), &int(last_row)])
        .await?;
    if header.counter == 1 {
        let forget = sql
            .prepare_cached(
                "DELETE FROM sessions WHERE space = $1 AND device = $2 AND session IN (
                     SELECT session FROM sessions WHERE space = $1 AND device = $2
                     ORDER BY last_row DESC OFFSET $3)",
            )
            .await?;
        sql.execute(&forget, &[&space, &device, &int(SESSIONS_PER_DEVICE)]).await?;
    }
    Ok(())
}
