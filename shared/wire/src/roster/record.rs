//! The records themselves: what they hold, how they are encoded and signed.

use minicbor::{Decode, Encode};

use super::change::{Leave, LinkDevice, Remove, Rotate, Rotation, SetRole};
use super::{Role, RosterError};
use crate::codec::{self, Malformed};
use crate::digest::{Hash, hash, signing_input};
use crate::signature::verify;
use crate::{DeviceKey, Epoch, MemberId, Millis, SealKey, label, limits};

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Body {
    /// The first record: a space begins.
    #[n(1)]
    Found(#[n(0)] Found),
    /// An open door for one newcomer.
    #[n(2)]
    Invite(#[n(0)] Invite),
    /// That door shut again.
    #[n(3)]
    Revoke(#[n(0)] Revoke),
    /// A newcomer came in by it.
    #[n(4)]
    Join(#[n(0)] Join),
    /// A member has another device.
    #[n(5)]
    LinkDevice(#[n(0)] LinkDevice),
    /// A member's role changes.
    #[n(6)]
    SetRole(#[n(0)] SetRole),
    /// Devices go, and the key changes.
    #[n(7)]
    Remove(#[n(0)] Remove),
    /// A member goes.
    #[n(8)]
    Leave(#[n(0)] Leave),
    /// The key changes.
    #[n(9)]
    Rotate(#[n(0)] Rotate),
}

/// The highest body number known here.
const NEWEST: u64 = 9;

/// A space begins, with its first owner. Signed by `device`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Found {
    /// The founder.
    #[n(0)]
    pub member: MemberId,
    /// The founder's device.
    #[n(1)]
    pub device: DeviceKey,
    /// Where keys are sealed to for that device.
    #[n(2)]
    pub seal_key: SealKey,
    /// Always 1.
    #[n(3)]
    pub epoch: Epoch,
    /// Commits to the first epoch key.
    #[n(4)]
    pub epoch_commit: Hash,
    /// The first epoch key, sealed to the founder's device.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub sealed_key: Vec<u8>,
    /// The recovery kit, if one was printed.
    #[n(6)]
    pub recovery: Option<Recovery>,
    /// Makes the space's id unpredictable.
    #[cbor(n(7), with = "minicbor::bytes")]
    pub nonce: [u8; 16],
}

/// The public half of a recovery kit.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Recovery {
    /// What the kit signs with.
    #[n(0)]
    pub key: DeviceKey,
    /// Where keys are sealed to for it.
    #[n(1)]
    pub seal_key: SealKey,
    /// The epoch key, sealed to the kit.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub sealed_key: Vec<u8>,
}

/// An open door for one newcomer: whoever holds the secret behind its keys may join. Signed by
/// `by`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Invite {
    /// The hash of the record before this one.
    #[n(0)]
    pub prev: Hash,
    /// The inviting device.
    #[n(1)]
    pub by: DeviceKey,
    /// The signing key derived from the invite's secret.
    #[n(2)]
    pub invite_key: DeviceKey,
    /// The sealing key derived from the invite's secret.
    #[n(3)]
    pub invite_seal: SealKey,
    /// What the newcomer will be; not above the inviter's role.
    #[n(4)]
    pub role: Role,
    /// How many may join by it: 1, for now.
    #[n(5)]
    pub uses: u16,
    /// When the relay stops taking a `join` by it.
    #[n(6)]
    pub expires: Millis,
    /// The epoch of `sealed_key`: the current one.
    #[n(7)]
    pub epoch: Epoch,
    /// The epoch key, sealed to the invite.
    #[cbor(n(8), with = "minicbor::bytes")]
    pub sealed_key: Vec<u8>,
    /// The inviter, if the invite is for a further device of their own: then `role` is their
    /// present one, and whoever holds the secret links a device instead of joining.
    #[n(9)]
    pub member: Option<MemberId>,
}

/// An open invite taken back, by who made it or by an owner. Signed by `by`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Revoke {
    /// The hash of the record before this one.
    #[n(0)]
    pub prev: Hash,
    /// The device that takes it back.
    #[n(1)]
    pub by: DeviceKey,
    /// The hash of the invite's record.
    #[n(2)]
    pub invite: Hash,
}

/// A newcomer came in. Signed by the invite's key, then by `device`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Join {
    /// The hash of the record before this one.
    #[n(0)]
    pub prev: Hash,
    /// The hash of the invite's record.
    #[n(1)]
    pub invite: Hash,
    /// The newcomer, under a new id.
    #[n(2)]
    pub member: MemberId,
    /// The newcomer's device.
    #[n(3)]
    pub device: DeviceKey,
    /// Where keys are sealed to for that device.
    #[n(4)]
    pub seal_key: SealKey,
    /// The epoch of `sealed_key`: the current one.
    #[n(5)]
    pub epoch: Epoch,
    /// The epoch key, sealed by the newcomer to its own device: the invite's secret is not kept.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub sealed_key: Vec<u8>,
}

/// A parsed record. Nothing about it is verified but its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it says.
    pub body: Body,
    /// Its name in the roster and in the log.
    pub hash: Hash,
    body_bytes: Vec<u8>,
    signatures: Vec<[u8; 64]>,
}

/// A record that still lacks its signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned {
    body_bytes: Vec<u8>,
}

impl Record {
    /// Begins to make a record.
    #[must_use]
    pub fn unsigned(body: &Body) -> Unsigned {
        Unsigned { body_bytes: codec::encode(body) }
    }

    /// Reads a record.
    ///
    /// # Errors
    /// [`RosterError::Malformed`], [`RosterError::Newer`] and [`RosterError::TooLarge`].
    pub fn parse(bytes: &[u8]) -> Result<Self, RosterError> {
        if bytes.len() > limits::MAX_RECORD {
            return Err(RosterError::TooLarge { limit: limits::MAX_RECORD });
        }
        let layout: Layout = codec::decode(bytes)?;
        match codec::leading_number(&layout.body) {
            Some(kind) if kind > NEWEST => return Err(RosterError::Newer { kind }),
            _ => {}
        }
        let body: Body = codec::decode(&layout.body)?;
        for sealed in body.sealed_keys() {
            if sealed.len() > limits::MAX_SEALED_KEY {
                return Err(RosterError::TooLarge { limit: limits::MAX_SEALED_KEY });
            }
        }
        Ok(Self {
            body,
            hash: Self::hash_of(bytes),
            body_bytes: layout.body,
            signatures: layout.signatures,
        })
    }

    /// The hash of a record's bytes: its name in the roster and in the log. That of the `found`
    /// record is the [`SpaceId`](crate::SpaceId).
    #[must_use]
    pub fn hash_of(bytes: &[u8]) -> Hash {
        hash(label::RECORD, &[bytes])
    }

    /// Whether `keys` signed it, all of them, in that order, and nobody else.
    pub(super) fn verify(&self, keys: &[&DeviceKey]) -> Result<(), RosterError> {
        if self.signatures.len() != keys.len() {
            return Err(Malformed::because("wrong number of signatures").into());
        }
        let input = signing_input(label::RECORD_SIGNATURE, &[&self.body_bytes]);
        for (key, signature) in keys.iter().zip(&self.signatures) {
            verify(key, &input, signature)?;
        }
        Ok(())
    }
}

impl Unsigned {
    /// What each of those who must sign it signs.
    #[must_use]
    pub fn signing_input(&self) -> Vec<u8> {
        signing_input(label::RECORD_SIGNATURE, &[&self.body_bytes])
    }

    /// The record's bytes. One signature, but two where a device comes in: that of whoever lets it
    /// in, then the device's.
    #[must_use]
    pub fn assemble(self, signatures: &[[u8; 64]]) -> Vec<u8> {
        codec::encode(&Layout { body: self.body_bytes, signatures: signatures.to_vec() })
    }
}

impl Body {
    /// The record before this one; `None` for the first.
    #[must_use]
    pub fn prev(&self) -> Option<&Hash> {
        match self {
            Self::Found(_) => None,
            Self::Invite(body) => Some(&body.prev),
            Self::Revoke(body) => Some(&body.prev),
            Self::Join(body) => Some(&body.prev),
            Self::LinkDevice(body) => Some(&body.prev),
            Self::SetRole(body) => Some(&body.prev),
            Self::Remove(body) => Some(&body.prev),
            Self::Leave(body) => Some(&body.prev),
            Self::Rotate(body) => Some(&body.prev),
        }
    }

    /// The new key, if the record begins an epoch after the first.
    #[must_use]
    pub fn rotation(&self) -> Option<&Rotation> {
        match self {
            Self::Remove(remove) => Some(&remove.rotation),
            Self::Rotate(rotate) => Some(&rotate.rotation),
            _ => None,
        }
    }

    fn sealed_keys(&self) -> Vec<&[u8]> {
        let own: Option<&Vec<u8>> = match self {
            Self::Found(found) => Some(&found.sealed_key),
            Self::Invite(invite) => Some(&invite.sealed_key),
            Self::Join(join) => Some(&join.sealed_key),
            Self::LinkDevice(link) => Some(&link.sealed_key),
            Self::Remove(_) | Self::Rotate(_) => self.rotation().map(|new| &new.previous),
            Self::Revoke(_) | Self::SetRole(_) | Self::Leave(_) => None,
        };
        let mut all: Vec<&[u8]> = own.into_iter().map(Vec::as_slice).collect();
        if let Self::Found(found) = self {
            all.extend(found.recovery.as_ref().map(|kit| kit.sealed_key.as_slice()));
        }
        if let Some(rotation) = self.rotation() {
            all.extend(rotation.recovery.as_ref().map(|kit| kit.sealed_key.as_slice()));
            all.extend(rotation.sealed.iter().map(|sealed| sealed.sealed_key.as_slice()));
        }
        all
    }
}

/// `[body, signature, …]`
struct Layout {
    body: Vec<u8>,
    signatures: Vec<[u8; 64]>,
}

impl<C> Encode<C> for Layout {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.array(1 + self.signatures.len() as u64)?.bytes(&self.body)?;
        for signature in &self.signatures {
            e.bytes(signature)?;
        }
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Layout {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let wrong = || minicbor::decode::Error::message("not a body and its signatures");
        let parts = d.array()?.ok_or_else(wrong)?;
        let body = d.bytes()?.to_vec();
        let mut signatures = Vec::new();
        for _ in 1..parts {
            signatures.push(d.bytes()?.try_into().map_err(|_| wrong())?);
        }
        Ok(Self { body, signatures })
    }
}
