//! Opening the epoch keys that the roster's records carry.
//!
//! Every record that begins an epoch has its key sealed to every device of that time, and the key
//! before sealed with it. So a device needs nothing but its own private key and the records to
//! have every key; what is stored of a ring only saves it the work.

use wire::roster::{Body, Rotation};
use wire::{DeviceKey, Epoch, Hash, Record, Roster};

use crate::founding::{FoundingError, committed, founding_context};
use crate::keys::{DeviceSecrets, EpochKey};
use crate::ring::KeyRing;
use crate::wrap::{self, Scope, WrapContext};

/// The keys that a device, or the recovery kit, finds for itself in the space's records.
///
/// # Errors
/// [`FoundingError`] if the records are no roster's.
pub fn recover_ring<R: AsRef<[u8]>>(
    secrets: &DeviceSecrets,
    roster: &Roster,
    records: &[R],
) -> Result<KeyRing, FoundingError> {
    let mut ring = KeyRing::new();
    top_up(secrets, roster, records, &mut ring)?;
    Ok(ring)
}

/// Adds to the ring every key that it lacks and that can be had. What somebody sealed wrongly is
/// passed over: the key may come in another way, and if not, whoever needs it says so.
///
/// # Errors
/// [`FoundingError`] if the records are no roster's.
pub fn top_up<R: AsRef<[u8]>>(
    secrets: &DeviceSecrets,
    roster: &Roster,
    records: &[R],
    ring: &mut KeyRing,
) -> Result<(), FoundingError> {
    if lacks_none(roster, ring) {
        return Ok(());
    }
    // Backwards: the newest key opens all before it without another asymmetric operation.
    for bytes in records.iter().rev() {
        let record = Record::parse(bytes.as_ref())?;
        open_record(secrets, roster, &record, ring);
    }
    Ok(())
}

/// Adds the keys that this record gives to the holder of `secrets`. The roster knows the record.
pub fn open_record(secrets: &DeviceSecrets, roster: &Roster, record: &Record, ring: &mut KeyRing) {
    if let Some((epoch, key)) = sealed_to(secrets, roster, record, ring)
        && let Some(begun_by) = committed(roster, epoch, &key)
    {
        ring.insert(begun_by, epoch, key);
    }
    if let (Some(rotation), Some(prev)) = (record.body.rotation(), record.body.prev()) {
        open_previous(roster, record.hash, rotation, prev, ring);
    }
}

fn lacks_none(roster: &Roster, ring: &KeyRing) -> bool {
    (1..=roster.epoch())
        .all(|epoch| roster.epoch_record(epoch).is_none_or(|record| ring.key(&record).is_some()))
}

/// The key that the record seals to these secrets, unless the ring has it.
fn sealed_to(
    secrets: &DeviceSecrets,
    roster: &Roster,
    record: &Record,
    ring: &KeyRing,
) -> Option<(Epoch, EpochKey)> {
    let own = secrets.device();
    let (epoch, sealed) = match &record.body {
        Body::Found(found) => {
            let kit = found.recovery.as_ref().filter(|kit| kit.key == own);
            let own = (found.device == own).then_some(&found.sealed_key);
            let sealed = own.or(kit.map(|kit| &kit.sealed_key))?;
            let key = wrap::unwrap(sealed, secrets, founding_context(&found.nonce)).ok()?;
            return Some((found.epoch, key));
        }
        Body::Join(join) if join.device == own => (join.epoch, &join.sealed_key),
        Body::LinkDevice(link) if link.device == own => (link.epoch, &link.sealed_key),
        body => {
            let rotation = body.rotation()?;
            (rotation.epoch, sealed_in(rotation, &own)?)
        }
    };
    let known = roster.epoch_record(epoch).is_some_and(|begun_by| ring.key(&begun_by).is_some());
    if known {
        return None;
    }
    let (space, previous) = (roster.space(), record.body.prev()?);
    let context = WrapContext { scope: Scope::Space(&space), epoch, previous };
    Some((epoch, wrap::unwrap(sealed, secrets, context).ok()?))
}

fn sealed_in<'r>(rotation: &'r Rotation, own: &DeviceKey) -> Option<&'r Vec<u8>> {
    let device = rotation.sealed.iter().find(|sealed| sealed.device == *own);
    let kit = rotation.recovery.as_ref().filter(|kit| kit.key == *own);
    device.map(|sealed| &sealed.sealed_key).or(kit.map(|kit| &kit.sealed_key))
}

fn open_previous(
    roster: &Roster,
    record: Hash,
    rotation: &Rotation,
    prev: &Hash,
    ring: &mut KeyRing,
) {
    let before = rotation.epoch.saturating_sub(1);
    let known = roster.epoch_record(before).is_none_or(|begun_by| ring.key(&begun_by).is_some());
    let Some(key) = ring.key(&record).filter(|_| !known) else { return };
    let space = roster.space();
    let opened = wrap::unwrap_previous(&rotation.previous, key, &space, rotation.epoch, prev);
    if let Ok(key) = opened
        && let Some(begun_by) = committed(roster, before, &key)
    {
        ring.insert(begun_by, before, key);
    }
}
