//! Who belongs to the team, and the records by which that changes. They are made here and handed to
//! the engine, which appends them to the log; one that comes back refused because the roster has
//! gone on ([`Refusal::RosterHead`](wire::Refusal::RosterHead)) is made anew.

use std::collections::BTreeSet;

use replica::founding::{self, FoundingError, Invited};
use replica::{InviteLink, KitSecret, RecoverySheet, team};
use wire::roster::Kit;
use wire::{
    DeviceKey, Epoch, Hash, InviteState, MemberId, Millis, Record, Removal, Role, RosterError,
};

use crate::device::Device;
use crate::storage::{Storage, Vault};

/// Why there is no record.
#[derive(Debug, thiserror::Error)]
pub enum TeamError {
    /// This device has not joined yet.
    #[error("this device does not belong to a team yet")]
    NotJoined,
    /// The roster or the keys do not allow it.
    #[error(transparent)]
    Founding(#[from] FoundingError),
}

/// The team, for pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// In the order of their first devices' coming.
    pub members: Vec<TeamMember>,
    /// Devices that went, in the order of their coming.
    pub gone: Vec<GoneDevice>,
    /// Invites that nobody has used or taken back. Some may have expired.
    pub invites: Vec<OpenInvite>,
    /// The number of the present epoch: one more than there were rotations.
    pub epoch: Epoch,
    /// Somebody left, and no owner was online since: until one is, new work is still sealed with a
    /// key that the leaver has.
    pub owes_rotation: bool,
    /// The recovery kit, if there is one. A used one should be replaced, and what was lost removed.
    pub kit: Option<Kit>,
    /// How this device itself was removed, by a verified record of the roster.
    pub removal: Option<Removal>,
    /// Members with a device that had come in by records which a restored relay lost: they come in
    /// again, with that device, by another invitation.
    pub to_invite: Vec<MemberId>,
}

/// A person of the team. The name is in the firm's document, under the same id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMember {
    /// Who.
    pub id: MemberId,
    /// What they may do.
    pub role: Role,
    /// Whether this device is theirs.
    pub is_me: bool,
    /// In the order of coming.
    pub devices: Vec<TeamDevice>,
}

/// A device of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamDevice {
    /// Which.
    pub key: DeviceKey,
    /// Its number within the space, from 0.
    pub ordinal: u16,
    /// Whether it is this one.
    pub is_this: bool,
    /// When the relay last took a change in from it, if one was read here.
    pub last_seen: Option<Millis>,
    /// Whether the recovery kit must go with it, because its member may know that.
    pub exposes_kit: bool,
}

/// A device that is no longer of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoneDevice {
    /// Whose it was.
    pub member: MemberId,
    /// Its number within the space, from 0.
    pub ordinal: u16,
    /// How it went.
    pub removal: Removal,
    /// When the relay last took a change in from it, if one was read here.
    pub last_seen: Option<Millis>,
}

/// An invite that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenInvite {
    /// The hash of its record, by which it is taken back.
    pub record: Hash,
    /// What the newcomer will be.
    pub role: Role,
    /// Who made it.
    pub by: Option<MemberId>,
    /// Whether it is for a further device of that member.
    pub for_device: bool,
    /// Until when the relay takes it, milliseconds since 1970.
    pub expires: Millis,
}

/// A record that is to be appended.
#[derive(Debug)]
pub struct Change {
    /// The record.
    pub record: Vec<u8>,
    /// Its hash.
    pub hash: Hash,
    /// The recovery kit that it brings: to be printed as soon as [`Device::recovery_sheet`] gives
    /// its sheet, and shown nowhere else.
    pub kit: Option<KitSecret>,
}

impl Change {
    fn new(record: Vec<u8>, kit: Option<KitSecret>) -> Self {
        Self { hash: Record::hash_of(&record), record, kit }
    }
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// The team as far as it is known here; `None` before this device has joined.
    pub fn team(&self) -> Option<Team> {
        let space = self.space.borrow();
        let state = &space.state;
        let roster = &state.place.as_ref()?.roster;
        let mut devices: Vec<_> = roster.devices().collect();
        devices.sort_unstable_by_key(|device| device.ordinal);
        let mut members: Vec<TeamMember> = Vec::new();
        for device in devices {
            let shown = TeamDevice {
                key: device.key,
                ordinal: device.ordinal,
                is_this: device.key == state.device,
                last_seen: state.last_seen.get(&device.key).copied(),
                exposes_kit: roster.exposes_kit(&[device.key]),
            };
            match members.iter_mut().find(|member| member.id == device.member) {
                Some(member) => member.devices.push(shown),
                None => members.push(TeamMember {
                    id: device.member,
                    role: device.role,
                    is_me: device.member == state.member,
                    devices: vec![shown],
                }),
            }
        }
        let mut gone: Vec<GoneDevice> = roster
            .gone_devices()
            .map(|(device, removal)| GoneDevice {
                member: device.member,
                ordinal: device.ordinal,
                removal,
                last_seen: state.last_seen.get(&device.key).copied(),
            })
            .collect();
        gone.sort_unstable_by_key(|device| device.ordinal);
        let lost = state.place.as_ref().map(|place| place.lost.joined());
        let to_invite: BTreeSet<_> = lost.into_iter().flatten().map(|(_, member)| member).collect();
        let open = roster.invites().filter(|(_, status)| status.state == InviteState::Open);
        let invites = open.map(|(record, status)| OpenInvite {
            record,
            role: status.invite.role,
            by: roster.active(&status.invite.by).map(|by| by.member),
            for_device: status.invite.member.is_some(),
            expires: status.invite.expires,
        });
        Some(Team {
            members,
            gone,
            epoch: roster.epoch(),
            invites: invites.collect(),
            owes_rotation: roster.owes_rotation(),
            kit: roster.kit(),
            removal: roster.removal(&state.device),
            to_invite: to_invite.into_iter().collect(),
        })
    }

    /// Makes an invite. Its record is to be appended; after that there is a link.
    ///
    /// # Errors
    /// See [`TeamError`].
    pub fn invite(&self, role: Role, expires: Millis) -> Result<Invited, TeamError> {
        let place = self.place().ok_or(TeamError::NotJoined)?;
        let ring = self.ring.borrow();
        let mut rng = self.rng.borrow_mut();
        Ok(founding::invite(&self.secrets, &place.roster, &ring, role, expires, &mut *rng)?)
    }

    /// Makes an invite for a further device of one's own. It is used as any other, by
    /// [`Device::join`] on the new device.
    ///
    /// # Errors
    /// See [`TeamError`].
    pub fn invite_device(&self, expires: Millis) -> Result<Invited, TeamError> {
        let place = self.place().ok_or(TeamError::NotJoined)?;
        let ring = self.ring.borrow();
        let mut rng = self.rng.borrow_mut();
        Ok(founding::invite_device(&self.secrets, &place.roster, &ring, expires, &mut *rng)?)
    }

    /// The link of an invite, as soon as its record has come back in the log.
    pub fn invite_link(&self, invited: &Invited) -> Option<InviteLink> {
        let place = self.place()?;
        place.roster.invite(&invited.hash)?;
        Some(InviteLink::at(&place, self.origin(), invited.secret.clone()))
    }

    /// Makes the record that takes an open invite back. It is to be appended.
    ///
    /// # Errors
    /// See [`TeamError`].
    pub fn revoke(&self, invite: Hash) -> Result<Vec<u8>, TeamError> {
        let place = self.place().ok_or(TeamError::NotJoined)?;
        Ok(founding::revoke(&self.secrets, &place.roster, invite)?)
    }

    /// Makes the record that gives a member another role.
    ///
    /// # Errors
    /// See [`TeamError`].
    pub fn set_role(&self, member: MemberId, role: Role) -> Result<Change, TeamError> {
        let place = self.place().ok_or(TeamError::NotJoined)?;
        let record = team::set_role(&self.secrets, &place.roster, member, role)?;
        Ok(Change::new(record, None))
    }

    /// Makes the record by which this device's member leaves, with all devices. What is not synced
    /// by then stays on them: offer to export it first.
    ///
    /// # Errors
    /// See [`TeamError`].
    pub fn leave(&self) -> Result<Change, TeamError> {
        let place = self.place().ok_or(TeamError::NotJoined)?;
        Ok(Change::new(team::leave(&self.secrets, &place.roster)?, None))
    }

    /// Makes the record that removes a member with all their devices; with `wipe` those are told
    /// to delete what they hold. See [`Device::remove`].
    ///
    /// # Errors
    /// See [`TeamError`].
    pub fn remove_member(&self, member: MemberId, wipe: bool) -> Result<Change, TeamError> {
        let place = self.place().ok_or(TeamError::NotJoined)?;
        place.roster.member(&member).ok_or(FoundingError::from(RosterError::MemberUnknown))?;
        let own = place.roster.devices().filter(|device| device.member == member);
        self.remove(own.map(|device| device.key).collect(), wipe)
    }

    /// Makes the record that removes devices and begins the next epoch. It shuts all open invites:
    /// offer new ones. If somebody who goes may know the recovery kit, an owner brings another one
    /// with it, which must be printed; whoever is no owner drops it.
    ///
    /// # Errors
    /// See [`TeamError`].
    pub fn remove(&self, devices: Vec<DeviceKey>, wipe: bool) -> Result<Change, TeamError> {
        let place = self.place().ok_or(TeamError::NotJoined)?;
        let roster = &place.roster;
        let exposed = roster.exposes_kit(&devices);
        let mut rng = self.rng.borrow_mut();
        let kit = (exposed && self.role() == Some(Role::Owner)).then(|| KitSecret::make(&mut *rng));
        let ring = self.ring.borrow();
        let record =
            team::remove(&self.secrets, roster, &ring, devices, wipe, kit.as_ref(), &mut *rng)?;
        Ok(Change::new(record, kit))
    }

    /// Makes the record that begins the next epoch. With `new_kit` it brings another recovery kit;
    /// so does it where the present one must not stay.
    ///
    /// # Errors
    /// See [`TeamError`].
    pub fn rotate(&self, new_kit: bool) -> Result<Change, TeamError> {
        let place = self.place().ok_or(TeamError::NotJoined)?;
        let roster = &place.roster;
        let mut rng = self.rng.borrow_mut();
        let new_kit = new_kit || roster.exposes_kit(&[]);
        let kit = new_kit.then(|| KitSecret::make(&mut *rng));
        let ring = self.ring.borrow();
        let record = team::rotate(&self.secrets, roster, &ring, kit.as_ref(), &mut *rng)?;
        Ok(Change::new(record, kit))
    }

    /// The sheet of a new kit, as soon as its record has come back in the log: before that, what is
    /// printed might open nothing.
    pub fn recovery_sheet(&self, kit: &KitSecret) -> Option<RecoverySheet> {
        let place = self.place()?;
        let current = place.roster.kit()?;
        let is_it = current.key == kit.derive_keys().device();
        is_it.then(|| RecoverySheet::at(&place, self.origin(), kit.clone()))
    }

    /// How this device was removed, if it was: by a verified record that names it, never by the
    /// relay's word. With [`Removal::wipe`] it is to be [wiped](Device::wipe).
    pub fn removal(&self) -> Option<Removal> {
        let space = self.space.borrow();
        space.state.place.as_ref()?.roster.removal(&space.state.device)
    }
}
