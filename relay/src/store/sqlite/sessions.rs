//! The table of sessions.

use rusqlite::{OptionalExtension, params};
use wire::{Counter, DeviceKey, Header, Seq, SessionId};

use super::Sql;
use super::fault::{Fault, int, number};
use crate::limits::SESSIONS_PER_DEVICE;

/// The last counter of the session that the header names; 0 before its first.
pub(super) fn counter(sql: &Sql, space: i64, header: &Header) -> Result<Counter, Fault> {
    let mut query = sql.prepare_cached(
        "SELECT counter FROM sessions WHERE space = ?1 AND device = ?2 AND session = ?3",
    )?;
    let key = params![space, header.device.as_bytes(), header.session.as_bytes()];
    Ok(query.query_row(key, |row| row.get(0)).optional()?.map_or(0, number))
}

/// The session in which the device last appended, with its last counter.
pub(super) fn last(
    sql: &Sql,
    space: i64,
    device: &DeviceKey,
) -> Result<Option<(SessionId, Counter)>, Fault> {
    let mut query = sql.prepare_cached(
        "SELECT session, counter FROM sessions WHERE space = ?1 AND device = ?2
         ORDER BY last_row DESC LIMIT 1",
    )?;
    let found = query.query_row(params![space, device.as_bytes()], |row| {
        Ok((SessionId(row.get(0)?), number(row.get(1)?)))
    });
    Ok(found.optional()?)
}

/// Counts an envelope that became the row `last_row`, and forgets the oldest sessions of a device
/// that has begun another one.
pub(super) fn count(sql: &Sql, space: i64, header: &Header, last_row: Seq) -> Result<(), Fault> {
    let mut upsert = sql.prepare_cached(
        "INSERT INTO sessions (space, device, session, counter, last_row)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET counter = excluded.counter, last_row = excluded.last_row",
    )?;
    upsert.execute(params![
        space,
        header.device.as_bytes(),
        header.session.as_bytes(),
        int(header.counter),
        int(last_row),
    ])?;
    if header.counter == 1 {
        let mut forget = sql.prepare_cached(
            "DELETE FROM sessions WHERE space = ?1 AND device = ?2 AND session IN (
                 SELECT session FROM sessions WHERE space = ?1 AND device = ?2
                 ORDER BY last_row DESC LIMIT -1 OFFSET ?3)",
        )?;
        forget.execute(params![space, header.device.as_bytes(), int(SESSIONS_PER_DEVICE)])?;
    }
    Ok(())
}
