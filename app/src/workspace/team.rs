//! The team as the roster knows it.

use chrono::DateTime;
use handbook::{DocumentId, Record, RecordId, RecordKey, records::Member};
use wire::{Role, roster::InviteState};

use super::space::Space;
use crate::{
    texts::settings,
    ui::model::{InviteRole, MemberDevice, OpenInvite},
};

/// The active devices, in the order in which they joined.
pub(super) fn devices(space: &Space) -> Vec<MemberDevice> {
    let Some(place) = space.device.place() else { return Vec::new() };
    let this = space.device.device();
    let active = place.roster.devices().filter(|device| place.roster.active(&device.key).is_some());
    let described = active.map(|device| {
        let member = RecordKey::new(Member::KIND, RecordId::from_bytes(device.member.0));
        MemberDevice {
            member: space
                .title(DocumentId::Firm, member)
                .unwrap_or_else(|| settings::not_introduced().into()),
            mark: device::device_mark(device.ordinal),
            role: role(device.role),
            this: device.key == this,
        }
    });
    described.collect()
}

/// Invitations that nobody has used yet.
pub(super) fn invites(space: &Space) -> Vec<OpenInvite> {
    let Some(place) = space.device.place() else { return Vec::new() };
    let open =
        place.roster.invites().filter(|(_, status)| matches!(status.state, InviteState::Open));
    let described = open.filter_map(|(hash, status)| {
        let until = DateTime::from_timestamp_millis(i64::try_from(status.invite.expires).ok()?)?;
        Some(OpenInvite {
            hash: hash.to_string(),
            role: role(status.invite.role),
            until: until.date_naive(),
        })
    });
    described.collect()
}

fn role(role: Role) -> InviteRole {
    match role {
        Role::Owner => InviteRole::Owner,
        Role::Editor => InviteRole::Editor,
        Role::Reader => InviteRole::Reader,
    }
}
