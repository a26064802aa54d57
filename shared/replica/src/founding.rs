//! Making roster records: a space begins, somebody is invited, the invite is taken back, somebody
//! or another device comes in.
//!
//! Each function applies its record to a copy of the given roster before it hands it out, so a
//! record that the relay would refuse is refused here, with the same words. Durable storage comes before
//! sending: a device whose keys are lost between the two locks its owner out.

use rand_core::CryptoRng;
use wire::roster::{Body, Found, Invite, Join, LinkDevice, Recovery, Revoke};
use wire::{Epoch, Hash, MemberId, Millis, Record, Role, Roster, RosterError, SpaceId};

use crate::keys::{DeviceSecrets, EpochKey, InviteSecret, KitKeys, KitSecret};
use crate::ring::KeyRing;
use crate::wrap::{self, Scope, WrapContext, WrapError};

/// The epoch of every `found` record.
const FIRST_EPOCH: Epoch = 1;

/// Why a record cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum FoundingError {
    /// The roster does not allow it.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// The current epoch key is missing, or not the one that the roster commits to.
    #[error("the current key of the space is not at hand")]
    NoKey,
    /// A sealed key does not open, or cannot be sealed.
    #[error(transparent)]
    Wrap(#[from] WrapError),
}

/// A space that exists on this device only, so far.
#[derive(Debug)]
pub struct Founded {
    /// The `found` record.
    pub record: Vec<u8>,
    /// The space's id.
    pub space: SpaceId,
    /// The roster of that one record.
    pub roster: Roster,
    /// The first epoch key.
    pub ring: KeyRing,
}

/// Founds a space with `member` as its owner and `secrets` as the owner's device, and with a
/// recovery kit if one is given.
///
/// The first epoch key is wrapped in the context of the record's nonce: the space's id is the
/// record's hash and cannot be known before.
///
/// # Errors
/// [`FoundingError`], which would be a defect.
pub fn found(
    secrets: &DeviceSecrets,
    member: MemberId,
    kit: Option<&KitSecret>,
    rng: &mut impl CryptoRng,
) -> Result<Founded, FoundingError> {
    let key = EpochKey::make(rng);
    let mut nonce = [0; 16];
    rng.fill_bytes(&mut nonce);
    let context = founding_context(&nonce);
    let recovery = kit.map(|kit| recovery(kit.public(), &key, context, rng)).transpose()?;
    let body = Body::Found(Found {
        member,
        device: secrets.device(),
        seal_key: secrets.seal_key(),
        epoch: FIRST_EPOCH,
        epoch_commit: key.commit(),
        sealed_key: wrap::wrap(&key, &secrets.seal_key(), context, rng)?,
        recovery,
        nonce,
    });
    let record = sign(&body, &[secrets]);
    let roster = Roster::start(&record)?;
    let mut ring = KeyRing::new();
    ring.insert(roster.head(), FIRST_EPOCH, key);
    Ok(Founded { record, space: roster.space(), roster, ring })
}

/// An invite that is not in the log yet.
#[derive(Debug)]
pub struct Invited {
    /// The `invite` record.
    pub record: Vec<u8>,
    /// Its hash, by which it can be revoked.
    pub hash: Hash,
    /// What the link will carry.
    pub secret: InviteSecret,
}

/// Invites somebody as `role`. The relay takes a `join` by it until `expires`.
///
/// # Errors
/// [`FoundingError::Roster`] with `Role` if the role is above the inviter's, and others.
pub fn invite(
    secrets: &DeviceSecrets,
    roster: &Roster,
    ring: &KeyRing,
    role: Role,
    expires: Millis,
    rng: &mut impl CryptoRng,
) -> Result<Invited, FoundingError> {
    make_invite(secrets, roster, ring, (role, None), expires, rng)
}

/// Makes an invite by which a further device of the inviter's own member comes in: the record will
/// be a `link-device`. Everybody may, readers too.
///
/// # Errors
/// See [`FoundingError`].
pub fn invite_device(
    secrets: &DeviceSecrets,
    roster: &Roster,
    ring: &KeyRing,
    expires: Millis,
    rng: &mut impl CryptoRng,
) -> Result<Invited, FoundingError> {
    let own = roster.active(&secrets.device()).ok_or(RosterError::NotActive)?;
    make_invite(secrets, roster, ring, (own.role, Some(own.member)), expires, rng)
}

fn make_invite(
    secrets: &DeviceSecrets,
    roster: &Roster,
    ring: &KeyRing,
    (role, member): (Role, Option<MemberId>),
    expires: Millis,
    rng: &mut impl CryptoRng,
) -> Result<Invited, FoundingError> {
    let secret = InviteSecret::make(rng);
    let keys = secret.derive_keys();
    let key = current_key(roster, ring).ok_or(FoundingError::NoKey)?;
    let prev = roster.head();
    let space = roster.space();
    let context =
        WrapContext { scope: Scope::Space(&space), epoch: roster.epoch(), previous: &prev };
    let body = Body::Invite(Invite {
        prev,
        by: secrets.device(),
        invite_key: keys.device(),
        invite_seal: keys.seal_key(),
        role,
        uses: 1,
        expires,
        epoch: roster.epoch(),
        sealed_key: wrap::wrap(key, &keys.seal_key(), context, rng)?,
        member,
    });
    let record = checked(sign(&body, &[secrets]), roster)?;
    Ok(Invited { hash: Record::hash_of(&record), record, secret })
}

/// Takes an open invite back.
///
/// # Errors
/// [`FoundingError::Roster`] if it is not open, or not this member's to take back.
pub fn revoke(
    secrets: &DeviceSecrets,
    roster: &Roster,
    invite: Hash,
) -> Result<Vec<u8>, FoundingError> {
    let body = Body::Revoke(Revoke { prev: roster.head(), by: secrets.device(), invite });
    checked(sign(&body, &[secrets]), roster)
}

/// A newcomer that is not in the log yet.
#[derive(Debug)]
pub struct Joined {
    /// The `join` record.
    pub record: Vec<u8>,
    /// The keys that the invite opened.
    pub ring: KeyRing,
}

/// Comes in by the invite with this secret, with the device `secrets`: as `member`, a new one, or
/// where the invite is for a further device, as the member who made it.
///
/// # Errors
/// [`FoundingError::Roster`] says whether the invite is unknown, used or revoked.
pub fn join(
    invite: &InviteSecret,
    secrets: &DeviceSecrets,
    member: MemberId,
    roster: &Roster,
    rng: &mut impl CryptoRng,
) -> Result<Joined, FoundingError> {
    let invite_keys = invite.derive_keys();
    let (invite_hash, status) =
        roster.invite_by_key(&invite_keys.device()).ok_or(RosterError::InviteUnknown)?;
    let space = roster.space();
    let invited = &status.invite;
    let key = wrap::unwrap(
        &invited.sealed_key,
        &invite_keys,
        WrapContext { scope: Scope::Space(&space), epoch: invited.epoch, previous: &invited.prev },
    )?;
    if let Some(member) = invited.member {
        return link(&invite_keys, secrets, member, roster, &key, rng);
    }
    let epoch_record = committed(roster, invited.epoch, &key).ok_or(FoundingError::NoKey)?;
    let prev = roster.head();
    let context =
        WrapContext { scope: Scope::Space(&space), epoch: invited.epoch, previous: &prev };
    let body = Body::Join(Join {
        prev,
        invite: invite_hash,
        member,
        device: secrets.device(),
        seal_key: secrets.seal_key(),
        epoch: invited.epoch,
        sealed_key: wrap::wrap(&key, &secrets.seal_key(), context, rng)?,
    });
    let record = checked(sign(&body, &[&invite_keys, secrets]), roster)?;
    let mut ring = KeyRing::new();
    ring.insert(epoch_record, invited.epoch, key);
    Ok(Joined { record, ring })
}

/// Links the device `secrets` to `member`; `by` are the keys of whoever vouches for it, and `key`
/// that of the current epoch.
///
/// # Errors
/// See [`FoundingError`].
pub fn link(
    by: &DeviceSecrets,
    secrets: &DeviceSecrets,
    member: MemberId,
    roster: &Roster,
    key: &EpochKey,
    rng: &mut impl CryptoRng,
) -> Result<Joined, FoundingError> {
    let (space, epoch, prev) = (roster.space(), roster.epoch(), roster.head());
    let epoch_record = committed(roster, epoch, key).ok_or(FoundingError::NoKey)?;
    let context = WrapContext { scope: Scope::Space(&space), epoch, previous: &prev };
    let body = Body::LinkDevice(LinkDevice {
        prev,
        by: by.device(),
        member,
        device: secrets.device(),
        seal_key: secrets.seal_key(),
        epoch,
        sealed_key: wrap::wrap(key, &secrets.seal_key(), context, rng)?,
    });
    let record = checked(sign(&body, &[by, secrets]), roster)?;
    let mut ring = KeyRing::new();
    ring.insert(epoch_record, epoch, key.clone());
    Ok(Joined { record, ring })
}

/// The public half of a recovery kit, with the key sealed to it.
pub(crate) fn recovery(
    kit: KitKeys,
    key: &EpochKey,
    context: WrapContext<'_>,
    rng: &mut impl CryptoRng,
) -> Result<Recovery, WrapError> {
    let sealed_key = wrap::wrap(key, &kit.seal_key, context, rng)?;
    Ok(Recovery { key: kit.key, seal_key: kit.seal_key, sealed_key })
}

/// The key of the current epoch, if the ring has the one that the roster commits to.
#[must_use]
pub fn current_key<'r>(roster: &Roster, ring: &'r KeyRing) -> Option<&'r EpochKey> {
    key_of(roster, ring, roster.epoch())
}

/// The key of an epoch, if the ring has the one that the roster commits to.
pub(crate) fn key_of<'r>(roster: &Roster, ring: &'r KeyRing, epoch: Epoch) -> Option<&'r EpochKey> {
    let key = ring.key(&roster.epoch_record(epoch)?)?;
    committed(roster, epoch, key).map(|_| key)
}

/// The record that began the epoch, if it commits to this key.
pub(crate) fn committed(roster: &Roster, epoch: Epoch, key: &EpochKey) -> Option<Hash> {
    (roster.epoch_commit(epoch)? == key.commit()).then(|| roster.epoch_record(epoch))?
}

pub(crate) fn founding_context(nonce: &[u8; 16]) -> WrapContext<'_> {
    WrapContext { scope: Scope::Founding(nonce), epoch: FIRST_EPOCH, previous: &Hash::ZERO }
}

pub(crate) fn sign(body: &Body, signers: &[&DeviceSecrets]) -> Vec<u8> {
    let unsigned = Record::unsigned(body);
    let input = unsigned.signing_input();
    let signatures: Vec<_> = signers.iter().map(|signer| signer.sign(&input)).collect();
    unsigned.assemble(&signatures)
}

pub(crate) fn checked(record: Vec<u8>, roster: &Roster) -> Result<Vec<u8>, FoundingError> {
    roster.clone().apply(&record)?;
    Ok(record)
}
