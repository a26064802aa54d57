//! What lies in the file after a fixed story, to the byte. Whoever changes it changes what relays
//! out there have stored, and needs a new version of the schema with a step that leads to it.
//!
//! `UPDATE_GOLDEN=1 cargo test -p relay --test golden` writes the file anew.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use relay::log::Author;
use relay::store::conformance::Person;
use relay::store::{
    Drops as _, Entry, Founding, Log as _, Objects as _, Sqlite, Tokens as _, object_address,
};
use relay::token;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use wire::{Hash, LogId, Role, SessionId, SpaceId};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/store-version1.txt");

#[tokio::test]
async fn the_file_is_as_it_ever_was() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rapport.db");
    tell(&Sqlite::open(&file, Arc::new(|| 1_000)).unwrap()).await;
    let given = dump(&file);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(GOLDEN, &given).unwrap();
    }
    let expected = std::fs::read_to_string(GOLDEN).unwrap();
    for (given, expected) in given.lines().zip(expected.lines()) {
        assert_eq!(given, expected);
    }
    assert_eq!(given.len(), expected.len());
}

async fn tell(store: &Sqlite) {
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

async fn standing(store: &Sqlite, space: SpaceId) -> relay::log::Standing {
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
