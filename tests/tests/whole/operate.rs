//! The relay as its operator runs it, with a team at work: what it tells, and what comes back from a
//! backup. What it must not tell is in `canaries`.

use handbook::records::{Channel, Function, Touchpoint};
use handbook::{DocumentId, Moment, RecordId};
use tests::colleague::{Colleague, now_ms};
use tests::raw::Raw;
use tests::relay::Relay;
use wire::{Refusal, RelayFrame};

pub(crate) fn talk(subject: &str, notes: &str) -> Touchpoint {
    let ms = i64::try_from(now_ms()).unwrap();
    Touchpoint {
        at: Some(Moment { ms, offset_min: 60 }),
        function: Some(Function::Delivery),
        channel: Some(Channel::Call),
        subject: subject.to_owned(),
        notes: notes.into(),
        ..Touchpoint::default()
    }
}

/// The subjects of all touchpoints with a client on a device, sorted.
pub(crate) async fn subjects(colleague: &Colleague, client: RecordId) -> Vec<String> {
    let rows = colleague.device().rows(DocumentId::Client(client)).await.unwrap();
    let talks = rows.iter().filter(|row| row.kind.key == "touchpoint");
    let mut subjects: Vec<_> =
        talks.map(|row| row.get("subject").as_text().unwrap_or_default().to_owned()).collect();
    subjects.sort();
    subjects
}

/// The value of one line of the figures.
fn value(figures: &str, name: &str) -> f64 {
    let line = figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.map_or(0.0, |value| value.parse().unwrap_or_else(|_| panic!("{name}: {value}")))
}

#[tokio::test]
async fn figures_move_with_the_work() {
    let mut relay = Relay::bare(&["--metrics", "127.0.0.1:0"]);
    let before = relay.figures();
    assert_eq!(value(&before, "rapport_spaces"), 0.0);
    assert!(before.contains("rapport_build_info{version=\""), "{before}");

    let mut anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let client = anna.add_client("Harbour").await;
    anna.log(client, vec![talk("one", "")]).await;
    anna.sync().await;
    let invitation = anna.invite().await;
    let bruno = Colleague::join(&invitation, "Bruno").await;
    let mut stranger = Raw::connect(&relay).await;
    stranger.send(b"nonsense".to_vec()).await;
    let refused = stranger.hear().await;
    assert!(matches!(refused, Some(RelayFrame::Refused { reason: Refusal::Malformed, .. })));

    let after = relay.figures();
    for (name, at_least) in [
        ("rapport_spaces", 1.0),
        ("rapport_rows", 4.0),
        ("rapport_row_bytes", 1_000.0),
        ("rapport_connections", 3.0),
        ("rapport_connections_opened_total", 3.0),
        ("rapport_received_bytes_total", 1_000.0),
        ("rapport_sent_bytes_total", 1_000.0),
        ("rapport_appends_total{kind=\"found\",outcome=\"accepted\"}", 1.0),
        ("rapport_appends_total{kind=\"roster\",outcome=\"accepted\"}", 2.0),
        ("rapport_appends_total{kind=\"changes\",outcome=\"accepted\"}", 2.0),
        ("rapport_append_duration_seconds_count", 5.0),
        ("rapport_append_duration_seconds_sum", 0.000_1),
        ("rapport_pull_duration_seconds_count", 2.0),
        ("rapport_pulled_rows_total", 4.0),
        ("rapport_refusals_total{reason=\"malformed\"}", 1.0),
        ("rapport_start_time_seconds", 1_700_000_000.0),
    ] {
        assert!(value(&after, name) >= at_least, "{name} is {}", value(&after, name));
    }
    for none in ["rapport_appends_in_flight", "rapport_work_bytes", "rapport_throttled_total"] {
        assert!(value(&after, none).abs() < f64::EPSILON, "{none}: {after}");
    }
    drop((anna, bruno, stranger));
    relay.kill();
}

#[tokio::test]
async fn a_relay_restored_from_yesterday_loses_nothing_that_a_device_had() {
    let mut relay = Relay::bare(&[]);
    let mut anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let client = anna.add_client("Harbour Foods").await;
    anna.log(client, vec![talk("before", "")]).await;
    anna.sync().await;
    let invitation = anna.invite().await;
    let mut bruno = Colleague::join(&invitation, "Bruno").await;
    anna.sync().await;

    // Yesterday, while everybody works.
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("yesterday.db").display().to_string();
    let said = relay.command_with(&["backup", &backup]);
    assert!(said.contains("every chain was walked"), "{said}");

    // Today: changes on both sides that the other has seen, one that only the relay and its author
    // have, and one that has not left its device.
    anna.log(client, vec![talk("anna, seen by bruno", "")]).await;
    anna.sync().await;
    bruno.sync().await;
    let new_client = bruno.add_client("Merrow Ferries").await;
    bruno.log(client, vec![talk("bruno, seen by anna", "")]).await;
    bruno.sync().await;
    anna.sync().await;
    bruno.log(client, vec![talk("bruno, seen by nobody", "")]).await;
    bruno.sync().await;
    anna.log(new_client, vec![talk("anna, not sent", "")]).await;

    // The machine is lost.
    relay.kill();
    let said = relay.command_with(&["restore", &backup, "--set-aside"]);
    assert!(said.contains("goes on as"), "{said}");
    relay.start_again();

    anna.sync().await;
    bruno.sync().await;
    anna.sync().await;
    let expected =
        ["anna, seen by bruno", "before", "bruno, seen by anna", "bruno, seen by nobody"];
    for device in [&anna, &bruno] {
        assert_eq!(subjects(device, client).await, expected);
        assert_eq!(subjects(device, new_client).await, ["anna, not sent"]);
        assert_eq!(device.device().unsynced(), 0);
    }
    // And the relay has all of it again, as somebody finds who has nothing else.
    let invitation = anna.invite().await;
    let newcomer = Colleague::join(&invitation, "Carla").await;
    assert_eq!(subjects(&newcomer, client).await, expected);
    assert_eq!(subjects(&newcomer, new_client).await, ["anna, not sent"]);
    relay.stop();
    assert!(relay.command("verify").contains(": sound"));
}
