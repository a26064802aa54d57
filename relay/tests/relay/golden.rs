//! What lies in the file or the database after a fixed story, to the byte. Whoever changes it changes what relays
//! out there have stored, and needs a new version of the schema with a step that leads to it.
//!
//! `UPDATE_GOLDEN=1 cargo test -p relay golden` writes the files anew.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use cluster::Cluster;
use relay::command::verify;
use relay::log::Author;
use relay::store::conformance::Person;
use relay::store::{Access, AppendError, Entry, Founding, Postgres, Sqlite, Store};
use relay::token;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use wire::{Hash, LogId, Refusal, Role, SessionId, SpaceId, Tag, object_address};

/// A relay's steps as they were given out, up to version 3.
const FILE_STEPS: [&str; 3] = [
    include_str!("../../src/store/sqlite/version1.sql"),
    include_str!("../../src/store/sqlite/version2.sql"),
    include_str!("../../src/store/sqlite/version3.sql"),
];
const DATABASE_STEPS: [&str; 3] = [
    include_str!("../../src/store/postgres/version1.sql"),
    include_str!("../../src/store/postgres/version2.sql"),
    include_str!("../../src/store/postgres/version3.sql"),
];

#[tokio::test]
async fn the_file_is_as_it_ever_was() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rapport.db");
    tell(&Sqlite::open(&file, Arc::new(|| 1_000)).unwrap()).await;
    is_as_ever("store-version4.txt", &dump(&file));
}

#[tokio::test]
async fn the_database_is_as_it_ever_was() {
    let Some(cluster) = Cluster::start() else { return };
    let url = cluster.database();
    let access = Access::new(url.parse().unwrap(), None);
    tell(&Postgres::open(&access, Arc::new(|| 1_000)).await.unwrap()).await;
    is_as_ever("postgres-version4.txt", &dump_database(&cluster, url.rsplit_once('/').unwrap().1));
}

/// What a relay of version 3 left: brought up to date, with nothing else changed, and sound.
#[tokio::test]
async fn a_file_of_version_3_is_brought_up_to_date() {
    let golden = include_str!("../golden/store-version3.txt");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rapport.db");
    let sql = Connection::open(&file).unwrap();
    for step in FILE_STEPS {
        sql.execute_batch(step).unwrap();
    }
    sql.execute_batch("PRAGMA application_id = 1918988400; PRAGMA user_version = 3").unwrap();
    let types = "SELECT type FROM pragma_table_info(?1) WHERE name = ?2";
    let is_bytes = |table: &str, name: &str| {
        sql.query_row(types, [table, name], |row| row.get::<_, String>(0)).unwrap() == "BLOB"
    };
    for insert in inserts(golden, "x'", is_bytes) {
        sql.execute_batch(&insert).unwrap();
    }
    drop(sql);
    assert_eq!(dump(&file), golden);

    let store = Sqlite::open(&file, Arc::new(|| 1_000)).unwrap();
    goes_on(&store).await;
    drop(store);
    let expected = golden.replace("user_version 3", "user_version 4");
    assert_eq!(
        dump(&file),
        expected.replace(COVERED, &format!("{COVERED}  after -\n  closed 0\n"))
    );
}

#[tokio::test]
async fn a_database_of_version_3_is_brought_up_to_date() {
    let Some(cluster) = Cluster::start() else { return };
    let golden = include_str!("../golden/postgres-version3.txt");
    let url = cluster.database();
    let name = url.rsplit_once('/').unwrap().1;
    let path = "SET search_path = rapport";
    let made =
        format!("CREATE SCHEMA rapport; {path}; CREATE TABLE relay (version bigint NOT NULL);");
    cluster.sql(name, &(made + &DATABASE_STEPS.concat()));
    let is_bytes = |table: &str, column: &str| {
        let column = format!("table_name = '{table}' AND column_name = '{column}'");
        let from = "FROM information_schema.columns WHERE table_schema = 'rapport'";
        cluster.sql(name, &format!("SELECT data_type {from} AND {column}")) == "bytea"
    };
    let inserts = inserts(golden, "'\\x", is_bytes).join(";");
    cluster.sql(name, &format!("{path}; {inserts}"));
    assert_eq!(dump_database(&cluster, name), golden);

    let access = Access::new(url.parse().unwrap(), None);
    let store = Postgres::open(&access, Arc::new(|| 1_000)).await.unwrap();
    goes_on(&store).await;
    drop(store);
    let expected = golden.replace("\n  version 3\n", "\n  version 4\n");
    let expected = expected.replace(COVERED, &format!("{COVERED}  after -\n  closed f\n"));
    assert_eq!(dump_database(&cluster, name), expected);
}

const COVERED: &str = "\n  covered 0\n";

/// Nothing is missing, and a question about what version 4 added has its answer.
async fn goes_on(store: &dyn Store) {
    let space = store.spaces().await.unwrap().remove(0);
    let report = verify(store, space).await.unwrap().unwrap();
    assert_eq!((report.problems, report.rows), (vec![], 5));
    let (now, nothing) = (standing(store, space).await, Hash([5; 32]));
    let word = Person::named("Ada").attests(&now, (SessionId([2; 16]), 1), nothing);
    let unknown = Err(AppendError::Refused(Refusal::SnapshotUnknown));
    assert_eq!(store.append(space, word).await, unknown);
}

/// What fills empty tables with what was dumped; those that others point to come first.
fn inserts(dump: &str, bytes: &str, is_bytes: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let mut inserts = Vec::new();
    for block in dump.split("\n\n").filter(|block| block.contains("\n  ")) {
        let (table, fields) = block.trim().split_once('\n').unwrap();
        let fields: Vec<(&str, &str)> =
            fields.lines().map(|line| line.trim().split_once(' ').unwrap()).collect();
        let names: Vec<_> = fields.iter().map(|(name, _)| *name).collect();
        let values: Vec<_> = fields
            .iter()
            .map(|(name, value)| match *value {
                "-" => "NULL".to_owned(),
                value if is_bytes(table, name) => format!("{bytes}{value}'"),
                value => format!("'{value}'"),
            })
            .collect();
        let (names, values) = (names.join(", "), values.join(", "));
        let order = ["spaces", "objects"].iter().position(|it| *it == table).unwrap_or(2);
        inserts.push((order, format!("INSERT INTO {table} ({names}) VALUES ({values})")));
    }
    inserts.sort_by_key(|(order, _)| *order);
    inserts.into_iter().map(|(_, insert)| insert).collect()
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

    // A document goes on under another tag, and in vain under a third; Ben has carried it out.
    let now = standing(store, space).await;
    let old = Tag([9; 16]);
    let put = async |envelope: &wire::Envelope| {
        store.append(space, Entry::Envelope(Box::new(envelope.clone()))).await.unwrap();
    };
    let first = ada.begins(&now, (SessionId([2; 16]), 1), Tag([10; 16]), old);
    put(&first).await;
    put(&ada.begins(&now, (SessionId([2; 16]), 2), Tag([11; 16]), old)).await;
    let now = standing(store, space).await;
    let step = ada.goes_on(&now, (SessionId([2; 16]), 3), &first);
    put(&step).await;
    let receipt = ben.attests(&now, (SessionId([3; 16]), 1), step.hash());
    store.append(space, receipt).await.unwrap();
    put(&ada.begins(&now, (SessionId([2; 16]), 4), Tag([12; 16]), Tag([10; 16]))).await;
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
