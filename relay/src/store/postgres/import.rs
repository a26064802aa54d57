//! Everything that lies in a SQLite file, put into a database that is empty.

use std::path::Path;

use futures_util::future::try_join;
use tokio::sync::mpsc;
use tokio_postgres::Transaction;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

use super::access::{Access, DatabaseError, prepare};
use super::schema;
use crate::store::sqlite::{OpenError, export};
use crate::store::tables::{Batch, Cell, Kind, Table};

/// Batches that may wait to be written.
const AHEAD: usize = 4;

/// Why nothing was moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The database is not as it should be.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] OpenError),
    /// The file holds what no relay writes.
    #[error("the table {0} of the file holds a value that does not belong there")]
    Strange(&'static str),
    /// The thread that reads is gone.
    #[error("reading the file was broken off")]
    BrokenOff,
}

impl From<tokio_postgres::Error> for MoveError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Copies all tables of the file into the database, which holds no space, in one transaction: however
/// it ends, either all is there or nothing. The file must not be written to meanwhile.
///
/// # Errors
/// [`MoveError`]; then the database is as it was.
pub async fn copy_from_sqlite(file: &Path, access: &Access) -> Result<(), MoveError> {
    let mut client = access.connector()?.connect_driven().await?;
    prepare(&client).await?;
    let pass = client.transaction().await?;
    schema::update_within(&pass).await?;
    // Reading may be slower than the database is patient with the relays.
    pass.batch_execute("SET LOCAL idle_in_transaction_session_timeout = 0").await?;
    // Nobody founds a space in the meantime.
    pass.query_one("SELECT version FROM relay FOR UPDATE", &[]).await?;
    if pass.query_one("SELECT EXISTS (SELECT FROM spaces)", &[]).await?.get(0) {
        return Err(DatabaseError::Occupied.into());
    }
    // Left by relays that were started here and not used.
    pass.execute("DELETE FROM tokens", &[]).await?;

    let (sender, batches) = mpsc::channel(AHEAD);
    let file = file.to_owned();
    let reading = tokio::task::spawn_blocking(move || export(&file, &sender));
    let reading = async { Ok(reading.await.map_err(|_| MoveError::BrokenOff)??) };
    // Both to their ends: a batch that is missing is an error of the one who reads.
    try_join(reading, write(&pass, batches)).await?;
    Ok(pass.commit().await?)
}

async fn write(
    pass: &Transaction<'_>,
    mut batches: mpsc::Receiver<Batch>,
) -> Result<(), MoveError> {
    while let Some(Batch { table, rows }) = batches.recv().await {
        let types: Vec<Type> = table.columns.iter().map(|(_, kind)| type_of(*kind)).collect();
        let copy = format!("COPY {} ({}) FROM STDIN BINARY", table.name, table.list());
        let writer = BinaryCopyInWriter::new(pass.copy_in(&copy).await?, &types);
        let mut writer = std::pin::pin!(writer);
        for row in rows {
            let fields = fields(table, row)?;
            let fields: Vec<&(dyn ToSql + Sync)> =
                fields.iter().map(|field| &**field as &(dyn ToSql + Sync)).collect();
            writer.as_mut().write(&fields).await?;
        }
        writer.finish().await?;
    }
    Ok(())
}

fn type_of(kind: Kind) -> Type {
    match kind {
        Kind::Int => Type::INT8,
        Kind::Small => Type::INT2,
        Kind::Flag => Type::BOOL,
        Kind::Bytes => Type::BYTEA,
    }
}

type Field = Box<dyn ToSql + Sync + Send>;

fn fields(table: &Table, row: Vec<Cell>) -> Result<Vec<Field>, MoveError> {
    let strange = MoveError::Strange(table.name);
    let field = |(cell, (_, kind)): (Cell, &(&str, Kind))| -> Option<Field> {
        Some(match (kind, cell) {
            (Kind::Int, Cell::Empty) => Box::new(None::<i64>),
            (Kind::Int, Cell::Int(number)) => Box::new(number),
            (Kind::Small, Cell::Int(number)) => Box::new(i16::try_from(number).ok()?),
            (Kind::Flag, Cell::Int(number)) => Box::new(number != 0),
            (Kind::Bytes, Cell::Empty) => Box::new(None::<Vec<u8>>),
            (Kind::Bytes, Cell::Bytes(bytes)) => Box::new(bytes),
            _ => return None,
        })
    };
    row.into_iter().zip(table.columns).map(field).collect::<Option<_>>().ok_or(strange)
}
