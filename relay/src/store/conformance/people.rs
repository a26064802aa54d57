//! People with keys, and what they sign. What a relay cannot read is any bytes here.

use ed25519_dalek::{Signer, SigningKey};
use wire::roster::{
    Body, Found, Invite, Join, Leave, LinkDevice, Record, Recovery, Remove, Revoke, Rotate,
    Rotation, Sealed, SetRole,
};
use wire::{
    Begins, ClientFrame, Counter, DeviceKey, Envelope, HEADER_VERSION, Hash, Header, LogId,
    MemberId, Millis, PROTOCOL, Role, Roster, RowKind, SealKey, Seq, SessionId, SpaceId, Tag,
    connect_input,
};

use crate::log::Standing;
use crate::store::Entry;

/// Somebody with one device. Their keys follow from their name.
pub struct Person {
    signing: SigningKey,
    member: MemberId,
}

impl Person {
    /// The person of that name. An invite is also somebody here: it has a key and signs.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let Hash(seed) = wire::hash(b"person", &[name.as_bytes()]);
        let Hash(member) = wire::hash(b"member", &[name.as_bytes()]);
        let (member, _) = member.split_first_chunk().expect("a hash is longer than an id");
        Self { signing: SigningKey::from_bytes(&seed), member: MemberId(*member) }
    }

    /// Their device.
    #[must_use]
    pub fn key(&self) -> DeviceKey {
        DeviceKey(self.signing.verifying_key().to_bytes())
    }

    /// The record by which they found a space, and the roster that it starts.
    #[must_use]
    pub fn founds(&self) -> (Vec<u8>, Roster) {
        let record = self.signed(&Body::Found(Found {
            member: self.member,
            device: self.key(),
            seal_key: SealKey(self.key().0),
            epoch: 1,
            epoch_commit: Hash::ZERO,
            sealed_key: vec![1; 80],
            recovery: None,
            nonce: self.member.0,
        }));
        let roster = Roster::start(&record).expect("a good record");
        (record, roster)
    }

    /// The record by which they invite whoever holds the key of `invite`.
    #[must_use]
    pub fn invites(&self, roster: &Roster, invite: &Self, role: Role, expires: Millis) -> Vec<u8> {
        self.signed(&Body::Invite(Invite {
            prev: roster.head(),
            by: self.key(),
            invite_key: invite.key(),
            invite_seal: SealKey(invite.key().0),
            role,
            uses: 1,
            expires,
            epoch: roster.epoch(),
            sealed_key: vec![2; 80],
            member: None,
        }))
    }

    /// The record by which they invite a further device of their own, which will hold the key of
    /// `invite`.
    #[must_use]
    pub fn invites_device(&self, roster: &Roster, invite: &Self, expires: Millis) -> Vec<u8> {
        let own = roster.active(&self.key()).expect("of the team");
        self.signed(&Body::Invite(Invite {
            prev: roster.head(),
            by: self.key(),
            invite_key: invite.key(),
            invite_seal: SealKey(invite.key().0),
            role: own.role,
            uses: 1,
            expires,
            epoch: roster.epoch(),
            sealed_key: vec![2; 80],
            member: Some(own.member),
        }))
    }

    /// The record by which this device is linked to the person `of`, for whom `by` vouches.
    #[must_use]
    pub fn is_linked(&self, roster: &Roster, by: &Self, of: &Self) -> Vec<u8> {
        let unsigned = Record::unsigned(&Body::LinkDevice(LinkDevice {
            prev: roster.head(),
            by: by.key(),
            member: of.member,
            device: self.key(),
            seal_key: SealKey(self.key().0),
            epoch: roster.epoch(),
            sealed_key: vec![4; 80],
        }));
        let input = unsigned.signing_input();
        unsigned.assemble(&[by.sign(&input), self.sign(&input)])
    }

    /// The record by which they remove these devices.
    #[must_use]
    pub fn removes(&self, roster: &Roster, whom: &[&Self]) -> Vec<u8> {
        let mut devices: Vec<DeviceKey> = whom.iter().map(|device| device.key()).collect();
        devices.sort_unstable();
        let rotation = rotation(roster, &devices, None);
        let (prev, by) = (roster.head(), self.key());
        self.signed(&Body::Remove(Remove { prev, by, devices, wipe: false, rotation }))
    }

    /// The record by which they leave.
    #[must_use]
    pub fn leaves(&self, roster: &Roster) -> Vec<u8> {
        self.signed(&Body::Leave(Leave { prev: roster.head(), by: self.key() }))
    }

    /// The record by which they begin the next epoch, with another recovery kit if one is given. A
    /// kit is also somebody here.
    #[must_use]
    pub fn rotates(&self, roster: &Roster, kit: Option<&Self>) -> Vec<u8> {
        let rotation = rotation(roster, &[], kit);
        self.signed(&Body::Rotate(Rotate { prev: roster.head(), by: self.key(), rotation }))
    }

    /// The record by which they give somebody another role.
    #[must_use]
    pub fn sets_role(&self, roster: &Roster, whose: &Self, role: Role) -> Vec<u8> {
        let (prev, by) = (roster.head(), self.key());
        self.signed(&Body::SetRole(SetRole { prev, by, member: whose.member, role }))
    }

    /// The record by which they take an invite back.
    #[must_use]
    pub fn revokes(&self, roster: &Roster, invite: Hash) -> Vec<u8> {
        self.signed(&Body::Revoke(Revoke { prev: roster.head(), by: self.key(), invite }))
    }

    /// The record by which they join, holding the key of `invite`.
    #[must_use]
    pub fn joins(&self, roster: &Roster, invite: &Self) -> Vec<u8> {
        let record = roster.invite_by_key(&invite.key()).map_or(Hash::ZERO, |(hash, _)| hash);
        let unsigned = Record::unsigned(&Body::Join(Join {
            prev: roster.head(),
            invite: record,
            member: self.member,
            device: self.key(),
            seal_key: SealKey(self.key().0),
            epoch: roster.epoch(),
            sealed_key: vec![3; 80],
        }));
        let input = unsigned.signing_input();
        unsigned.assemble(&[invite.sign(&input), self.sign(&input)])
    }

    /// The header of an envelope that somebody sends who has read everything.
    #[must_use]
    pub fn header(&self, standing: &Standing, session: SessionId, counter: Counter) -> Header {
        Header {
            version: HEADER_VERSION,
            check: 1,
            space: standing.space,
            log: standing.log,
            tag: Tag([9; 16]),
            kind: RowKind::Changes,
            epoch: standing.roster.epoch(),
            device: self.key(),
            session,
            counter,
            seen: standing.seen(),
            covers: None,
            attests: None,
            begins: None,
            after: None,
        }
    }

    /// A snapshot, as far as a relay can tell, of a document up to that row.
    #[must_use]
    pub fn snapshots(
        &self,
        standing: &Standing,
        (session, counter): (SessionId, Counter),
        covers: Seq,
        body: &[u8],
    ) -> Envelope {
        let header = self.header(standing, session, counter);
        self.seals(&Header { kind: RowKind::Snapshot, covers: Some(covers), ..header }, body)
    }

    /// Their word for the snapshot with that hash.
    #[must_use]
    pub fn attests(
        &self,
        standing: &Standing,
        (session, counter): (SessionId, Counter),
        snapshot: Hash,
    ) -> Entry {
        let header = self.header(standing, session, counter);
        let header = Header { kind: RowKind::Attest, attests: Some(snapshot), ..header };
        Entry::Envelope(Box::new(self.seals(&header, b"vouched")))
    }

    /// The first snapshot, as far as a relay can tell, of the tag under which the document of `after`
    /// is to go on.
    #[must_use]
    pub fn begins(
        &self,
        standing: &Standing,
        (session, counter): (SessionId, Counter),
        tag: Tag,
        after: Tag,
    ) -> Envelope {
        let header = self.header(standing, session, counter);
        let (kind, covers, after) = (RowKind::Snapshot, Some(0), Some(after));
        self.seals(&Header { kind, tag, covers, after, ..header }, b"without them")
    }

    /// The generation by which their document goes on with that snapshot.
    #[must_use]
    pub fn goes_on(
        &self,
        standing: &Standing,
        (session, counter): (SessionId, Counter),
        with: &Envelope,
    ) -> Envelope {
        let header = self.header(standing, session, counter);
        let begins = Some(Begins { tag: with.header.tag, snapshot: with.hash() });
        self.seals(&Header { kind: RowKind::Generation, begins, ..header }, b"why")
    }

    /// An envelope under that header, around these bytes.
    #[must_use]
    pub fn seals(&self, header: &Header, body: &[u8]) -> Envelope {
        let header = header.encode();
        let signature = self.sign(&Envelope::signing_input(&header, body));
        let bytes = Envelope::assemble(header, body.to_vec(), signature);
        Envelope::parse(&bytes).expect("a good envelope")
    }

    /// An envelope with some body, ready to be appended.
    #[must_use]
    pub fn writes(&self, standing: &Standing, session: SessionId, counter: Counter) -> Entry {
        let header = self.header(standing, session, counter);
        let body = [session.0.as_slice(), &counter.to_be_bytes()].concat();
        Entry::Envelope(Box::new(self.seals(&header, &body)))
    }

    /// The frame by which they connect under `origin`.
    #[must_use]
    pub fn connects(
        &self,
        nonce: &[u8; 32],
        space: SpaceId,
        origin: &str,
        as_invite: bool,
        place: Option<(Seq, LogId)>,
    ) -> ClientFrame {
        let device = self.key();
        ClientFrame::Connect {
            version: *PROTOCOL.end(),
            space,
            origin: origin.to_owned(),
            device,
            as_invite,
            cursor: place.map_or(0, |(cursor, _)| cursor),
            log: place.map(|(_, log)| log),
            signature: self.sign(&connect_input(nonce, &space, origin, &device)),
        }
    }

    /// A space that they founded, as it stands after its first row.
    #[must_use]
    pub fn founded(&self) -> Standing {
        let (record, roster) = self.founds();
        let log = LogId([7; 16]);
        let begun = crate::log::decide_begin(&record, roster, log, None, 1_000);
        Standing { bytes: 0, ..begun.expect("a founder's record begins a space").standing }
    }

    fn signed(&self, body: &Body) -> Vec<u8> {
        let unsigned = Record::unsigned(body);
        let signature = self.sign(&unsigned.signing_input());
        unsigned.assemble(&[signature])
    }

    fn sign(&self, input: &[u8]) -> [u8; 64] {
        self.signing.sign(input).to_bytes()
    }
}

/// The next epoch without those devices; the kit stays if it may.
fn rotation(roster: &Roster, going: &[DeviceKey], kit: Option<&Person>) -> Rotation {
    let kept = roster.kit().filter(|_| !roster.exposes_kit(going));
    let kept = kept.map(|kit| (kit.key, kit.seal_key));
    let recovery = kit.map(|kit| (kit.key(), SealKey(kit.key().0))).or(kept);
    let stay = roster.devices().map(|device| device.key).filter(|key| !going.contains(key));
    Rotation {
        epoch: roster.epoch() + 1,
        epoch_commit: roster.head(),
        sealed: stay.map(|device| Sealed { device, sealed_key: vec![5; 80] }).collect(),
        recovery: recovery.map(|(key, seal_key)| Recovery {
            key,
            seal_key,
            sealed_key: vec![6; 80],
        }),
        previous: vec![7; 72],
    }
}
