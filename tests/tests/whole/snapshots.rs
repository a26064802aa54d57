//! A team, a real relay, and somebody who comes late: what they read is snapshots and tails.

use tests::bench::first_look::first_look;
use tests::relay::Relay;
use tokio::task::LocalSet;

/// `RAPPORT_COLD_CLIENTS` and `RAPPORT_COLD_TOUCHPOINTS` make it a measurement.
#[tokio::test(flavor = "current_thread")]
async fn a_newcomer_reads_snapshots_and_tails() {
    let number = |name: &str, otherwise| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let clients = number("RAPPORT_COLD_CLIENTS", 12);
    let touchpoints = number("RAPPORT_COLD_TOUCHPOINTS", 20);
    let relay = Relay::bare(&[]);
    let story = Box::pin(first_look(&relay, clients, touchpoints));
    let first = LocalSet::new().run_until(story).await;
    println!("{first:?}");
    assert_eq!(first.records, clients * touchpoints);
    assert_eq!(first.records, first.expected);

    // Most rows have lost their bytes, and the log verifies.
    let said = relay.command("verify");
    println!("{said}");
    let words: Vec<&str> = said.split_whitespace().collect();
    let before = |word: &str| {
        let place = words.iter().position(|it| it.trim_end_matches(',') == word).unwrap_or(1);
        words[place - 1].parse::<usize>().unwrap_or_default()
    };
    assert!(said.contains("sound") && !said.contains("DAMAGED"), "{said}");
    assert!(before("stubs") >= clients * 16, "{said}");
}
