//! What the records up to some point amount to.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use super::parts::{DeviceEntry, EpochEntry, MemberEntry, Owed};
use super::{
    Applied, Body, Device, Found, InviteStatus, Kit, Member, Record, Removal, Role, RosterError,
    rules,
};
use crate::codec::{self, Malformed};
use crate::{DeviceKey, Epoch, Hash, MemberId, Millis, RowKind, SpaceId};

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
    pub(super) epochs: BTreeMap<Epoch, EpochEntry>,
    #[n(6)]
    pub(super) kit: Option<Kit>,
    /// The keys of kits that were replaced.
    #[n(7)]
    pub(super) old_kits: Option<Vec<DeviceKey>>,
    #[n(8)]
    pub(super) owed: Option<Owed>,
}

const VERSION: u8 = 1;

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
        let device = DeviceEntry {
            member: found.member,
            seal_key: found.seal_key,
            ordinal: 0,
            removal: None,
        };
        let member = MemberEntry { role: Role::Owner, kit: None };
        let mut roster = Self {
            version: VERSION,
            records: vec![hash],
            members: BTreeMap::from([(found.member, member)]),
            devices: BTreeMap::from([(found.device, device)]),
            invites: BTreeMap::new(),
            epochs: BTreeMap::from([(
                found.epoch,
                EpochEntry { record: hash, commit: found.epoch_commit },
            )]),
            kit: None,
            old_kits: None,
            owed: None,
        };
        roster.replace_kit(found.recovery.as_ref(), Some(found.member));
        roster
    }

    /// Applies the next record.
    ///
    /// # Errors
    /// [`RosterError`]; the roster is unchanged then.
    pub fn apply(&mut self, record_bytes: &[u8]) -> Result<Applied, RosterError> {
        let record = Record::parse(record_bytes)?;
        let applied = rules::judge(self, &record)?;
        self.enact(record.hash, &record.body, &applied);
        Ok(applied)
    }

    /// Whether the relay may still take in this record at `now`. Only the relay asks, at append:
    /// a record that lies in the log was in time.
    ///
    /// # Errors
    /// [`RosterError::InviteExpired`] for whoever comes in by an invite whose time is over.
    pub fn check_expiry(&self, record: &Record, now: Millis) -> Result<(), RosterError> {
        let invite = match &record.body {
            Body::Join(join) => self.invite(&join.invite),
            Body::LinkDevice(link) => self.invite_by_key(&link.by).map(|(_, status)| status),
            _ => None,
        };
        match invite {
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
        let entry = self.devices.get(key).filter(|entry| entry.removal.is_none())?;
        self.device(key, entry)
    }

    /// How the device with that key went; `None` if it is of the team, or never was.
    #[must_use]
    pub fn removal(&self, key: &DeviceKey) -> Option<Removal> {
        self.devices.get(key)?.removal
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

    /// The devices of the team, ascending by key.
    pub fn devices(&self) -> impl Iterator<Item = Device> {
        let here = self.devices.iter().filter(|(_, entry)| entry.removal.is_none());
        here.filter_map(|(key, entry)| self.device(key, entry))
    }

    /// The devices that went, with the role that their member has or had last, and how they went.
    pub fn gone_devices(&self) -> impl Iterator<Item = (Device, Removal)> {
        self.devices
            .iter()
            .filter_map(|(key, entry)| Some((self.device(key, entry)?, entry.removal?)))
    }

    /// The members of the team: those who have a device. In no meaningful order.
    pub fn members(&self) -> impl Iterator<Item = Member> {
        self.members.keys().filter_map(|id| self.member(id))
    }

    /// The member with that id, if they are of the team now.
    #[must_use]
    pub fn member(&self, id: &MemberId) -> Option<Member> {
        let role = self.members.get(id)?.role;
        let here = |entry: &DeviceEntry| entry.member == *id && entry.removal.is_none();
        self.devices.values().any(here).then_some(Member { id: *id, role })
    }

    /// Whether somebody has that id, or had it: nobody can join under it.
    #[must_use]
    pub fn knows_member(&self, id: &MemberId) -> bool {
        self.members.contains_key(id)
    }

    /// The recovery kit, if there is one.
    #[must_use]
    pub fn kit(&self) -> Option<Kit> {
        self.kit
    }

    /// Whether somebody left since the last rotation: the next owner online rotates.
    #[must_use]
    pub fn owes_rotation(&self) -> bool {
        self.owed.is_some()
    }

    /// Whether there is a kit that must not survive the next rotation if these devices go with it:
    /// somebody who goes, or who has left, may know it.
    #[must_use]
    pub fn exposes_kit(&self, going: &[DeviceKey]) -> bool {
        let by_leaver = self.owed.is_some_and(|owed| owed.kit);
        let known = |key: &DeviceKey| {
            self.devices.get(key).is_some_and(|device| self.may_know_kit(device.member))
        };
        self.kit.is_some() && (by_leaver || going.iter().any(known))
    }

    pub(super) fn may_know_kit(&self, member: MemberId) -> bool {
        let seen = self.members.get(&member).and_then(|entry| entry.kit);
        seen.is_some() && seen == self.kit.map(|kit| kit.key)
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
        let DeviceEntry { member, seal_key, ordinal, .. } = *entry;
        let role = self.members.get(&member)?.role;
        Some(Device { key: *key, member, role, seal_key, ordinal })
    }
}
