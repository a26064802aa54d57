//! A relay that is lost with all its backups: the workspace is set up again from a device.

use std::fs;

use replica::StopReason;
use tests::colleague::Colleague;
use tests::relay::Relay;
use wire::Refusal;

use crate::operate::{subjects, talk};

#[tokio::test]
async fn any_one_device_sets_the_workspace_up_again_on_an_empty_relay() {
    let mut relay = Relay::bare(&[]);
    let mut anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let client = anna.add_client("Harbour Foods").await;
    anna.log(client, vec![talk("seen by all", "")]).await;
    anna.sync().await;
    let invitation = anna.invite().await;
    let mut bruno = Colleague::join(&invitation, "Bruno").await;
    anna.sync().await;
    // Something that only Anna has, in the log and in the roster.
    let late = anna.invite().await;
    anna.log(client, vec![talk("of anna", "")]).await;
    anna.sync().await;
    bruno.log(client, vec![talk("of bruno", "")]).await;

    // Nothing is left of the relay, and another one begins in its place.
    relay.kill();
    for file in fs::read_dir(relay.data()).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    relay.start_again();
    let nowhere = StopReason::Refused(Refusal::SpaceUnknown);
    assert_eq!(bruno.is_turned_away().await, nowhere);
    assert_eq!(anna.is_turned_away().await, nowhere);

    // Bruno, who is no owner and did not found it, has the operator's link.
    bruno.set_up_again(&relay).await;
    assert_eq!(subjects(&bruno, client).await, ["of bruno", "seen by all"]);
    anna.sync().await;
    bruno.sync().await;
    let all = ["of anna", "of bruno", "seen by all"];
    for device in [&anna, &bruno] {
        assert_eq!(subjects(device, client).await, all);
        assert_eq!(device.device().unsynced(), 0);
    }
    // The invitation that only Anna had known of was put back, and the relay has everything.
    let clara = Colleague::join(&late, "Clara").await;
    assert_eq!(subjects(&clara, client).await, all);
    anna.sync().await;
    assert_eq!(anna.device().team().unwrap().members.len(), 3);
    relay.stop();
    let verified = relay.command("verify");
    assert!(verified.contains(": sound"), "{verified}");
}

#[tokio::test]
async fn a_relay_that_has_the_workspace_after_all_loses_nothing_by_it() {
    let relay = Relay::bare(&[]);
    let mut anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let client = anna.add_client("Harbour Foods").await;
    anna.sync().await;
    anna.log(client, vec![talk("since", "")]).await;
    anna.set_up_again(&relay).await;
    assert_eq!(subjects(&anna, client).await, ["since"]);
    let place = anna.device().place().unwrap();
    assert!(place.lives.is_empty(), "it is the same log as before");
}
