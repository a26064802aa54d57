//! The team as the roster knows it, with the names that the firm's document gives.

use chrono::{DateTime, NaiveDateTime};
use handbook::{DocumentId, Record, RecordId, RecordKey, records::Member};
use wire::{MemberId, Millis, Role};

use super::{space::Space, status::local};
use crate::{
    texts::settings,
    ui::model::team::{
        GoneDevice, Kit, OpenInvite, Removal, Team, TeamDevice, TeamMember, TeamRole,
    },
};

/// Everybody and everything that the roster names. Of the sample that is one person on one device.
pub(super) fn team(space: &Space) -> Team {
    let Some(team) = space.device.team() else { return Team::default() };
    let seen = |at: Option<Millis>| at.and_then(local);
    let owner = space.device.role() == Some(Role::Owner);
    let me = space.device.member();
    let owners = team.members.iter().filter(|member| member.role == Role::Owner).count();
    let sheets = space.sheets.borrow();
    let current = team.kit.map(|kit| kit.key.to_string());
    let member = |member: device::team::TeamMember| TeamMember {
        id: RecordId::from_bytes(member.id.0),
        name: name(space, member.id),
        role: role(member.role),
        me: member.is_me,
        devices: member
            .devices
            .into_iter()
            .map(|device| TeamDevice {
                key: device.key.to_string(),
                mark: device::device_mark(device.ordinal),
                this: device.is_this,
                seen: seen(device.last_seen),
                exposes_kit: device.exposes_kit,
            })
            .collect(),
    };
    let gone = |device: device::team::GoneDevice| GoneDevice {
        name: name(space, device.member),
        mark: device::device_mark(device.ordinal),
        how: removal(device.removal),
        seen: seen(device.last_seen),
    };
    let invite = |invite: device::team::OpenInvite| {
        let mine = invite.by == Some(me);
        Some(OpenInvite {
            hash: invite.record.to_string(),
            role: role(invite.role),
            for_device: invite.for_device,
            mine,
            by: invite.by.map(|by| name(space, by)).unwrap_or_default(),
            until: day(invite.expires)?.date(),
            may_revoke: owner || mine,
        })
    };
    Team {
        owner,
        last_owner: owner && owners == 1,
        to_invite: team.to_invite.into_iter().map(|id| name(space, id)).collect(),
        owes_rotation: team.owes_rotation,
        epoch: team.epoch,
        kit: team.kit.map(|kit| Kit {
            by: name(space, kit.by),
            used: kit.used,
            unprinted: sheets.unprinted.contains(&kit.key.to_string()),
        }),
        stale_sheet: sheets.printed.is_some() && sheets.printed != current,
        members: team.members.into_iter().map(member).collect(),
        gone: team.gone.into_iter().rev().map(gone).collect(),
        invites: team.invites.into_iter().filter_map(invite).collect(),
    }
}

/// Whether this person is the one to remove what was lost.
pub(super) fn was_recovered(space: &Space) -> bool {
    let place = space.device.place();
    let used = place.is_some_and(|place| place.roster.kit().is_some_and(|kit| kit.used));
    used && space.device.role() == Some(Role::Owner)
}

pub(super) fn removal(removal: wire::Removal) -> Removal {
    match removal {
        wire::Removal { left: true, .. } => Removal::Left,
        wire::Removal { wipe: true, .. } => Removal::Wiped,
        wire::Removal { .. } => Removal::Removed,
    }
}

pub(super) fn name(space: &Space, member: MemberId) -> String {
    let key = RecordKey::new(Member::KIND, RecordId::from_bytes(member.0));
    space.title(DocumentId::Firm, key).unwrap_or_else(|| settings::not_introduced().into())
}

fn day(at: Millis) -> Option<NaiveDateTime> {
    Some(DateTime::from_timestamp_millis(i64::try_from(at).ok()?)?.naive_utc())
}

fn role(role: Role) -> TeamRole {
    match role {
        Role::Owner => TeamRole::Owner,
        Role::Editor => TeamRole::Editor,
        Role::Reader => TeamRole::Reader,
    }
}
