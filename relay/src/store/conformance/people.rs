//! People with keys, and what they sign. What a relay cannot read is any bytes here.

use std::sync::Arc;

use ed25519_dalek::{Signer, SigningKey};
use wire::roster::{Body, Found, Invite, Join, Record, Revoke};
use wire::{
    ClientFrame, Counter, DeviceKey, Envelope, HEADER_VERSION, Hash, Header, LogId, MemberId,
    Millis, PROTOCOL, Role, Roster, RowKind, SealKey, Seq, SessionId, SpaceId, Tag, connect_input,
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
        }))
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
        }
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
        let first = crate::log::decide_found(&record, roster.clone(), log, 1_000);
        let space = roster.space();
        let roster = Arc::new(roster);
        Standing { space, log, head: 1, chain: first.chain, roster, bytes: 0 }
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
