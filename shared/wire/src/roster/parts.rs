//! What a roster is made of, as it is stored and as it is asked for.

use minicbor::{Decode, Encode};

use super::{Invite, Role};
use crate::{DeviceKey, Epoch, Hash, MemberId, SealKey};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct MemberEntry {
    #[n(0)]
    pub(super) role: Role,
    /// The recovery kit whose secret this member may have seen: that of the time when they were an
    /// owner.
    #[n(1)]
    pub(super) kit: Option<DeviceKey>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct DeviceEntry {
    #[n(0)]
    pub(super) member: MemberId,
    #[n(1)]
    pub(super) seal_key: SealKey,
    #[n(2)]
    pub(super) ordinal: u16,
    #[n(3)]
    pub(super) removal: Option<Removal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct EpochEntry {
    #[n(0)]
    pub(super) record: Hash,
    #[n(1)]
    pub(super) commit: Hash,
}

/// Why a rotation is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct Owed {
    /// The first `leave` since the last rotation.
    #[n(0)]
    pub(super) since: Hash,
    /// Whether somebody who left may know the recovery kit.
    #[n(1)]
    pub(super) kit: bool,
}

/// The recovery kit's public half.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Kit {
    /// What it signs with.
    #[n(0)]
    pub key: DeviceKey,
    /// Where keys are sealed to for it.
    #[n(1)]
    pub seal_key: SealKey,
    /// Who made it.
    #[n(2)]
    pub by: MemberId,
    /// Whether a device was linked with it: then what was lost should be removed, and the kit
    /// replaced.
    #[n(3)]
    pub used: bool,
}

/// How a device went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Removal {
    /// The record that says so.
    #[n(0)]
    pub record: Hash,
    /// Whether it shall delete what it holds.
    #[n(1)]
    pub wipe: bool,
    /// Whether its member left, rather than being removed.
    #[n(2)]
    pub left: bool,
}

/// A person of the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// What it may do.
    pub role: Role,
}

/// A device of the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its signing key, which is its id.
    pub key: DeviceKey,
    /// Whose it is.
    pub member: MemberId,
    /// What its owner may do.
    pub role: Role,
    /// Where keys are sealed to for it.
    pub seal_key: SealKey,
    /// Its number within the space, from 0 in the order of coming; never given twice.
    pub ordinal: u16,
}

/// An invite and what has become of it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct InviteStatus {
    /// The invite.
    #[n(0)]
    pub invite: Invite,
    /// What has become of it.
    #[n(1)]
    pub state: InviteState,
}

/// What has become of an invite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum InviteState {
    /// It waits. Whether it has expired is a question of the relay's clock.
    #[n(0)]
    Open,
    /// Somebody came in by it.
    #[n(1)]
    Used {
        /// The device that came in.
        #[n(0)]
        device: DeviceKey,
    },
    /// It was taken back, by somebody or by a rotation.
    #[n(2)]
    Revoked,
}

/// What applying a record did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// An invite is open.
    Invited {
        /// The hash of its record.
        invite: Hash,
    },
    /// An invite was taken back.
    Revoked {
        /// The hash of its record.
        invite: Hash,
    },
    /// Somebody joined.
    Joined {
        /// The hash of the record of the invite that was used.
        invite: Hash,
        /// The new device, with its member and role.
        device: Device,
    },
    /// A member has another device.
    Linked {
        /// The hash of the record of the invite that was used, if one was.
        invite: Option<Hash>,
        /// Whether the recovery kit let it in.
        by_kit: bool,
        /// The new device, with its member and role.
        device: Device,
    },
    /// A member's role changed.
    RoleSet {
        /// The member, with the role from here on.
        member: Member,
    },
    /// Devices went, and an epoch began.
    Removed {
        /// The epoch.
        epoch: Epoch,
    },
    /// A member went. A rotation is owed.
    Left {
        /// Who it was.
        member: MemberId,
    },
    /// An epoch began.
    Rotated {
        /// The epoch.
        epoch: Epoch,
    },
}
