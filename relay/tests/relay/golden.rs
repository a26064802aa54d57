//! What lies in the file or the database after a fixed story, to the byte. Whoever changes it changes what relays
//! out there have stored, and needs a new version of the schema with a step that leads to it.
//!
//! `UPDATE_GOLDEN=1 cargo test -p relay golden` writes the files anew.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use cluster::Cluster;
use relay::log::Author;
use relay::store::conformance::Person;
use relay::store::{Access, Entry, Founding, Postgres, Sqlite, Store};
use relay::token;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use wire::{Hash, LogId, Role, SessionId, SpaceId, object_address};

#[tokio::test]
async fn the_file_is_as_it_ever_was() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rapport.db");
    tell(&Sqlite::open(&file, Arc::new(|| 1_000)).unwrap()).await;
    is_as_ever("store-version3.txt", &dump(&file));
}

#[tokio::test]
async fn the_database_is_as_it_ever_was() {
    let Some(cluster) = Cluster::start() else { return };
    let url = cluster.database();
    let access = Access::new(url.parse().unwrap(), None);
    tell(&Postgres::open(&access, Arc::new(|| 1_000)).await.unwrap()).await;
    is_as_ever("postgres-version3.txt", &dump_database(&cluster, url.rsplit_once('/').unwrap().1));
}

fn is_as_ever(golden: &str, given: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(golden);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&golden, given).unwrap();
    }
    let expected = std::fs::read_to_string(golden).unwrap();
    for (given, expected) in given.lines().zip(expected.lines()) {
        assert_eq!(given, expected);
    }
    assert_eq!(given.len(), expected.len());
}

async fn tell(store: &dyn Store) {
    let [ada, ben, door] = ["Ada", "Ben", "door"].map(Person::named);
    store.put_token(token::digest("welcome"), 500, true).await.unwrap();
    let (record, roster) = ada.founds();
    let space = roster.space();
    let token = Some(token::digest("welcome"));
    store.found(Founding { token, record, roster, log: LogId([7; 16]) }).await.unwrap();
    let now = standing(store, space).await;
    store.append(space, ada.writes(&now, SessionId([1; 16]), 1)).await.unwrap();
    let bytes = ada.invites(&now.roster, &door, Role::Editor, 9_000);
    store.append(space, Entry::Record { author: Author::Device(ada.key()), bytes }).await.unwrap();
    let now = standing(store, space).await;
    let author = Author::Invite(now.roster.head());
    let bytes = ben.joins(&now.roster, &door);
    store.append(space, Entry::Record { author, bytes }).await.unwrap();
    store.new_life(space, LogId([8; 16])).await.unwrap();

    let sealed = b"an attachment".to_vec();
    let (address, size) = (object_address(&sealed), sealed.len() as u64);
    store.put_piece(space, address, size, 0, sealed).await.unwrap();
    store.open_drop(space, Hash([4; 32]), 9_000).await.unwrap();
    store.open_drop(space, Hash([5; 32]), 9_000).await.unwrap();
    store.fill_drop(space, Hash([5; 32]), b"an answer".to_vec(), 2_000).await.unwrap();
}

async fn standing(store: &dyn Store, space: SpaceId) -> relay::log::Standing {
    store.pull(space, 0, 0).await.unwrap().unwrap().standing
}

/// Every table with every field, in the order of the tables' names and of their rows.
fn dump(file: &Path) -> String {
    let sql = Connection::open(file).unwrap();
    let mut text = String::new();
    for pragma in ["application_id", "user_version"] {
        let value: i64 = sql.pragma_query_value(None, pragma, |row| row.get(0)).unwrap();
        writeln!(text, "{pragma} {value}").unwrap();
    }
    let mut tables =
        sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for table in tables {
        let mut query = sql.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let names: Vec<_> = query.column_names().map(str::to_owned).collect();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            writeln!(text, "\n{table}").unwrap();
            for (index, name) in names.iter().enumerate() {
                let value = match row.get_ref(index).unwrap() {
                    ValueRef::Null => "-".to_owned(),
                    ValueRef::Integer(number) => number.to_string(),
                    ValueRef::Blob(bytes) => bytes.iter().map(|b| format!("{b:02x}")).collect(),
                    other => panic!("{other:?}"),
                };
                writeln!(text, "  {name} {value}").unwrap();
            }
        }
    }
    text
}

/// The same of a database.
fn dump_database(cluster: &Cluster, database: &str) -> String {
    let mut text = String::new();
    let tables = "SELECT table_name, string_agg(column_name, ',' ORDER BY ordinal_position)
        FROM information_schema.columns WHERE table_schema = 'rapport'
        GROUP BY table_name ORDER BY table_name";
    for line in cluster.sql(database, tables).lines() {
        let (table, columns) = line.split_once('|').unwrap();
        let order = if columns.contains(',') { "1, 2" } else { "1" };
        let rows = format!("SELECT * FROM rapport.{table} ORDER BY {order}");
        for row in cluster.sql(database, &rows).lines() {
            writeln!(text, "\n{table}").unwrap();
            for (name, value) in columns.split(',').zip(row.split('|')) {
                let value = value.strip_prefix("\\x").unwrap_or(value);
                writeln!(text, "  {name} {}", if value.is_empty() { "-" } else { value }).unwrap();
            }
        }
    }
    text
}
