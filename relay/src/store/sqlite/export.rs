//! Everything that lies in a file, table by table.

use std::path::Path;

use rusqlite::types::ValueRef;
use tokio::sync::mpsc;

use super::schema::{OpenError, open_to_write};
use crate::store::tables::{Batch, Cell, TABLES, Table};

/// Bytes of a batch, about.
const BATCH_BYTES: usize = 1 << 20;
/// Rows of a batch.
const BATCH_ROWS: usize = 4096;

/// Hands out all rows of all tables, from one moment. Ends early if nobody takes them. For a thread
/// that may wait.
pub(in crate::store) fn export(file: &Path, to: &mpsc::Sender<Batch>) -> Result<(), OpenError> {
    // One that may write: the last of those puts the file in order when it closes.
    let mut connection = open_to_write(file)?;
    let view = connection.transaction()?;
    for table in TABLES {
        let from = match table.name {
            // Known by the object's number here, by its address elsewhere.
            "pieces" => "pieces JOIN (SELECT id, space, address FROM objects) ON id = object",
            name => name,
        };
        let order = if table.columns.len() > 2 { "1, 2, 3" } else { "1" };
        let select = format!("SELECT {} FROM {from} ORDER BY {order}", table.list());
        let mut query = view.prepare(&select)?;
        let mut found = query.query([])?;
        let (mut rows, mut bytes) = (Vec::new(), 0);
        while let Some(row) = found.next()? {
            let cells = cells(table, row)?;
            bytes += cells.iter().map(size).sum::<usize>();
            rows.push(cells);
            if bytes >= BATCH_BYTES || rows.len() >= BATCH_ROWS {
                if to.blocking_send(Batch { table, rows: std::mem::take(&mut rows) }).is_err() {
                    return Ok(());
                }
                bytes = 0;
            }
        }
        if to.blocking_send(Batch { table, rows }).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

fn cells(table: &Table, row: &rusqlite::Row<'_>) -> Result<Vec<Cell>, rusqlite::Error> {
    let cell = |column| {
        Ok(match row.get_ref(column)? {
            ValueRef::Null => Cell::Empty,
            ValueRef::Integer(number) => Cell::Int(number),
            other => Cell::Bytes(other.as_bytes()?.to_vec()),
        })
    };
    (0..table.columns.len()).map(cell).collect()
}

fn size(cell: &Cell) -> usize {
    match cell {
        Cell::Bytes(bytes) => bytes.len(),
        Cell::Empty | Cell::Int(_) => 8,
    }
}
