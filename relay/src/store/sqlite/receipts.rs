//! The table of receipts: which device has carried out which generation.

use rusqlite::params;
use wire::Header;

use super::Sql;
use super::fault::Fault;
use crate::log::Receipt;

/// Whether the device has given one for the generation that its attestation names.
pub(super) fn is_given(sql: &Sql, space: i64, header: &Header) -> Result<bool, Fault> {
    let Some(generation) = &header.attests else { return Ok(false) };
    let mut query = sql.prepare_cached(
        "SELECT 1 FROM receipts WHERE space = ?1 AND generation = ?2 AND device = ?3",
    )?;
    Ok(query.exists(params![space, generation.as_bytes(), header.device.as_bytes()])?)
}

/// Writes down that it has.
pub(super) fn put(sql: &Sql, space: i64, receipt: &Receipt) -> Result<(), Fault> {
    let mut put =
        sql.prepare_cached("INSERT INTO receipts (space, generation, device) VALUES (?1, ?2, ?3)")?;
    put.execute(params![space, receipt.generation.as_bytes(), receipt.device.as_bytes()])?;
    Ok(())
}
