//! Relay processes that are killed under load, and two of them on one database.
//!
//! Short by default. `RAPPORT_RELAYS_SECONDS=300` makes each of the stories with kills last as long:
//! `RAPPORT_RELAYS_SECONDS=300 cargo test -p tests --test whole -- relays:: --nocapture`.

use std::io::Write as _;
use std::time::Duration;

use cluster::Cluster;
use tests::crowd::{Account, Crowd};
use tests::deadline::Deadline;
use tests::relay::Relay;
use tokio::task::block_in_place;
use tokio::time::sleep;

/// How long a story with kills lasts.
fn length() -> Duration {
    let seconds = std::env::var("RAPPORT_RELAYS_SECONDS").ok();
    Duration::from_secs(seconds.map_or(4, |seconds| seconds.parse().expect("seconds")))
}

/// Two relays on a new database. The link of the second is good: each start replaces the token that
/// nobody has used.
fn two(cluster: &Cluster) -> [Relay; 2] {
    let database = cluster.database();
    [(); 2].map(|()| Relay::bare(&["--database", &database]))
}

/// Nothing was lost, doubled or reordered, and everybody read the same.
fn is_whole(story: &str, kills: u64, account: &Account, relays: &[Relay]) {
    let line = format!("{story}: {kills} kills, {account:?}\n");
    let _ = std::io::stderr().write_all(line.as_bytes());
    let Account { lost, doubled, reordered, disagreeing, .. } = account;
    assert_eq!((*lost, *doubled, *reordered, *disagreeing), (0, 0, 0, 0));
    assert!(account.acknowledged > 0);
    for relay in relays {
        let said = relay.command("verify");
        assert!(said.contains(&format!(": {} rows, 0 stubs", account.rows)), "{said}");
        assert!(said.contains("sound"), "{said}");
    }
}

/// Kills the relays in turn, at moments that differ from one time to the next, and starts them again.
async fn kill_again_and_again(relays: &mut [Relay], crowd: &mut Crowd) -> u64 {
    let deadline = Deadline::after(length());
    let mut kills = 0;
    while !deadline.passed() {
        // Under load: somebody must have been answered since the last time.
        crowd.acknowledges(20).await;
        sleep(Duration::from_millis(kills * 7 % 60)).await;
        let turn = usize::try_from(kills).unwrap() % relays.len();
        block_in_place(|| {
            relays[turn].kill();
            relays[turn].start_again();
        });
        kills += 1;
    }
    kills
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reader_of_two_relays_sees_every_row_of_both() {
    let Some(cluster) = Cluster::start() else { return };
    let relays = two(&cluster);
    let [one, two] = [&relays[0], &relays[1]].map(Relay::url);
    let mut crowd = Crowd::found(&relays[1], 4).await;
    for relay in [&one, &two] {
        for _ in 0..2 {
            crowd.write(std::slice::from_ref(relay));
            crowd.read(std::slice::from_ref(relay));
        }
    }
    crowd.acknowledges(1_000).await;
    let account = crowd.settle().await;
    assert_eq!((account.resent, account.connections), (0, 4));
    is_whole("two relays", 0, &account, &relays);
}

/// Holds: I2, I3
#[tokio::test(flavor = "multi_thread")]
async fn two_relays_killed_again_and_again_lose_nothing() {
    let Some(cluster) = Cluster::start() else { return };
    let mut relays = two(&cluster);
    let [one, two] = [&relays[0], &relays[1]].map(Relay::url);
    let mut crowd = Crowd::found(&relays[1], 4).await;
    // Who finds one relay dead goes to the other, with the same envelopes.
    for ways in [[one.clone(), two.clone()], [two, one]] {
        for _ in 0..2 {
            crowd.write(&ways);
            crowd.read(&ways);
        }
    }
    let kills = kill_again_and_again(&mut relays, &mut crowd).await;
    is_whole("two relays on PostgreSQL", kills, &crowd.settle().await, &relays);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_killed_again_and_again_loses_nothing() {
    let Some(mut cluster) = Cluster::start() else { return };
    let relays = two(&cluster);
    let [one, two] = [&relays[0], &relays[1]].map(Relay::url);
    let mut crowd = Crowd::found(&relays[1], 2).await;
    for relay in [&one, &two] {
        crowd.write(std::slice::from_ref(relay));
        crowd.read(std::slice::from_ref(relay));
    }
    let (deadline, mut kills) = (Deadline::after(length()), 0);
    while !deadline.passed() {
        crowd.acknowledges(100).await;
        block_in_place(|| {
            cluster.kill();
            cluster.start_again();
        });
        kills += 1;
    }
    is_whole("a database", kills, &crowd.settle().await, &relays);
}

/// Holds: I2, I3
#[tokio::test(flavor = "multi_thread")]
async fn a_relay_with_its_own_file_killed_again_and_again_loses_nothing() {
    let mut relays = [Relay::bare(&[])];
    let one = [relays[0].url()];
    let mut crowd = Crowd::found(&relays[0], 4).await;
    for _ in 0..4 {
        crowd.write(&one);
    }
    for _ in 0..2 {
        crowd.read(&one);
    }
    let kills = kill_again_and_again(&mut relays, &mut crowd).await;
    let account = crowd.settle().await;
    for relay in &mut relays {
        relay.stop();
    }
    is_whole("a relay on SQLite", kills, &account, &relays);
}
