//! Proving who one is, and making a space.

use std::collections::VecDeque;

use rand_core::CryptoRng;
use wire::roster::Record;
use wire::{
    DeviceKey, Hash, LogId, Millis, PROTOCOL, Refusal, RelayFrame, Roster, Seq, SpaceId,
    connect_input, verify,
};

use super::{Member, Reply, Session};
use crate::log::{Again, Author, Standing, invite_spent};
use crate::store::{AppendError, Arrival, Founding, Store};
use crate::token;

/// What a device says to prove who it is.
pub(super) struct Proof {
    pub(super) version: u8,
    pub(super) space: SpaceId,
    pub(super) origin: String,
    pub(super) device: DeviceKey,
    pub(super) signature: [u8; 64],
}

/// What it wants to be, and how far it has read.
pub(super) struct Place {
    pub(super) as_invite: bool,
    pub(super) cursor: Seq,
    pub(super) log: Option<LogId>,
}

impl Session {
    pub(super) async fn connect(
        &mut self,
        store: &dyn Store,
        now: Millis,
        proof: &Proof,
        place: &Place,
        reply: &mut Reply,
    ) {
        if let Err(refusal) = self.check(proof) {
            return self.strike(Hash::ZERO, refusal, reply);
        }
        let arrival = match store.arrive(proof.space, proof.device, place.cursor).await {
            Ok(Some(arrival)) => arrival,
            Ok(None) => return self.strike(Hash::ZERO, Refusal::SpaceUnknown, reply),
            Err(error) => return reply.fail(Hash::ZERO, &error),
        };
        match author(&arrival.standing, proof, place, now) {
            Ok(author) => self.welcome(proof, place, author, &arrival, reply),
            Err(refusal) => self.strike(Hash::ZERO, refusal, reply),
        }
    }

    fn check(&self, proof: &Proof) -> Result<(), Refusal> {
        // A newcomer who has come in goes on as the device that it has become. Nobody else has a
        // reason to introduce themselves twice.
        let settled = |member: &Member| matches!(member.author, Author::Device(_));
        if self.member.as_deref().is_some_and(settled) {
            return Err(Refusal::Malformed);
        }
        if !PROTOCOL.contains(&proof.version) {
            return Err(Refusal::VersionUnsupported);
        }
        if !self.terms.origins.iter().any(|origin| origin.as_str() == proof.origin) {
            return Err(Refusal::OriginMismatch);
        }
        let input = connect_input(&self.nonce, &proof.space, &proof.origin, &proof.device);
        verify(&proof.device, &input, &proof.signature).map_err(|_| Refusal::BadSignature)
    }

    fn welcome(
        &mut self,
        proof: &Proof,
        place: &Place,
        author: Author,
        arrival: &Arrival,
        reply: &mut Reply,
    ) {
        let Standing { log, head, .. } = arrival.standing;
        // A cursor of another life says nothing about this one; before the first row all are alike.
        let here = place.cursor == 0 || place.log == Some(log);
        let (last_session, last_counter) = match arrival.last {
            Some((session, counter)) => (Some(session), counter),
            None => (None, 0),
        };
        reply.say(&RelayFrame::Connected {
            log,
            head,
            chain_at_cursor: arrival.chain_at_cursor.filter(|_| here),
            last_session,
            last_counter,
        });
        tracing::info!(space = %short(proof.space), device = %short(proof.device), "connected");
        self.member = Some(Box::new(Member {
            space: proof.space,
            key: proof.device,
            author,
            version: proof.version,
            told: head,
            own: VecDeque::new(),
        }));
    }

    pub(super) async fn found(
        &mut self,
        store: &dyn Store,
        rng: &mut (impl CryptoRng + Send),
        token: &str,
        record: Vec<u8>,
        again: Option<Vec<Vec<u8>>>,
        reply: &mut Reply,
    ) {
        let hash = Record::hash_of(&record);
        if self.member.is_some() {
            return self.strike(hash, Refusal::Malformed, reply);
        }
        let roster = match Roster::start(&record) {
            Ok(roster) => roster,
            Err(error) => return self.strike(hash, Refusal::from(&error), reply),
        };
        let space = roster.space();
        let [mut log, mut life] = [LogId([0; 16]); 2];
        rng.fill_bytes(&mut log.0);
        rng.fill_bytes(&mut life.0);
        let again = again.map(|records| Again { records, life });
        let token = (!self.terms.open_registration).then(|| token::digest(token));
        let what = if again.is_some() { "set up again" } else { "founded" };
        match store.begin(Founding { token, record, roster, log }, again).await {
            Ok(seq) => {
                tracing::info!(space = %short(space), "{what}");
                reply.say(&RelayFrame::Founded { space, seq });
            }
            Err(AppendError::Refused(refusal)) => self.strike(hash, refusal, reply),
            Err(AppendError::Store(error)) => reply.fail(hash, &error),
        }
    }
}

fn author(
    standing: &Standing,
    proof: &Proof,
    place: &Place,
    now: Millis,
) -> Result<Author, Refusal> {
    if !place.as_invite {
        let active = standing.roster.active(&proof.device);
        return active.map(|device| Author::Device(device.key)).ok_or(Refusal::NotActive);
    }
    let roster = &standing.roster;
    if roster.kit().is_some_and(|kit| kit.key == proof.device) {
        return Ok(Author::Kit);
    }
    if let Some(removal) = roster.removal(&proof.device) {
        return Ok(Author::Removed(removal.record));
    }
    let invite = roster.invite_by_key(&proof.device).ok_or(Refusal::InviteUnknown)?.0;
    match invite_spent(&standing.roster, &invite, now) {
        Some(refusal) => Err(refusal),
        None => Ok(Author::Invite(invite)),
    }
}

/// The beginning of an id: enough to follow it through the log, too little to fill it.
fn short(id: impl std::fmt::Display) -> String {
    id.to_string().chars().take(8).collect()
}
