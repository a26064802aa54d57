//! What pages show of the open workspace and of this device, and the sentences of those who stand at the door.

use handbook::{DocumentId, Record, RecordKey, records::Member};
use replica::session::StopReason;
use wire::Role;

use super::{setting, space::Space, status, team};
use crate::{
    platform::{address, quota},
    texts::{error::Told, relay, trouble},
    ui::{
        model::{DeviceTruth, Workspace},
        state::Trouble,
    },
};

/// What the pages show of the workspace.
pub(super) fn workspace(space: &Space) -> Workspace {
    let member = space.you();
    let key = RecordKey::new(Member::KIND, member);
    Workspace {
        firm: setting::settings(&space.device.model()).firm_name,
        name: space.title(DocumentId::Firm, key).unwrap_or_else(|| space.entry.person.clone()),
        member: Some(member),
        sample: space.is_sample(),
        may_invite: !space.is_sample()
            && matches!(space.device.role(), Some(Role::Owner | Role::Editor)),
        out: space.device.removal().map(team::removal),
        was_recovered: team::was_recovered(space),
    }
}

/// What is true of this device.
pub(super) async fn truth(space: &Space) -> DeviceTruth {
    let room = quota::room().await;
    let origin = space.device.origin();
    space.count_attachments().await;
    DeviceTruth {
        only_here: status::unsent(space).all(),
        at_relay: status::at_relay(space),
        persisted: Some(quota::is_persistent().await),
        used_bytes: room.as_ref().map(|room| room.used as u64),
        quota_bytes: room.as_ref().map(|room| room.limit as u64),
        relay: (!origin.is_empty()).then_some(origin),
        version: address::build().unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_owned()),
        ..DeviceTruth::default()
    }
}

/// Why joining did not succeed.
pub(super) fn why_not(reason: &StopReason) -> String {
    match reason {
        StopReason::Refused(refusal) => status::refused(*refusal),
        StopReason::WrongLog => relay::join_wrong_log().into(),
        StopReason::Update => relay::join_update().into(),
        StopReason::KitUnknown => relay::kit_unknown().into(),
        StopReason::NoKey => relay::join_no_key().into(),
        other => relay::not_joined(&other.to_string()),
    }
}

/// Why the storage could not be opened.
pub(super) fn unopened(error: impl Told) -> Trouble {
    Trouble(trouble::unopened(&error.told()))
}
