//! Which records count. Everything here only reads.

mod change;

use super::{
    Applied, Body, Device, Found, Invite, InviteState, InviteStatus, Join, Record, Revoke, Role,
    Roster, RosterError,
};
use crate::{DeviceKey, Epoch, Hash, RowKind, limits};

/// The first epoch of every space.
const FIRST_EPOCH: Epoch = 1;

/// Whether a member with `role` may append rows of `kind`.
///
/// Erasure starts a generation and cannot be undone: owners only. Kinds that this version does not
/// know are passed over by whoever reads them, so those who write may append them.
pub(super) fn may_append(role: Role, kind: RowKind) -> bool {
    match kind {
        RowKind::Roster | RowKind::Attest => true,
        RowKind::Changes | RowKind::Snapshot | RowKind::Unknown(_) => role >= Role::Editor,
        RowKind::Generation => role >= Role::Owner,
        RowKind::Life => false,
    }
}

/// Whether this record begins a roster.
pub(super) fn found(record: &Record, found: &Found) -> Result<(), RosterError> {
    if found.epoch != FIRST_EPOCH {
        return Err(RosterError::Epoch { current: FIRST_EPOCH });
    }
    if found.recovery.as_ref().is_some_and(|kit| kit.key == found.device) {
        return Err(RosterError::KeyKnown);
    }
    record.verify(&[&found.device])
}

/// What the record would do to the roster, if it may.
pub(super) fn judge(roster: &Roster, record: &Record) -> Result<Applied, RosterError> {
    match &record.body {
        Body::Found(_) => Err(RosterError::FoundTwice),
        Body::Invite(body) => invite(roster, record, body),
        Body::Revoke(body) => revoke(roster, record, body),
        Body::Join(body) => join(roster, record, body),
        Body::LinkDevice(body) => change::link_device(roster, record, body),
        Body::SetRole(body) => change::set_role(roster, record, body),
        Body::Remove(body) => change::remove(roster, record, body),
        Body::Leave(body) => change::leave(roster, record, body),
        Body::Rotate(body) => change::rotate(roster, record, body),
    }
}

fn invite(roster: &Roster, record: &Record, invite: &Invite) -> Result<Applied, RosterError> {
    follows(roster, &invite.prev)?;
    let by = roster.active(&invite.by).ok_or(RosterError::NotActive)?;
    record.verify(&[&by.key])?;
    let allowed = match invite.member {
        None => by.role >= Role::Editor && invite.role <= by.role,
        // For a further device of one's own, which anybody may have.
        Some(member) => member == by.member && invite.role == by.role,
    };
    if !allowed {
        return Err(RosterError::Role);
    }
    if invite.uses != 1 {
        return Err(RosterError::Uses);
    }
    current_epoch(roster, invite.epoch)?;
    new_key(roster, &invite.invite_key)?;
    let open = roster.invites().filter(|(_, status)| status.state == InviteState::Open).count();
    if open >= limits::MAX_OPEN_INVITES || roster.records.len() >= limits::MAX_ADMISSION_RECORDS {
        return Err(RosterError::Full);
    }
    Ok(Applied::Invited { invite: record.hash })
}

fn revoke(roster: &Roster, record: &Record, revoke: &Revoke) -> Result<Applied, RosterError> {
    follows(roster, &revoke.prev)?;
    let by = roster.active(&revoke.by).ok_or(RosterError::NotActive)?;
    record.verify(&[&by.key])?;
    let status = open(roster, &revoke.invite)?;
    let own = roster.active(&status.invite.by).is_some_and(|made| made.member == by.member);
    if by.role != Role::Owner && !own {
        return Err(RosterError::Role);
    }
    if roster.records.len() >= limits::MAX_RECORDS {
        return Err(RosterError::Full);
    }
    Ok(Applied::Revoked { invite: revoke.invite })
}

fn join(roster: &Roster, record: &Record, join: &Join) -> Result<Applied, RosterError> {
    follows(roster, &join.prev)?;
    let status = open(roster, &join.invite)?;
    record.verify(&[&status.invite.invite_key, &join.device])?;
    if status.invite.member.is_some() {
        return Err(RosterError::Role);
    }
    current_epoch(roster, join.epoch)?;
    new_key(roster, &join.device)?;
    if roster.members.contains_key(&join.member) {
        return Err(RosterError::MemberKnown);
    }
    let ordinal = next_ordinal(roster)?;
    let device = Device {
        key: join.device,
        member: join.member,
        role: status.invite.role,
        seal_key: join.seal_key,
        ordinal,
    };
    Ok(Applied::Joined { invite: join.invite, device })
}

/// The number of the next device, if there may be one.
fn next_ordinal(roster: &Roster) -> Result<u16, RosterError> {
    if roster.devices.len() >= limits::MAX_DEVICES
        || roster.records.len() >= limits::MAX_ADMISSION_RECORDS
    {
        return Err(RosterError::Full);
    }
    u16::try_from(roster.devices.len()).map_err(|_| RosterError::Full)
}

fn follows(roster: &Roster, prev: &Hash) -> Result<(), RosterError> {
    let head = roster.head();
    if *prev == head { Ok(()) } else { Err(RosterError::WrongHead { head }) }
}

fn current_epoch(roster: &Roster, epoch: Epoch) -> Result<(), RosterError> {
    let current = roster.epoch();
    if epoch == current { Ok(()) } else { Err(RosterError::Epoch { current }) }
}

fn open<'r>(roster: &'r Roster, invite: &Hash) -> Result<&'r InviteStatus, RosterError> {
    let status = roster.invite(invite).ok_or(RosterError::InviteUnknown)?;
    match status.state {
        InviteState::Open => Ok(status),
        InviteState::Used { .. } => Err(RosterError::InviteUsed),
        InviteState::Revoked => Err(RosterError::InviteRevoked),
    }
}

/// A key has one place in a roster for ever. Else an invite's key could speak for a device, or a
/// removed device come back by an invite of its own making.
fn new_key(roster: &Roster, key: &DeviceKey) -> Result<(), RosterError> {
    let kit = roster.kit.is_some_and(|kit| kit.key == *key)
        || roster.old_kits.as_ref().is_some_and(|old| old.contains(key));
    if kit || roster.devices.contains_key(key) || roster.invite_by_key(key).is_some() {
        return Err(RosterError::KeyKnown);
    }
    Ok(())
}
