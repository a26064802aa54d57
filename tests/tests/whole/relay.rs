//! Stories of whole devices and a real relay process that dies.

use std::time::Duration;

use handbook::records::{Channel, Function, Touchpoint};
use handbook::{DocumentId, Moment, RecordId};
use tests::colleague::{Colleague, now_ms};
use tests::relay::Relay;
use tokio::time::sleep;

fn talk(subject: &str) -> Touchpoint {
    let ms = i64::try_from(now_ms()).unwrap();
    Touchpoint {
        at: Some(Moment { ms, offset_min: 60 }),
        function: Some(Function::Delivery),
        channel: Some(Channel::Call),
        subject: subject.to_owned(),
        notes: "said on the telephone".into(),
        ..Touchpoint::default()
    }
}

/// The subjects of all touchpoints with a client on a device, sorted.
async fn subjects(colleague: &Colleague, client: RecordId) -> Vec<String> {
    let rows = colleague.device().rows(DocumentId::Client(client)).await.unwrap();
    let mut subjects: Vec<String> = rows
        .iter()
        .filter(|row| row.kind.key == "touchpoint")
        .map(|row| row.get("subject").as_text().unwrap_or_default().to_owned())
        .collect();
    subjects.sort();
    subjects
}

#[tokio::test]
async fn two_people_work_apart_while_the_relay_is_down_and_agree_when_it_is_back() {
    let mut relay = Relay::bare(&[]);
    let mut anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let client = anna.add_client("Harbour Foods").await;
    anna.sync().await;
    let invitation = anna.invite().await;
    let mut bruno = Colleague::join(&invitation, "Bruno").await;

    relay.kill();
    anna.log(client, vec![talk("anna 1"), talk("anna 2")]).await;
    bruno.log(client, vec![talk("bruno 1")]).await;
    let found_apart = bruno.add_client("Merrow Ferries").await;
    bruno.log(found_apart, vec![talk("bruno 2")]).await;
    assert_eq!(anna.device().unsynced(), 1, "one command is one change");
    assert_eq!(bruno.device().unsynced(), 3);

    relay.start_again();
    bruno.sync().await;
    anna.sync().await;
    bruno.sync().await;
    for device in [&anna, &bruno] {
        assert_eq!(subjects(device, client).await, ["anna 1", "anna 2", "bruno 1"]);
        assert_eq!(subjects(device, found_apart).await, ["bruno 2"]);
    }
}

#[tokio::test]
async fn a_relay_killed_while_it_is_pushed_to_loses_nothing_that_it_acknowledged() {
    let mut relay = Relay::bare(&[]);
    let mut anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let mut clients = Vec::new();
    for number in 0..12 {
        clients.push(anna.add_client(&format!("Client {number}")).await);
    }
    anna.sync().await;
    let mut told = Vec::new();
    // From a kill before the first row of a push to one after its last.
    for round in 0..8_u64 {
        for &client in &clients {
            let subject = format!("round {round}");
            anna.log(client, vec![talk(&subject)]).await;
        }
        told.push(format!("round {round}"));
        let kill = async {
            sleep(Duration::from_millis(round * 3)).await;
            relay.kill();
        };
        tokio::join!(anna.push_as_far_as_possible(), kill);
        relay.start_again();
        anna.sync().await;
    }

    // Somebody who has nothing but what the relay kept.
    let invitation = anna.invite().await;
    let newcomer = Colleague::join(&invitation, "Bruno").await;
    for &client in &clients {
        assert_eq!(subjects(&newcomer, client).await, told);
    }
}
