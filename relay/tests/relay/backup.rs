//! An operator backs up, loses, and restores.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Parser;
use relay::command::{self, CommandError, Running};
use relay::config::{Command, Config};
use relay::log::Standing;
use relay::store::conformance::Person;
use relay::store::{Entry, Founding, Log as _, OpenError, Sqlite, Tokens as _};
use relay::token;
use tempfile::TempDir;
use wire::{LogId, Seq, SessionId, SpaceId};

const SESSION: SessionId = SessionId([1; 16]);

/// A folder for a relay's data and one for backups.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn open(&self) -> Sqlite {
        fs::create_dir_all(self.data()).unwrap();
        Sqlite::open(&self.data().join("rapport.db"), Arc::new(|| 1_000)).unwrap()
    }

    async fn rapport(&self, args: &[&str]) -> Result<String, CommandError> {
        let data = self.data();
        let mut line = vec!["rapport"];
        line.extend(args);
        line.extend(["--data", data.to_str().unwrap()]);
        let mut out = Vec::new();
        command::run(Config::parse_from(line), &mut out).await?;
        Ok(String::from_utf8(out).unwrap())
    }

    async fn serve(&self) -> Running {
        self.try_to_serve().await.unwrap()
    }

    async fn try_to_serve(&self) -> Result<Running, CommandError> {
        let data = self.data();
        let line =
            ["rapport", "serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()];
        match Config::parse_from(line).command {
            Command::Serve(serve) => command::start(&serve).await,
            other => panic!("{other:?}"),
        }
    }
}

async fn found(store: &Sqlite, name: &str) -> SpaceId {
    let (record, roster) = Person::named(name).founds();
    let space = roster.space();
    let founding = Founding { token: None, record, roster, log: LogId([7; 16]) };
    assert_eq!(store.found(founding).await, Ok(1));
    space
}

async fn standing(store: &Sqlite, space: SpaceId) -> Standing {
    store.pull(space, 0, 0).await.unwrap().unwrap().standing
}

async fn write(store: &Sqlite, space: SpaceId, name: &str, counter: u64) -> Seq {
    let person = Person::named(name);
    let header = person.header(&standing(store, space).await, SESSION, counter);
    let envelope = person.seals(&header, &[counter as u8; 500]);
    store.append(space, Entry::Envelope(Box::new(envelope))).await.unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_backup_of_a_relay_at_work_comes_back_as_another_life() {
    let place = Place::new();
    let (ours, theirs) = {
        let store = place.open();
        (found(&store, "Ada").await, found(&store, "Ben").await)
    };
    let running = place.serve().await;
    // What was written last still lies in the write-ahead log.
    let store = place.open();
    for counter in 1..=3 {
        write(&store, ours, "Ada", counter).await;
    }
    let before = store.pull(ours, 0, u32::MAX).await.unwrap().unwrap();
    let backup = place.file("monday.db");
    let said = place.rapport(&["backup", backup.to_str().unwrap()]).await.unwrap();
    assert!(said.contains(&format!("space {ours}: 4 rows, 0 stubs, 1 devices: sound")), "{said}");
    assert!(said.contains("monday.db holds all of this"), "{said}");
    // One file, and nothing else is left of the making of it.
    assert_eq!(names(place.folder.path()), ["data", "monday.db"]);
    write(&store, ours, "Ada", 4).await;
    drop(store);

    // Not while somebody serves the folder, and not over what lies in it unless that is asked for.
    let restore = ["restore", backup.to_str().unwrap()];
    let over = ["restore", backup.to_str().unwrap(), "--set-aside"];
    let error = place.rapport(&over).await.unwrap_err();
    assert!(matches!(error, CommandError::Running(_)), "{error}");
    running.stop().await;
    let error = place.rapport(&restore).await.unwrap_err();
    assert!(matches!(error, CommandError::Occupied(_)), "{error}");
    assert_eq!(standing(&place.open(), ours).await.head, 5);

    let said = place.rapport(&over).await.unwrap();
    assert!(said.contains(&format!("space {ours} goes on as ")), "{said}");
    assert!(said.contains(&format!("space {theirs} goes on as ")), "{said}");
    assert!(said.contains("sends what it has and the relay lacks"), "{said}");
    let store = place.open();
    let after = store.pull(ours, 0, u32::MAX).await.unwrap().unwrap();
    assert_eq!(after.rows[..4], before.rows);
    assert_eq!(after.standing.head, 5);
    assert_eq!(after.rows[4].kind, wire::RowKind::Life);
    assert_ne!(after.standing.log, before.standing.log);
    drop(store);
    assert!(place.rapport(&["verify"]).await.unwrap().contains("5 rows, 0 stubs"));

    // What was there is still there, to be looked at.
    let kept = names(&place.data());
    let aside = kept.iter().find(|name| name.starts_with("set-aside-")).unwrap();
    assert!(said.contains(aside.as_str()), "{said}");
    let aside = place.data().join(aside).join("rapport.db");
    let store = Sqlite::open(&aside, Arc::new(|| 1_000)).unwrap();
    assert_eq!(standing(&store, ours).await.head, 5);
    assert_eq!(standing(&store, ours).await.log, before.standing.log);
}

#[tokio::test]
async fn an_empty_folder_takes_a_backup_without_a_question() {
    let place = Place::new();
    let space = found(&place.open(), "Ada").await;
    let folder = place.file("");
    let said = place.rapport(&["backup", folder.to_str().unwrap()]).await.unwrap();
    let made = names(&folder).into_iter().find(|name| name.starts_with("rapport-2")).unwrap();
    assert!(made.ends_with("Z.db") && said.contains(&made), "{said}");
    fs::rename(place.data(), place.file("lost")).unwrap();
    place.rapport(&["restore", folder.join(made).to_str().unwrap()]).await.unwrap();
    assert_eq!(standing(&place.open(), space).await.head, 2);
    assert_eq!(names(&place.data()), ["rapport.db", "serving.lock"]);
}

#[tokio::test]
async fn a_token_of_the_time_of_the_backup_opens_nothing_any_more() {
    let place = Place::new();
    let backup = place.file("backup.db");
    let store = place.open();
    store.put_token(token::digest("welcome"), 0, true).await.unwrap();
    place.rapport(&["backup", backup.to_str().unwrap()]).await.unwrap();
    drop(store);
    place.rapport(&["restore", backup.to_str().unwrap(), "--set-aside"]).await.unwrap();
    let (record, roster) = Person::named("Ada").founds();
    let token = Some(token::digest("welcome"));
    let founding = Founding { token, record, roster, log: LogId([7; 16]) };
    let refused = place.open().found(founding).await.unwrap_err();
    assert_eq!(refused.refusal(), wire::Refusal::TokenWrong);
}

#[tokio::test]
async fn what_is_no_sound_backup_changes_nothing() {
    let place = Place::new();
    let store = place.open();
    let space = found(&store, "Ada").await;
    write(&store, space, "Ada", 1).await;
    let [good, bent, cut, foreign, empty] =
        ["good", "bent", "cut", "foreign", "empty"].map(|name| place.file(name));
    place.rapport(&["backup", good.to_str().unwrap()]).await.unwrap();
    drop(store);

    fs::copy(&good, &bent).unwrap();
    let tampered = rusqlite::Connection::open(&bent).unwrap();
    tampered.execute("UPDATE rows SET body = zeroblob(9) WHERE seq = 2", []).unwrap();
    tampered.close().unwrap();
    let bytes = fs::read(&good).unwrap();
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    rusqlite::Connection::open(&foreign)
        .unwrap()
        .execute_batch("CREATE TABLE recipes (name TEXT)")
        .unwrap();
    fs::write(&empty, "").unwrap();
    let nowhere = place.file("nowhere");

    for file in [&bent, &cut, &foreign, &empty, &nowhere] {
        let restore = ["restore", file.to_str().unwrap(), "--set-aside"];
        let error = place.rapport(&restore).await.unwrap_err().to_string();
        assert!(error.contains(file.to_str().unwrap()), "{error}");
        assert!(error.contains("nothing was changed"), "{error}");
        assert_eq!(names(&place.data()), ["rapport.db", "serving.lock"]);
        assert_eq!(standing(&place.open(), space).await.head, 2);
    }

    // The other way round: a damaged store gives no backup, and a file is never written over.
    fs::copy(&bent, place.data().join("rapport.db")).unwrap();
    let fresh = place.file("fresh");
    let error = place.rapport(&["backup", fresh.to_str().unwrap()]).await.unwrap_err();
    assert!(matches!(error, CommandError::DamagedSource { problems: 1, .. }), "{error}");
    assert!(!fresh.exists());
    let error = place.rapport(&["backup", good.to_str().unwrap()]).await.unwrap_err();
    assert!(matches!(error, CommandError::Exists(_)), "{error}");
    assert_eq!(fs::read(&good).unwrap(), bytes);
}

#[tokio::test]
async fn a_restore_that_was_cut_off_is_finished_before_anybody_serves() {
    let place = Place::new();
    let store = place.open();
    let space = found(&store, "Ada").await;
    let backup = place.file("backup");
    place.rapport(&["backup", backup.to_str().unwrap()]).await.unwrap();
    drop(store);
    // The power fails between the two renames.
    fs::create_dir(place.data().join("restoring")).unwrap();
    fs::rename(place.data().join("rapport.db"), place.data().join("away.db")).unwrap();
    let Err(error) = place.try_to_serve().await else { panic!("served") };
    assert!(matches!(error, CommandError::Interrupted(_)), "{error}");
    for command in ["verify", "token", "stats"] {
        let error = place.rapport(&[command]).await.unwrap_err();
        assert!(matches!(error, CommandError::Interrupted(_)), "{command}: {error}");
    }
    place.rapport(&["restore", backup.to_str().unwrap()]).await.unwrap();
    assert_eq!(standing(&place.open(), space).await.head, 2);
    assert_eq!(names(&place.data()), ["away.db", "rapport.db", "serving.lock"]);
}

#[tokio::test]
async fn only_the_operator_may_read_a_backup() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    found(&place.open(), "Ada").await;
    let backup = place.file("backup");
    place.rapport(&["backup", backup.to_str().unwrap()]).await.unwrap();
    assert_eq!(fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn figures_are_told_to_people_and_to_programs() {
    let place = Place::new();
    let store = place.open();
    let space = found(&store, "Ada").await;
    write(&store, space, "Ada", 1).await;
    let said = place.rapport(&["stats"]).await.unwrap();
    assert!(said.starts_with(&format!("space {space}: 2 rows with ")), "{said}");
    assert!(said.contains("the last at 1970-01-01T00:00:01Z"), "{said}");
    assert!(said.contains("in all: 1 spaces, 2 rows with "), "{said}");
    let said = place.rapport(&["stats", "--json"]).await.unwrap();
    let json: serde_json::Value = serde_json::from_str(&said).unwrap();
    let first = &json["spaces"][0];
    assert_eq!((first["rows"].as_u64(), first["stubs"].as_u64()), (Some(2), Some(0)));
    assert_eq!(first["row_bytes"].as_u64(), Some(standing(&store, space).await.bytes));
}

#[test]
fn a_missing_file_is_not_taken_for_an_empty_one() {
    let place = Place::new();
    let error = relay::store::sqlite::copy(&place.file("none"), &place.file("copy")).unwrap_err();
    assert!(matches!(error, OpenError::Io { .. }), "{error}");
}
