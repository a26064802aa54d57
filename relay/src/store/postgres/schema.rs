//! The tables and their versions.

use tokio_postgres::{Client, Transaction};

use super::access::DatabaseError;
use super::fault::Fault;

/// Where all tables lie, so that the relay can live beside others in one database.
pub(super) const SCHEMA: &str = "rapport";

/// Each entry leads from its index to the version after it. Never edited once released.
const VERSIONS: [&str; 4] = [
    include_str!("version1.sql"),
    include_str!("version2.sql"),
    include_str!("version3.sql"),
    include_str!("version4.sql"),
];

/// Keeps two relays that start at once from making the tables twice: "rapp" in ASCII.
const ADVISORY: i64 = 0x7261_7070;

/// Makes or updates the tables, if need be.
pub(super) async fn update(client: &mut Client) -> Result<(), DatabaseError> {
    let pass = client.transaction().await?;
    update_within(&pass).await?;
    Ok(pass.commit().await?)
}

/// The same as a part of something larger. Whoever else wants to wait for it.
pub(super) async fn update_within(pass: &Transaction<'_>) -> Result<(), DatabaseError> {
    // Made once with all that there is to make: waits for as long as that takes elsewhere.
    pass.batch_execute("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0").await?;
    pass.execute("SELECT pg_advisory_xact_lock($1)", &[&ADVISORY]).await?;
    let known = version(pass).await?;
    let newest = i64::try_from(VERSIONS.len()).unwrap_or(i64::MAX);
    let from = known.unwrap_or(0);
    let missing = usize::try_from(from).ok().and_then(|from| VERSIONS.get(from..));
    let missing = missing.ok_or(DatabaseError::Newer { version: from })?;
    if known.is_none() {
        // Only if it is missing: one who may not make schemas can be given an empty one.
        let missing = pass.query_one("SELECT to_regnamespace($1) IS NULL", &[&SCHEMA]).await?;
        if missing.get(0) {
            pass.batch_execute(&format!("CREATE SCHEMA {SCHEMA}")).await?;
        }
        let make = "CREATE TABLE relay (version bigint NOT NULL); INSERT INTO relay VALUES (0)";
        pass.batch_execute(make).await?;
    }
    for step in missing {
        pass.batch_execute(step).await?;
    }
    if from < newest {
        pass.execute("UPDATE relay SET version = $1", &[&newest]).await?;
    }
    Ok(())
}

/// Makes sure that the tables are there, and as this relay knows them.
pub(super) async fn expect(client: &mut Client) -> Result<(), DatabaseError> {
    let pass = client.transaction().await?;
    match version(&pass).await? {
        None => Err(DatabaseError::Absent),
        // Older ones are brought up to date by `update`.
        Some(_) => Ok(()),
    }
}

/// The version of the tables; `None` if there are none.
async fn version(pass: &Transaction<'_>) -> Result<Option<i64>, DatabaseError> {
    let ours = format!("{SCHEMA}.relay");
    let row = pass
        .query_one(
            "SELECT to_regclass($1) IS NOT NULL,
                 (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE n.nspname = $2)",
            &[&ours, &SCHEMA],
        )
        .await?;
    match (row.get::<_, bool>(0), row.get::<_, i64>(1)) {
        (true, _) => {
            let row = pass.query_opt("SELECT version FROM relay", &[]).await;
            let row = row.map_err(|_| DatabaseError::Foreign)?.ok_or(DatabaseError::Foreign)?;
            Ok(Some(row.try_get(0).map_err(|_| DatabaseError::Foreign)?))
        }
        (false, 0) => Ok(None),
        (false, _) => Err(DatabaseError::Foreign),
    }
}

/// What the counters of the tables say that the tables do not.
pub(super) async fn check(view: &deadpool_postgres::Transaction<'_>) -> Result<Vec<String>, Fault> {
    view.batch_execute("SET LOCAL statement_timeout = 0").await?;
    let rows = view
        .query(
            "SELECT 'the bytes of the objects of space ' || encode(space, 'hex') || ' are miscounted'
             FROM spaces WHERE object_bytes <>
                 (SELECT coalesce(sum(held), 0) FROM objects WHERE objects.space = spaces.id)
             UNION ALL
             SELECT 'object ' || encode(address, 'hex') || ' does not have the pieces it should'
             FROM objects WHERE held <>
                 (SELECT coalesce(sum(octet_length(bytes)), 0) FROM pieces
                  WHERE pieces.space = objects.space AND pieces.address = objects.address)",
            &[],
        )
        .await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}
