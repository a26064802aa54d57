//! What the team had decided in records that a restored relay no longer has, and that cannot be put
//! back because others took their place.
//!
//! The log's branch of the roster stands. But a removal that was decided once is not forgotten by
//! whoever read it: until it is decided again on the log's branch, nothing new goes out from here
//! ([`Lost::holds_back`]). Whoever may decide it again does so, without being asked; see the session's
//! phase for that.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};
use wire::roster::Kit;
use wire::{DeviceKey, Hash, InviteState, MemberId, Role, Roster, SealKey};

use crate::keys::KitKeys;

/// See the [module's text](self).
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Lost {
    /// The first record of each branch that was given up.
    #[n(0)]
    branches: BTreeSet<Hash>,
    /// Devices that went, and whether they shall delete what they hold.
    #[n(1)]
    removed: BTreeMap<DeviceKey, bool>,
    /// Invites that were open, and were taken back.
    #[n(2)]
    revoked: BTreeSet<Hash>,
    /// Members who had another role in the end.
    #[n(3)]
    roles: BTreeMap<MemberId, RoleChange>,
    /// The recovery kit that had been put in place of another.
    #[n(4)]
    kit: Option<LostKit>,
    /// Devices that had come in, and whose they are.
    #[n(5)]
    joined: BTreeMap<DeviceKey, MemberId>,
}

/// A role that was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RoleChange {
    /// What it was before: where the log's branch says something else by now, that stands.
    #[n(0)]
    pub from: Role,
    /// What it had become.
    #[n(1)]
    pub to: Role,
}

/// A recovery kit, by its public keys: its sheet is printed and lies in some safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LostKit {
    /// The kit before it, if there was one.
    #[n(0)]
    pub before: Option<DeviceKey>,
    /// What it signs with.
    #[n(1)]
    pub key: DeviceKey,
    /// Where keys are sealed to for it.
    #[n(2)]
    pub seal_key: SealKey,
}

impl From<LostKit> for KitKeys {
    fn from(LostKit { key, seal_key, .. }: LostKit) -> Self {
        Self { key, seal_key }
    }
}

impl Lost {
    /// What the records from `base` to `branch` decided, of which `base` is a beginning.
    #[must_use]
    pub fn between(base: &Roster, branch: &Roster) -> Self {
        let shared = base.records().len();
        let removed =
            branch.gone_devices().filter(|(device, _)| base.removal(&device.key).is_none());
        let revoked = branch.invites().filter(|(invite, status)| {
            let before = base.invite(invite).map(|status| status.state);
            before == Some(InviteState::Open) && status.state == InviteState::Revoked
        });
        let roles = branch.members().filter_map(|member| {
            let from = base.member(&member.id)?.role;
            (from != member.role).then_some((member.id, RoleChange { from, to: member.role }))
        });
        let joined = branch.devices().filter(|device| base.active(&device.key).is_none());
        let before = base.kit().map(|kit| kit.key);
        // One that somebody who left may know is not worth keeping.
        let kit = branch.kit().filter(|kit| Some(kit.key) != before && !branch.exposes_kit(&[]));
        Self {
            branches: branch.records().get(shared).copied().into_iter().collect(),
            removed: removed.map(|(device, removal)| (device.key, removal.wipe)).collect(),
            revoked: revoked.map(|(invite, _)| invite).collect(),
            roles: roles.collect(),
            kit: kit.map(|Kit { key, seal_key, .. }| LostKit { before, key, seal_key }),
            joined: joined.map(|device| (device.key, device.member)).collect(),
        }
    }

    /// Adds what was lost later, or is known elsewhere.
    pub fn add(&mut self, other: Self) {
        // Whoever was removed before may have been let in since, and have seen the kit.
        let kit = other.kit.filter(|_| self.removed.is_empty());
        self.kit = kit.or(self.kit.filter(|_| other.removed.is_empty()));
        self.branches.extend(other.branches);
        self.removed.extend(other.removed);
        self.revoked.extend(other.revoked);
        self.roles.extend(other.roles);
        self.joined.extend(other.joined);
    }

    /// Drops what the roster says by now, and what it decided otherwise.
    pub fn settle(&mut self, roster: &Roster) {
        self.branches.retain(|first| !roster.records().contains(first));
        self.removed.retain(|device, _| roster.removal(device).is_none());
        self.revoked.retain(|invite| {
            roster.invite(invite).is_none_or(|status| status.state == InviteState::Open)
        });
        self.roles.retain(|id, change| {
            roster.member(id).is_some_and(|member| member.role == change.from)
        });
        let current = roster.kit().map(|kit| kit.key);
        self.kit = self.kit.filter(|kit| kit.before == current);
        self.joined.retain(|device, _| {
            roster.active(device).is_none() && roster.removal(device).is_none()
        });
    }

    /// Whether nothing is left to be decided again.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let Self { branches: _, removed, revoked, roles, kit, joined: _ } = self;
        removed.is_empty() && revoked.is_empty() && roles.is_empty() && kit.is_none()
    }

    /// Whether the branch that begins with this record was given up.
    #[must_use]
    pub fn gave_up(&self, record: &Hash) -> bool {
        self.branches.contains(record)
    }

    /// Whether the roster counts somebody as active who had been removed: what is sent would be for
    /// them to read.
    #[must_use]
    pub fn holds_back(&self, roster: &Roster) -> bool {
        self.returned(roster).next().is_some()
    }

    /// The devices that had been removed and count as active again, and whether they shall delete
    /// what they hold.
    pub fn returned(&self, roster: &Roster) -> impl Iterator<Item = (DeviceKey, bool)> {
        let removed = self.removed.iter().map(|(device, wipe)| (*device, *wipe));
        removed.filter(|(device, _)| roster.active(device).is_some())
    }

    /// The invites that had been taken back and are open again.
    pub fn reopened(&self, roster: &Roster) -> impl Iterator<Item = Hash> {
        let open = |invite: &Hash| {
            roster.invite(invite).is_some_and(|status| status.state == InviteState::Open)
        };
        self.revoked.iter().copied().filter(move |invite| open(invite))
    }

    /// The roles that had been changed, those of whom had less in the end first.
    #[must_use]
    pub fn roles(&self) -> Vec<(MemberId, RoleChange)> {
        let mut roles: Vec<_> = self.roles.iter().map(|(id, change)| (*id, *change)).collect();
        roles.sort_by_key(|(_, change)| change.to > change.from);
        roles
    }

    /// The kit that had been put in place.
    #[must_use]
    pub fn kit(&self) -> Option<LostKit> {
        self.kit
    }

    /// The devices that had come in, and do not count any more: they need another invitation.
    pub fn joined(&self) -> impl Iterator<Item = (DeviceKey, MemberId)> {
        self.joined.iter().map(|(device, member)| (*device, *member))
    }
}
