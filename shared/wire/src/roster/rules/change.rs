//! The rules about another device, another role, who goes, and the next key.

use super::{current_epoch, follows, new_key, next_ordinal, open};
use crate::codec::Malformed;
use crate::roster::{
    Applied, Device, Leave, LinkDevice, Member, Record, Remove, Role, Roster, RosterError, Rotate,
    Rotation, SetRole,
};
use crate::{DeviceKey, Hash, limits};

/// Who lets a device in.
struct Door {
    invite: Option<Hash>,
    by_kit: bool,
}

pub(super) fn link_device(
    roster: &Roster,
    record: &Record,
    link: &LinkDevice,
) -> Result<Applied, RosterError> {
    follows(roster, &link.prev)?;
    let door = door(roster, link)?;
    record.verify(&[&link.by, &link.device])?;
    let role = roster.member(&link.member).ok_or(RosterError::MemberUnknown)?.role;
    if door.by_kit && role != Role::Owner {
        return Err(RosterError::Role);
    }
    current_epoch(roster, link.epoch)?;
    new_key(roster, &link.device)?;
    let device = Device {
        key: link.device,
        member: link.member,
        role,
        seal_key: link.seal_key,
        ordinal: next_ordinal(roster)?,
    };
    Ok(Applied::Linked { invite: door.invite, by_kit: door.by_kit, device })
}

/// A member's device, the recovery kit, or an invite that the member made for this.
fn door(roster: &Roster, link: &LinkDevice) -> Result<Door, RosterError> {
    if let Some(by) = roster.active(&link.by) {
        let own = by.member == link.member;
        return if own { Ok(Door { invite: None, by_kit: false }) } else { Err(RosterError::Role) };
    }
    if roster.kit.is_some_and(|kit| kit.key == link.by) {
        return Ok(Door { invite: None, by_kit: true });
    }
    let (invite, _) = roster.invite_by_key(&link.by).ok_or(RosterError::NotActive)?;
    let status = open(roster, &invite)?;
    if status.invite.member != Some(link.member) {
        return Err(RosterError::Role);
    }
    Ok(Door { invite: Some(invite), by_kit: false })
}

pub(super) fn set_role(
    roster: &Roster,
    record: &Record,
    body: &SetRole,
) -> Result<Applied, RosterError> {
    follows(roster, &body.prev)?;
    author(roster, record, &body.by, Role::Owner)?;
    roster.member(&body.member).ok_or(RosterError::MemberUnknown)?;
    owner_remains(roster, |device| device.member != body.member || body.role == Role::Owner)?;
    room(roster)?;
    Ok(Applied::RoleSet { member: Member { id: body.member, role: body.role } })
}

pub(super) fn remove(
    roster: &Roster,
    record: &Record,
    body: &Remove,
) -> Result<Applied, RosterError> {
    follows(roster, &body.prev)?;
    let by = author(roster, record, &body.by, Role::Reader)?;
    let ascending = body.devices.is_sorted_by(|one, next| one < next);
    if body.devices.is_empty() || !ascending {
        return Err(Malformed::because("the devices that go are not in ascending order").into());
    }
    if body.devices.contains(&by.key) {
        return Err(RosterError::RemovesItself);
    }
    for key in &body.devices {
        let device = roster.active(key).ok_or(RosterError::DeviceUnknown)?;
        if by.role != Role::Owner && device.member != by.member {
            return Err(RosterError::Role);
        }
    }
    owner_remains(roster, |device| !body.devices.contains(&device.key))?;
    rotation(roster, &by, &body.rotation, &body.devices)?;
    room(roster)?;
    Ok(Applied::Removed { epoch: body.rotation.epoch })
}

pub(super) fn leave(
    roster: &Roster,
    record: &Record,
    body: &Leave,
) -> Result<Applied, RosterError> {
    follows(roster, &body.prev)?;
    let by = author(roster, record, &body.by, Role::Reader)?;
    owner_remains(roster, |device| device.member != by.member)?;
    room(roster)?;
    Ok(Applied::Left { member: by.member })
}

pub(super) fn rotate(
    roster: &Roster,
    record: &Record,
    body: &Rotate,
) -> Result<Applied, RosterError> {
    follows(roster, &body.prev)?;
    let by = author(roster, record, &body.by, Role::Owner)?;
    rotation(roster, &by, &body.rotation, &[])?;
    room(roster)?;
    Ok(Applied::Rotated { epoch: body.rotation.epoch })
}

/// The device that signed the record alone, if its role suffices.
fn author(
    roster: &Roster,
    record: &Record,
    by: &DeviceKey,
    least: Role,
) -> Result<Device, RosterError> {
    let by = roster.active(by).ok_or(RosterError::NotActive)?;
    record.verify(&[&by.key])?;
    if by.role < least { Err(RosterError::Role) } else { Ok(by) }
}

/// After every record the team has an owner with a device. The kit is none.
fn owner_remains(roster: &Roster, stays: impl Fn(&Device) -> bool) -> Result<(), RosterError> {
    let remains = roster.devices().any(|device| device.role == Role::Owner && stays(&device));
    if remains { Ok(()) } else { Err(RosterError::LastOwner) }
}

/// Taking away must not fail for lack of room before everything else does.
fn room(roster: &Roster) -> Result<(), RosterError> {
    if roster.records.len() >= limits::MAX_RECORDS { Err(RosterError::Full) } else { Ok(()) }
}

/// The new key goes to everybody who stays and to nobody else.
fn rotation(
    roster: &Roster,
    by: &Device,
    new: &Rotation,
    going: &[DeviceKey],
) -> Result<(), RosterError> {
    let current = roster.epoch();
    if current.checked_add(1) != Some(new.epoch) {
        return Err(RosterError::Epoch { current });
    }
    let stay = roster.devices().map(|device| device.key).filter(|key| !going.contains(key));
    if !stay.eq(new.sealed.iter().map(|sealed| sealed.device)) {
        return Err(RosterError::Coverage);
    }
    kit(roster, by, new, roster.exposes_kit(going))
}

/// The kit stays, or an owner puts another in its place. One that somebody who goes may know cannot
/// stay: where nobody can make another there is none from here on.
fn kit(roster: &Roster, by: &Device, new: &Rotation, exposed: bool) -> Result<(), RosterError> {
    match (roster.kit, &new.recovery) {
        (None, None) => Ok(()),
        (Some(_), None) if exposed => Ok(()),
        (Some(_), None) => Err(RosterError::Coverage),
        (Some(old), Some(kit)) if kit.key == old.key => {
            if exposed {
                return Err(RosterError::KitExposed);
            }
            if kit.seal_key == old.seal_key { Ok(()) } else { Err(RosterError::KeyKnown) }
        }
        (_, Some(kit)) => {
            if by.role != Role::Owner {
                return Err(RosterError::Role);
            }
            new_key(roster, &kit.key)
        }
    }
}
