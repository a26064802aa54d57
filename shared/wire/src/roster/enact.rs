//! What a record that counts does to the roster. Whether it counts was asked before.

use super::parts::{DeviceEntry, EpochEntry, MemberEntry, Owed};
use super::{
    Applied, Body, Device, InviteState, InviteStatus, Kit, Member, Recovery, Removal, Role, Roster,
    Rotation,
};
use crate::{DeviceKey, Hash, MemberId};

impl Roster {
    /// Does what `judge` found the record to do.
    pub(super) fn enact(&mut self, hash: Hash, body: &Body, applied: &Applied) {
        match applied {
            Applied::Invited { .. } => {
                if let Body::Invite(invite) = body {
                    let status = InviteStatus { invite: invite.clone(), state: InviteState::Open };
                    self.invites.insert(hash, status);
                }
            }
            Applied::Revoked { invite } => self.settle(invite, InviteState::Revoked),
            Applied::Joined { invite, device } => {
                self.settle(invite, InviteState::Used { device: device.key });
                self.members.insert(device.member, MemberEntry { role: device.role, kit: None });
                self.admit(device);
                self.may_see_kit(device.member);
            }
            Applied::Linked { invite, by_kit, device } => {
                if let Some(invite) = invite {
                    self.settle(invite, InviteState::Used { device: device.key });
                }
                if let Some(kit) = self.kit.as_mut().filter(|_| *by_kit) {
                    kit.used = true;
                }
                self.admit(device);
            }
            Applied::RoleSet { member } => self.set_role(member),
            Applied::Removed { .. } => {
                if let Body::Remove(remove) = body {
                    let removal = Removal { record: hash, wipe: remove.wipe, left: false };
                    for key in &remove.devices {
                        self.dismiss(key, removal);
                    }
                    self.rotate(hash, &remove.by, &remove.rotation);
                }
            }
            Applied::Left { member } => self.leave(hash, *member),
            Applied::Rotated { .. } => {
                if let Body::Rotate(rotate) = body {
                    self.rotate(hash, &rotate.by, &rotate.rotation);
                }
            }
        }
        self.records.push(hash);
    }

    fn admit(&mut self, device: &Device) {
        let Device { key, member, seal_key, ordinal, .. } = *device;
        self.devices.insert(key, DeviceEntry { member, seal_key, ordinal, removal: None });
    }

    fn dismiss(&mut self, key: &DeviceKey, removal: Removal) {
        if let Some(entry) = self.devices.get_mut(key) {
            entry.removal = Some(removal);
        }
    }

    fn settle(&mut self, invite: &Hash, state: InviteState) {
        if let Some(status) = self.invites.get_mut(invite) {
            status.state = state;
        }
    }

    /// Shuts the open invites for which that is so.
    fn shut(&mut self, so: impl Fn(&Self, &InviteStatus) -> bool) {
        let open = |status: &InviteStatus| status.state == InviteState::Open;
        let shut: Vec<Hash> = self
            .invites()
            .filter(|(_, status)| open(status) && so(self, status))
            .map(|(hash, _)| hash)
            .collect();
        for invite in shut {
            self.settle(&invite, InviteState::Revoked);
        }
    }

    /// Whether a device of that member made the invite.
    fn is_of(&self, status: &InviteStatus, member: MemberId) -> bool {
        self.devices.get(&status.invite.by).is_some_and(|device| device.member == member)
    }

    /// A role that is taken away takes the invites with it that only that role could make: else
    /// their maker could come back by one.
    fn set_role(&mut self, member: &Member) {
        let Member { id, role } = *member;
        if let Some(entry) = self.members.get_mut(&id) {
            entry.role = role;
        }
        self.may_see_kit(id);
        self.shut(|roster, status| {
            let beyond = role < Role::Editor || status.invite.role > role;
            roster.is_of(status, id) && status.invite.member.is_none() && beyond
        });
    }

    fn leave(&mut self, record: Hash, member: MemberId) {
        let removal = Removal { record, wipe: false, left: true };
        let own: Vec<DeviceKey> =
            self.devices().filter(|device| device.member == member).map(|it| it.key).collect();
        for key in &own {
            self.dismiss(key, removal);
        }
        self.shut(|roster, status| roster.is_of(status, member));
        let kit = self.may_know_kit(member);
        let owed = self.owed.get_or_insert(Owed { since: record, kit: false });
        owed.kit |= kit;
    }

    fn rotate(&mut self, record: Hash, by: &DeviceKey, rotation: &Rotation) {
        let entry = EpochEntry { record, commit: rotation.epoch_commit };
        self.epochs.insert(rotation.epoch, entry);
        self.shut(|_, _| true);
        self.owed = None;
        let by = self.devices.get(by).map(|device| device.member);
        self.replace_kit(rotation.recovery.as_ref(), by);
    }

    /// The kit from here on.
    pub(super) fn replace_kit(&mut self, recovery: Option<&Recovery>, by: Option<MemberId>) {
        let same = |kit: &Kit| recovery.is_some_and(|recovery| recovery.key == kit.key);
        if self.kit.as_ref().is_some_and(same) {
            return;
        }
        if let Some(old) = self.kit.take() {
            self.old_kits.get_or_insert_default().push(old.key);
        }
        let (Some(recovery), Some(by)) = (recovery, by) else { return };
        let Recovery { key, seal_key, .. } = *recovery;
        self.kit = Some(Kit { key, seal_key, by, used: false });
        let all: Vec<MemberId> = self.members.keys().copied().collect();
        all.into_iter().for_each(|member| self.may_see_kit(member));
    }

    /// An owner may see the sheet with the kit at any time.
    fn may_see_kit(&mut self, member: MemberId) {
        let Some(kit) = self.kit else { return };
        if let Some(entry) = self.members.get_mut(&member)
            && entry.role == Role::Owner
        {
            entry.kit = Some(kit.key);
        }
    }
}
