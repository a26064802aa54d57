//! What the records up to some point amount to.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use super::{Body, Found, Invite, Record, Role, RosterError, rules};
use crate::codec::{self, Malformed};
use crate::{DeviceKey, Epoch, Hash, MemberId, Millis, RowKind, SealKey, SpaceId};

/// The team of a space as of some record.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Roster {
    /// The layout's version: a stored roster of another one is built again from the log.
    #[n(0)]
    version: u8,
    /// All records by hash, in order; the first is the space's id.
    #[n(1)]
    pub(super) records: Vec<Hash>,
    #[n(2)]
    pub(super) members: BTreeMap<MemberId, MemberEntry>,
    #[n(3)]
    pub(super) devices: BTreeMap<DeviceKey, DeviceEntry>,
    #[n(4)]
    pub(super) invites: BTreeMap<Hash, InviteStatus>,
    #[n(5)]
    epochs: BTreeMap<Epoch, EpochEntry>,
}

const VERSION: u8 = 1;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct MemberEntry {
    #[n(0)]
    pub(super) role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct DeviceEntry {
    #[n(0)]
    pub(super) member: MemberId,
    #[n(1)]
    pub(super) seal_key: SealKey,
    #[n(2)]
    pub(super) ordinal: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
struct EpochEntry {
    #[n(0)]
    record: Hash,
    #[n(1)]
    commit: Hash,
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
    /// Somebody joined by it.
    #[n(1)]
    Used {
        /// The device that joined.
        #[n(0)]
        device: DeviceKey,
    },
    /// It was taken back.
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
}

impl Roster {
    /// The roster of a space that consists of its first record.
    ///
    /// # Errors
    /// [`RosterError`] if that is not a valid `found` record.
    pub fn start(found_record: &[u8]) -> Result<Self, RosterError> {
        let record = Record::parse(found_record)?;
        let Body::Found(found) = &record.body else {
            return Err(RosterError::NotFound);
        };
        rules::found(&record, found)?;
        Ok(Self::founded(record.hash, found))
    }

    fn founded(hash: Hash, found: &Found) -> Self {
        let device = DeviceEntry { member: found.member, seal_key: found.seal_key, ordinal: 0 };
        Self {
            version: VERSION,
            records: vec![hash],
            members: BTreeMap::from([(found.member, MemberEntry { role: Role::Owner })]),
            devices: BTreeMap::from([(found.device, device)]),
            invites: BTreeMap::new(),
            epochs: BTreeMap::from([(
                found.epoch,
                EpochEntry { record: hash, commit: found.epoch_commit },
            )]),
        }
    }

    /// Applies the next record.
    ///
    /// # Errors
    /// [`RosterError`]; the roster is unchanged then.
    pub fn apply(&mut self, record_bytes: &[u8]) -> Result<Applied, RosterError> {
        let record = Record::parse(record_bytes)?;
        let applied = rules::judge(self, &record)?;
        match (&record.body, &applied) {
            (Body::Invite(invite), _) => {
                let status = InviteStatus { invite: invite.clone(), state: InviteState::Open };
                self.invites.insert(record.hash, status);
            }
            (_, Applied::Revoked { invite }) => self.settle(invite, InviteState::Revoked),
            (_, Applied::Joined { invite, device }) => {
                self.settle(invite, InviteState::Used { device: device.key });
                self.members.insert(device.member, MemberEntry { role: device.role });
                let Device { key, member, seal_key, ordinal, .. } = *device;
                self.devices.insert(key, DeviceEntry { member, seal_key, ordinal });
            }
            (_, Applied::Invited { .. }) => {}
        }
        self.records.push(record.hash);
        Ok(applied)
    }

    fn settle(&mut self, invite: &Hash, state: InviteState) {
        if let Some(status) = self.invites.get_mut(invite) {
            status.state = state;
        }
    }

    /// Whether the relay may still take in this record at `now`. Only the relay asks, at append:
    /// a record that lies in the log was in time.
    ///
    /// # Errors
    /// [`RosterError::InviteExpired`] for a `join` by an invite whose time is over.
    pub fn check_expiry(&self, record: &Record, now: Millis) -> Result<(), RosterError> {
        let Body::Join(join) = &record.body else { return Ok(()) };
        match self.invite(&join.invite) {
            Some(status) if status.invite.expires <= now => Err(RosterError::InviteExpired),
            _ => Ok(()),
        }
    }

    /// The space.
    #[must_use]
    pub fn space(&self) -> SpaceId {
        SpaceId(self.records.first().unwrap_or(&Hash::ZERO).0)
    }

    /// The hash of the last record, which the next one must name.
    #[must_use]
    pub fn head(&self) -> Hash {
        *self.records.last().unwrap_or(&Hash::ZERO)
    }

    /// The hashes of all records, in order. A roster that is neither a beginning nor a
    /// continuation of another is a fork of it.
    #[must_use]
    pub fn records(&self) -> &[Hash] {
        &self.records
    }

    /// The device with that key, if it belongs to the team now.
    #[must_use]
    pub fn active(&self, key: &DeviceKey) -> Option<Device> {
        self.devices.get(key).and_then(|entry| self.device(key, entry))
    }

    /// Whether the device may append rows of that kind. For `Roster` this says only that it may
    /// append records at all, its own or another's; whether one counts is [`apply`](Self::apply)'s
    /// to say.
    #[must_use]
    pub fn may_append(&self, device: &DeviceKey, kind: RowKind) -> bool {
        self.active(device).is_some_and(|device| rules::may_append(device.role, kind))
    }

    /// The invite with that record hash, and what has become of it.
    #[must_use]
    pub fn invite(&self, record: &Hash) -> Option<&InviteStatus> {
        self.invites.get(record)
    }

    /// The invite whose key this is, with the hash of its record.
    #[must_use]
    pub fn invite_by_key(&self, key: &DeviceKey) -> Option<(Hash, &InviteStatus)> {
        self.invites().find(|(_, status)| status.invite.invite_key == *key)
    }

    /// All invites ever made, by record hash.
    pub fn invites(&self) -> impl Iterator<Item = (Hash, &InviteStatus)> {
        self.invites.iter().map(|(hash, status)| (*hash, status))
    }

    /// The devices of the team, in no meaningful order.
    pub fn devices(&self) -> impl Iterator<Item = Device> {
        self.devices.iter().filter_map(|(key, entry)| self.device(key, entry))
    }

    /// The members of the team, in no meaningful order.
    pub fn members(&self) -> impl Iterator<Item = Member> {
        self.members.iter().map(|(id, entry)| Member { id: *id, role: entry.role })
    }

    /// The current epoch.
    #[must_use]
    pub fn epoch(&self) -> Epoch {
        self.epochs.last_key_value().map_or(0, |(epoch, _)| *epoch)
    }

    /// The commitment to the key of that epoch.
    #[must_use]
    pub fn epoch_commit(&self, epoch: Epoch) -> Option<Hash> {
        self.epochs.get(&epoch).map(|entry| entry.commit)
    }

    /// The hash of the record that began that epoch. Keys are filed under it and not under the
    /// number: after a restore two epochs may share one.
    #[must_use]
    pub fn epoch_record(&self, epoch: Epoch) -> Option<Hash> {
        self.epochs.get(&epoch).map(|entry| entry.record)
    }

    /// The roster as stored. Not sent: whoever needs it has the records.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }

    /// Reads a stored roster.
    ///
    /// # Errors
    /// [`Malformed`] if the bytes are no roster of this version: build it again from the log.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let roster: Self = codec::decode(bytes)?;
        if roster.version != VERSION || roster.records.is_empty() {
            return Err(Malformed::because("not a roster of this version"));
        }
        Ok(roster)
    }

    fn device(&self, key: &DeviceKey, entry: &DeviceEntry) -> Option<Device> {
        let DeviceEntry { member, seal_key, ordinal } = *entry;
        let role = self.members.get(&member)?.role;
        Some(Device { key: *key, member, role, seal_key, ordinal })
    }
}
