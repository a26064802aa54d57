//! Somebody who sees everything: what is durable on which device, what is sent, and what the relay
//! holds.
//!
//! The witness knows the key of the space, so it looks into envelopes. It compares what it sees
//! with what must hold at that moment; what must hold in the end is compared in
//! [`check`](super::check).

mod log;
mod stored;

use std::collections::{BTreeMap, BTreeSet};

use handbook::document;
use replica::{DeviceSecrets, KeyRing, Snapshot, chunk, seal, unlock};
use uuid::Uuid;
use wire::{Envelope, Epoch, Hash, Header, LogId, Record, Roster, RowKind, SpaceId, Tag};

pub(super) use log::Log;
pub(super) use stored::{Durable, Stored};

/// The hash of a change.
pub(super) type ChangeHash = [u8; 32];

/// What a check found: the rule that is broken, and how.
pub(super) type Verdict<T = ()> = Result<T, (&'static str, String)>;

/// See the [module's text](self).
#[derive(Default)]
pub(super) struct Witness {
    ring: Option<KeyRing>,
    /// The records that began an epoch of that number: more than one after a restored backup.
    epochs: BTreeSet<(Epoch, Hash)>,
    /// Every change that was ever durable anywhere.
    changes: BTreeMap<ChangeHash, Change>,
    /// Who wrote which number in which document.
    numbers: BTreeMap<(Tag, Vec<u8>, u64), ChangeHash>,
    /// What lies in an envelope, by its hash.
    envelopes: BTreeMap<Hash, Opened>,
    /// By profile.
    durable: BTreeMap<usize, Durable>,
    /// By life.
    logs: BTreeMap<LogId, Log>,
}

/// A change, as far as it matters here.
#[derive(Clone, Debug)]
struct Change {
    tag: Tag,
    deps: Vec<ChangeHash>,
    /// The command that made it.
    command: Option<Uuid>,
}

/// What an envelope carries.
#[derive(Clone, Debug)]
struct Opened {
    tag: Tag,
    changes: Vec<ChangeHash>,
}

impl Witness {
    /// Learns the key of the space.
    pub(super) fn trust(&mut self, space: SpaceId, ring: KeyRing) {
        self.epochs.insert((1, Hash(space.0)));
        self.ring = Some(ring);
    }

    /// Learns the key of another epoch, from whoever has it.
    fn rotated(&mut self, roster: &Roster, bytes: &[u8], secrets: Vec<DeviceSecrets>) -> Verdict {
        const RULE: &str = "the log holds records";
        let record = Record::parse(bytes).map_err(|error| (RULE, error.to_string()))?;
        let (Some(rotation), Some(ring)) = (record.body.rotation(), &mut self.ring) else {
            return Ok(());
        };
        for secrets in secrets {
            unlock::open_record(&secrets, roster, &record, ring);
        }
        self.epochs.insert((rotation.epoch, record.hash));
        Ok(())
    }

    pub(super) fn knows_the_key(&self) -> bool {
        self.ring.is_some()
    }

    /// What is durable on a device.
    pub(super) fn durable(&self, profile: usize) -> Option<&Durable> {
        self.durable.get(&profile)
    }

    /// The device begins with nothing.
    pub(super) fn wiped(&mut self, profile: usize) {
        self.durable.remove(&profile);
    }

    /// A copy of the whole device comes to life.
    pub(super) fn copied(&mut self, from: usize, to: usize) {
        if let Some(durable) = self.durable.get(&from).cloned() {
            self.durable.insert(to, durable);
        }
    }

    /// The log in one of its lives.
    pub(super) fn log(&self, life: LogId) -> Option<&Log> {
        self.logs.get(&life)
    }

    /// The documents on a device in which a command is durable.
    pub(super) fn documents_of(&self, profile: usize, command: Uuid) -> BTreeSet<Tag> {
        let durable = self.durable.get(&profile);
        durable.and_then(|durable| durable.commands.get(&command)).cloned().unwrap_or_default()
    }

    /// Learns of a change. I7: no two changes have the same actor and number.
    fn learn(&mut self, tag: Tag, raw: &[u8]) -> Verdict<ChangeHash> {
        let change = replica::check::parse(raw)
            .map_err(|error| ("a change is what the check lets pass", error.to_string()))?;
        let hash = change.hash().0;
        if self.changes.contains_key(&hash) {
            return Ok(hash);
        }
        let actor = change.actor_id().to_bytes().to_vec();
        let other = self.numbers.insert((tag, actor, change.seq()), hash);
        if other.is_some() {
            let what = format!("two changes are number {} of {}", change.seq(), change.actor_id());
            return Err(("I7: (actor, seq) is unique", what));
        }
        let command = change.message().and_then(command);
        let deps = change.deps().iter().map(|dep| dep.0).collect();
        self.changes.insert(hash, Change { tag, deps, command });
        Ok(hash)
    }

    /// What the relay holds in that life and has not closed.
    pub(super) fn held(&self, life: LogId) -> BTreeSet<ChangeHash> {
        let Some(log) = self.logs.get(&life) else { return BTreeSet::new() };
        let is_open = |hash: &&ChangeHash| {
            self.changes.get(*hash).is_none_or(|change| !log.is_closed(&change.tag))
        };
        log.held().iter().filter(is_open).copied().collect()
    }

    /// Whether a change of that command lies in a row, or lay in one.
    pub(super) fn was_held(&self, command: Uuid) -> bool {
        let of = self.changes.iter().filter(|(_, change)| change.command == Some(command));
        let mut hashes = of.map(|(hash, _)| hash);
        hashes.any(|hash| self.logs.values().any(|log| log.holds(hash)))
    }

    /// What a row says, as plain as it gets.
    pub(super) fn texts(&self, kind: RowKind, bytes: &[u8]) -> Verdict<Vec<Vec<u8>>> {
        if matches!(kind, RowKind::Roster | RowKind::Life | RowKind::Attest) {
            return Ok(vec![bytes.to_vec()]);
        }
        let (header, payload) = self.payload(bytes)?;
        let mut texts = raws(&header, &payload)?;
        texts.push(payload);
        Ok(texts)
    }

    /// Looks into an envelope.
    fn open(&mut self, bytes: &[u8]) -> Verdict<Opened> {
        const RULE: &str = "what is sent can be opened";
        let envelope = Envelope::parse(bytes).map_err(|error| (RULE, error.to_string()))?;
        let hash = envelope.hash();
        if let Some(opened) = self.envelopes.get(&hash) {
            return Ok(opened.clone());
        }
        let (_, payload) = self.payload(bytes)?;
        let raws = raws(&envelope.header, &payload)?;
        let tag = envelope.header.tag;
        let changes = raws.iter().map(|raw| self.learn(tag, raw)).collect::<Result<_, _>>()?;
        let opened = Opened { tag, changes };
        self.envelopes.insert(hash, opened.clone());
        Ok(opened)
    }
}

impl Witness {
    /// The payload of an envelope.
    fn payload(&self, bytes: &[u8]) -> Verdict<(Header, Vec<u8>)> {
        const RULE: &str = "what is sent can be opened";
        let envelope = Envelope::parse(bytes).map_err(|error| (RULE, error.to_string()))?;
        let ring = self.ring.as_ref().ok_or((RULE, "there is no key".to_owned()))?;
        let epoch = envelope.header.epoch;
        let records = self.epochs.range((epoch, Hash::ZERO)..=(epoch, Hash([0xff; 32])));
        let mut keys = records.filter_map(|(_, record)| ring.key(record));
        let payload = keys.find_map(|key| seal::open(&envelope, key).ok());
        let payload = payload.ok_or_else(|| (RULE, format!("no key of epoch {epoch} opens it")))?;
        Ok((envelope.header, payload))
    }
}

/// The changes in the payload of an envelope. I8: a snapshot loads.
fn raws(header: &Header, payload: &[u8]) -> Verdict<Vec<Vec<u8>>> {
    match header.kind {
        RowKind::Changes => chunk::decode_changes(payload)
            .map_err(|error| ("what is sent can be opened", error.to_string())),
        RowKind::Snapshot => {
            const RULE: &str = "I8: a snapshot loads";
            let snapshot = Snapshot::decode(payload).map_err(|error| (RULE, error.to_string()))?;
            let document = document::load(&snapshot.document);
            let document = document.map_err(|error| (RULE, error.to_string()))?;
            Ok(document.get_changes(&[]).iter().map(|it| it.raw_bytes().to_vec()).collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// The command in the message of a change.
fn command(message: &str) -> Option<Uuid> {
    let message: serde_json::Value = serde_json::from_str(message).ok()?;
    Uuid::try_parse(message.get("c")?.as_str()?).ok()
}
