//! What only a store with a disk can get wrong.

use std::path::Path;
use std::sync::Arc;

use relay::command::verify;
use relay::log::{Author, Standing};
use relay::store::conformance::Person;
use relay::store::{
    AppendError, Entry, Founding, Log as _, OpenError, Sqlite, StoreError, Tokens as _,
};
use relay::token;
use rusqlite::{Connection, params};
use tempfile::TempDir;
use wire::{LogId, Refusal, Role, RowBody, Seq, SessionId, SpaceId, Tag};

const SESSION: SessionId = SessionId([1; 16]);

struct Disk {
    folder: TempDir,
}

impl Disk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("rapport.db")
    }

    fn open(&self) -> Sqlite {
        Sqlite::open(&self.file(), Arc::new(|| 1_000)).unwrap()
    }

    /// Somebody else's hand in the file.
    fn tamper(&self, sql: &str) {
        let changed = Connection::open(self.file()).unwrap().execute(sql, params![]).unwrap();
        assert_eq!(changed, 1, "{sql}");
    }
}

async fn found(store: &Sqlite) -> SpaceId {
    let (record, roster) = Person::named("Ada").founds();
    let space = roster.space();
    let founding = Founding { token: None, record, roster, log: LogId([7; 16]) };
    assert_eq!(store.found(founding).await, Ok(1));
    space
}

async fn standing(store: &Sqlite, space: SpaceId) -> Standing {
    store.pull(space, 0, 0).await.unwrap().unwrap().standing
}

async fn write(
    store: &Sqlite,
    space: SpaceId,
    counter: u64,
    size: usize,
) -> Result<Seq, AppendError> {
    let ada = Person::named("Ada");
    let header = ada.header(&standing(store, space).await, SESSION, counter);
    let envelope = ada.seals(&header, &vec![counter as u8; size]);
    store.append(space, Entry::Envelope(Box::new(envelope))).await
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_opening_again() {
    let disk = Disk::new();
    let store = disk.open();
    let space = found(&store).await;
    for counter in 1..=3 {
        write(&store, space, counter, 10).await.unwrap();
    }
    let before = store.pull(space, 0, u32::MAX).await.unwrap().unwrap();
    drop(store);

    let store = disk.open();
    let after = store.pull(space, 0, u32::MAX).await.unwrap().unwrap();
    assert_eq!(after.rows, before.rows);
    assert_eq!(after.standing.roster, before.standing.roster);
    assert_eq!(write(&store, space, 4, 10).await, Ok(5));
    assert_eq!(verify(&store, space).await.unwrap().unwrap().problems, Vec::<String>::new());
}

#[tokio::test]
async fn a_full_disk_refuses_and_leaves_nothing_half_written() {
    let disk = Disk::new();
    let store = disk.open();
    let space = found(&store).await;
    write(&store, space, 1, 10).await.unwrap();
    let before = store.pull(space, 0, u32::MAX).await.unwrap().unwrap();

    store.limit_pages(40).await.unwrap();
    let full = AppendError::Store(StoreError::Full);
    assert_eq!(full.refusal(), wire::Refusal::Unavailable);
    assert_eq!(write(&store, space, 2, 500_000).await, Err(full.clone()));
    let after = store.pull(space, 0, u32::MAX).await.unwrap().unwrap();
    assert_eq!((after.rows, after.standing.chain), (before.rows, before.standing.chain));

    // Others who were in the same transaction either are wholly there, or were told that they
    // are not.
    let ada = Person::named("Ada");
    let now = standing(&store, space).await;
    let entries = (2..=9).map(|counter| {
        let header = ada.header(&now, SESSION, counter);
        let size = if counter == 6 { 500_000 } else { 10 };
        let envelope = ada.seals(&header, &vec![counter as u8; size]);
        store.append(space, Entry::Envelope(Box::new(envelope)))
    });
    let answers = futures_util::future::join_all(entries).await;
    let head = standing(&store, space).await.head;
    let told: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().ok()).copied().collect();
    assert_eq!(told, (3..=head).collect::<Vec<_>>());
    assert_eq!(answers[4], Err(full));
    assert_eq!(verify(&store, space).await.unwrap().unwrap().problems, Vec::<String>::new());

    // Room again: everything goes on where it was.
    store.limit_pages(1 << 20).await.unwrap();
    let counter = head;
    assert_eq!(write(&store, space, counter, 500_000).await, Ok(head + 1));
    drop(store);
    let store = disk.open();
    assert_eq!(verify(&store, space).await.unwrap().unwrap().problems, Vec::<String>::new());
    assert_eq!(store.check().await, Ok(vec![]));
}

#[tokio::test]
async fn verify_sees_every_changed_field_and_says_where() {
    let rows = "UPDATE rows SET";
    for (tampering, expected) in [
        (format!("{rows} received_at = received_at + 1 WHERE seq = 3"), "row 3: the chain breaks"),
        (format!("{rows} kind = 99 WHERE seq = 3"), "row 3: the chain breaks"),
        (format!("{rows} tag = zeroblob(16) WHERE seq = 3"), "row 3: the chain breaks"),
        (format!("{rows} chain = zeroblob(32) WHERE seq = 3"), "row 3: the chain breaks"),
        (format!("{rows} body = zeroblob(9) WHERE seq = 3"), "row 3: its bytes are not those"),
        (format!("{rows} body = NULL WHERE seq = 1"), "row 1: a roster record lost its bytes"),
        ("DELETE FROM rows WHERE seq = 3".to_owned(), "row 4: follows on row 2"),
        ("DELETE FROM rows WHERE seq = 5".to_owned(), "row 4: is not where the log should end"),
        ("UPDATE spaces SET log = zeroblob(16)".to_owned(), "row 5: the log's id is not as stored"),
    ] {
        let disk = Disk::new();
        let store = disk.open();
        let space = found(&store).await;
        for counter in 1..=4 {
            write(&store, space, counter, 10).await.unwrap();
        }
        drop(store);
        disk.tamper(&tampering);
        let problems = verify(&disk.open(), space).await.unwrap().unwrap().problems;
        assert!(
            problems.iter().any(|problem| problem.contains(expected)),
            "{tampering}: {problems:?}"
        );
    }
}

#[tokio::test]
async fn a_stub_keeps_the_chain_and_is_missed_unless_a_snapshot_covers_it() {
    let disk = Disk::new();
    let store = disk.open();
    let space = found(&store).await;
    write(&store, space, 1, 10).await.unwrap();
    drop(store);
    disk.tamper("UPDATE rows SET body = NULL, covered_by = zeroblob(32) WHERE seq = 2");
    let store = disk.open();
    let report = verify(&store, space).await.unwrap().unwrap();
    let lost = "row 2: it lost its bytes, and neither an attested snapshot nor a generation stands for them".to_owned();
    assert_eq!((report.problems, report.stubs), (vec![lost], 1));
    let row = store.pull(space, 1, 0).await.unwrap().unwrap().rows.remove(0);
    assert_eq!(row.body, RowBody::Stub { covered_by: Some(wire::Hash::ZERO) });
}

/// A generation hides no row but those that the protocol lets go with it.
#[tokio::test]
async fn what_another_document_lost_is_missed_though_a_generation_is_named() {
    let disk = Disk::new();
    let store = disk.open();
    let space = found(&store).await;
    let ada = Person::named("Ada");
    let entry = |envelope: &wire::Envelope| Entry::Envelope(Box::new(envelope.clone()));
    write(&store, space, 1, 10).await.unwrap();
    let now = standing(&store, space).await;
    let other = wire::Header { tag: Tag([8; 16]), ..ada.header(&now, SESSION, 2) };
    store.append(space, entry(&ada.seals(&other, b"other"))).await.unwrap();
    let [old, new, orphan] = [9, 10, 11].map(|tag| Tag([tag; 16]));
    let first = ada.begins(&now, (SESSION, 3), new, old);
    store.append(space, entry(&first)).await.unwrap();
    store.append(space, entry(&ada.begins(&now, (SESSION, 4), orphan, old))).await.unwrap();
    let now = standing(&store, space).await;
    let step = ada.goes_on(&now, (SESSION, 5), &first);
    store.append(space, entry(&step)).await.unwrap();
    let report = verify(&store, space).await.unwrap().unwrap();
    assert_eq!((report.problems, report.stubs), (vec![], 2));
    drop(store);

    // The other document, and the beginning of the new one.
    for seq in [3, 4] {
        let copy = Disk::new();
        std::fs::copy(disk.file(), copy.file()).unwrap();
        let by = step.hash().to_string();
        copy.tamper(&format!(
            "UPDATE rows SET body = NULL, covered_by = x'{by}' WHERE seq = {seq}"
        ));
        let report = verify(&copy.open(), space).await.unwrap().unwrap();
        let lost = format!(
            "row {seq}: it lost its bytes, and neither an attested snapshot nor a generation stands for them"
        );
        assert_eq!((report.problems, report.stubs), (vec![lost], 3));
    }
}

/// The file of a relay that knew nothing of snapshots.
#[tokio::test]
async fn an_older_file_is_brought_up_to_date() {
    let disk = Disk::new();
    let store = disk.open();
    let space = found(&store).await;
    for counter in 1..=3 {
        write(&store, space, counter, 100).await.unwrap();
    }
    drop(store);
    let back = "DROP TABLE receipts; DROP TABLE tails; DROP INDEX rows_by_tag; ALTER TABLE objects DROP COLUMN touched;
                PRAGMA user_version = 1";
    Connection::open(disk.file()).unwrap().execute_batch(back).unwrap();

    let store = disk.open();
    let (ada, now) = (Person::named("Ada"), standing(&store, space).await);
    let snapshot = |counter, covers| {
        Entry::Envelope(Box::new(ada.snapshots(&now, (SESSION, counter), covers, b"whole")))
    };
    let stale = Err(AppendError::Refused(Refusal::SnapshotStale { last: 4 }));
    assert_eq!(store.append(space, snapshot(4, 3)).await, stale);
    assert_eq!(store.append(space, snapshot(4, 4)).await, Ok(5));
}

#[tokio::test]
async fn a_roster_that_was_stored_differently_is_made_again() {
    let disk = Disk::new();
    let store = disk.open();
    let space = found(&store).await;
    let (ada, door) = (Person::named("Ada"), Person::named("door"));
    let before = standing(&store, space).await.roster;
    let bytes = ada.invites(&before, &door, Role::Editor, 9_000);
    let author = Author::Device(ada.key());
    store.append(space, Entry::Record { author, bytes }).await.unwrap();
    let before = standing(&store, space).await.roster;
    drop(store);
    disk.tamper("UPDATE rosters SET roster = x'00'");
    assert_eq!(standing(&disk.open(), space).await.roster, before);
}

#[tokio::test]
async fn tokens_lie_in_the_file_as_hashes_only() {
    let disk = Disk::new();
    let store = disk.open();
    let token = token::make(&mut relay::clock::randomness());
    store.put_token(token::digest(&token), 0, true).await.unwrap();
    drop(store);
    let bytes = std::fs::read(disk.file()).unwrap();
    assert!(bytes.len() > 4096);
    assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()));
}

#[test]
fn a_file_of_something_else_is_left_alone() {
    let refusal = |sql: &str| {
        let disk = Disk::new();
        let other = Connection::open(disk.file()).unwrap();
        other.execute_batch(sql).unwrap();
        drop(other);
        Sqlite::open(&disk.file(), Arc::new(|| 0)).err()
    };
    let foreign = refusal("CREATE TABLE recipes (name TEXT)");
    assert!(matches!(foreign, Some(OpenError::Foreign(_))), "{foreign:?}");
    let newer = refusal("PRAGMA user_version = 99");
    assert!(matches!(newer, Some(OpenError::Newer { version: 99, .. })), "{newer:?}");
    let nowhere = Sqlite::open(Path::new("/nowhere/rapport.db"), Arc::new(|| 0)).err();
    assert!(matches!(nowhere, Some(OpenError::Io { .. })), "{nowhere:?}");
}

#[cfg(unix)]
#[test]
fn only_the_operator_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let disk = Disk::new();
    drop(disk.open());
    assert_eq!(std::fs::metadata(disk.file()).unwrap().permissions().mode() & 0o777, 0o600);
}
