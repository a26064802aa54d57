//! Making the records by which a team that exists changes: a role, who goes, the next key.
//!
//! As in [`founding`](crate::founding), a record that the relay would refuse is refused here. The
//! next key is drawn here and never handed out: it is sealed to every device that stays, this one
//! included, and whoever wants it takes it from the record ([`unlock`](crate::unlock)) once that
//! is in the log. So nothing is to be stored before a record is sent, and a record that is lost on
//! the way leaves nothing behind.

use rand_core::CryptoRng;
use wire::roster::{Body, Leave, Recovery, Remove, Rotate, Rotation, Sealed, SetRole};
use wire::{DeviceKey, MemberId, Role, Roster};

use crate::founding::{FoundingError, checked, current_key, recovery, sign};
use crate::keys::{DeviceSecrets, EpochKey, KitKeys, KitSecret};
use crate::ring::KeyRing;
use crate::wrap::{self, Scope, WrapContext};

/// Gives a member another role.
///
/// # Errors
/// [`FoundingError::Roster`], for instance if no owner would remain.
pub fn set_role(
    secrets: &DeviceSecrets,
    roster: &Roster,
    member: MemberId,
    role: Role,
) -> Result<Vec<u8>, FoundingError> {
    let body = Body::SetRole(SetRole { prev: roster.head(), by: secrets.device(), member, role });
    checked(sign(&body, &[secrets]), roster)
}

/// The member of this device goes, with all devices.
///
/// # Errors
/// [`FoundingError::Roster`] if no owner would remain.
pub fn leave(secrets: &DeviceSecrets, roster: &Roster) -> Result<Vec<u8>, FoundingError> {
    let body = Body::Leave(Leave { prev: roster.head(), by: secrets.device() });
    checked(sign(&body, &[secrets]), roster)
}

/// Removes devices, which begins the next epoch. With `wipe` they shall delete what they hold.
///
/// The recovery kit stays, unless `kit` is given, or somebody who goes may know it: then `kit` takes
/// its place, or nothing does.
///
/// # Errors
/// See [`FoundingError`].
pub fn remove(
    secrets: &DeviceSecrets,
    roster: &Roster,
    ring: &KeyRing,
    devices: Vec<DeviceKey>,
    wipe: bool,
    kit: Option<&KitSecret>,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, FoundingError> {
    remove_with(secrets, roster, ring, devices, wipe, kit.map(KitSecret::public), rng)
}

/// The same with a kit of which only the public half is known.
pub(crate) fn remove_with(
    secrets: &DeviceSecrets,
    roster: &Roster,
    ring: &KeyRing,
    mut devices: Vec<DeviceKey>,
    wipe: bool,
    kit: Option<KitKeys>,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, FoundingError> {
    devices.sort_unstable();
    devices.dedup();
    let rotation = rotation(roster, ring, &devices, kit, rng)?;
    let (prev, by) = (roster.head(), secrets.device());
    let body = Body::Remove(Remove { prev, by, devices, wipe, rotation });
    checked(sign(&body, &[secrets]), roster)
}

/// Begins the next epoch; about the kit see [`remove`].
///
/// # Errors
/// See [`FoundingError`].
pub fn rotate(
    secrets: &DeviceSecrets,
    roster: &Roster,
    ring: &KeyRing,
    kit: Option<&KitSecret>,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, FoundingError> {
    rotate_with(secrets, roster, ring, kit.map(KitSecret::public), rng)
}

/// The same with a kit of which only the public half is known.
pub(crate) fn rotate_with(
    secrets: &DeviceSecrets,
    roster: &Roster,
    ring: &KeyRing,
    kit: Option<KitKeys>,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, FoundingError> {
    let rotation = rotation(roster, ring, &[], kit, rng)?;
    let body = Body::Rotate(Rotate { prev: roster.head(), by: secrets.device(), rotation });
    checked(sign(&body, &[secrets]), roster)
}

fn rotation(
    roster: &Roster,
    ring: &KeyRing,
    going: &[DeviceKey],
    kit: Option<KitKeys>,
    rng: &mut impl CryptoRng,
) -> Result<Rotation, FoundingError> {
    let before = current_key(roster, ring).ok_or(FoundingError::NoKey)?;
    let key = EpochKey::make(rng);
    let (space, prev, epoch) = (roster.space(), roster.head(), roster.epoch().saturating_add(1));
    let context = WrapContext { scope: Scope::Space(&space), epoch, previous: &prev };
    let mut sealed = Vec::new();
    for device in roster.devices().filter(|device| !going.contains(&device.key)) {
        let sealed_key = wrap::wrap(&key, &device.seal_key, context, rng)?;
        sealed.push(Sealed { device: device.key, sealed_key });
    }
    let kept = roster.kit().filter(|_| !roster.exposes_kit(going));
    let recovery = match (kit, kept) {
        (Some(kit), _) => Some(recovery(kit, &key, context, rng)?),
        (None, Some(kit)) => {
            let sealed_key = wrap::wrap(&key, &kit.seal_key, context, rng)?;
            Some(Recovery { key: kit.key, seal_key: kit.seal_key, sealed_key })
        }
        (None, None) => None,
    };
    let previous = wrap::wrap_previous(before, &key, &space, epoch, &prev, rng)?;
    Ok(Rotation { epoch, epoch_commit: key.commit(), sealed, recovery, previous })
}
