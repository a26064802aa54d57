//! From a file to a database: `rapport move`.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cluster::Cluster;
use relay::log::Author;
use relay::store::conformance::Person;
use relay::store::{Drops as _, Entry, Founding, Log as _, Objects as _, Sqlite, Tokens as _};
use relay::token;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use wire::limits::ATTEST_ALONE_AFTER;
use wire::{Envelope, Hash, Header, LogId, Role, RowKind, SessionId, SpaceId, Tag, object_address};

use super::{entry, found, is_sound, name, open, shared, standing};

/// A folder with a file in which every table has something, stubs and half an object included.
async fn filled(folder: &Path) -> SpaceId {
    let file = folder.join("rapport.db");
    let clock = Arc::new(AtomicU64::new(1_000));
    let time = clock.clone();
    let store = Sqlite::open(&file, Arc::new(move || time.load(Ordering::Relaxed))).unwrap();
    let [ada, door] = ["Ada", "door"].map(Person::named);
    store.put_token(token::digest("used"), 500, false).await.unwrap();
    store.put_token(token::digest("unused"), 600, false).await.unwrap();
    let (record, roster) = ada.founds();
    let space = roster.space();
    let token = Some(token::digest("used"));
    store.found(Founding { token, record, roster, log: LogId([7; 16]) }).await.unwrap();
    let (record, roster) = Person::named("Ben").founds();
    store.found(Founding { token: None, record, roster, log: LogId([6; 16]) }).await.unwrap();
    let now = store.pull(space, 0, 0).await.unwrap().unwrap().standing;
    for (session, counter) in [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3)] {
        let size = if counter == 2 { 300_000 } else { 40 };
        let entry = entry(&now, SessionId([session; 16]), counter, size);
        store.append(space, entry).await.unwrap();
    }
    let bytes = ada.invites(&now.roster, &door, Role::Editor, 9_000);
    store.append(space, Entry::Record { author: Author::Device(ada.key()), bytes }).await.unwrap();
    let snapshot = ada.snapshots(&now, (SessionId([3; 16]), 1), 6, b"everything");
    let attest = ada.attests(&now, (SessionId([3; 16]), 2), snapshot.hash());
    store.append(space, Entry::Envelope(Box::new(snapshot))).await.unwrap();
    clock.fetch_add(ATTEST_ALONE_AFTER, Ordering::Relaxed);
    store.append(space, attest).await.unwrap();
    // A document that goes on under another tag, and a receipt for that.
    let (old, session) = (Tag([7; 16]), SessionId([4; 16]));
    let put = async |envelope: &Envelope| {
        store.append(space, Entry::Envelope(Box::new(envelope.clone()))).await.unwrap();
    };
    put(&ada.seals(&Header { tag: old, ..ada.header(&now, session, 1) }, b"old")).await;
    let first = ada.begins(&now, (session, 2), Tag([6; 16]), old);
    put(&first).await;
    let now = store.pull(space, 0, 0).await.unwrap().unwrap().standing;
    let step = Header { tag: old, ..ada.goes_on(&now, (session, 3), &first).header };
    let step = ada.seals(&step, b"why");
    put(&step).await;
    let attests = Some(step.hash());
    let receipt =
        Header { tag: old, kind: RowKind::Attest, attests, ..ada.header(&now, session, 4) };
    put(&ada.seals(&receipt, b"done")).await;
    store.new_life(space, LogId([8; 16])).await.unwrap();
    let object = vec![3; 2 << 20];
    let (address, size) = (object_address(&object), object.len() as u64);
    for piece in 0..2 {
        let bytes = object[piece << 20..(piece + 1) << 20].to_vec();
        store.put_piece(space, address, size, (piece as u64) << 20, bytes).await.unwrap();
    }
    store.put_piece(space, Hash([9; 32]), 100, 0, vec![1; 40]).await.unwrap();
    store.open_drop(space, Hash([4; 32]), 9_000).await.unwrap();
    store.open_drop(space, Hash([5; 32]), 9_000).await.unwrap();
    store.fill_drop(space, Hash([5; 32]), b"an answer".to_vec(), 2_000).await.unwrap();
    space
}

/// Every field of every table of the file, and the same of the database: a line a row.
fn both_contents(file: &Path, cluster: &Cluster, database: &str) -> [Vec<String>; 2] {
    let lite = Connection::open(file).unwrap();
    let mut contents = [Vec::new(), Vec::new()];
    let tables = "SELECT table_name, string_agg(column_name, ',' ORDER BY column_name),
            string_agg('coalesce(' || CASE data_type WHEN 'bytea' THEN 'encode(' || column_name || ',''hex'')'
            WHEN 'boolean' THEN column_name || '::int::text' ELSE column_name || '::text' END
            || ',''-'')', '||'' ''||' ORDER BY column_name)
        FROM information_schema.columns WHERE table_schema = 'rapport' AND table_name <> 'relay'
        GROUP BY table_name ORDER BY table_name";
    for line in cluster.sql(database, tables).lines() {
        let [table, columns, fields] = line.splitn(3, '|').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let mut rows: Vec<_> = cluster
            .sql(database, &format!("SELECT {fields} FROM rapport.{table}"))
            .lines()
            .map(|row| format!("{table} {row}"))
            .collect();
        rows.sort();
        contents[1].extend(rows);
        let from = match table {
            "pieces" => "pieces JOIN (SELECT id, space, address FROM objects) ON id = object",
            table => table,
        };
        let mut query = lite.prepare(&format!("SELECT {columns} FROM {from}")).unwrap();
        let count = query.column_count();
        let mut found = query.query([]).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = found.next().unwrap() {
            let cells: Vec<_> = (0..count)
                .map(|column| match row.get_ref(column).unwrap() {
                    ValueRef::Null => "-".to_owned(),
                    ValueRef::Integer(number) => number.to_string(),
                    other => other.as_bytes().unwrap().iter().map(|b| format!("{b:02x}")).collect(),
                })
                .collect();
            rows.push(format!("{table} {}", cells.join(" ")));
        }
        rows.sort();
        contents[0].extend(rows);
    }
    contents
}

/// Runs the binary; whether it succeeded, and what it said.
fn rapport(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_rapport"))
        .args(arguments)
        .env("RUST_LOG", "off")
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[tokio::test]
async fn everything_moves_from_a_file_to_a_database() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let space = filled(folder.path()).await;
    let (file, moved) = (folder.path().join("rapport.db"), folder.path().join("rapport.db.moved"));
    let (_, counted) = rapport(&["stats", "--json", "--data", data]);
    assert!(counted.contains(&space.to_string()) && counted.contains("\"stubs\":6"), "{counted}");

    let (moving, said) = rapport(&["move", "--data", data, "--database", &url]);
    assert!(moving && said.contains("2 spaces with 15 rows"), "{said}");
    assert!(!file.exists() && moved.exists());
    let [before, after] = both_contents(&moved, cluster, name(&url));
    assert!(before.len() > 20, "{before:#?}");
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after);
    }
    assert_eq!(before.len(), after.len());

    // Nobody takes the folder for that of a relay, or makes an empty one of it.
    let on_any_port = ["serve", "--data", data, "--listen", "127.0.0.1:0"];
    for asked in [&on_any_port[..], &["token", "--data", data], &["verify", "--data", data]] {
        let (served, said) = rapport(asked);
        assert!(!served && said.contains("was moved into a database"), "{said}");
        assert!(said.contains("--database") && said.contains("rapport.db.moved"), "{said}");
    }
    assert!(!file.exists());

    // The operator's commands work there as they did here, and the log goes on.
    assert_eq!(rapport(&["stats", "--json", "--database", &url]), (true, counted));
    let (sound, said) = rapport(&["verify", "--database", &url]);
    assert!(sound && said.contains(&format!("space {space}: 14 rows, 6 stubs")), "{said}");
    let (made, said) = rapport(&["token", "--database", &url]);
    assert!(made && said.contains("#setup="), "{said}");
    let (begun, said) = rapport(&["new-life", "--database", &url, "--space", &space.to_string()]);
    assert!(begun && said.contains("from row 15"), "{said}");
    let store = open(&url).await;
    let now = standing(&store, space).await;
    assert_eq!(store.append(space, entry(&now, SessionId([2; 16]), 4, 10)).await, Ok(16));
    let (record, roster) = Person::named("Eva").founds();
    let founding =
        Founding { token: Some(token::digest("unused")), record, roster, log: LogId([1; 16]) };
    assert_eq!(store.found(founding).await, Ok(1));
    is_sound(&store, space).await;
}

#[tokio::test]
async fn what_lies_in_a_database_is_copied_by_its_own_means() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database();
    let space = found(&open(&url).await).await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    filled(folder.path()).await;
    let (there, new) = (folder.path().join("rapport.db"), folder.path().join("monday.db"));
    let [there, new, data] = [&there, &new, &data].map(|path| path.to_str().unwrap());
    for asked in [["backup", new], ["restore", there]] {
        let (done, said) =
            rapport(&[&asked[..], &["--data", data, "--database", &url][..]].concat());
        assert!(!done && said.contains("pg_dump") && said.contains("rapport new-life"), "{said}");
    }
    assert!(!Path::new(new).exists() && !Path::new(data).exists());

    // By its own means, and all spaces at once.
    let (begun, said) = rapport(&["new-life", "--database", &url]);
    assert!(begun && said.contains(&format!("space {space} goes on as")), "{said}");
    is_sound(&open(&url).await, space).await;
}

#[tokio::test]
async fn what_cannot_be_moved_whole_is_not_moved() {
    let Some(cluster) = shared() else { return };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let space = filled(folder.path()).await;
    let file = folder.path().join("rapport.db");

    // A restore that was cut off left neither the old nor the new data.
    let url = cluster.database();
    std::fs::create_dir(folder.path().join("restoring")).unwrap();
    let (moved, said) = rapport(&["move", "--data", data, "--database", &url]);
    assert!(!moved && said.contains("cut off in the middle"), "{said}");
    std::fs::remove_dir(folder.path().join("restoring")).unwrap();

    // Not empty.
    let url = cluster.database();
    found(&open(&url).await).await;
    let (moved, said) = rapport(&["move", "--data", data, "--database", &url]);
    assert!(
        !moved
            && said.contains("holds a relay's data already")
            && said.contains("Nothing was moved"),
        "{said}"
    );

    // Broken off half way: the last table refuses.
    let url = cluster.database();
    drop(open(&url).await);
    cluster.sql(name(&url), "ALTER TABLE rapport.drops ADD CHECK (sealed IS NULL)");
    let (moved, said) = rapport(&["move", "--data", data, "--database", &url]);
    assert!(!moved && said.contains("check constraint"), "{said}");
    assert!(said.contains("Nothing was moved"), "{said}");
    let count =
        "SELECT (SELECT count(*) FROM rapport.rows) + (SELECT count(*) FROM rapport.spaces)";
    assert_eq!(cluster.sql(name(&url), count), "0");
    assert!(file.exists());
    let store = Sqlite::open(&file, Arc::new(|| 1_000)).unwrap();
    assert_eq!(store.pull(space, 0, 0).await.unwrap().unwrap().standing.head, 14);
    drop(store);

    // Damaged: what is not sound here would not be sound there.
    let url = cluster.database();
    let tampering = "UPDATE rows SET body = zeroblob(3) WHERE seq = 3";
    Connection::open(&file).unwrap().execute(tampering, []).unwrap();
    let (moved, said) = rapport(&["move", "--data", data, "--database", &url]);
    assert!(!moved && said.contains("problems found"), "{said}");
    assert_eq!(cluster.sql(name(&url), "SELECT to_regclass('rapport.spaces') IS NULL"), "t");
    assert!(file.exists());
}
