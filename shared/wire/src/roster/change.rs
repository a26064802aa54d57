//! The records by which a team that exists changes: another device, another role, somebody goes,
//! another key.

use minicbor::{Decode, Encode};

use super::{Recovery, Role};
use crate::{DeviceKey, Epoch, Hash, MemberId, SealKey};

/// A member has another device. Signed by `by`, then by `device`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct LinkDevice {
    /// The hash of the record before this one.
    #[n(0)]
    pub prev: Hash,
    /// Who vouches for it: a device of that member, an open invite of theirs for a further device,
    /// or the recovery kit, which may link under any owner.
    #[n(1)]
    pub by: DeviceKey,
    /// Whose device it will be.
    #[n(2)]
    pub member: MemberId,
    /// The new device.
    #[n(3)]
    pub device: DeviceKey,
    /// Where keys are sealed to for that device.
    #[n(4)]
    pub seal_key: SealKey,
    /// The epoch of `sealed_key`: the current one.
    #[n(5)]
    pub epoch: Epoch,
    /// The epoch key, sealed to the new device.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub sealed_key: Vec<u8>,
}

/// A member may do more, or less, from here on. Signed by `by`, an owner's device.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SetRole {
    /// The hash of the record before this one.
    #[n(0)]
    pub prev: Hash,
    /// The deciding device.
    #[n(1)]
    pub by: DeviceKey,
    /// Whose role.
    #[n(2)]
    pub member: MemberId,
    /// The role from here on.
    #[n(3)]
    pub role: Role,
}

/// Devices go, and take no later key with them. A member goes with the last of their devices.
/// Signed by `by`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Remove {
    /// The hash of the record before this one.
    #[n(0)]
    pub prev: Hash,
    /// The deciding device; never one of `devices`.
    #[n(1)]
    pub by: DeviceKey,
    /// The devices that go, ascending.
    #[n(2)]
    pub devices: Vec<DeviceKey>,
    /// Whether they shall delete what they hold. They obey this record and nothing else.
    #[n(3)]
    pub wipe: bool,
    /// The next epoch.
    #[n(4)]
    pub rotation: Rotation,
}

/// A member goes, with all devices. The team owes itself a rotation then. Signed by `by`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Leave {
    /// The hash of the record before this one.
    #[n(0)]
    pub prev: Hash,
    /// A device of the member who goes.
    #[n(1)]
    pub by: DeviceKey,
}

/// The next epoch, for its own sake, because somebody left, or for another recovery kit. Signed by
/// `by`, an owner's device.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Rotate {
    /// The hash of the record before this one.
    #[n(0)]
    pub prev: Hash,
    /// The rotating device.
    #[n(1)]
    pub by: DeviceKey,
    /// The next epoch.
    #[n(2)]
    pub rotation: Rotation,
}

/// A new key for everybody who stays. It shuts all open invites: they carry the key before.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Rotation {
    /// One more than the current epoch.
    #[n(0)]
    pub epoch: Epoch,
    /// Commits to the new key.
    #[n(1)]
    pub epoch_commit: Hash,
    /// The new key, sealed to every device that stays, the author's included; ascending by device.
    #[n(2)]
    pub sealed: Vec<Sealed>,
    /// The recovery kit from here on, with the new key sealed to it: the one before, or another.
    /// None if there was none, or if the one before is known to somebody who goes and nobody could
    /// make another.
    #[n(3)]
    pub recovery: Option<Recovery>,
    /// The key before, sealed with the new one: whoever is given a key reads what came before it.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub previous: Vec<u8>,
}

/// A key, sealed to one device.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Sealed {
    /// The device.
    #[n(0)]
    pub device: DeviceKey,
    /// The key, sealed to it.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub sealed_key: Vec<u8>,
}
