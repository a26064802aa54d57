//! What the team had decided in records that a restored relay lost is decided again, on the log's branch:
//! who goes first, with a fresh key.
//!
//! Each device does what it may: an owner's everything, any other the removal of its own member's
//! devices. Nothing has to be remembered for it: it is the difference between what was known and what
//! the log says, and of two devices the slower one finds it done.

use wire::{DeviceKey, Role};

use super::{Phase, deciding};
use crate::founding;
use crate::keys::KitKeys;
use crate::session::Cx;
use crate::session::line::Line;
use crate::session::member::Member;
use crate::team;

/// Sends the next record, if there is one that this device may make.
pub(super) fn begin(member: &Member, line: &mut Line, cx: &mut Cx<'_>) -> Option<Phase> {
    if member.place.lost.is_settled() || !deciding::may(member, cx) {
        return None;
    }
    let record = removal(member, cx).or_else(|| decision(member, cx))?;
    Some(deciding::send(line, record))
}

/// Removes who had been removed; those first who shall delete what they hold.
fn removal(member: &Member, cx: &mut Cx<'_>) -> Option<Vec<u8>> {
    let roster = member.walker.roster.as_ref()?;
    let own = roster.active(&member.secrets.device())?;
    let mine = |key: &DeviceKey| {
        let whose = roster.active(key).map(|device| device.member);
        *key != own.key && (own.role == Role::Owner || whose == Some(own.member))
    };
    let returned: Vec<_> =
        member.place.lost.returned(roster).filter(|(key, _)| mine(key)).collect();
    let (_, wipe) = returned.iter().find(|(_, wipe)| *wipe).or(returned.first())?;
    let those = returned.iter().filter(|(_, wiped)| wiped == wipe);
    let devices: Vec<_> = those.map(|(key, _)| *key).collect();
    // With the last of them: who goes after it would know it.
    let kit = member
        .place
        .lost
        .kit()
        .filter(|_| own.role == Role::Owner && devices.len() == returned.len());
    let mut remove = |kit| {
        let (secrets, ring, devices) = (&member.secrets, &member.ring, devices.clone());
        team::remove_with(secrets, roster, ring, devices, *wipe, kit, &mut cx.rng).ok()
    };
    remove(kit.map(KitKeys::from)).or_else(|| remove(None))
}

/// Decides again what else an owner had decided.
fn decision(member: &Member, cx: &mut Cx<'_>) -> Option<Vec<u8>> {
    let roster = member.walker.roster.as_ref()?;
    roster.active(&member.secrets.device()).filter(|own| own.role == Role::Owner)?;
    let (secrets, lost) = (&member.secrets, &member.place.lost);
    let revoke = |invite| founding::revoke(secrets, roster, invite).ok();
    if let Some(record) = lost.reopened(roster).find_map(revoke) {
        return Some(record);
    }
    if let Some(kit) = lost.kit() {
        let kit = Some(KitKeys::from(kit));
        return team::rotate_with(secrets, roster, &member.ring, kit, &mut cx.rng).ok();
    }
    let roles = lost.roles().into_iter();
    // What would leave the team without an owner waits for another who becomes one.
    roles.filter_map(|(id, change)| team::set_role(secrets, roster, id, change.to).ok()).next()
}
