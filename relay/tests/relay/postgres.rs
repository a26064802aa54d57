//! What only a store in a database can get wrong, and the conformance suite on it. Stories told here
//! and for SQLite in `sqlite.rs` are the same where both can go wrong alike. Long
//! because each fault that a server can have has a scene of its own.
//!
//! Without PostgreSQL on this machine nothing is tested here, and one line says so.

mod moving;
mod refused;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use cluster::Cluster;
use relay::command::verify;
use relay::limits::{DATABASE_IDLE_WITHIN, DATABASE_LOCK_WITHIN};
use relay::log::{Author, Standing};
use relay::store::conformance::{self, Person};
use relay::store::{
    Access, AppendError, DatabaseError, Entry, Founding, Log as _, Postgres, StoreError,
    Tokens as _,
};
use relay::token;
use tokio::runtime::Handle;
use tokio::task::block_in_place;
use tokio::time::{Instant, timeout};
use tokio_postgres::types::ToSql;
use wire::{LogId, Role, RowBody, Seq, SessionId, SpaceId};

const SESSION: SessionId = SessionId([1; 16]);
const SOON: Duration = Duration::from_secs(20);

/// The server of all tests that leave it as it is.
fn shared() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER.get_or_init(Cluster::start).as_ref()
}

fn access(url: &str) -> Access {
    Access::new(url.parse().unwrap(), None)
}

/// The name of the database at that address.
fn name(url: &str) -> &str {
    url.rsplit_once('/').unwrap().1
}

async fn open(url: &str) -> Postgres {
    Postgres::open(&access(url), Arc::new(|| 1_000)).await.unwrap()
}

/// What keeps a database from being opened.
async fn refusal(access: &Access) -> DatabaseError {
    let opened = Postgres::open(access, Arc::new(|| 1_000)).await;
    opened.err().expect("it is not opened")
}

async fn found(store: &Postgres) -> SpaceId {
    let (record, roster) = Person::named("Ada").founds();
    let space = roster.space();
    let founding = Founding { token: None, record, roster, log: LogId([7; 16]) };
    assert_eq!(store.found(founding).await, Ok(1));
    space
}

async fn standing(store: &Postgres, space: SpaceId) -> Standing {
    store.pull(space, 0, 0).await.unwrap().unwrap().standing
}

fn entry(standing: &Standing, session: SessionId, counter: u64, size: usize) -> Entry {
    let ada = Person::named("Ada");
    let header = ada.header(standing, session, counter);
    Entry::Envelope(Box::new(ada.seals(&header, &vec![counter as u8; size])))
}

async fn write(
    store: &Postgres,
    space: SpaceId,
    counter: u64,
    size: usize,
) -> Result<Seq, AppendError> {
    let entry = entry(&standing(store, space).await, SESSION, counter, size);
    store.append(space, entry).await
}

async fn is_sound(store: &Postgres, space: SpaceId) {
    assert_eq!(verify(store, space).await.unwrap().unwrap().problems, Vec::<String>::new());
    assert_eq!(store.check().await, Ok(vec![]));
}

/// Holds: I3, I4
#[tokio::test(flavor = "multi_thread")]
async fn postgres_conforms() {
    let Some(cluster) = shared() else { return };
    conformance::run(|clock, quota| {
        let opening = async {
            let access = access(&cluster.database());
            Postgres::open_with(&access, clock, quota).await.unwrap()
        };
        Box::new(block_in_place(|| Handle::current().block_on(opening)))
    })
    .await;
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_the_server_was_killed() {
    let Some(mut cluster) = Cluster::start() else { return };
    let url = cluster.database();
    let store = open(&url).await;
    let space = found(&store).await;
    let mut news = store.watch(space);
    for counter in 1..=3 {
        write(&store, space, counter, 10).await.unwrap();
    }
    let before = store.pull(space, 0, u32::MAX).await.unwrap().unwrap();
    let next = entry(&before.standing, SESSION, 4, 10);

    // While the server is away nothing is promised, and nobody waits for ever.
    cluster.kill();
    let away = timeout(SOON, store.append(space, next.clone())).await.unwrap();
    assert!(matches!(away, Err(AppendError::Store(StoreError::Failed(_)))), "{away:?}");
    assert!(timeout(SOON, store.pull(space, 0, 0)).await.unwrap().is_err());
    assert!(timeout(SOON, store.ready()).await.unwrap().is_err());

    // The same store finds it again by itself.
    cluster.start_again();
    let after = store.pull(space, 0, u32::MAX).await.unwrap().unwrap();
    assert_eq!(after.rows, before.rows);
    assert_eq!(after.standing.roster, before.standing.roster);
    assert_eq!(store.append(space, next).await, Ok(5));
    assert_eq!(store.ready().await, Ok(()));
    is_sound(&store, space).await;

    // News of others come again too, those of the time in between included.
    news.borrow_and_update();
    let other = open(&url).await;
    assert_eq!(write(&other, space, 5, 10).await, Ok(6));
    let told = timeout(SOON, news.wait_for(|head| *head == 6)).await;
    assert_eq!(*told.expect("in time").unwrap(), 6);
}

#[tokio::test]
async fn two_relays_make_one_order_and_wake_each_others_readers() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database();
    // Both at once on a database without tables.
    let (one, two) = tokio::join!(open(&url), open(&url));
    let space = found(&one).await;
    let standing = standing(&two, space).await;
    let (mut at_one, mut at_two) = (one.watch(space), two.watch(space));

    // Five hundred envelopes through both, each handed to both, in turns.
    let appends = (1..=10).flat_map(|number| (1..=50).map(move |counter| (number, counter)));
    let appends = appends.flat_map(|(number, counter)| {
        let entry = entry(&standing, SessionId([number; 16]), counter, 50);
        let (first, second) = if number % 2 == 0 { (&one, &two) } else { (&two, &one) };
        [(first, entry.clone()), (second, entry)]
    });
    let seqs =
        futures_util::future::join_all(appends.map(|(store, entry)| store.append(space, entry)));
    let mut seqs = seqs.await;
    // An envelope may come to the second relay before the one ahead of it came to the first: then it
    // is a gap there, and the device sends it again.
    let mut again = Vec::new();
    for (at, answer) in seqs.iter().enumerate() {
        if matches!(answer, Err(AppendError::Refused(wire::Refusal::CounterGap { .. }))) {
            again.push(at);
        }
    }
    for at in again {
        let (number, counter) = (at as u64 / 2 / 50 + 1, at as u64 / 2 % 50 + 1);
        let entry = entry(&standing, SessionId([number as u8; 16]), counter, 50);
        seqs[at] = two.append(space, entry).await;
    }
    let mut seqs: Vec<_> = seqs.into_iter().map(|seq| seq.expect("appended")).collect();
    for pair in seqs.chunks(2) {
        assert_eq!(pair[0], pair[1], "one envelope, one row");
    }
    seqs.sort_unstable();
    seqs.dedup();
    assert_eq!(seqs, (2..=501).collect::<Vec<_>>());
    for news in [&mut at_one, &mut at_two] {
        let told = timeout(SOON, news.wait_for(|head| *head == 501)).await;
        assert_eq!(*told.expect("in time").unwrap(), 501);
    }
    is_sound(&one, space).await;
}

#[tokio::test]
async fn what_one_relay_appends_wakes_the_readers_of_another() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database();
    let (one, two) = (open(&url).await, open(&url).await);
    let space = found(&one).await;
    let mut news = two.watch(space);
    // Again and again: the first time it may have been told by looking.
    for counter in 1..=10 {
        let seq = write(&one, space, counter, 10).await.unwrap();
        // Long before heads are looked at again.
        let told = timeout(Duration::from_secs(5), news.wait_for(|head| *head == seq)).await;
        assert_eq!(*told.expect("in time").unwrap(), seq);
    }
    // A second hearing of the same tells nobody anything.
    news.borrow_and_update();
    let again = entry(&standing(&one, space).await, SESSION, 10, 10);
    assert!(two.append(space, again).await.is_err(), "another envelope with a used counter");
    assert!(!news.has_changed().unwrap());
}

#[tokio::test]
async fn every_check_comes_after_the_lock() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database();
    let store = open(&url).await;
    let space = found(&store).await;
    let next = entry(&standing(&store, space).await, SESSION, 1, 10);

    // Another relay is about to commit five envelopes of the same session.
    let (client, wire) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(wire);
    client.batch_execute("BEGIN; SELECT 1 FROM rapport.spaces FOR UPDATE").await.unwrap();
    let (device, session) = (Person::named("Ada").key(), SESSION);
    let counted = "INSERT INTO rapport.sessions VALUES (1, $1, $2, 5, 1)";
    let values: [&(dyn ToSql + Sync); 2] = [&device.0.as_slice(), &session.0.as_slice()];
    client.execute(counted, &values).await.unwrap();
    let commit = async {
        let waiting = "SELECT count(*) FROM pg_stat_activity
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while client.query_one(waiting, &[]).await.unwrap().get::<_, i64>(0) == 0 {
            tokio::task::yield_now().await;
        }
        client.batch_execute("COMMIT").await.unwrap();
    };
    let (answer, ()) = tokio::join!(store.append(space, next), commit);
    let gap = wire::Refusal::CounterGap { expected: 6 };
    assert_eq!(answer, Err(AppendError::Refused(gap)));
}

#[tokio::test]
async fn a_reader_is_woken_although_the_news_was_lost() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database();
    let quick = Access { recheck: Duration::from_millis(100), ..access(&url) };
    let store = Postgres::open(&quick, Arc::new(|| 1_000)).await.unwrap();
    let space = found(&store).await;
    let mut news = store.watch(space);
    // A relay that dies between the commit and the news: a head that nobody tells.
    cluster.sql(name(&url), "UPDATE rapport.spaces SET head = 7");
    let told = timeout(SOON, news.wait_for(|head| *head == 7)).await;
    assert_eq!(*told.expect("in time").unwrap(), 7);

    // The connection for news is cut, again and again.
    let store = Postgres::open(&access(&url), Arc::new(|| 1_000)).await.unwrap();
    let mut news = store.watch(space);
    for head in 8..=10 {
        cluster.sql(name(&url), &format!("UPDATE rapport.spaces SET head = {head}"));
        // Found by what it listens with: its last words are those.
        let cut = format!(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{}'
             AND pid <> pg_backend_pid() AND application_name = 'rapport'",
            name(&url)
        );
        assert_ne!(cluster.sql("postgres", &cut), "0");
        let told = timeout(SOON, news.wait_for(|told| *told == head)).await;
        assert_eq!(*told.expect("in time").unwrap(), head);
    }
}

#[tokio::test]
async fn a_relay_that_hangs_in_the_middle_is_not_waited_for() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database();
    let store = open(&url).await;
    let space = found(&store).await;
    let next = entry(&standing(&store, space).await, SESSION, 1, 10);

    // Another relay takes the space and says nothing more. It has the same settings, and is ended.
    let hold = "SET idle_in_transaction_session_timeout = '4s'; BEGIN;
                SELECT 1 FROM rapport.spaces FOR UPDATE";
    let (client, wire) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    let driven = tokio::spawn(wire);
    client.batch_execute(hold).await.unwrap();
    let began = Instant::now();
    assert_eq!(store.append(space, next.clone()).await, Ok(2));
    assert!(began.elapsed() < DATABASE_LOCK_WITHIN, "{:?}", began.elapsed());
    assert!(DATABASE_IDLE_WITHIN < DATABASE_LOCK_WITHIN);
    assert!(driven.await.unwrap().is_err());

    // One that the database would not end: the append is given up, others go on meanwhile.
    let (client, wire) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(wire);
    let hold = hold.replace("4s", "0");
    client.batch_execute(&hold).await.unwrap();
    let now = standing(&store, space).await;
    let after: Vec<_> = (2..=9).map(|counter| entry(&now, SESSION, counter, 10)).collect();
    let appends = after.iter().map(|entry| store.append(space, entry.clone()));
    let (given_up, read) = tokio::join!(
        timeout(SOON, futures_util::future::join_all(appends)),
        timeout(Duration::from_secs(2), store.pull(space, 0, 0)),
    );
    for given_up in given_up.expect("in time") {
        let Err(AppendError::Store(StoreError::Failed(said))) = given_up else {
            panic!("{given_up:?}")
        };
        assert!(said.contains("lock"), "{said}");
    }
    assert!(read.expect("at once").unwrap().is_some());
    client.batch_execute("ROLLBACK").await.unwrap();
    assert_eq!(store.append(space, after[0].clone()).await, Ok(3));
    is_sound(&store, space).await;
}

#[tokio::test]
async fn a_full_disk_refuses_and_leaves_nothing_half_written() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database();
    let store = open(&url).await;
    let space = found(&store).await;
    write(&store, space, 1, 10).await.unwrap();
    let before = store.pull(space, 0, u32::MAX).await.unwrap().unwrap();

    // The error that PostgreSQL raises when the file system has no room, for what is large.
    let raise = "CREATE FUNCTION rapport.full() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device'
        USING ERRCODE = 'disk_full'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON rapport.rows FOR EACH ROW
        WHEN (octet_length(NEW.body) > 400000) EXECUTE FUNCTION rapport.full()";
    cluster.sql(name(&url), raise);
    let full = AppendError::Store(StoreError::Full);
    assert_eq!(write(&store, space, 2, 500_000).await, Err(full.clone()));
    let after = store.pull(space, 0, u32::MAX).await.unwrap().unwrap();
    assert_eq!((after.rows, after.standing.chain), (before.rows, before.standing.chain));

    // Others who were in the same transaction either are wholly there, or were told that they
    // are not.
    let now = standing(&store, space).await;
    let appends = (2..=9).map(|counter| {
        let size = if counter == 6 { 500_000 } else { 10 };
        store.append(space, entry(&now, SESSION, counter, size))
    });
    let answers = futures_util::future::join_all(appends).await;
    let head = standing(&store, space).await.head;
    let told: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().ok()).copied().collect();
    assert_eq!(told, (3..=head).collect::<Vec<_>>());
    assert_eq!((head, &answers[4]), (6, &Err(full)));
    is_sound(&store, space).await;

    // Room again: everything goes on where it was.
    cluster.sql(name(&url), "DROP TRIGGER full_disk ON rapport.rows");
    assert_eq!(write(&store, space, 6, 500_000).await, Ok(7));
    is_sound(&store, space).await;
}

#[tokio::test]
async fn verify_sees_every_changed_field_and_says_where() {
    let Some(cluster) = shared() else { return };
    let rows = "UPDATE rapport.rows SET";
    for (tampering, expected) in [
        (format!("{rows} received_at = received_at + 1 WHERE seq = 3"), "row 3: the chain breaks"),
        (format!("{rows} kind = 99 WHERE seq = 3"), "row 3: the chain breaks"),
        (
            format!("{rows} tag = decode(repeat('00', 16), 'hex') WHERE seq = 3"),
            "row 3: the chain breaks",
        ),
        (
            format!("{rows} chain = decode(repeat('00', 32), 'hex') WHERE seq = 3"),
            "row 3: the chain breaks",
        ),
        (format!("{rows} body = '123' WHERE seq = 3"), "row 3: its bytes are not those"),
        (format!("{rows} body = NULL WHERE seq = 1"), "row 1: a roster record lost its bytes"),
        ("DELETE FROM rapport.rows WHERE seq = 3".to_owned(), "row 4: follows on row 2"),
        (
            "DELETE FROM rapport.rows WHERE seq = 5".to_owned(),
            "row 4: is not where the log should end",
        ),
        (
            "UPDATE rapport.spaces SET log = decode(repeat('00', 16), 'hex')".to_owned(),
            "row 5: the log's id is not as stored",
        ),
    ] {
        let url = cluster.database();
        let store = open(&url).await;
        let space = found(&store).await;
        for counter in 1..=4 {
            write(&store, space, counter, 10).await.unwrap();
        }
        cluster.sql(name(&url), &tampering);
        let problems = verify(&store, space).await.unwrap().unwrap().problems;
        assert!(
            problems.iter().any(|problem| problem.contains(expected)),
            "{tampering}: {problems:?}"
        );
    }
}

#[tokio::test]
async fn a_stub_keeps_the_chain_and_a_lost_roster_is_made_again() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database();
    let store = open(&url).await;
    let space = found(&store).await;
    write(&store, space, 1, 10).await.unwrap();
    let (ada, door) = (Person::named("Ada"), Person::named("door"));
    let bytes = ada.invites(&standing(&store, space).await.roster, &door, Role::Editor, 9_000);
    let author = Author::Device(ada.key());
    store.append(space, Entry::Record { author, bytes }).await.unwrap();
    let roster = standing(&store, space).await.roster;
    drop(store);
    cluster.sql(
        name(&url),
        "UPDATE rapport.rows SET body = NULL, covered_by = decode(repeat('00', 32), 'hex') WHERE seq = 2;
         UPDATE rapport.rosters SET roster = ''",
    );
    let store = open(&url).await;
    assert_eq!(standing(&store, space).await.roster, roster);
    let report = verify(&store, space).await.unwrap().unwrap();
    let lost = "row 2: it lost its bytes, and neither an attested snapshot nor a generation stands for them".to_owned();
    assert_eq!((report.problems, report.stubs), (vec![lost], 1));
    let row = store.pull(space, 1, 0).await.unwrap().unwrap().rows.remove(0);
    assert_eq!(row.body, RowBody::Stub { covered_by: Some(wire::Hash::ZERO) });
}

#[tokio::test]
async fn miscounted_objects_are_found() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database();
    let store = open(&url).await;
    found(&store).await;
    assert_eq!(store.check().await, Ok(vec![]));
    cluster.sql(name(&url), "UPDATE rapport.spaces SET object_bytes = 5");
    assert_eq!(store.check().await.unwrap().len(), 1);
}

#[tokio::test]
async fn tokens_lie_in_the_database_as_hashes_only() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database();
    let store = open(&url).await;
    let token = token::make(&mut relay::clock::randomness());
    store.put_token(token::digest(&token), 0, true).await.unwrap();
    let stored = cluster.sql(name(&url), "SELECT encode(digest, 'hex') FROM rapport.tokens");
    assert_eq!(stored, token::digest(&token).0.to_string());
    assert!(!stored.contains(&token));
}
