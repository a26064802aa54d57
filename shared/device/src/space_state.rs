//! What is stored once for each space: who this device is in it, and how far it has read the log.

use std::collections::BTreeMap;

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use replica::Place;
use wire::{DeviceKey, MemberId, Millis, SpaceId};

use crate::codec::{self, Unreadable};

/// What a space is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum SpaceKind {
    /// A team's workspace, shared through a relay.
    #[n(0)]
    Team,
    /// A sample to look around in; it never meets a relay.
    #[n(1)]
    Sample,
}

/// The one row about the space. Whoever stores it expects the exact bytes that were read.
#[derive(Clone, Debug, PartialEq)]
pub struct SpaceState {
    /// One more with every write, so that no two states have equal bytes.
    pub version: u64,
    /// Team or sample.
    pub kind: SpaceKind,
    /// The space.
    pub space: SpaceId,
    /// The relay's origin, as it is dialled.
    pub origin: String,
    /// Who this device belongs to.
    pub member: MemberId,
    /// This device.
    pub device: DeviceKey,
    /// The own name, until the member's record in the firm's document is written.
    pub introduce: Option<String>,
    /// Rows of kinds that this version does not know.
    pub unknown_rows: u64,
    /// Where the device stands in the log; `None` while it has not joined yet.
    pub place: Option<Place>,
    /// When the relay last took something in from each device, as far as it was read here.
    pub last_seen: BTreeMap<DeviceKey, Millis>,
}

#[derive(Encode, Decode)]
struct Stored {
    #[n(0)]
    version: u64,
    #[n(1)]
    kind: SpaceKind,
    #[n(2)]
    space: SpaceId,
    #[n(3)]
    origin: String,
    #[n(4)]
    member: MemberId,
    #[n(5)]
    device: DeviceKey,
    #[n(6)]
    introduce: Option<String>,
    #[n(7)]
    unknown_rows: u64,
    #[n(8)]
    place: Option<ByteVec>,
    #[n(9)]
    last_seen: Option<BTreeMap<DeviceKey, Millis>>,
}

impl SpaceState {
    /// The stored form.
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(&Stored {
            version: self.version,
            kind: self.kind,
            space: self.space,
            origin: self.origin.clone(),
            member: self.member,
            device: self.device,
            introduce: self.introduce.clone(),
            unknown_rows: self.unknown_rows,
            place: self.place.as_ref().map(|place| place.encode().into()),
            // States from before this was noted keep their bytes.
            last_seen: Some(self.last_seen.clone()).filter(|seen| !seen.is_empty()),
        })
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// [`Unreadable`] if the bytes are damaged or of a newer version.
    pub fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        let stored: Stored = codec::decode(bytes)?;
        let place = stored
            .place
            .map(|place| Place::decode(&place))
            .transpose()
            .map_err(|_| Unreadable::because("the place in the log"))?;
        Ok(Self {
            version: stored.version,
            kind: stored.kind,
            space: stored.space,
            origin: stored.origin,
            member: stored.member,
            device: stored.device,
            introduce: stored.introduce,
            unknown_rows: stored.unknown_rows,
            place,
            last_seen: stored.last_seen.unwrap_or_default(),
        })
    }
}
